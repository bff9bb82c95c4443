#include "pdf/syntax.h"

#include <libdeflate.h>

#include <cmath>
#include <map>
#include <memory>

#include "base/error.h"

namespace wenshu::pdf {

std::string deflate(std::string_view bytes, int level) {
  struct Free {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
  };
  // A compressor is a large table; each thread keeps one a level.
  thread_local std::map<int, std::unique_ptr<libdeflate_compressor, Free>> compressors;
  auto& compressor = compressors[level];
  if (!compressor) compressor.reset(libdeflate_alloc_compressor(level));
  if (!compressor) throw Failure("无法压缩 PDF 数据（内存不足）");
  std::string packed(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
  packed.resize(
      libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size()));
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
