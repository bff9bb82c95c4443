#include "notice/normalise.h"

#include <fmt/format.h>

#include <numeric>

#include "base/text.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

constexpr size_t kBeside = 4;  // characters shown on either side of a change

// Puts the edits into a line: clean lines and changes are appended.
void apply(std::u32string_view line, size_t number, const std::vector<Edit>& edits, bool is_row,
           CleanText& out) {
  CleanLine clean{U"", number, {}, is_row};
  clean.columns.reserve(line.size());
  if (edits.empty()) {
    clean.text = line;
    clean.columns.resize(line.size());
    std::iota(clean.columns.begin(), clean.columns.end(), size_t{1});
    out.lines.push_back(std::move(clean));
    return;
  }
  clean.text.reserve(line.size());
  const auto take = [&](char32_t c, size_t column) {
    if (c == U'\n') {
      out.lines.push_back(std::move(clean));
      clean = {U"", number, {}, is_row};
      return;
    }
    clean.text += c;
    clean.columns.push_back(column + 1);
  };
  size_t at = 0;
  for (const Edit& edit : edits) {
    for (; at < edit.begin; ++at) take(line[at], at);
    for (const char32_t c : edit.after) take(c, edit.begin);
    const size_t left = edit.begin - std::min(edit.begin, kBeside);
    out.changes.push_back({edit.rule, number, edit.begin + 1, edit.end - edit.begin,
                           to_utf8(line.substr(edit.begin, edit.end - edit.begin)), to_utf8(edit.after),
                           to_utf8(line.substr(left, edit.begin - left)),
                           to_utf8(line.substr(edit.end, kBeside))});
    at = edit.end;
  }
  for (; at < line.size(); ++at) take(line[at], at);
  if (!clean.text.empty() || line.empty()) out.lines.push_back(std::move(clean));
}

// Rows of tables in plain text: neighbours with the same number of cells, between tabs or bars.
std::vector<bool> find_rows(const std::vector<std::u32string>& lines) {
  std::vector<bool> rows(lines.size(), false);
  std::vector<size_t> cells;
  for (const std::u32string& line : lines)
    cells.push_back(line.find_first_of(U"\t|") == line.npos ? 0 : cells_of(line).size());
  for (size_t i = 1; i < lines.size(); ++i)
    if (cells[i] > 1 && cells[i] == cells[i - 1]) rows[i] = rows[i - 1] = true;
  return rows;
}

bool is_organ(std::u32string_view line) {
  constexpr std::u32string_view kEnds = U"局委会厅部院校府室";
  return !line.empty() && kEnds.find(line.back()) != kEnds.npos && line.find(U"关于") == line.npos;
}

// How long the earlier line is that this one begins with, before a blank: pages of the web put the title once more before
// a text that lost its line breaks. 0 for none.
size_t repeated_before(const std::vector<std::u32string>& lines, size_t index) {
  constexpr size_t kTitles = 12, kShortest = 6, kLongest = 120;  // lines from the top; characters
  if (lines[index].ends_with(U"印发")) return 0;                 // the office that signs prints too
  for (size_t i = 0; i < std::min(index, kTitles); ++i) {
    const std::u32string& title = lines[i];
    if (is_organ(title)) continue;  // 清河县教育局 of a head, and a title that begins with it and another
    if (title.size() >= kShortest && title.size() <= kLongest && lines[index].size() > title.size() &&
        is_space(lines[index][title.size()]) && lines[index].starts_with(title))
      return title.size();
  }
  return 0;
}

std::vector<Edit> find_edits_behind(const std::u32string& line, size_t title, const Neighbours& document) {
  size_t begin = title;
  while (begin < line.size() && is_space(line[begin])) ++begin;
  if (begin == line.size()) return {{title, begin, U"", "stray-blank"}};
  std::vector<Edit> edits = {{title, begin, U"\n", "lines-run-together"}};
  add_edits(line, begin, line.size(), document, Form::prose, edits);
  return edits;
}

std::string words_of(const Change& change) {
  return fmt::format("{}：…{}[{}]{}… → [{}]", change.rule, change.left, change.before, change.right,
                     replace_all(change.after, "\n", "换行"));
}

}  // namespace

std::string CleanText::text() const {
  std::u32string all;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) all += U'\n';
    all += lines[i].text;
  }
  return to_utf8(all);
}

void Neighbours::count() const {
  is_counted_ = true;
  const std::u32string all = to_characters(document_);
  for (size_t i = 1; i < all.size(); ++i) {
    if (!is_chinese(all[i - 1]) || !is_chinese(all[i])) continue;
    Seen& seen = pairs_[key(all[i - 1], all[i])];
    ++seen.times;
    if (i == 1 || !is_chinese(all[i - 2])) ++seen.starts;
  }
}

Neighbours::Seen Neighbours::find(char32_t left, char32_t right) const {
  if (!is_counted_) count();
  const auto found = pairs_.find(key(left, right));
  return found == pairs_.end() ? Seen{} : found->second;
}

CleanText normalise(std::string_view text) { return normalise(text, Neighbours(std::string(text))); }

CleanText normalise(std::string_view text, const Neighbours& document, Form form) {
  CleanText clean;
  std::vector<std::u32string> lines;
  for (const std::string& each : split(std::string(text), "\n")) {
    lines.push_back(to_characters(each));
    if (!lines.back().empty() && lines.back().back() == U'\r') lines.back().pop_back();
  }
  const std::vector<bool> rows =
      form == Form::prose ? find_rows(lines) : std::vector<bool>(lines.size(), false);
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::u32string& line = lines[i];
    std::vector<Edit> edits;
    if (rows[i])
      edits = find_row_edits(line, document);
    else if (const size_t title = form == Form::prose ? repeated_before(lines, i) : 0; title > 0)
      edits = find_edits_behind(line, title, document);
    else if (!is_surely_clean(line))
      edits = find_edits(line, document, form);
    apply(line, i + 1, edits, rows[i], clean);
  }
  return clean;
}

std::string to_text(const Change& change) {
  return fmt::format("第{}行第{}列 {}", change.line, change.column, words_of(change));
}

std::string to_text_of_cell(const Change& change) {
  return fmt::format("第{}字 {}", change.column, words_of(change));
}

}  // namespace wenshu::notice
