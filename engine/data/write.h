// A Value tree to text, always the same bytes for the same tree.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::data {

std::string to_json(const Value& value);         // one line, entries in their order
std::string to_pretty_json(const Value& value);  // two blanks a level, for people and --json
Value to_value(const Diagnostics& findings);  // [{severity, code, file, line, column, spot, message, hint}]

// RFC 4180 with "\r\n", UTF-8 with BOM so that Excel and WPS open it; a cell that begins with = + - @ TAB or
// CR gets a leading ' (formula injection, OWASP) unless it is a plain number.
std::string to_csv(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);

}  // namespace wenshu::data
