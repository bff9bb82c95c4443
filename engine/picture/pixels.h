// Pictures as the page needs them: pixels, and the modules of a two-dimensional code.
#pragma once

#include <cstdint>
#include <vector>

namespace wenshu::picture {

// 8 bits a channel, row by row; `alpha` is empty or one byte a pixel.
struct Pixels {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb, alpha;
};

// Square modules without quiet zone, row by row; true is dark.
struct Modules {
  int side = 0;
  std::vector<bool> dark;
};

}  // namespace wenshu::picture
