// The door to pugixml: XML parts of Office files, read with limits and written back as they came.
// White space is kept exactly (also text of blanks alone), so that a part that was not changed says the same
// again. Users walk and change the tree with pugi:: itself; never use XPath on a person's file, recursion is
// safe (depth <= kMaxDepth).
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace wenshu::xml {

// Reference platform 6.3: pugixml itself stops at nothing, and frees a deep tree by recursion.
constexpr int kMaxDepth = 256;
constexpr size_t kMaxBytes = 64u << 20;

// Findings carry place.file = `file` and place.spot = `part` (e.g. "word/document.xml"), with line and
// column. Codes: xml-too-large, xml-doctype, xml-too-deep, bad-xml, not-utf8. Names are as written ("w:p"):
// prefixes are not resolved. The result holds declaration, comments and processing instructions too.
std::optional<pugi::xml_document> parse_part(std::string_view bytes, std::string_view file,
                                             std::string_view part, Diagnostics& findings);

// UTF-8 without indentation, begun by <?xml version="1.0" encoding="UTF-8" standalone="yes"?>.
std::string to_bytes(const pugi::xml_document& document);
// One node and what is below it, without a declaration.
std::string to_bytes(const pugi::xml_node& node);

}  // namespace wenshu::xml
