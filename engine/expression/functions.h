// The functions of the language: the only things that a guard can call. Used inside expression/ only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu::expression {

enum class Function : uint8_t {
  size,
  to_int,
  to_uint,
  to_decimal,
  to_text,
  to_boolean,
  to_timestamp,
  to_duration,
  to_date,
  dyn,
  contains,
  starts_with,
  ends_with,
  matches,
  full_year,
  month,
  date,
  day_of_month,
  day_of_week,
  day_of_year,
  hours,
  minutes,
  seconds,
  milliseconds,
  // macros
  all,
  exists,
  exists_one,
  filter,
  map,
  // not in CEL
  round,
  sum,
  register_count,
  register_sum,
  register_exists,
};

struct FunctionRow {
  enum class Style { global, method, macro };
  std::string_view name;
  Function function;
  Style style;
  size_t least, most;  // arguments in the brackets
};

// nullptr when there is none of that name and style (a macro is written as a method). `sum` is found twice: by
// its number of arguments.
const FunctionRow* find_function(std::string_view name, bool method, size_t arguments);
std::vector<std::string> function_names(bool method);

}  // namespace wenshu::expression
