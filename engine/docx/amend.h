// Writes a copy of a Word file with some of its text, looks and pages changed. What is not changed is carried
// over: other parts byte for byte, other elements of the body as they were.
#pragma once

#include <string>
#include <string_view>

#include "document/observed.h"

namespace wenshu::docx {

// REQUIRES: read_document() read these bytes without an error, and the amendments name paragraphs, characters and
// sections of what it gave. Throws Failure when the copy cannot be packed.
std::string amend_document(std::string_view bytes, const document::Amendments& amendments);

}  // namespace wenshu::docx
