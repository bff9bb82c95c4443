#include "picture/qr.h"

#include <qrencode.h>

#include <memory>
#include <string>

namespace wenshu::picture {

std::optional<Modules> make_qr(std::string_view text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  constexpr size_t kMost = 3391;  // characters of version 40-M where all are digits, capitals and $%*+-./:
  if (text.empty() || text.size() > kMost || text.find('\0') != std::string_view::npos) return std::nullopt;
  // Splits the text into stretches of digits, of capitals and of bytes, each in its densest mode.
  const std::unique_ptr<QRcode, Free> code(
      QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
  if (!code) return std::nullopt;
  Modules modules;
  modules.side = code->width;
  const auto count = static_cast<size_t>(code->width) * static_cast<size_t>(code->width);
  modules.dark.reserve(count);
  for (size_t i = 0; i < count; ++i) modules.dark.push_back(code->data[i] & 1);
  return modules;
}

}  // namespace wenshu::picture
