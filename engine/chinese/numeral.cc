#include "chinese/numeral.h"

#include <array>

#include "base/text.h"

namespace wenshu::chinese {
namespace {

constexpr std::array<char32_t, 10> kDigits = {U'零', U'一', U'二', U'三', U'四',
                                              U'五', U'六', U'七', U'八', U'九'};
constexpr std::array<char32_t, 4> kUnits = {0, U'十', U'百', U'千'};
constexpr std::array<char32_t, 10> kCapitalDigits = {U'零', U'壹', U'贰', U'叁', U'肆',
                                                     U'伍', U'陆', U'柒', U'捌', U'玖'};
constexpr std::array<char32_t, 4> kCapitalUnits = {0, U'拾', U'佰', U'仟'};
constexpr std::array<char32_t, 4> kGroups = {0, U'万', U'亿', U'兆'};
constexpr size_t kLongest = 40;  // characters; sixteen digits need 31

struct Writing {
  const std::array<char32_t, 10>& digits;
  const std::array<char32_t, 4>& units;
};

// 0 < n < 10000, without leading 零.
std::u32string group_numeral(int n, const Writing& writing) {
  std::u32string text;
  bool gap = false;
  for (int unit = 3, scale = 1000; unit >= 0; --unit, scale /= 10) {
    const int digit = n / scale % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += U'零';
    gap = false;
    text += writing.digits[digit];
    if (writing.units[unit]) text += writing.units[unit];
  }
  return text;
}

std::u32string whole_numeral(long long n, const Writing& writing) {
  if (n == 0) return U"零";
  std::u32string text;
  bool gap = false;
  long long scale = 1'000'000'000'000;
  for (int group = 3; group >= 0; --group, scale /= 10'000) {
    const int part = static_cast<int>(n / scale % 10'000);
    if (part == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap || (!text.empty() && part < 1000)) text += U'零';
    gap = false;
    text += group_numeral(part, writing);
    if (kGroups[group]) text += kGroups[group];
  }
  return text;
}

int digit_of(char32_t c) {
  if (c == U'〇' || c == U'○') return 0;
  if (c == U'两') return 2;
  for (size_t i = 0; i < kDigits.size(); ++i) {
    if (kDigits[i] == c) return static_cast<int>(i);
  }
  return -1;
}

long long unit_of(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    case U'万':
      return 10'000;
    case U'亿':
      return 100'000'000;
    default:
      return 0;
  }
}

// Sections below 万 and 亿 are read with the units 千 百 十, each smaller than the one before.
std::optional<long long> parse_units(std::u32string_view text) {
  long long total = 0, group = 0, last_unit = 10'000, last_group = 1'000'000'000'000;
  int digit = -1;
  bool zero = false;
  for (const char32_t c : text) {
    if (const int d = digit_of(c); d >= 0) {
      if (digit > 0) return std::nullopt;  // two digits in a row
      if (d == 0 && zero) return std::nullopt;
      zero = d == 0;
      digit = d == 0 ? -1 : d;
      continue;
    }
    const long long unit = unit_of(c);
    if (unit == 0) return std::nullopt;
    zero = false;
    if (unit < 10'000) {
      if (unit >= last_unit || (digit < 0 && !(unit == 10 && group == 0))) return std::nullopt;
      group += (digit < 0 ? 1 : digit) * unit;
      last_unit = unit;
    } else {
      group += digit < 0 ? 0 : digit;
      if (group == 0 || unit >= last_group) return std::nullopt;
      total += group * unit;
      last_group = unit;
      group = 0;
      last_unit = 10'000;
    }
    digit = -1;
  }
  if (zero && text.size() > 1) return std::nullopt;
  return total + group + (digit < 0 ? 0 : digit);
}

}  // namespace

std::string to_numeral(long long n) {
  std::u32string text = whole_numeral(n, {kDigits, kUnits});
  if (text.size() > 1 && text[0] == U'一' && text[1] == U'十') text.erase(0, 1);
  return to_utf8(text);
}

std::string to_capital_numeral(long long n) {
  return to_utf8(whole_numeral(n, {kCapitalDigits, kCapitalUnits}));
}

std::string to_digit_numeral(long long n) {
  std::u32string text;
  for (const char digit : std::to_string(n)) text += digit == '0' ? U'〇' : kDigits[digit - '0'];
  return to_utf8(text);
}

std::optional<long long> parse_numeral(std::string_view text) {
  if (text.empty() || text.size() > kLongest * 3 || find_malformed_utf8(text)) return std::nullopt;
  const std::u32string characters = to_characters(text);
  bool digits_alone = true;
  for (const char32_t c : characters) digits_alone = digits_alone && digit_of(c) >= 0 && c != U'两';
  if (!digits_alone || characters.size() == 1) return parse_units(characters);
  if (characters.size() > 16) return std::nullopt;
  long long n = 0;
  for (const char32_t c : characters) n = n * 10 + digit_of(c);
  return n;
}

}  // namespace wenshu::chinese
