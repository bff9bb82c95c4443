#include "notice/table.h"

#include <algorithm>

#include "data/schema.h"
#include "notice/source_check.h"

namespace wenshu::notice {
namespace {

using data::Value;

double share_of(const Value& width) {
  const auto decimal = data::to_decimal(width);
  const double share = decimal ? std::stod(decimal->to_text()) : 0;
  return share > 0 ? share : 0;
}

}  // namespace

Table read_table(const Value& value) {
  Table table;
  for (const Value& head : value["columns"].items()) {
    if (!head["columns"].is_list()) {
      table.columns.push_back({trimmed(head["title"]), share_of(head["width"])});
      continue;
    }
    for (const Value& column : head["columns"].items())
      table.columns.push_back(
          {trimmed(column["title"]), share_of(column["width"]), false, trimmed(head["title"])});
  }
  for (const Value& title : value["merge"].items())
    for (Table::Column& column : table.columns)
      column.merged = column.merged || column.title == trimmed(title);
  for (const Value& row : value["rows"].items()) {
    auto& texts = table.rows.emplace_back();
    for (const Value& cell : row.items()) texts.push_back(trimmed(cell));
  }
  return table;
}

std::vector<double> column_widths(const Table& table, double width_mm) {
  double shares = 0;
  for (const auto& column : table.columns) shares += column.width > 0 ? column.width : 1;
  std::vector<double> widths;
  for (const auto& column : table.columns)
    widths.push_back(width_mm * (column.width > 0 ? column.width : 1) / shares);
  return widths;
}

}  // namespace wenshu::notice
