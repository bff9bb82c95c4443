// Pictures that people hand in (seals, logos) to pixels.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "picture/pixels.h"

namespace wenshu::picture {

// Any PNG of at most 20,000 pixels a side and 40 megapixels. A file that is none, is cut off or is damaged is
// one finding (`bad-picture`, `picture-too-large`) at `where`. Without transparency `alpha` is empty.
std::optional<Pixels> decode_png(std::string_view bytes, const Place& where, Diagnostics& findings);

// A seal scanned on white paper, without transparency, laid over a text as ink would be: white becomes clear,
// every other colour as clear as it is pale. On white it looks as before. A picture with `alpha` stays as it is.
Pixels clear_white(Pixels pixels);

}  // namespace wenshu::picture
