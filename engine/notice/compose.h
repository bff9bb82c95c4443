// A notice laid out by GB/T 9704-2012: which paragraph stands where, in which face and size.
#pragma once

#include "document/document.h"
#include "notice/notice.h"

namespace wenshu::notice {

// Warnings `first-page-without-body` (7.3.3), `signature-without-body` and `signature-over-pages` (7.3.5), estimated from
// the widths of characters; a hint `first-page-close` where distances gave way.
document::Document to_document(const Notice& notice, Diagnostics& findings);
document::Document to_document(const Notice& notice);

}  // namespace wenshu::notice
