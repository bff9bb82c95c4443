// What the bytes of a part must be before any reader of this room sees them, and how its faults are told.
#pragma once

#include <string_view>

#include "base/diagnostic.h"

namespace wenshu::xml {

std::string_view without_mark(std::string_view bytes);  // the byte order mark off the front

// Size, encoding and characters: xml-too-large, not-utf8, forbidden-character. True when there was none.
bool check_source(std::string_view bytes, std::string_view file, std::string_view part,
                  Diagnostics& findings);

// `code` is xml-doctype, xml-too-deep or bad-xml; only the last needs `detail` (标签写法不对).
void report_fault(std::string_view code, std::string_view detail, std::string_view bytes, size_t offset,
                  std::string_view file, std::string_view part, Diagnostics& findings);

}  // namespace wenshu::xml
