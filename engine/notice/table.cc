#include "notice/table.h"

#include <algorithm>

#include "data/schema.h"
#include "document/document.h"
#include "notice/compose_parts.h"
#include "notice/profile.h"
#include "notice/source_check.h"

namespace wenshu::notice {
namespace {

using data::Value;

double share_of(const Value& width) {
  const auto decimal = data::to_decimal(width);
  const double share = decimal ? std::stod(decimal->to_text()) : 0;
  return share > 0 ? share : 0;
}

// Of a cell, in characters: 1,277,707.50 is one number.
double longest_number(std::string_view text) {
  size_t longest = 0;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const auto is_figure = [&](size_t k) { return k < text.size() && text[k] >= '0' && text[k] <= '9'; };
    while (is_figure(i) ||
           (i > begin && i < text.size() && (text[i] == ',' || text[i] == '.') && is_figure(i + 1)))
      ++i;
    longest = std::max(longest, i - begin);
    if (i == begin) ++i;
  }
  return static_cast<double>(longest) / 2;
}

double longest_text(const Table& table, size_t column) {
  double longest = width_of(table.columns[column].title);
  for (const auto& row : table.rows)
    if (column < row.size()) longest = std::max(longest, width_of(row[column]));
  return longest;
}

double room_for(double characters) {
  static const double kMargins =
      2 * document::Table{}.cell_margin_mm + 0.5;  // its rules, and what rounding takes
  return characters * kTableSize / kPointsPerMm + kMargins;
}

// What a column can give: what its texts leave free, or a quarter where they take several lines anyway.
double spare(const Table& table, size_t column, double width, double needed) {
  const double wanted = room_for(longest_text(table, column));
  return std::max(0.0, width - std::max(needed, wanted <= width ? wanted : width * 3 / 4));
}

// A number stands on one line: a column too narrow for its longest one takes what is missing from those that have room.
void make_room(const Table& table, std::vector<double>& widths) {
  const std::vector<double> needed = number_widths(table);
  double missing = 0;
  for (size_t i = 0; i < widths.size(); ++i) missing += std::max(0.0, needed[i] - widths[i]);
  if (missing <= 0) return;
  std::vector<double> spares;
  double all = 0;
  for (size_t i = 0; i < widths.size(); ++i)
    all += spares.emplace_back(needed[i] > widths[i] ? 0 : spare(table, i, widths[i], needed[i]));
  if (all < missing) return;  // told by the check
  for (size_t i = 0; i < widths.size(); ++i)
    widths[i] = std::max(widths[i] - spares[i] * missing / all, needed[i]);
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
  make_room(table, widths);
  return widths;
}

std::vector<double> number_widths(const Table& table) {
  std::vector<double> needed;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    double longest = 0;
    for (const auto& row : table.rows)
      if (i < row.size()) longest = std::max(longest, longest_number(row[i]));
    needed.push_back(longest > 0 ? room_for(longest) : 0);
  }
  return needed;
}

}  // namespace wenshu::notice
