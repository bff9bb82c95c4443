#include "picture/qr.h"

#include <qrencode.h>

#include <memory>

namespace wenshu::picture {

std::optional<Modules> make_qr(std::string_view text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  if (text.empty() || text.size() > 2331) return std::nullopt;
  const std::unique_ptr<QRcode, Free> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) return std::nullopt;
  Modules modules;
  modules.side = code->width;
  const auto count = static_cast<size_t>(code->width) * static_cast<size_t>(code->width);
  modules.dark.reserve(count);
  for (size_t i = 0; i < count; ++i) modules.dark.push_back(code->data[i] & 1);
  return modules;
}

}  // namespace wenshu::picture
