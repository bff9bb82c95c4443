// What stands after the bar of a tag: {{value | name argument}}. FORMATTERS.md lists them with examples.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/value.h"

namespace wenshu::templates {

struct Formatter {
  std::string name;
  std::string argument;  // without quotes; "" when there is none
};

const std::vector<std::string>& formatter_names();  // aliases too
bool is_formatter(std::string_view name);

// A sentence when the argument is not what the formatter takes, otherwise "". REQUIRES: is_formatter(name).
std::string check_argument(const Formatter& formatter);

// Null stays null but for those that say so. `fault` gets a sentence when the value cannot be formatted; then
// the result is null. REQUIRES: is_formatter(formatter.name), check_argument(formatter).empty().
data::Value format(const data::Value& value, const Formatter& formatter, std::string& fault);

// A value as text: scalars as they are, lists of scalars joined with 、, null "". Nothing for maps and lists
// of them.
std::optional<std::string> print(const data::Value& value);

// FORMATTERS.md, made from the table; and the table as data: [{name, argument, does, tag, data, result}].
std::string formatters_page();
data::Value formatters_value();

}  // namespace wenshu::templates
