#include "xlsx/write.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <span>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "xlsx/reference.h"

namespace wenshu::xlsx {
namespace {

constexpr size_t kMostRows = 1'048'576;
constexpr size_t kMostColumns = 16'384;
constexpr size_t kLongestCell = 32'767;  // characters
constexpr size_t kMostDecimals = 9;      // as base/decimal.h

// The program's limit for names of sheets: 31 characters, none of []:*?/\ and no quote at an end.
std::string sheet_name(std::string_view title) {
  constexpr size_t kLongest = 31;
  std::u32string name;
  for (const char32_t c : to_characters(title)) {
    const bool bad = c < U' ' || std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos;
    name += bad ? U' ' : c;
  }
  std::string result(trim(to_utf8(name.substr(0, kLongest))));
  if (result == "History") return "history 1";  // the one name that Excel keeps for itself
  return result.empty() ? "Sheet1" : result;
}

// How many figures stand before and behind the point of a plainly written number; nothing for other text.
struct Figures {
  size_t before = 0, behind = 0;
  bool ends_in_zero = false;
};
std::optional<Figures> figures_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  const auto is_digits = [](std::string_view s) {
    return s.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (whole.empty() || !is_digits(whole) || !is_digits(fraction)) return std::nullopt;
  if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
  if (negative && text.find_first_not_of("0.") == std::string_view::npos) return std::nullopt;
  return Figures{whole.size(), fraction.size(), fraction.ends_with('0')};
}

// A sheet keeps 15 figures; more than 10 before the point are a number of somebody, not of something.
bool is_number(const Figures& figures) {
  constexpr size_t kMostWhole = 10, kExact = 15;
  return figures.before <= kMostWhole && figures.behind <= kMostDecimals &&
         figures.before + figures.behind <= kExact;
}

double to_number(const std::string& text) {
  double number = 0;  // REQUIRES: figures
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The day as a sheet counts it; nothing for text that is no day, or one before the leap day that never was.
std::optional<int> serial_of(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != std::string_view("2024-06-06").size()) return std::nullopt;
  const auto date = parse_date(text);
  if (!date || *date < year(1900) / March / 1) return std::nullopt;
  return static_cast<int>((sys_days(*date) - sys_days(year(1899) / December / 30)).count());
}

// A text that looks like an escape of the format (_x000D_) must not become one.
std::string escape(std::string text) {
  for (size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1))
    if (at + 6 < text.size() && text[at + 6] == '_') text.insert(at, "_x005F"), at += 6;
  return replace_all(std::move(text), "\r\n", "\n");
}

// Columns of a fixed font: Chinese characters take two.
size_t width_of(std::string_view text) {
  constexpr char32_t kFirstWide = 0x2E80;
  size_t widest = 0, width = 0;
  for (const char32_t c : to_characters(text)) {
    width = c == U'\n' ? 0 : width + (c >= kFirstWide ? 2 : 1);
    widest = std::max(widest, width);
  }
  return widest;
}

// The file that libxlsxwriter writes is memory with a name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("wenshu-xlsx", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw Failure("无法生成 .xlsx（没有内存文件）");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor_); }

  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

  std::string bytes() const {
    std::string all(static_cast<size_t>(std::max<off_t>(0, lseek(descriptor_, 0, SEEK_END))), '\0');
    for (size_t at = 0; at < all.size();) {
      const ssize_t count = pread(descriptor_, all.data() + at, all.size() - at, static_cast<off_t>(at));
      if (count <= 0) throw Failure("无法生成 .xlsx（无法读回）");
      at += static_cast<size_t>(count);
    }
    return all;
  }

 private:
  int descriptor_;
};

void require(lxw_error error) {
  if (error != LXW_NO_ERROR) throw Failure(fmt::format("无法生成 .xlsx（{}）", lxw_strerror(error)));
}

// Either kind of sheet.
class Rows {
 public:
  explicit Rows(const Sheet& sheet)
      : title(sheet.title), header(sheet.header), count(sheet.rows.size()), kept_(&sheet.rows) {}
  explicit Rows(const LongSheet& sheet)
      : title(sheet.title), header(sheet.header), count(sheet.count), make_(&sheet.row) {}

  const std::string& title;
  const std::vector<std::string>& header;
  const size_t count;
  // Stays until the next is asked for.
  const std::vector<std::string>& operator[](size_t index) {
    return kept_ ? (*kept_)[index] : made_ = (*make_)(index);
  }

  // Found while the sheet was checked.
  std::vector<size_t> widths = {};

 private:
  const std::vector<std::vector<std::string>>* kept_ = nullptr;
  const std::function<std::vector<std::string>(size_t)>* make_ = nullptr;
  std::vector<std::string> made_ = {};
};

class Writer {
 public:
  Writer(std::span<Rows> sheets, const std::string& path) : sheets_(sheets) {
    // Rows go to a temporary file one by one: memory does not grow with them.
    lxw_workbook_options options = {LXW_TRUE, nullptr, LXW_FALSE};
    book_ = workbook_new_opt(path.c_str(), &options);
    if (!book_) throw Failure("无法生成 .xlsx（内存不足）");
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    if (book_) lxw_workbook_free(book_);
  }

  void write() {
    set_times();
    set_formats();
    for (Rows& sheet : sheets_) write_sheet(sheet);
    lxw_workbook* book = book_;
    book_ = nullptr;  // closing frees it, well or not
    require(workbook_close(book));
  }

