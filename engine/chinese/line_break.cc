#include "chinese/line_break.h"

#include <algorithm>
#include <iterator>

namespace wenshu::chinese {
namespace {

constexpr std::u32string_view kOpening = U"（《〈“‘【〔「『〖｛［([{«￥＄$£";
constexpr std::u32string_view kClosing =
    U"、，。：；！？）》〉”’】〕」』〗｝］·・／…—～-–,.;:!?)]}»%‰℃％°′″々ーゝゞヽヾ";

bool holds(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

bool is_blank(char32_t c) { return c == U' ' || c == U'\t'; }

// Part of a word or number in Latin, Greek or Cyrillic letters, which is kept whole.
bool is_narrow_word(char32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '@' || c == '&' || c == '#' || c == '/' || c == '\'' || c == '"' || c == '+' || c == '=' ||
           c == '*';
  return (c >= 0xC0 && c < 0x2000) && c != 0xD7 && c != 0xF7;
}

bool is_word_joint(char32_t c) { return holds(U".,:-%/", c); }

}  // namespace

bool is_opening(char32_t c) { return holds(kOpening, c); }
bool is_closing(char32_t c) { return holds(kClosing, c); }

bool is_wide(char32_t c) {
  if (holds(U"“”‘’…—·", c)) return true;
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
         (c >= 0x20000 && c <= 0x3FFFD) || (c >= 0x2460 && c <= 0x24FF);
}

bool can_break(char32_t before, char32_t after) {
  if (is_blank(after)) return false;  // blanks hang at the end of the line before
  if (is_blank(before)) return !is_closing(after);
  if (before == U'\u00A0' || after == U'\u00A0' || before == U'\u2060' || after == U'\u2060') return false;
  if (is_opening(before) || is_closing(after)) return false;
  if (is_narrow_word(before) && is_narrow_word(after)) return false;
  if (is_word_joint(before) && is_narrow_word(after)) return false;               // 3.5  9:00  Z-12
  if (is_narrow_word(before) && is_opening(after) && after < 0x80) return false;  // f(x)
  return true;
}

std::vector<size_t> find_breaks(std::u32string_view text) {
  std::vector<size_t> breaks;
  for (size_t i = 1; i < text.size(); ++i) {
    if (can_break(text[i - 1], text[i])) breaks.push_back(i);
  }
  return breaks;
}

size_t find_line_end(const std::vector<size_t>& breaks, size_t begin, size_t fits) {
  const auto after = std::upper_bound(breaks.begin(), breaks.end(), fits);
  if (after != breaks.begin() && *std::prev(after) > begin) return *std::prev(after);
  return std::max(fits, begin + 1);
}

}  // namespace wenshu::chinese
