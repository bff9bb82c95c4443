// What single characters of a line are, as the cleaning of a line and the quick look before it see them.
#pragma once

#include <string_view>

namespace wenshu::notice {

inline constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";

inline bool holds(std::u32string_view set, char32_t c) {
  return c != 0 && set.find(c) != std::u32string_view::npos;
}
inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
inline bool is_word_of(char32_t c) { return is_latin(c) || is_digit(c); }

}  // namespace wenshu::notice
