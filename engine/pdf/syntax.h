// Small pieces of PDF syntax, inside this room only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wenshu::pdf {

// As a zlib stream; levels of libdeflate, 1 (fast) to 12.
std::string deflate(std::string_view bytes, int level);

// At most three decimals, no exponent, no trailing zeros: 12.5
void append_number(std::string& out, double value);
void append_hex(std::string& out, uint16_t code);  // four digits

// UTF-16BE as hexadecimal digits; characters outside the BMP as surrogate pairs.
std::string utf16_hex(char32_t character);
// Bytes of UTF-16BE with the mark FE FF, as text strings want it (ISO 32000-1, 7.9.2.2).
std::string utf16_with_mark(std::u32string_view characters);

}  // namespace wenshu::pdf
