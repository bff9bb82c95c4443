#include "pdf/syntax.h"

#include <zlib.h>

#include <cmath>

#include "base/error.h"

namespace wenshu::pdf {

std::string deflate(std::string_view bytes, int level) {
  std::string packed(compressBound(bytes.size()), '\0');
  uLongf size = packed.size();
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                bytes.size(), level) != Z_OK)
    throw Failure("无法压缩 PDF 数据（内存不足）");
  packed.resize(size);
  return packed;
}

void append_number(std::string& out, double value) {
  long long thousandths = std::llround(value * 1000);
  if (thousandths < 0) {
    out += '-';
    thousandths = -thousandths;
  }
  out += std::to_string(thousandths / 1000);
  long long rest = thousandths % 1000;
  if (rest == 0) return;
  char digits[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                   static_cast<char>('0' + rest % 10)};
  size_t length = 4;
  while (digits[length - 1] == '0') --length;
  out.append(digits, length);
}

void append_hex(std::string& out, uint16_t code) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[code >> shift & 15];
}

std::string utf16_hex(char32_t character) {
  std::string hex;
  if (character >= 0x10000) {
    const char32_t offset = character - 0x10000;
    append_hex(hex, static_cast<uint16_t>(0xD800 + (offset >> 10)));
    append_hex(hex, static_cast<uint16_t>(0xDC00 + (offset & 0x3FF)));
  } else {
    append_hex(hex, static_cast<uint16_t>(character));
  }
  return hex;
}

std::string utf16_with_mark(std::u32string_view characters) {
  std::string bytes = "\xFE\xFF";
  const auto append = [&](char32_t unit) {
    bytes += static_cast<char>(unit >> 8);
    bytes += static_cast<char>(unit & 0xFF);
  };
  for (const char32_t c : characters) {
    if (c >= 0x10000) {
      append(0xD800 + ((c - 0x10000) >> 10));
      append(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      append(c);
    }
  }
  return bytes;
}

}  // namespace wenshu::pdf
