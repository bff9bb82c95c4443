#include "data/table.h"

#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "data/source.h"

namespace wenshu::data {
namespace {

bool is_empty(const Value& cell) { return cell.is_null() || cell.text().empty(); }

bool is_blank_character(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\u3000' || c == U'\u00A0';
}

// 编号（必填） is what a form says of 编号.
std::string without_remark(std::string name) {
  constexpr std::string_view kRemarks[] = {"（必填）", "(必填)",     "（选填）",
                                           "(选填)",   "（可不填）", "(可不填)"};
  for (const std::string_view remark : kRemarks)
    if (name.size() > remark.size() && name.ends_with(remark)) name.resize(name.size() - remark.size());
  return name;
}

// 姓　名 and a name broken over two lines of its cell are one word; blanks between Latin words stay.
std::string column_name(std::string_view written) {
  constexpr char32_t kFirstWide = 0x2E80;
  std::u32string name;
  char32_t blank = 0;
  for (const char32_t c : to_characters(written)) {
    if (is_blank_character(c)) {
      blank = U' ';
      continue;
    }
    if (blank && !name.empty() && name.back() < kFirstWide && c < kFirstWide) name += blank;
    blank = 0;
    name += c;
  }
  return without_remark(to_utf8(name));
}

}  // namespace

bool is_blank(const TableRow& row) {
  for (const Value& cell : row.cells)
    if (!is_empty(cell)) return false;
  return true;
}

void TableBuilder::take_header(const TableRow& row) {
  header_ = {row.number, row.line, {}};
  std::map<std::string, size_t> columns;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    check_characters(row, i);
    std::string name = column_name(row.cells[i].text());
    if (!name.empty()) {
      const auto [earlier, is_new] = columns.try_emplace(name, i);
      if (!is_new)
        findings_.error("duplicate-column", place(row, i), fmt::format("列名 \"{}\" 重复", name),
                        fmt::format("第一次在第 {} 列，请改名", earlier->second + 1));
    }
    keys_.emplace_back(name);
    names_.push_back(std::move(name));
  }
  if (columns.empty()) findings_.error("empty-column-name", place(row, 0), "首行没有列名", "首行要写列名");
}

void TableBuilder::take_row(TableRow row) {
  Value record = Value::map();
  record.set_place(place(row, std::nullopt));
  record.entries().reserve(names_.size());
  for (size_t i = 0; i < std::max(names_.size(), row.cells.size()); ++i) {
    const bool is_nameless = i >= names_.size() || names_[i].empty();
    const bool has_content = i < row.cells.size() && !is_empty(row.cells[i]);
    if (has_content) check_characters(row, i);
    if (is_nameless) {
      if (has_content) report_nameless(row, i);
      continue;
    }
    Value cell = has_content ? std::move(row.cells[i]) : Value();
    if (cell.place().column() == 0) cell.set_place(place(row, i));
    record.entries().emplace_back(keys_[i], place(header_, i), std::move(cell));
  }
  ++count_;
  if (rows_)
    rows_(record);
  else
    table_.add(std::move(record));
}

bool TableBuilder::check_size(const TableRow& row, bool too_many_columns) {
  std::string message;
  if (too_many_columns) message = fmt::format("列过多，上限为 {} 列", kMaxTableColumns);
  if (row.number > kMaxTableRows) message = fmt::format("行过多，上限为 {} 行", kMaxTableRows);
  if (count_ * names_.size() > kMaxTableCells) message = fmt::format("格过多，上限为 {} 格", kMaxTableCells);
  if (message.empty()) return true;
  findings_.error("table-too-large", place(row, std::nullopt), std::move(message), "请拆成几个文件");
  return false;
}

void TableBuilder::report_nameless(const TableRow& row, size_t column) {
  if (reported_.size() <= column) reported_.resize(column + 1);
  if (reported_[column]) return;
  reported_[column] = true;
  findings_.error("empty-column-name", place(header_, column),
                  fmt::format("这一列没有列名，第{}行却有内容", row.number), "在表头写上列名，或删去这一列");
}

void TableBuilder::check_characters(const TableRow& row, size_t column) {
  const std::string& cell = row.cells[column].text();
  if (const auto at = find_forbidden_character(cell))
    report_forbidden(cell, *at, place(row, column), findings_);
}

}  // namespace wenshu::data
