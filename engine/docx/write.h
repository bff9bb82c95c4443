// A document as a Word file (WordprocessingML, transitional) that Word, WPS and LibreOffice break into the
// same lines.
#pragma once

#include <string>

#include "document/document.h"

namespace wenshu::docx {

// The bytes of a .docx. Each style name of the document becomes a Word style that takes its look from the
// first paragraph (or run) of that name; later ones carry only what differs. Same document, same bytes: times
// come from document.date. A character that XML cannot hold throws Failure.
std::string write_document(const document::Document& document);

}  // namespace wenshu::docx
