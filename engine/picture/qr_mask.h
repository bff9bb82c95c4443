// Which of the eight masks of a QR code reads best (ISO/IEC 18004:2015, 7.8); inside this room only.
#pragma once

#include <cstdint>
#include <vector>

#include "picture/pixels.h"

namespace wenshu::picture {

// `modules` as libqrencode gives them for mask 0 and error correction M: bit 0 dark, bit 7 set where no mask applies.
// Which modules those are follows from the side.
// The code with the mask of the least penalty. libqrencode's own choice takes five times as long as all else of a code,
// as it looks at single modules; here whole lines are looked at as bits.
Modules choose_mask(const uint8_t* modules, int side);

}  // namespace wenshu::picture
