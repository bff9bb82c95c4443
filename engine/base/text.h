// UTF-8 text as characters (Unicode scalar values).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu {

// Byte offset of the first byte that is not well-formed UTF-8 (surrogates and overlong forms included).
std::optional<size_t> find_malformed_utf8(std::string_view bytes);

// Byte offset of the first character that no XML or PDF text may hold: U+0000-8, B, C, E-1F, 7F, FFFE, FFFF.
// Malformed bytes count as one.
std::optional<size_t> find_forbidden_character(std::string_view utf8);

// REQUIRES: well-formed UTF-8.
std::u32string to_characters(std::string_view utf8);
std::string to_utf8(std::u32string_view characters);
std::string to_utf8(char32_t character);
size_t count_characters(std::string_view utf8);

// "U+2CC5F"
std::string code_point_name(char32_t character);

std::string_view trim(std::string_view text);  // ASCII white space and U+3000 off both ends
std::vector<std::string> split(std::string_view text, std::string_view separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

}  // namespace wenshu
