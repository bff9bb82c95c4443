// The frame of a certificate, drawn from its measures; inside this room only.
#pragma once

#include "certificate/sheet.h"

namespace wenshu::certificate {

// Adds the frame's paths. `classic`: two frames with a band of interlaced waves between them
// and a rosette in each corner; `double_line`: two frames.
void draw_border(const Border& border, document::PlacedPage& page);

}  // namespace wenshu::certificate