 private:
  // The same bytes every time: the library would take the clock's.
  void set_times() {
    constexpr time_t kFirstOf1980 = 315'532'800;  // as our other containers
    lxw_doc_properties properties = {};
    properties.created = kFirstOf1980;
    require(workbook_set_properties(book_, &properties));
  }

  lxw_format* make_format(const char* code) {
    lxw_format* format = workbook_add_format(book_);
    if (!format) throw Failure("无法生成 .xlsx（内存不足）");
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (code) format_set_num_format(format, code);
    return format;
  }

  void set_formats() {
    head_ = make_format("@");
    format_set_bold(head_);
    format_set_text_wrap(head_);
    format_set_align(head_, LXW_ALIGN_CENTER);
    format_set_bottom(head_, LXW_BORDER_THIN);
    text_ = make_format("@");  // what is typed over it stays text, such as 007
    format_set_text_wrap(text_);
    plain_ = make_format(nullptr);
    day_ = make_format("yyyy-mm-dd");
    for (size_t i = 1; i < decimals_.size(); ++i)
      decimals_[i] = make_format(("0." + std::string(i, '0')).c_str());
  }

  void write_sheet(Rows& sheet) {
    page_ = workbook_add_worksheet(book_, sheet_name(sheet.title).c_str());
    if (!page_) throw Failure(fmt::format("无法生成 .xlsx（工作表“{}”）", sheet.title));
    set_widths(sheet);
    worksheet_freeze_panes(page_, 1, 0);
    worksheet_repeat_rows(page_, 0, 0);
    for (size_t i = 0; i < sheet.header.size(); ++i) write_text(0, i, sheet.header[i], head_);
    for (size_t r = 0; r < sheet.count; ++r) {
      const auto& row = sheet[r];
      for (size_t i = 0; i < row.size(); ++i) write_cell(r + 1, i, row[i]);
    }
  }

  void set_widths(const Rows& sheet) {
    constexpr size_t kNarrowest = 6, kWidest = 48, kMargin = 2;
    const auto& widths = sheet.widths;
    for (size_t i = 0; i < widths.size(); ++i)
      require(worksheet_set_column(page_, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i),
                                   static_cast<double>(std::clamp(widths[i] + kMargin, kNarrowest, kWidest)),
                                   nullptr));
  }

  void write_text(size_t row, size_t column, const std::string& cell, lxw_format* format) {
    require(worksheet_write_string(page_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                   escape(cell).c_str(), format));
  }

  void write_cell(size_t row, size_t column, const std::string& cell) {
    if (cell.empty()) return;
    const auto figures = figures_of(cell);
    if (figures && is_number(*figures)) {
      lxw_format* format = figures->ends_in_zero ? decimals_[figures->behind] : plain_;
      write_number(row, column, to_number(cell), format);
    } else if (const auto serial = serial_of(cell)) {
      write_number(row, column, *serial, day_);
    } else {
      write_text(row, column, cell, text_);
    }
  }

  void write_number(size_t row, size_t column, double number, lxw_format* format) {
    require(worksheet_write_number(page_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), number,
                                   format));
  }

  std::span<Rows> sheets_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* page_ = nullptr;
  lxw_format *head_ = nullptr, *text_ = nullptr, *plain_ = nullptr, *day_ = nullptr;
  std::array<lxw_format*, kMostDecimals + 1> decimals_ = {};  // by how many figures stand behind the point
};

void check_row(const std::vector<std::string>& row, size_t index, const std::string& file,
               Diagnostics& findings) {
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].size() <= kLongestCell || count_characters(escape(row[i])) <= kLongestCell) continue;
    findings.error("cell-too-long",
                   {file, static_cast<int>(index) + 2, static_cast<int>(i) + 1,
                    fmt::format("第{}行{}列", index + 2, column_letters(i))},
                   fmt::format("文字过长，工作表的一格放不下（上限 {} 字）", kLongestCell), "改为输出 .csv");
  }
}

// Its size, and how wide its columns are.
void check_sheet(Rows& sheet, const std::string& file, Diagnostics& findings) {
  auto& widths = sheet.widths;
  for (const std::string& cell : sheet.header) widths.push_back(width_of(cell));
  for (size_t r = 0; r < std::min(sheet.count, kMostRows); ++r) {
    const auto& row = sheet[r];
    check_row(row, r, file, findings);
    if (widths.size() < row.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  if (sheet.count >= kMostRows || widths.size() > kMostColumns)
    findings.error("table-too-large", {file, 0, 0, {}},
                   fmt::format("一个工作表放不下（上限 {} 行 {} 列）", kMostRows, kMostColumns),
                   "改为输出 .csv");
}

std::optional<std::string> write(std::span<Rows> sheets, const std::string& file, Diagnostics& findings) {
  Diagnostics found;
  for (Rows& sheet : sheets) check_sheet(sheet, file, found);
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  const MemoryFile memory;
  Writer(sheets, memory.path()).write();
  return memory.bytes();
}

}  // namespace

std::optional<std::string> write_tables(const std::vector<Sheet>& sheets, const std::string& file,
                                        Diagnostics& findings) {
  std::vector<Rows> all;
  for (const Sheet& sheet : sheets) all.emplace_back(sheet);
  return write(all, file, findings);
}

std::optional<std::string> write_table(const Sheet& sheet, const std::string& file, Diagnostics& findings) {
  Rows rows(sheet);
  return write({&rows, 1}, file, findings);
}

std::optional<std::string> write_long_table(const LongSheet& sheet, const std::string& file,
                                            Diagnostics& findings) {
  Rows rows(sheet);
  return write({&rows, 1}, file, findings);
}

}  // namespace wenshu::xlsx
