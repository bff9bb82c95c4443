// Digests of bytes.
#pragma once

#include <string>
#include <string_view>

namespace wenshu::crypto {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
std::string sha256(std::string_view bytes);  // 32 bytes
// GB/T 32905-2016: 64 lower-case hexadecimal digits.
std::string sm3_hex(std::string_view bytes);

std::string to_hex(std::string_view bytes);

}  // namespace wenshu::crypto
