#include "base/encoding.h"

#include <iconv.h>

#include <cerrno>
#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace wenshu {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// What Notepad calls Unicode: no UTF-8 and no GB18030 begins like this.
constexpr std::string_view kLittleEndianMark = "\xFF\xFE", kBigEndianMark = "\xFE\xFF";

struct CloseConverter {
  void operator()(void* converter) const { iconv_close(converter); }
};

std::optional<std::string> decode_from(const char* encoding, std::string_view bytes) {
  iconv_t opened = iconv_open("UTF-8", encoding);
  // iconv says "no" with (iconv_t)-1.
  if (reinterpret_cast<intptr_t>(opened) == -1)
    throw Failure(std::string("无法转换编码（系统缺少 ") + encoding + "）");
  std::unique_ptr<void, CloseConverter> converter(opened);

  std::string utf8;
  char buffer[4096];
  char* in = const_cast<char*>(bytes.data());  // iconv does not write to its input
  size_t in_left = bytes.size();
  while (in_left > 0) {
    char* out = buffer;
    size_t out_left = sizeof buffer;
    size_t converted = iconv(opened, &in, &in_left, &out, &out_left);
    utf8.append(buffer, static_cast<size_t>(out - buffer));
    if (converted == static_cast<size_t>(-1) && errno != E2BIG) return std::nullopt;
  }
  return utf8;
}

}  // namespace

std::optional<std::string> decode_text(std::string_view bytes, bool* was_gb18030) {
  if (was_gb18030 != nullptr) *was_gb18030 = false;
  if (!find_malformed_utf8(bytes)) {
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    return std::string(bytes);
  }
  if (bytes.starts_with(kLittleEndianMark)) return decode_from("UTF-16LE", bytes.substr(2));
  if (bytes.starts_with(kBigEndianMark)) return decode_from("UTF-16BE", bytes.substr(2));
  std::optional<std::string> decoded = decode_from("GB18030", bytes);
  if (decoded && was_gb18030 != nullptr) *was_gb18030 = true;
  return decoded;
}

}  // namespace wenshu
