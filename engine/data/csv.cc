#include <fmt/format.h>

#include <map>

#include "base/encoding.h"
#include "base/text.h"
#include "data/load.h"
#include "data/source.h"

namespace wenshu::data {
namespace {

constexpr size_t kMaxBytes = 64u << 20;
constexpr size_t kMaxColumns = 1'000;
constexpr int kMaxRows = 1'048'576;  // what a spreadsheet holds
constexpr size_t kMaxCells =
    1'000'000;  // a cell costs some 400 bytes as a Value: half a gigabyte at the most

struct Record {
  int line = 0;              // where it begins, as a text editor counts
  bool is_too_long = false;  // more than kMaxColumns: the rest was not kept
  std::vector<std::string> cells;
};

// RFC 4180, read leniently: a quote inside a bare cell is a character, text after a closing quote belongs to
// the cell.
class Reader {
 public:
  Reader(std::string_view text, std::string_view file, Diagnostics& findings)
      : text_(text), file_(file), findings_(findings) {}

  // The next record, blank ones included; false at the end.
  bool read(Record& record) {
    if (at_ == text_.size()) return false;
    record.line = line_;
    record.cells.clear();
    record.is_too_long = false;
    do {
      std::string cell = read_cell();
      record.is_too_long = record.cells.size() == kMaxColumns;
      if (!record.is_too_long) record.cells.push_back(std::move(cell));
    } while (take(','));
    take_line_end();
    return true;
  }

 private:
  bool take(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void take_line_end() {
    if (at_ == text_.size()) return;
    if (take('\r')) {
      take('\n');
    } else {
      take('\n');
    }
    ++line_;
  }

  std::string read_cell() {
    std::string cell;
    if (take('"')) read_quoted(cell);
    size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    cell += text_.substr(at_, end - at_);
    at_ = end;
    return cell;
  }

  // Line ends within a cell become "\n".
  void read_quoted(std::string& cell) {
    int opened = line_;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] != '"') return;
      } else if (c == '\r' || c == '\n') {
        if (c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
        ++line_;
        c = '\n';
      }
      cell += c;
    }
    findings_.error("unclosed-quote", {std::string(file_), opened, 0, {}}, "引号没有配对，一直到文件末尾",
                    "请补上引号；格内的引号要写两个");
  }

  std::string_view text_;
  std::string_view file_;
  Diagnostics& findings_;
  size_t at_ = 0;
  int line_ = 1;
};

bool is_blank(const Record& record) {
  for (const std::string& cell : record.cells) {
    if (!cell.empty()) return false;
  }
  return true;
}

class TableBuilder {
 public:
  TableBuilder(std::string_view file, Diagnostics& findings) : file_(file), findings_(findings) {}

  void take_header(const Record& record) {
    std::map<std::string, size_t> columns;
    for (size_t i = 0; i < record.cells.size(); ++i) {
      check_characters(record, i);
      Place where = place(record, i);
      std::string name(trim(record.cells[i]));
      if (name.empty()) {
        // Spreadsheets save empty columns at the right: they may stay while nothing stands in them.
        names_.emplace_back();
        continue;
      }
      auto [earlier, is_new] = columns.try_emplace(name, i + 1);
      if (!is_new) {
        findings_.error("duplicate-column", where, fmt::format("列名 \"{}\" 重复", name),
                        fmt::format("第一次在第 {} 列，请改名", earlier->second));
      }
      names_.push_back(std::move(name));
    }
    check_header(record, columns.size());
    ++row_;
  }

  void take_row(const Record& record) {
    Value row = Value::map();
    row.set_place(place(record, std::nullopt));
    for (size_t i = 0; i < names_.size(); ++i) {
      bool is_empty = i >= record.cells.size() || record.cells[i].empty();
      if (names_[i].empty() && is_empty) continue;
      if (!is_empty) check_characters(record, i);
      Value cell = is_empty ? Value() : Value(record.cells[i]);
      cell.set_place(place(record, i));
      if (names_[i].empty()) {
        findings_.error("empty-column-name", cell.place(), "这一列没有列名", "请在首行写上列名");
      } else {
        row.entries().push_back({names_[i], cell.place(), std::move(cell)});
      }
    }
    check_surplus(record);
    table_.add(std::move(row));
    ++row_;
  }

