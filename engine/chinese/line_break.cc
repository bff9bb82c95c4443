#include "chinese/line_break.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace wenshu::chinese {
namespace {

constexpr std::u32string_view kOpening = U"（《〈“‘【〔「『〖｛［([{«￥＄$£";
constexpr std::u32string_view kClosing =
    U"、，。．：；！？）》〉”’】〕」』〗｝］·・／…—～-–,.;:!?)]}»%‰℃％°′″々ーゝゞヽヾ";
constexpr std::u32string_view kWhiteAfter = U"、，。；：）》〉”’】〕」』〗";
constexpr std::u32string_view kWhiteBefore = U"（《〈“‘【〔「『〖";
constexpr std::u32string_view kWordJoints = U".,:%/~×";
// What may follow a number; after one of kLeading another of them or one of kCounted goes on: 36万元, 40学时.
constexpr std::u32string_view kUnits =
    U"年月日时点分秒人名位个项所家届期次号元万亿千百度岁周天批条款章节页份册本台套件场班级组户亩米吨倍平公厘"
    U"毫学课小";
constexpr std::u32string_view kLeading = U"万亿千百平方公厘毫学课小";
constexpr std::u32string_view kCounted = U"元人名个次户亩米里克吨方时分";

bool holds(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

// Part of a word or number in Latin, Greek or Cyrillic letters, which is kept whole.
bool is_narrow_word(char32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '@' || c == '&' || c == '#' || c == '/' || c == '\'' || c == '"' || c == '+' || c == '=' ||
           c == '*';
  return (c >= 0xC0 && c < 0x2000) && c != 0xD7 && c != 0xF7;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_of_address(char32_t c) { return c > U' ' && c < 0x7F && !holds(U"<>\"", c); }

// Keeps together what a number counts, from the number at `begin` on.
void keep_quantity(std::u32string_view text, size_t begin, std::vector<bool>& breaks) {
  if (begin > 0 && holds(U"第〕", text[begin - 1])) breaks[begin] = false;
  size_t i = begin;
  while (i < text.size() && (is_digit(text[i]) || holds(U".,%", text[i]))) ++i;
  if (i >= text.size() || !holds(kUnits, text[i])) return;
  for (breaks[i] = false; i + 1 < text.size() && holds(kLeading, text[i]); breaks[++i] = false)
    if (!holds(kCounted, text[i + 1]) && !holds(kLeading, text[i + 1])) return;
}

// https://host/way/file: a line may end after each of its single slashes, and after a question mark.
// Returns its end.
size_t part_address(std::u32string_view text, size_t begin, std::vector<bool>& breaks) {
  size_t i = begin + 1;
  for (; i < text.size() && is_of_address(text[i]); ++i)
    if (holds(U"/?", text[i - 1]) && !holds(U"/?", text[i]) && !is_closing(text[i])) breaks[i] = true;
  return i;
}

}  // namespace

namespace {

// What a character is, as bits: asked several times of each character of a document.
enum : uint16_t {
  kIsOpening = 1,
  kIsClosing = 2,
  kIsWhiteAfter = 4,
  kIsWhiteBefore = 8,
  kIsWide = 16,
  kIsNarrowWord = 32,
  kIsWordJoint = 64,
  kIsBlank = 128,
  kIsGlue = 256,
};

bool is_of_wide_block(char32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
         (c >= 0x20000 && c <= 0x3FFFD) || (c >= 0x2460 && c <= 0x24FF);
}

// What follows from where a character stands in Unicode; the lists name the others.
uint16_t kind_of_block(char32_t c) {
  return static_cast<uint16_t>((is_of_wide_block(c) ? kIsWide : 0) | (is_narrow_word(c) ? kIsNarrowWord : 0));
}

std::vector<uint16_t> list_kinds() {
  std::vector<uint16_t> kinds(0x10000);
  for (char32_t c = 0; c < kinds.size(); ++c) kinds[c] = kind_of_block(c);
  const std::pair<std::u32string_view, uint16_t> lists[] = {
      {kOpening, kIsOpening},       {kClosing, kIsClosing},
      {kWhiteAfter, kIsWhiteAfter}, {kWhiteBefore, kIsWhiteBefore},
      {U"“”‘’…—·", kIsWide},        {kWordJoints, kIsWordJoint},
      {U" \t", kIsBlank},           {U"\u00A0\u2060", kIsGlue},
  };
  for (const auto& [characters, bit] : lists)
    for (const char32_t c : characters) kinds[c] |= bit;
  return kinds;
}

uint16_t kind_of(char32_t c) {
  static const std::vector<uint16_t> kKinds = list_kinds();
  return c < kKinds.size() ? kKinds[c] : kind_of_block(c);
}

bool can_break(uint16_t before, uint16_t after, char32_t second) {
  if ((after & kIsBlank) != 0) return false;  // blanks hang at the end of the line before
  if ((before & kIsBlank) != 0) return (after & kIsClosing) == 0;
  if (((before | after) & kIsGlue) != 0) return false;
  if ((before & kIsOpening) != 0 || (after & kIsClosing) != 0) return false;
  if ((after & kIsNarrowWord) != 0) return (before & (kIsNarrowWord | kIsWordJoint)) == 0;  // 3.5 9:00 10~20
  if ((before & kIsNarrowWord) == 0) return true;
  return second != U'×' && !((after & kIsOpening) != 0 && second < 0x80);  // 3×4 f(x)
}

}  // namespace

bool is_opening(char32_t c) { return (kind_of(c) & kIsOpening) != 0; }
bool is_closing(char32_t c) { return (kind_of(c) & kIsClosing) != 0; }
bool is_white_after(char32_t c) { return (kind_of(c) & kIsWhiteAfter) != 0; }
bool is_white_before(char32_t c) { return (kind_of(c) & kIsWhiteBefore) != 0; }
bool is_wide(char32_t c) { return (kind_of(c) & kIsWide) != 0; }

bool can_break(char32_t before, char32_t after) { return can_break(kind_of(before), kind_of(after), after); }

std::vector<size_t> find_breaks(std::u32string_view text, Keep keep) {
  std::vector<bool> may(text.size(), false);
  uint16_t before = text.empty() ? 0 : kind_of(text[0]);
  for (size_t i = 1; i < text.size(); ++i) {
    const uint16_t after = kind_of(text[i]);
    may[i] = can_break(before, after, text[i]);
    before = after;
  }
  for (size_t i = 1; i < text.size(); ++i)  // a sign, telephone numbers and codes: -5, 0319-8162345, QH2025-A
    if (text[i - 1] == U'-' &&
        (is_digit(text[i]) || (i > 1 && is_digit(text[i - 2]) && is_narrow_word(text[i]))))
      may[i] = false;
  for (size_t at = 0; (at = text.find(U"://", at)) != std::u32string_view::npos;)
    at = part_address(text, at, may);
  if (keep == Keep::quantities)  // abc@example.org
    for (size_t i = 1; i + 1 < text.size(); ++i)
      if (text[i] == U'@' && is_narrow_word(text[i - 1]) && is_narrow_word(text[i + 1])) may[i + 1] = true;
  if (keep == Keep::quantities)
    for (size_t i = 0; i < text.size(); ++i)
      if (is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]))) keep_quantity(text, i, may);
  std::vector<size_t> breaks;
  breaks.reserve(text.size());
  for (size_t i = 1; i < text.size(); ++i)
    if (may[i]) breaks.push_back(i);
  return breaks;
}

size_t find_line_end(const std::vector<size_t>& breaks, size_t begin, size_t fits) {
  const auto after = std::upper_bound(breaks.begin(), breaks.end(), fits);
  if (after != breaks.begin() && *std::prev(after) > begin) return *std::prev(after);
  return std::max(fits, begin + 1);
}

}  // namespace wenshu::chinese
