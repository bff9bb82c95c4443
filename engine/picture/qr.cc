#include "picture/qr.h"

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <string>

#include "picture/qr_mask.h"

// Exported by libqrencode 4 (its soname is pinned by Debian 12), though not declared: QRcode_encodeString is these two
// and a choice of the mask that costs more than everything else.
extern "C" {
int Split_splitStringToQRinput(const char* string, QRinput* input, QRencodeMode hint, int case_sensitive);
QRcode* QRcode_encodeMask(QRinput* input, int mask);
}

namespace wenshu::picture {

std::optional<Modules> make_qr(std::string_view text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
    void operator()(QRinput* input) const { QRinput_free(input); }
  };
  constexpr size_t kMost = 3391;  // characters of version 40-M where all are digits, capitals and $%*+-./:
  if (text.empty() || text.size() > kMost || text.find('\0') != std::string_view::npos) return std::nullopt;
  // Splits the text into stretches of digits, of capitals and of bytes, each in its densest mode.
  const std::unique_ptr<QRinput, Free> input(QRinput_new2(0, QR_ECLEVEL_M));
  if (!input || Split_splitStringToQRinput(std::string(text).c_str(), input.get(), QR_MODE_8, 1) != 0)
    return std::nullopt;
  const std::unique_ptr<QRcode, Free> code(QRcode_encodeMask(input.get(), 0));
  if (!code) return std::nullopt;
  return choose_mask(code->data, code->width);
}

Pixels draw(const Modules& modules, int pixels) {
  const int side = (modules.side + 2 * kQuietModules) * pixels;
  Pixels drawn{
      side, side, std::vector<uint8_t>(static_cast<size_t>(side) * static_cast<size_t>(side) * 3, 255), {}};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int column = x / pixels - kQuietModules, row = y / pixels - kQuietModules;
      if (column < 0 || row < 0 || column >= modules.side || row >= modules.side) continue;
      if (!modules.is_dark(column, row)) continue;
      std::fill_n(drawn.rgb.begin() + 3 * (static_cast<std::ptrdiff_t>(y) * side + x), 3, uint8_t{0});
    }
  }
  return drawn;
}

}  // namespace wenshu::picture
