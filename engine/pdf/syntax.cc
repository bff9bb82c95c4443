#include "pdf/syntax.h"

#include <libdeflate.h>

#include <charconv>
#include <cmath>
#include <map>
#include <memory>

#include "base/error.h"
#include "base/text.h"

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
  packed.shrink_to_fit();  // a volume holds thousands of them
  return packed;
}

void append_integer(std::string& out, size_t value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_number(std::string& out, double value) {
  long long thousandths = std::llround(value * 1000);
  if (thousandths < 0) {
    out += '-';
    thousandths = -thousandths;
  }
  append_integer(out, static_cast<size_t>(thousandths / 1000));
  long long rest = thousandths % 1000;
  if (rest == 0) return;
  char digits[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                   static_cast<char>('0' + rest % 10)};
  size_t length = 4;
  while (digits[length - 1] == '0') --length;
  out.append(digits, length);
}

namespace {
constexpr char kDigits[] = "0123456789ABCDEF";
}

void append_hex(std::string& out, uint16_t code) {
  const char digits[] = {kDigits[code >> 12], kDigits[code >> 8 & 15], kDigits[code >> 4 & 15],
                         kDigits[code & 15]};
  out.append(digits, 4);
}

void append_hex_byte(std::string& out, uint8_t byte) {
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
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

void append_text_string(std::string& out, std::string_view utf8) {
  out += "<FEFF";
  for (const char32_t c : to_characters(utf8)) out += utf16_hex(c);
  out += '>';
}

}  // namespace wenshu::pdf
