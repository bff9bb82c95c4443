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

namespace {
constexpr char kDigits[] = "0123456789ABCDEF";

// std::string's own append of two pointers takes twice as long.
void append(std::string& out, const char* begin, const char* end) {
  out.append(begin, static_cast<size_t>(end - begin));
}
}  // namespace

void append_integer(std::string& out, size_t value) {
  char digits[24];
  append(out, digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_number(std::string& out, double value) {
  const long long thousandths = std::llround(value * 1000);
  const auto size = static_cast<unsigned long long>(std::llabs(thousandths));
  char digits[32];
  char* end = digits;
  if (thousandths < 0) *end++ = '-';
  end = std::to_chars(end, digits + sizeof digits, size / 1000).ptr;
  if (const auto rest = static_cast<unsigned>(size % 1000); rest != 0) {
    *end++ = '.';
    for (unsigned unit = 100, left = rest; left != 0; left %= unit, unit /= 10)
      *end++ = static_cast<char>('0' + left / unit);
  }
  append(out, digits, end);
}

char* put_hex_byte(char* to, uint8_t byte) {
  to[0] = kDigits[byte >> 4];
  to[1] = kDigits[byte & 15];
  return to + 2;
}

char* put_hex(char* to, uint16_t code) {
  return put_hex_byte(put_hex_byte(to, static_cast<uint8_t>(code >> 8)), static_cast<uint8_t>(code));
}

void append_hex(std::string& out, uint16_t code) {
  char digits[4];
  append(out, digits, put_hex(digits, code));
}

void append_literal(std::string& out, uint16_t code) {
  char bytes[4];
  char* end = bytes;
  for (const unsigned byte : {unsigned{code} >> 8, code & 0xFFu}) {
    const char c = static_cast<char>(byte);
    const bool turned = c == '\r';  // else it is read as the end of a line
    if (turned || c == '(' || c == ')' || c == '\\') *end++ = '\\';
    *end++ = turned ? 'r' : c;
  }
  append(out, bytes, end);
}

void append_hex_byte(std::string& out, uint8_t byte) {
  char digits[2];
  append(out, digits, put_hex_byte(digits, byte));
}

void append_utf16_hex(std::string& out, char32_t character) {
  char digits[8];
  char* end = digits;
  if (character >= 0x10000) {
    const char32_t offset = character - 0x10000;
    end = put_hex(end, static_cast<uint16_t>(0xD800 + (offset >> 10)));
    end = put_hex(end, static_cast<uint16_t>(0xDC00 + (offset & 0x3FF)));
  } else {
    end = put_hex(end, static_cast<uint16_t>(character));
  }
  append(out, digits, end);
}

void append_text_string(std::string& out, std::string_view utf8) {
  const std::u32string characters = to_characters(utf8);
  out.reserve(out.size() + 4 * characters.size() + 8);
  out += "<FEFF";
  for (const char32_t c : characters) append_utf16_hex(out, c);
  out += '>';
}

}  // namespace wenshu::pdf
