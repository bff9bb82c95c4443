#include "expression/functions.h"

#include <algorithm>
#include <array>

namespace wenshu::expression {
namespace {

using Style = FunctionRow::Style;

constexpr auto kFunctions = std::to_array<FunctionRow>({
    {"size", Function::size, Style::global, 1, 1},
    {"size", Function::size, Style::method, 0, 0},
    {"int", Function::to_int, Style::global, 1, 1},
    {"uint", Function::to_uint, Style::global, 1, 1},
    {"decimal", Function::to_decimal, Style::global, 1, 1},
    {"double", Function::to_decimal, Style::global, 1, 1},
    {"string", Function::to_text, Style::global, 1, 1},
    {"bool", Function::to_boolean, Style::global, 1, 1},
    {"timestamp", Function::to_timestamp, Style::global, 1, 1},
    {"duration", Function::to_duration, Style::global, 1, 1},
    {"date", Function::to_date, Style::global, 1, 1},
    {"dyn", Function::dyn, Style::global, 1, 1},
    {"contains", Function::contains, Style::method, 1, 1},
    {"startsWith", Function::starts_with, Style::method, 1, 1},
    {"endsWith", Function::ends_with, Style::method, 1, 1},
    {"matches", Function::matches, Style::method, 1, 1},
    {"matches", Function::matches, Style::global, 2, 2},
    {"getFullYear", Function::full_year, Style::method, 0, 1},
    {"getMonth", Function::month, Style::method, 0, 1},
    {"getDate", Function::date, Style::method, 0, 1},
    {"getDayOfMonth", Function::day_of_month, Style::method, 0, 1},
    {"getDayOfWeek", Function::day_of_week, Style::method, 0, 1},
    {"getDayOfYear", Function::day_of_year, Style::method, 0, 1},
    {"getHours", Function::hours, Style::method, 0, 1},
    {"getMinutes", Function::minutes, Style::method, 0, 1},
    {"getSeconds", Function::seconds, Style::method, 0, 1},
    {"getMilliseconds", Function::milliseconds, Style::method, 0, 1},
    {"all", Function::all, Style::macro, 2, 2},
    {"exists", Function::exists, Style::macro, 2, 2},
    {"exists_one", Function::exists_one, Style::macro, 2, 2},
    {"existsOne", Function::exists_one, Style::macro, 2, 2},
    {"filter", Function::filter, Style::macro, 2, 2},
    {"map", Function::map, Style::macro, 2, 3},
    {"round", Function::round, Style::global, 2, 2},
    {"sum", Function::sum, Style::global, 1, 1},
    {"count", Function::register_count, Style::global, 1, 2},
    {"sum", Function::register_sum, Style::global, 2, 3},
    {"exists", Function::register_exists, Style::global, 1, 2},
});

}  // namespace

const FunctionRow* find_function(std::string_view name, bool method, size_t arguments) {
  const FunctionRow* found = nullptr;
  for (const FunctionRow& row : kFunctions) {
    if (row.name != name || (row.style != Style::global) != method) continue;
    if (arguments >= row.least && arguments <= row.most) return &row;
    found = &row;
  }
  return found;
}

std::vector<std::string> function_names(bool method) {
  std::vector<std::string> names;
  if (!method) names.emplace_back("has");  // the parser's own
  for (const FunctionRow& row : kFunctions) {
    if ((row.style != Style::global) == method) names.emplace_back(row.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace wenshu::expression
