// What a picture file says of itself, for documents that carry the file as it is: kind, pixels and the size that it
// wants on paper. Nothing is decoded, so that a picture of any size costs a look at its heads.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"

namespace wenshu::picture {

// Office files measure in EMU: 36,000 to the millimetre, 914,400 to the inch. Whole numbers, so that sizes never
// depend on the machine.
constexpr long long kEmuPerMm = 36'000;
constexpr long long kEmuPerInch = 914'400;

enum class FileKind { png, jpeg };

struct Measured {
  FileKind kind = FileKind::png;
  int width = 0, height = 0;                // pixels, as stored
  long long width_emu = 0, height_emu = 0;  // by the file's own density, by 96 dots an inch where it has none
  bool turned = false;  // a camera stored it lying (Exif orientation): programs differ in what they show
};

// PNG (pHYs) and JPEG (JFIF, or Exif where there is no JFIF), whole to the end of the file, of at most 20,000 pixels a side
// and 40 megapixels. Else one finding at `where`: bad-picture, picture-too-large.
std::optional<Measured> measure_picture(std::string_view bytes, const Place& where, Diagnostics& findings);

}  // namespace wenshu::picture
