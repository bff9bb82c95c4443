#include "notice/line_marks.h"

#include <algorithm>

#include "chinese/line_break.h"

namespace wenshu::notice {
namespace {

constexpr size_t kLongestNumeral = 8;  // characters
constexpr size_t kLongestTitle = 60;

bool is_three_digits(const LineView& view, size_t i) {
  return is_digit(view.at(i)) && is_digit(view.at(i + 1)) && is_digit(view.at(i + 2)) &&
         !is_digit(view.at(i + 3));
}

char32_t at_before(const LineView& view, size_t i) { return i > 0 ? view.at(i - 1) : U'\0'; }

}  // namespace

std::optional<Marker> find_marker(const LineView& view, size_t i) {
  using enum MarkerKind;
  const auto at = [&](size_t k) { return view.at(k); };
  if (at(i) >= U'①' && at(i) <= U'⑳') return Marker{circled, static_cast<int>(at(i) - U'①') + 1, i + 1};
  const bool bracket = at(i) == U'(' || at(i) == U'（';
  const size_t begin = bracket ? i + 1 : i;
  size_t j = begin;
  int number = 0;
  while (holds(kNumerals, at(j)) && j - begin < kLongestNumeral) {
    const int digit = static_cast<int>(kNumerals.find(at(j++))) + 1;
    number = digit == 10 ? std::max(number, 1) * 10 : number + digit;
  }
  const bool in_words = j > begin;
  if (!in_words)
    while (is_digit(at(j)) && j - begin < 3) number = number * 10 + static_cast<int>(at(j++) - U'0');
  if (j == begin) return std::nullopt;
  const char32_t mark = at(j), next = view.after(j + 1);
  const bool close = bracket    ? mark == U')' || mark == U'）'
                     : in_words ? mark == U'、'
                                : mark == U'.' || mark == U'．' || mark == U'、';
  if (!close || next == 0 || !(chinese::is_wide(next) || is_latin(next))) return std::nullopt;
  const MarkerKind kind = bracket    ? (in_words ? bracketed_numeral : bracketed_figure)
                          : in_words ? numeral
                                     : figure;
  return Marker{kind, number, j + 1};
}

bool parts_thousands(const LineView& view, size_t i) {
  if (view.at(i) != U'，' || !is_digit(at_before(view, i)) || !is_three_digits(view, i + 1)) return false;
  size_t begin = i;  // of the number
  while (begin > 0 && (is_digit(view.at(begin - 1)) || holds(U"，,", view.at(begin - 1)))) --begin;
  size_t end = i + 4;
  while (holds(U"，,", view.at(end)) && is_three_digits(view, end + 1)) end += 4;
  size_t first = begin;
  while (is_digit(view.at(first))) ++first;
  if (first - begin > 3) return false;
  const bool cents = view.at(end) == U'.' && is_digit(view.at(end + 1));
  return holds(U"￥¥$＄", at_before(view, begin)) || cents;
}

bool is_colon_of_time(const LineView& view, size_t i) {
  if (view.at(i) != U'：') return false;
  const size_t begin = time_before(view, i + 3);
  if (begin == view.line().npos || is_digit(view.at(i + 3))) return false;
  return holds(U"午晨早晚夜", view.before(begin)) || holds(U"前后起止", view.after(i + 3));
}

std::vector<std::pair<size_t, size_t>> find_inner_titles(std::u32string_view line) {
  std::vector<std::pair<size_t, size_t>> found;
  int depth = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == U'《') ++depth;
    if (line[i] == U'》' && depth > 0) --depth;
    if (line[i] != U'<' || depth == 0) continue;
    const size_t close = line.find_first_of(U"<>《》", i + 1);
    if (close == line.npos || line[close] != U'>' || close - i < 2 || close - i > kLongestTitle) continue;
    if (is_chinese(line[i + 1])) found.emplace_back(i, close);
    i = close;
  }
  return found;
}

size_t find_file_name(std::u32string_view line, size_t dot, size_t end) {
  if (end >= line.size() || !holds(U"”》’", line[end])) return dot;
  const size_t open = line.find_last_of(U"“《‘”》’，。；", dot);
  return open != line.npos && dot - open <= kLongestTitle && holds(U"“《‘", line[open]) ? open + 1 : dot;
}

}  // namespace wenshu::notice
