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
void append_integer(std::string& out, size_t value);
void append_hex(std::string& out, uint16_t code);  // four digits
// Two bytes inside ( ), those that mean something there behind a backslash (ISO 32000-1, 7.3.4.2).
void append_literal(std::string& out, uint16_t code);
void append_hex_byte(std::string& out, uint8_t byte);  // two
// The same without asking for room; where the next digit goes.
char* put_hex(char* to, uint16_t code);
char* put_hex_byte(char* to, uint8_t byte);

// UTF-16BE as hexadecimal digits; characters outside the BMP as surrogate pairs.
void append_utf16_hex(std::string& out, char32_t character);
// <FEFF…>, a text string in hexadecimal digits (ISO 32000-1, 7.9.2.2).
void append_text_string(std::string& out, std::string_view utf8);

}  // namespace wenshu::pdf
