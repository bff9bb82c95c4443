// What single characters of a line are, as the cleaning of a line and the quick look before it see them.
#pragma once

#include <string_view>

namespace wenshu::notice {

inline constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";
inline constexpr std::u32string_view kUnits = U"年月日时分旬周岁人名个元号期次点";
inline constexpr std::u32string_view kCounted = U"天万亿项条页组班场所节课学家类种份套台元米";
inline constexpr std::u32string_view kSurelyCounted = U"天万亿页所家台套份元米学字";  // not 3-1班, a name

inline bool holds(std::u32string_view set, char32_t c) {
  return c != 0 && set.find(c) != std::u32string_view::npos;
}
inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
inline bool is_word_of(char32_t c) { return is_latin(c) || is_digit(c); }

}  // namespace wenshu::notice