  void skip_row() { ++row_; }

  // False when there is too much of something: then nothing more is read.
  bool check_size(const Record& record) {
    std::string message;
    if (record.is_too_long) message = fmt::format("列过多，上限为 {} 列", kMaxColumns);
    if (row_ > kMaxRows) message = fmt::format("行过多，上限为 {} 行", kMaxRows);
    if (table_.size() * names_.size() > kMaxCells) message = fmt::format("格过多，上限为 {} 格", kMaxCells);
    if (message.empty()) return true;
    findings_.error("table-too-large", place(record, std::nullopt), std::move(message), "请拆成几个文件");
    return false;
  }

  bool has_header() const { return !names_.empty(); }
  Value& table() { return table_; }

  // Rows count as a spreadsheet shows them: the header is row 1, blank rows count.
  Place place(const Record& record, std::optional<size_t> column) const {
    std::string spot = fmt::format("第{}行", row_);
    if (column) spot += fmt::format("第{}列", *column + 1);
    return {std::string(file_), record.line, column ? static_cast<int>(*column) + 1 : 0, std::move(spot)};
  }

 private:
  void check_header(const Record& record, size_t named) {
    if (named == 0) findings_.error("empty-column-name", place(record, 0), "首行没有列名", "首行要写列名");
    std::string_view only = names_.size() == 1 ? std::string_view(names_[0]) : std::string_view();
    for (std::string_view separator : {"\t", ";", "，", "；", "|"}) {
      if (only.find(separator) == std::string_view::npos) continue;
      findings_.error("wrong-separator", place(record, 0), "列与列之间不是用英文逗号分隔的",
                      "请另存为 CSV（逗号分隔）");
      return;
    }
  }

  void check_surplus(const Record& record) {
    for (size_t i = names_.size(); i < record.cells.size(); ++i) {
      if (record.cells[i].empty()) continue;
      findings_.error("too-many-cells", place(record, i),
                      fmt::format("这一行有 {} 格，首行只有 {} 列", record.cells.size(), names_.size()),
                      "格内有逗号时，请用英文双引号括起来");
      return;
    }
  }

  void check_characters(const Record& record, size_t column) {
    const std::string& cell = record.cells[column];
    if (auto at = find_forbidden_character(cell))
      report_forbidden(cell, *at, place(record, column), findings_);
  }

  std::string_view file_;
  Diagnostics& findings_;
  std::vector<std::string> names_;  // "" for a column without a name
  Value table_ = Value::list();
  int row_ = 1;
};

void read_table(Reader& reader, TableBuilder& builder, Diagnostics& findings) {
  Record record;
  while (reader.read(record)) {
    if (!builder.check_size(record)) return;
    if (is_blank(record)) {
      builder.skip_row();
    } else if (builder.has_header()) {
      builder.take_row(record);
    } else {
      builder.take_header(record);
      if (findings.has_errors()) return;  // every row would repeat what is wrong with the header
    }
  }
}

}  // namespace

std::optional<Value> parse_csv(std::string_view bytes, std::string_view name, Diagnostics& findings) {
  Place file{std::string(name), 0, 0, {}};
  if (bytes.size() > kMaxBytes) {
    findings.error("file-too-large", file, fmt::format("文件过大，上限为 {}", size_text(kMaxBytes)),
                   "请拆成几个文件");
    return std::nullopt;
  }
  std::optional<std::string> text = decode_text(bytes);
  if (!text) {
    Position position = Lines(bytes).at(find_malformed_utf8(bytes).value_or(0));
    findings.error("bad-encoding", {std::string(name), position.line, 0, {}},
                   "文件既不是 UTF-8 也不是 GB18030 编码", "请另存为 CSV UTF-8");
    return std::nullopt;
  }
  Diagnostics found;
  TableBuilder builder(name, found);
  Reader reader(*text, name, found);
  read_table(reader, builder, found);
  if (!builder.has_header() && found.empty()) found.error("empty-file", file, "文件是空的", "首行要写列名");
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  builder.table().set_place(file);
  return std::move(builder.table());
}

}  // namespace wenshu::data
