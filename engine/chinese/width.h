// Full-width and half-width forms of the same characters; names stretched to one width.
#pragma once

#include <string>
#include <string_view>

namespace wenshu::chinese {

std::string to_full_width(std::string_view text);  // 2020 A-1 -> ２０２０　Ａ－１
std::string to_half_width(std::string_view text);  // the inverse; Chinese punctuation stays as it is

// 王芳 in three characters is 王　芳: the blanks (U+3000) stand between the characters, evenly, the wider gaps
// first. What has as many characters or more, or only one, stays.
std::string spread(std::string_view text, size_t characters);

}  // namespace wenshu::chinese
