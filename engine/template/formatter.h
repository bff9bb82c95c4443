// What stands after the bar of a tag: {{value | name argument}}.
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

// date        2020年7月27日          date-cn     二〇二〇年七月二十七日
// chinese     七, 二十一              join TEXT   items with TEXT between (、 when there is no argument)
// sum         of numbers, exact; of head-counts 约501人（另有3项人数未定）
// count       how many items          default TEXT   for what is absent, null or empty
const std::vector<std::string>& formatter_names();
bool is_formatter(std::string_view name);

// Null stays null but for sum, count and default. `fault` gets a sentence when the value cannot be formatted;
// then the result is null. REQUIRES: is_formatter(formatter.name).
data::Value format(const data::Value& value, const Formatter& formatter, std::string& fault);

// A value as text: scalars as they are, lists of scalars joined with 、, null "". Nothing for maps and lists
// of them.
std::optional<std::string> print(const data::Value& value);

}  // namespace wenshu::templates
