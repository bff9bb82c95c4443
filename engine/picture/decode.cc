#include "picture/decode.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>

namespace wenshu::picture {
namespace {

constexpr uint32_t kLongestSide = 20'000;
constexpr uint64_t kMostPixels = 40'000'000;  // 160 MB while decoding; a seal at 1,200 dpi has 4 million

// The simplified API of libpng: it catches its own errors and never longjmps into our frames.
class Image {
 public:
  Image() { image_.version = PNG_IMAGE_VERSION; }
  ~Image() { png_image_free(&image_); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  png_image* operator->() { return &image_; }
  png_image* get() { return &image_; }

 private:
  png_image image_{};
};

Pixels split(const std::vector<uint8_t>& rgba, int width, int height) {
  Pixels pixels{width, height, {}, {}};
  const size_t count = rgba.size() / 4;
  pixels.rgb.resize(3 * count);
  pixels.alpha.resize(count);
  bool opaque = true;
  for (size_t i = 0; i < count; ++i) {
    for (size_t c = 0; c < 3; ++c) pixels.rgb[3 * i + c] = rgba[4 * i + c];
    pixels.alpha[i] = rgba[4 * i + 3];
    opaque = opaque && pixels.alpha[i] == 255;
  }
  if (opaque) pixels.alpha.clear();
  return pixels;
}

}  // namespace

std::optional<Pixels> decode_png(std::string_view bytes, const Place& where, Diagnostics& findings) {
  constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
  const auto refuse = [&] {
    const bool begins_well = bytes.substr(0, kSignature.size()) == kSignature;
    findings.error("bad-picture", where, begins_well ? "PNG 图片不完整或已损坏" : "这不是 PNG 图片",
                   "用画图程序打开后另存为 PNG");
    return std::nullopt;
  };
  Image image;
  if (!png_image_begin_read_from_memory(image.get(), bytes.data(), bytes.size())) return refuse();
  if (image->width > kLongestSide || image->height > kLongestSide ||
      uint64_t{image->width} * image->height > kMostPixels) {
    findings.error(
        "picture-too-large", where,
        fmt::format("图片有 {}×{} 像素，最多每边 20000 像素、共 4000 万像素", image->width, image->height),
        "缩小图片；印章 600×600 像素已够印刷");
    return std::nullopt;
  }
  image->format = PNG_FORMAT_RGBA;  // gray, palette and 16 bits are converted by libpng
  std::vector<uint8_t> rgba(PNG_IMAGE_SIZE(*image.get()));
  if (!png_image_finish_read(image.get(), nullptr, rgba.data(), 0, nullptr)) return refuse();
  return split(rgba, static_cast<int>(image->width), static_cast<int>(image->height));
}

Pixels clear_white(Pixels pixels) {
  if (!pixels.alpha.empty()) return pixels;
  const size_t count = pixels.rgb.size() / 3;
  pixels.alpha.resize(count);
  for (size_t i = 0; i < count; ++i) {
    uint8_t* const colour = &pixels.rgb[3 * i];
    const int white = std::min({colour[0], colour[1], colour[2]});  // the share of the paper
    pixels.alpha[i] = static_cast<uint8_t>(255 - white);
    for (int c = 0; c < 3; ++c)
      if (white < 255) colour[c] = static_cast<uint8_t>((colour[c] - white) * 255 / (255 - white));
  }
  return pixels;
}

}  // namespace wenshu::picture
