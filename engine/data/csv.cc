#include <fmt/format.h>

#include "base/encoding.h"
#include "base/text.h"
#include "data/load.h"
#include "data/source.h"
#include "data/table.h"

namespace wenshu::data {
namespace {

struct Record {
  int line = 0;              // where it begins, as a text editor counts
  bool is_too_long = false;  // more than kMaxTableColumns: the rest was not kept
  std::vector<Value> cells;
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
      std::string cell = bare(read_cell());
      record.is_too_long = record.cells.size() == kMaxTableColumns;
      if (!record.is_too_long) record.cells.emplace_back(std::move(cell));
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

  // ="007" is how sheets are kept from making a number of 007.
  static std::string bare(std::string cell) {
    constexpr std::string_view kOpen = "=\"";
    const bool kept = cell.size() > kOpen.size() && cell.starts_with(kOpen) && cell.ends_with('"') &&
                      cell.find('"', kOpen.size()) == cell.size() - 1;
    return kept ? cell.substr(kOpen.size(), cell.size() - kOpen.size() - 1) : cell;
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

void check_separator(const TableBuilder& builder, const TableRow& header, Diagnostics& findings) {
  const std::string_view only = builder.names().size() == 1 ? std::string_view(header.cells[0].text()) : "";
  for (std::string_view separator : {"\t", ";", "，", "；", "|"}) {
    if (trim(only).find(separator) == std::string_view::npos) continue;
    findings.error("wrong-separator", builder.place(header, 0), "列与列之间不是用英文逗号分隔的",
                   "请另存为 CSV（逗号分隔）");
    return;
  }
}

// Cells to the right of the header: most often a comma inside a cell that is not quoted.
void drop_surplus(const TableBuilder& builder, TableRow& row, Diagnostics& findings) {
  const size_t columns = builder.names().size();
  for (size_t i = columns; i < row.cells.size(); ++i) {
    if (row.cells[i].text().empty()) continue;
    findings.error("too-many-cells", builder.place(row, i),
                   fmt::format("这一行有 {} 格，首行只有 {} 列", row.cells.size(), columns),
                   "格内有逗号时，请用英文双引号括起来");
    break;
  }
  if (row.cells.size() > columns) row.cells.resize(columns);
}

// 1.10101E+17: the program of sheets has put such a number in place of an identity card's, and its end is lost.
void check_ruined_numbers(const TableBuilder& builder, const TableRow& row, Diagnostics& findings) {
  static const auto is_ruined = [](std::string_view cell) {
    constexpr size_t kExponent = 4;  // E+17
    if (cell.size() <= kExponent || cell.size() > 8 + kExponent) return false;
    const std::string_view figures = cell.substr(0, cell.size() - kExponent);
    const std::string_view exponent = cell.substr(figures.size());
    return exponent.starts_with("E+") && exponent.find_first_not_of("0123456789", 2) == exponent.npos &&
           figures.find_first_not_of("0123456789.") == figures.npos && figures[0] != '.' &&
           (figures.size() == 1 || figures[1] == '.');
  };
  for (size_t i = 0; i < row.cells.size(); ++i)
    if (is_ruined(row.cells[i].text()))
      findings.error("number-too-long", builder.place(row, i),
                     fmt::format("“{}”是表格软件缩写的长数字，后面几位已经没有了", row.cells[i].text()),
                     "把这一列设为文本格式，重新填写后再存为 CSV");
}

void read_table(Reader& reader, TableBuilder& builder, Diagnostics& findings) {
  Record record;
  for (int number = 1; reader.read(record); ++number) {
    TableRow row{number, record.line, std::move(record.cells)};
    if (!builder.check_size(row, record.is_too_long)) return;
    if (is_blank(row)) continue;
    if (builder.has_header()) {
      drop_surplus(builder, row, findings);
      check_ruined_numbers(builder, row, findings);
      builder.take_row(std::move(row));
    } else {
      builder.take_header(row);
      check_separator(builder, row, findings);
      if (findings.has_errors()) return;  // every row would repeat what is wrong with the header
    }
  }
}

}  // namespace

std::optional<Value> parse_csv(std::string_view bytes, std::string_view name, Diagnostics& findings) {
  return parse_csv(bytes, name, {}, findings);
}

std::optional<Value> parse_csv(std::string_view bytes, std::string_view name, const RowSink& rows,
                               Diagnostics& findings) {
  Place file{std::string(name), 0, 0, {}};
  if (bytes.size() > kMaxTableBytes) {
    findings.error("file-too-large", file, fmt::format("文件过大，上限为 {}", size_text(kMaxTableBytes)),
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
  // Rows count as a spreadsheet shows them: the header is row 1, blank rows count.
  TableBuilder builder({std::string(name), {}, StoredPlace::Origin::Grid::numbers}, found, rows);
  Reader reader(*text, name, found);
  read_table(reader, builder, found);
  if (!builder.has_header() && found.empty()) found.error("empty-file", file, "文件是空的", "首行要写列名");
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  builder.table().set_place(file);
  return std::move(builder.table());
}

}  // namespace wenshu::data
