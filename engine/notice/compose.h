// A notice laid out by GB/T 9704-2012: which paragraph stands where, in which face and size.
#pragma once

#include "document/document.h"
#include "notice/notice.h"

namespace wenshu::notice {

document::Document to_document(const Notice& notice);

}  // namespace wenshu::notice
