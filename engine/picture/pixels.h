// Pictures as the page needs them: pixels, and the modules of a two-dimensional code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wenshu::picture {

// 8 bits a channel, row by row; `alpha` is empty or one byte a pixel.
struct Pixels {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb, alpha;
};

// Square modules without quiet zone.
struct Modules {
  int side = 0;
  std::vector<uint8_t>
      rows;  // each from its left, eight modules a byte, the first in the highest bit; set is dark

  size_t row_bytes() const { return static_cast<size_t>(side + 7) / 8; }
  bool is_dark(int x, int y) const {
    const auto at = static_cast<size_t>(x);
    return rows[static_cast<size_t>(y) * row_bytes() + at / 8] >> (7 - at % 8) & 1;
  }
};

}  // namespace wenshu::picture
