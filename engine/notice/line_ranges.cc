// What stands on both sides of the dash of a range.
#include <algorithm>

#include "notice/line_view.h"

namespace wenshu::notice {
namespace {

constexpr size_t kNone = std::u32string_view::npos;

bool is_colon(char32_t c) { return c == U':' || c == U'：'; }

bool ascends(std::u32string_view from, std::u32string_view to) {
  const auto bare = [](std::u32string_view number) {
    return number.substr(std::min(number.find_first_not_of(U'0'), number.size()));
  };
  const auto low = bare(from), high = bare(to);
  return low.size() != high.size() ? low.size() < high.size() : low < high;
}

// The unit before a dash belongs to a number or a third of a month: 3月, 7月上旬.
bool has_number_before(std::u32string_view line, size_t dash) {
  for (size_t i = dash, steps = 0; i > 0 && steps < 6; ++steps)
    if (is_word_of(line[--i]) || holds(kNumerals, line[i])) return true;
  return false;
}

// Is it a time of day from `begin` on, whole and with nothing of a number beside it?
bool is_time(const LineView& view, size_t begin, size_t colon) {
  if (colon == begin || colon - begin > 2 || !is_colon(view.at(colon))) return false;
  const size_t end = colon + 3;
  if (begin > 0 && (is_word_of(view.at(begin - 1)) || is_colon(view.at(begin - 1)))) return false;
  if (!is_digit(view.at(colon + 1)) || !is_digit(view.at(colon + 2)) || is_word_of(view.at(end)))
    return false;
  if (is_colon(view.at(end)) && is_digit(view.at(end + 1))) return false;
  unsigned hour = 0;
  for (size_t i = begin; i < colon; ++i) {
    if (!is_digit(view.at(i))) return false;
    hour = hour * 10 + static_cast<unsigned>(view.at(i) - U'0');
  }
  return hour <= 24 && view.at(colon + 1) <= U'5';
}

bool is_school_year(std::u32string_view words) {  // 高一
  return words.size() == 2 && (words[0] == U'高' || words[0] == U'初') && holds(U"一二三", words[1]);
}

// 8:00-11:30, 0℃~8℃, 高一-高三, 一年级-六年级: the same on both sides.
bool joins_alike(const LineView& view, size_t begin, size_t end) {
  const size_t left = view.skip_back(begin), right = view.skip(end);
  const std::u32string_view line = view.line();
  if (left == 0 || right >= line.size()) return false;
  if (time_before(view, left) != kNone && time_from(view, right) != kNone) return true;
  const char32_t unit = line[left - 1];
  if (holds(U"%℃", unit) && end - begin == 1) {  // of two dashes one may be a minus
    size_t i = right;
    while (is_digit(view.at(i)) || (i > right && view.at(i) == U'.')) ++i;
    return i > right && view.at(i) == unit && left > 1 && is_digit(line[left - 2]);
  }
  if (is_school_year(line.substr(left - std::min<size_t>(left, 2), 2)) &&
      is_school_year(line.substr(right, 2)))
    return left < 3 || !is_chinese(line[left - 3]) || holds(U"为是从自由和含", line[left - 3]);
  return unit == U'级' && left > 2 && line[left - 2] == U'年' && holds(kNumerals, line[left - 3]) &&
         holds(kNumerals, line[right]) && line.substr(right + 1, 2) == U"年级";
}

}  // namespace

size_t time_before(const LineView& view, size_t i) {
  if (i < 4) return kNone;
  const size_t colon = i - 3;
  size_t begin = colon;
  while (begin > 0 && colon - begin < 2 && is_digit(view.at(begin - 1))) --begin;
  return is_time(view, begin, colon) ? begin : kNone;
}

size_t time_from(const LineView& view, size_t i) {
  size_t colon = i;
  while (is_digit(view.at(colon)) && colon - i < 2) ++colon;
  return is_time(view, i, colon) ? i : kNone;
}

bool is_range(const LineView& view, size_t begin, size_t end) {
  if (joins_alike(view, begin, end)) return true;
  const std::u32string_view line = view.line();
  const char32_t left = view.before(begin);
  size_t i = view.skip(end);
  const bool third = holds(U"上中下", view.at(i)) && view.at(i + 1) == U'旬';
  if (third) return holds(kUnits, left);
  if (view.at(i) == U'次' && view.at(i + 1) == U'年') return holds(kUnits, left);
  const size_t first = i;
  while (is_digit(view.at(i))) ++i;
  if (i == first) return false;
  const char32_t behind = view.after(i);
  const bool unit = holds(kUnits, behind) || holds(kSurelyCounted, behind);
  if (holds(kUnits, left)) return unit && has_number_before(line, begin);
  if (!is_digit(left)) return false;
  const size_t last = view.skip_back(begin);
  size_t j = last;  // no range in 0519-8288-11 or GB/T 9704-2012
  while (j > 0 && is_digit(line[j - 1])) --j;
  if (!ascends(line.substr(j, last - j), line.substr(first, i - first))) return false;  // 文昌路18-2号
  const bool ordinal = view.before(j) == U'第';                                         // 第3-5条
  if (behind == U'号' && !ordinal && !(j > 0 && line[j - 1] == U'月')) return false;    // 3-5号 of a house
  if (!unit && !(ordinal && holds(kCounted, behind))) return false;
  return j == 0 || ordinal || !(is_latin(line[j - 1]) || holds(U"-./_ ", line[j - 1]));
}

}  // namespace wenshu::notice
