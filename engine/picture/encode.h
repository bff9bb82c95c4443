// Pixels to files that others show.
#pragma once

#include <string>

#include "picture/pixels.h"

namespace wenshu::picture {

// A PNG with 8 bits a channel. Throws Failure when libpng does.
std::string encode_png(const Pixels& pixels);

}  // namespace wenshu::picture
