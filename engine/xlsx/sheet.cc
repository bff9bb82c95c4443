#include "xlsx/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <iterator>
#include <map>
#include <utility>

#include "base/date.h"
#include "base/pages.h"
#include "base/text.h"
#include "data/table.h"
#include "xlsx/reference.h"
#include "xml/pull.h"
#include "xml/source.h"

namespace wenshu::xlsx {
namespace {

using data::TableBuilder;
using data::TableRow;
using data::Value;
using xml::Pull;

constexpr const char* kSaveAgain = "请用 Excel 或 WPS 打开后另存一份 .xlsx";
constexpr int kMostReports = 20;        // of one kind: a column of errors says no more than twenty of them
constexpr size_t kMaxText = 64u << 20;  // one shared string may stand in a million cells
constexpr size_t kMaxMerges = 100'000;  // as many as a sheet of 20,000 rows could want

bool is_true(std::optional<std::string_view> text) { return text == "1" || text == "true"; }

std::optional<size_t> to_index(std::string_view text) {
  size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

size_t filled_cells(const TableRow& row) {
  return static_cast<size_t>(std::count_if(row.cells.begin(), row.cells.end(), [](const Value& cell) {
    return !cell.is_null() && !cell.text().empty();
  }));
}

// Findings of one sheet: each kind is told twenty times, the rest is counted.
class Reports {
 public:
  Reports(std::string_view file, std::string_view prefix, Diagnostics& findings)
      : origin_{std::string(file), std::string(prefix), data::StoredPlace::Origin::Grid::letters},
        id_(data::StoredPlace::keep(origin_)),
        findings_(findings) {}

  const data::StoredPlace::Origin& origin() const { return origin_; }
  Place place(int row, std::optional<size_t> column) const {
    return data::StoredPlace(id_, row, column ? static_cast<int>(*column) + 1 : 0, row);
  }

  void error(int row, std::optional<size_t> column, CellFault fault) {
    Kind& kind = kinds_[fault.code];
    if (++kind.count <= kMostReports)
      findings_.error(fault.code, place(row, column), std::move(fault.message), std::move(fault.hint));
    kind.last = place(row, column);
  }

  void count_the_rest() const {
    for (const auto& [code, kind] : kinds_)
      if (kind.count > kMostReports)
        findings_.error(code, kind.last, fmt::format("同样的问题一共 {} 处，到这里为止", kind.count));
  }

 private:
  struct Kind {
    int count = 0;
    Place last;
  };
  data::StoredPlace::Origin origin_;
  data::StoredPlace::OriginId id_;
  Diagnostics& findings_;
  std::map<std::string, Kind> kinds_;
};

// Rows one after another, cells as values.
class Rows {
 public:
  Rows(std::string_view bytes, const Workbook& book, Reports& reports)
      : pull_(bytes), book_(book), reports_(reports) {}

  // The next row that says anything of cells; false at the end of the sheet or after what ends all reading.
  bool read(TableRow& row) {
    while (!stopped_ && pull_.next() != Pull::Event::end) {
      if (!pull_.opens("row") || pull_.depth() != 2) continue;
      const int before = row_;
      const auto written = pull_.attribute("r");
      row_ = written ? static_cast<int>(to_index(*written).value_or(0)) : before + 1;
      if (row_ <= before || row_ > data::kMaxTableRows + 1) return stop(before + 1, "行号不对");
      const size_t width = row.cells.size();
      row = {row_, row_, {}};
      row.cells.reserve(width);
      hidden_ = is_true(pull_.attribute("hidden"));
      read_cells(row);
      return !stopped_;
    }
    return false;
  }

  bool hidden() const { return hidden_; }         // the row just read
  bool is_too_wide() const { return too_wide_; }  // it had more columns than a table may have
  const Pull& pull() const { return pull_; }

 private:
  bool stop(int row, std::string what) {
    reports_.error(row, std::nullopt, {"bad-sheet", "工作表的内部结构有错：" + std::move(what), kSaveAgain});
    stopped_ = true;
    return false;
  }

  void read_cells(TableRow& row) {
    const int around = pull_.depth();
    size_t next_column = 0;
    too_wide_ = false;
    while (!stopped_ && pull_.next() != Pull::Event::end) {
      if (pull_.event() == Pull::Event::close && pull_.depth() == around) return;
      if (!pull_.opens("c")) continue;
      size_t column = next_column;
      if (const auto reference = pull_.attribute("r")) {
        const auto cell = parse_cell(*reference);
        if (!cell || cell->row != row.number || static_cast<size_t>(cell->column) < next_column) {
          stop(row.number, fmt::format("单元格“{}”的位置不对", reference->substr(0, 20)));
          return;
        }
        column = static_cast<size_t>(cell->column);
      }
      next_column = column + 1;
      Value value = read_cell(row.number, column);
      if (value.is_null()) continue;
      too_wide_ = too_wide_ || column >= data::kMaxTableColumns;
      if (too_wide_) continue;
      row.cells.resize(column + 1);
      row.cells[column] = std::move(value);
    }
  }

  Value read_cell(int row, size_t column) {
    const std::string type(pull_.attribute("t").value_or("n"));
    const std::string style(pull_.attribute("s").value_or(""));
    const int around = pull_.depth();
    std::string written;
    bool formula = false, has_value = false;
    while (pull_.next() != Pull::Event::end) {
      if (pull_.event() == Pull::Event::close && pull_.depth() == around) break;
      if (pull_.opens("f")) {
        formula = true;
        pull_.skip();
      } else if (pull_.opens("v")) {
        has_value = true;
        written += pull_.take_text();
      } else if (pull_.opens("rPh")) {
        pull_.skip();
      } else if (pull_.opens("t")) {
        has_value = true;
        written += pull_.take_text();
      }
    }
    if (formula && (!has_value || (written.empty() && type == "n"))) {
      reports_.error(row, column,
                     {"formula-without-value", "单元格里有公式，但没有存下算出的结果",
                      "请用 Excel 或 WPS 打开，等公式算完后保存"});
      return {};
    }
    if (!has_value) return {};
    Value value = to_value(row, column, type, style, std::move(written));
    text_ += value.text().size();
    if (text_ > kMaxText) {
      reports_.error(
          row, std::nullopt,
          {"table-too-large", fmt::format("文字过多，上限为 {} MiB", kMaxText >> 20), "请拆成几个文件"});
      stopped_ = true;
    }
    return value;
  }

  Value to_value(int row, size_t column, const std::string& type, const std::string& style,
                 std::string written) {
    if (type == "s") return shared_string(row, column, written);
    if (type == "inlineStr" || type == "str") return resolve_escapes(std::move(written));
    if (type == "b") return Value::boolean(written == "1" || written == "true");
    if (type == "e") {
      reports_.error(row, column,
                     {"cell-error", fmt::format("单元格里是错误值 {}", written.substr(0, 40)),
                      "请在表格软件里改正公式或内容"});
      return {};
    }
    if (written.empty()) return {};
    if (type == "d") return iso_date(row, column, written);
    const auto* format = find_format(row, column, style);
    CellFault fault;
    auto number = read_number(written, format ? *format : NumberFormat(), book_.epoch, fault);
    if (number) return std::move(*number);
    reports_.error(row, column, std::move(fault));
    return {};
  }

  Value shared_string(int row, size_t column, const std::string& written) {
    const auto index = to_index(written);
    if (index && *index < book_.strings.size()) return book_.strings[*index];
    reports_.error(row, column, {"bad-sheet", "单元格所指的文字不在工作簿里", kSaveAgain});
    return {};
  }

  // Strict workbooks write 2020-07-27T00:00:00 (18.17.4.1).
  Value iso_date(int row, size_t column, const std::string& written) {
    const auto date = parse_date(std::string_view(written).substr(0, 10));
    std::string_view clock = std::string_view(written).substr(std::min<size_t>(written.size(), 11), 5);
    if (date && (clock.empty() || clock == "00:00")) return to_text(*date);
    if (date) return fmt::format("{} {}", to_text(*date), clock);
    reports_.error(row, column,
                   {"bad-date", fmt::format("“{}”不是日期", written.substr(0, 40)), "请改正日期"});
    return {};
  }

  const NumberFormat* find_format(int row, size_t column, const std::string& style) {
    if (style.empty()) return nullptr;
    const auto index = to_index(style);
    if (index && *index < book_.formats.size()) return &book_.formats[*index];
    reports_.error(row, column, {"bad-sheet", "单元格的样式不在工作簿里", kSaveAgain});
    return nullptr;
  }

  Pull pull_;
  const Workbook& book_;
  Reports& reports_;
  int row_ = 0;
  size_t text_ = 0;
  bool hidden_ = false, too_wide_ = false, stopped_ = false;
};

// Merged cells. They stand behind the cells in the file, so they are read beforehand.
class Merges {
 public:
  bool read(std::string_view bytes) {
    if (bytes.find("mergeCell") == std::string_view::npos) return true;  // most lists of data have none
    Pull pull(bytes);
    while (pull.next() != Pull::Event::end) {
      if (pull.opens("sheetData")) pull.skip();
      if (!pull.opens("mergeCell")) continue;
      const auto area = parse_area(pull.attribute("ref").value_or(""));
      if (!area || areas_.size() == kMaxMerges) return false;
      areas_.push_back(*area);
    }
    std::sort(areas_.begin(), areas_.end(),
              [](const Area& a, const Area& b) { return a.first.row < b.first.row; });
    return true;
  }

  bool empty() const { return areas_.empty(); }

  // The rows of a head that stands in `row`, as far as cells merged downwards join them.
  std::pair<int, int> storeys(int row) const {
    std::pair<int, int> storeys(row, row);
    for (const Area& area : areas_) {
      const bool joins = area.first.row <= row && row <= area.last.row;
      if (!joins || area.last.row - area.first.row >= kMostStoreys) continue;
      storeys.first = std::min(storeys.first, area.first.row);
      storeys.second = std::max(storeys.second, area.last.row);
    }
    return storeys;
  }

  // Those that touch these rows.
  std::vector<Area> within(int first_row, int last_row) const {
    std::vector<Area> found;
    std::copy_if(areas_.begin(), areas_.end(), std::back_inserter(found),
                 [&](const Area& area) { return area.first.row <= last_row && area.last.row >= first_row; });
    return found;
  }

  // A title: merged over several columns from the only cell that has anything.
  bool spans_columns(const TableRow& row) const {
    return std::any_of(areas_.begin(), areas_.end(), [&](const Area& area) {
      return area.first.row == row.number && area.last.column > area.first.column &&
             static_cast<size_t>(area.first.column) < row.cells.size() &&
             !row.cells[static_cast<size_t>(area.first.column)].is_null();
    });
  }

  // The value of a cell merged downwards, in its own column of each row. REQUIRES: rows in ascending order.
  // It keeps the place of the cell that was merged.
  void fill_down(TableRow& row, const TableBuilder& builder) {
    const size_t columns = builder.names().size();
    open_.resize(columns);
    for (; next_ < areas_.size() && areas_[next_].first.row <= row.number; ++next_) {
      const Area& area = areas_[next_];
      const auto column = static_cast<size_t>(area.first.column);
      if (column >= columns) continue;
      const bool begins_here = area.first.row == row.number && column < row.cells.size();
      open_[column] = {area.last.row, begins_here ? row.cells[column] : Value()};
      open_[column].value.set_place(builder.place(row, column));
    }
    for (size_t column = 0; column < columns; ++column) {
      const auto& [last_row, value] = open_[column];
      if (row.number > last_row || value.is_null()) continue;
      if (row.cells.size() <= column) row.cells.resize(column + 1);
      row.cells[column] = value;
    }
  }

 private:
  struct Open {
    int last_row = 0;
    Value value;
  };
  static constexpr int kMostStoreys = 5;
  std::vector<Area> areas_;  // by first row
  size_t next_ = 0;
  std::vector<Open> open_;  // by column
};

// A head of several rows. A column is called by what stands lowest in it; where two columns are called the same, by all that
// stands over them: 上学期 merged over 语文 and 数学 gives 上学期_语文.
class Head {
 public:
  explicit Head(const Merges& merges) : merges_(merges) {}

  bool empty() const { return rows_.empty(); }
  void add(TableRow row) {
    last_row_ = std::max(last_row_, row.number);
    rows_.push_back(std::move(row));
  }
  void reach_to(int row) { last_row_ = std::max(last_row_, row); }

  // Does this row, behind those so far, go on with the head? It does when cells merged across have names of their own under
  // them and the others have nothing.
  bool goes_on(const TableRow& row) const {
    if (row.number <= last_row_) return true;
    if (rows_.empty() || row.number > rows_.back().number + 1) return false;
    const TableRow& above = rows_.back();
    const std::vector<Area> areas = merges_.within(above.number, above.number);
    bool has_names = false;
    for (size_t column = 0; column < row.cells.size(); ++column) {
      if (is_empty(row, column)) continue;
      const Area* area = covering(areas, above.number, column);
      if (!area || area->first.column == area->last.column || row.cells[column].kind() != Value::Kind::text)
        return false;
      has_names |= static_cast<size_t>(area->first.column) < column;
    }
    return has_names;
  }

  // One row of names.
  TableRow names() const {
    if (rows_.size() == 1) return rows_.front();
    size_t columns = 0;
    for (const TableRow& row : rows_) columns = std::max(columns, row.cells.size());
    const std::vector<Area> areas = merges_.within(rows_.front().number, last_row_);
    std::vector<std::vector<std::string>> over(columns);
    std::map<std::string, int> count;
    for (size_t column = 0; column < columns; ++column) {
      over[column] = words_over(areas, column);
      if (!over[column].empty()) ++count[over[column].back()];
    }
    TableRow names{rows_.back().number, rows_.back().line, {}};
    for (const auto& words : over) {
      std::string name = words.empty() ? "" : words.back();
      if (!words.empty() && count[name] > 1) name = join(words, "_");
      names.cells.emplace_back(std::move(name));
    }
    return names;
  }

 private:
  static bool is_empty(const TableRow& row, size_t column) {
    return column >= row.cells.size() || row.cells[column].is_null() || row.cells[column].text().empty();
  }

  static const Area* covering(const std::vector<Area>& areas, int row, size_t column) {
    const auto found = std::find_if(areas.begin(), areas.end(), [&](const Area& area) {
      return area.first.row <= row && row <= area.last.row &&
             static_cast<size_t>(area.first.column) <= column &&
             column <= static_cast<size_t>(area.last.column);
    });
    return found == areas.end() ? nullptr : &*found;
  }

  // What stands over the column from above; nothing when the lowest belongs to a column further left.
  std::vector<std::string> words_over(const std::vector<Area>& areas, size_t column) const {
    std::vector<std::string> words;
    bool is_own = false;
    for (const TableRow& row : rows_) {
      const Area* area = covering(areas, row.number, column);
      if (area && area->first.row < row.number) continue;  // merged down to here
      const size_t from = area ? static_cast<size_t>(area->first.column) : column;
      if (is_empty(row, from)) continue;
      words.push_back(row.cells[from].text());
      is_own = from == column;
    }
    return is_own ? words : std::vector<std::string>();
  }

  const Merges& merges_;
  std::vector<TableRow> rows_;
  int last_row_ = 0;
};

// Which row is the header, and the rows under it into the builder.
class Table {
 public:
  Table(TableBuilder& builder, Merges& merges, int header_row, Diagnostics& findings)
      : builder_(builder),
        merges_(merges),
        header_row_(header_row),
        chosen_(merges.storeys(header_row)),
        head_(merges),
        findings_(findings) {
    if (header_row > 0) head_.reach_to(chosen_.second);
  }

  // False when nothing more may be read.
  bool take(TableRow row) {
    if (builder_.has_header()) return take_record(std::move(row));
    if (!head_.empty()) return take_behind(std::move(row));
    if (header_row_ > 0) {
      if (row.number > chosen_.second) return false;
      if (row.number >= chosen_.first) head_.add(std::move(row));
      return true;
    }
    waiting_.push_back(std::move(row));
    const bool decides = filled_cells(waiting_.back()) > 1 || waiting_.size() > kMostTitles;
    return !decides || choose_header();
  }

  // At the end of the sheet: rows of one cell each are a table of one column.
  void finish() {
    if (head_.empty() && !waiting_.empty()) choose_header();
    if (!head_.empty() && !builder_.has_header()) take_header();
  }

 private:
  static constexpr size_t kMostTitles = 5;

  // Rows of one cell above a row of several are titles when they are merged over the columns, or when the row
  // below has three cells or more: a list of one column with a remark beside it looks otherwise.
  bool choose_header() {
    const TableRow& last = waiting_.back();
    size_t titles = 0;
    if (filled_cells(last) > 1) {
      const bool wide = filled_cells(last) > 2;
      const bool all = std::all_of(waiting_.begin(), waiting_.end() - 1,
                                   [&](const TableRow& row) { return wide || merges_.spans_columns(row); });
      if (all) titles = waiting_.size() - 1;
    }
    std::deque<TableRow> rows = std::move(waiting_);
    waiting_.clear();
    head_.reach_to(merges_.storeys(rows[titles].number).second);
    head_.add(std::move(rows[titles]));
    for (size_t i = titles + 1; i < rows.size(); ++i)
      if (!take(std::move(rows[i]))) return false;
    return true;
  }

  // A row of the head, or the first record.
  bool take_behind(TableRow row) {
    if (!head_.goes_on(row)) return take_header() && take_record(std::move(row));
    head_.add(std::move(row));
    return true;
  }

  bool take_header() {
    const bool had_errors = findings_.has_errors();
    builder_.take_header(head_.names());
    return had_errors || !findings_.has_errors();  // every row would repeat what is wrong with the header
  }

  bool take_record(TableRow row) {
    if (!merges_.empty()) merges_.fill_down(row, builder_);
    builder_.take_row(std::move(row));
    return true;
  }

  TableBuilder& builder_;
  Merges& merges_;
  int header_row_;
  std::pair<int, int> chosen_;  // the rows of the head that was asked for
  Head head_;
  Diagnostics& findings_;
  std::deque<TableRow> waiting_;
};

}  // namespace

std::optional<Value> read_sheet(std::string_view bytes, const Workbook& book, const SheetPart& sheet,
                                std::string_view file, std::string_view spot_prefix, int header_row,
                                const data::RowSink& to, Diagnostics& findings) {
  if (!xml::check_source(bytes, file, sheet.part, findings)) return std::nullopt;
  constexpr size_t kValueToText = 2;  // a cell's value takes two to four times the room of its XML
  if (!to) grow_heap(bytes.size() * kValueToText);
  Diagnostics found;
  Reports reports(file, spot_prefix, found);
  Merges merges;
  if (!merges.read(bytes)) reports.error(1, std::nullopt, {"bad-sheet", "合并单元格的范围不对", kSaveAgain});
  TableBuilder builder(reports.origin(), found, to);
  Table table(builder, merges, header_row, found);
  Rows rows(bytes, book, reports);
  int hidden = 0;
  for (TableRow row; rows.read(row);) {
    if (!builder.check_size(row, rows.is_too_wide())) break;
    if (is_blank(row)) continue;
    hidden += rows.hidden();
    if (!table.take(std::move(row))) break;
  }
  table.finish();
  reports.count_the_rest();
  rows.pull().check(file, sheet.part, found);
  if (!builder.has_header() && !found.has_errors()) {
    if (header_row > 0)
      found.error("no-header-row", reports.place(header_row, std::nullopt), "这一行没有内容，不能作表头",
                  "核对表头所在的行号");
    else
      found.error("empty-file", {std::string(file), 0, 0, std::string(spot_prefix)}, "工作表是空的",
                  "首行要写列名");
  }
  if (hidden > 0)
    found.warning("hidden-rows", {std::string(file), 0, 0, std::string(spot_prefix)},
                  fmt::format("有 {} 行隐藏着（或被筛选掉），也照样读入了", hidden), "不要的行请删去");
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  builder.table().set_place({std::string(file), 0, 0, {}});
  return std::move(builder.table());
}

bool has_content(std::string_view bytes) {
  Pull pull(bytes);
  while (pull.next() != Pull::Event::end)
    if (pull.opens("v") || pull.opens("t")) return true;
  Diagnostics faults;
  return !pull.check({}, {}, faults);
}

}  // namespace wenshu::xlsx
