#include "picture/encode.h"

#include <png.h>

#include "base/error.h"

namespace wenshu::picture {

std::string encode_png(const Pixels& pixels) {
  const bool clear = !pixels.alpha.empty();
  std::vector<uint8_t> mixed;
  if (clear)
    for (size_t i = 0; i < pixels.alpha.size(); ++i) {
      mixed.insert(mixed.end(), &pixels.rgb[3 * i], &pixels.rgb[3 * i] + 3);
      mixed.push_back(pixels.alpha[i]);
    }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(pixels.width);
  image.height = static_cast<png_uint_32>(pixels.height);
  image.format = clear ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  const void* rows = clear ? mixed.data() : pixels.rgb.data();
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');  // never needs more
  png_alloc_size_t size = bytes.size();
  const int made = png_image_write_to_memory(&image, bytes.data(), &size, 0, rows, 0, nullptr);
  const std::string reason = image.message;
  png_image_free(&image);
  if (!made) throw Failure("无法写出 PNG 图片（" + reason + "）");
  bytes.resize(size);
  return bytes;
}

}  // namespace wenshu::picture
