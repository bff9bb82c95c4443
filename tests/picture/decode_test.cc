#include "picture/decode.h"

#include <gtest/gtest.h>
#include <png.h>

#include <random>
#include <string>

namespace wenshu::picture {
namespace {

// A PNG of libpng's own making: 40 x 30, the left half clear, the right half red.
std::string make_png(uint32_t format, int width = 40, int height = 30) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = format;
  const size_t channels = PNG_IMAGE_PIXEL_CHANNELS(format), depth = PNG_IMAGE_PIXEL_COMPONENT_SIZE(format);
  std::string raw(static_cast<size_t>(width * height) * channels * depth, '\0');
  for (int y = 0; y < height; ++y)
    for (int x = width / 2; x < width; ++x) {
      const size_t at = static_cast<size_t>(y * width + x) * channels * depth;
      raw[at] = '\xFF';
      if (depth == 2) raw[at + 1] = '\xFF';
      if (channels == 4) raw[at + 3 * depth] = '\xFF';
      if (channels == 4 && depth == 2) raw[at + 7] = '\xFF';
    }
  std::string bytes(200'000, '\0');
  png_alloc_size_t size = bytes.size();
  png_image_write_to_memory(&image, bytes.data(), &size, 0, raw.data(), 0, nullptr);
  bytes.resize(size);
  return bytes;
}

std::optional<Pixels> decode(std::string_view bytes, Diagnostics& findings) {
  return decode_png(bytes, {.file = "seal.png", .line = 0, .column = 0, .spot = {}}, findings);
}

TEST(Png, KeepsTransparencyApartFromColour) {
  Diagnostics findings;
  const auto pixels = decode(make_png(PNG_FORMAT_RGBA), findings);
  ASSERT_TRUE(pixels) << to_text(findings);
  EXPECT_EQ(pixels->width, 40);
  EXPECT_EQ(pixels->height, 30);
  EXPECT_EQ(pixels->alpha[0], 0);
  EXPECT_EQ(pixels->alpha[39], 255);
  EXPECT_EQ(pixels->rgb[3 * 39], 255);
  EXPECT_EQ(pixels->rgb[3 * 39 + 1], 0);
}

TEST(Png, ReadsGrayAndSixteenBits) {
  for (const uint32_t format : std::initializer_list<uint32_t>{
           PNG_FORMAT_GRAY, PNG_FORMAT_RGB, PNG_FORMAT_LINEAR_RGB_ALPHA, PNG_FORMAT_LINEAR_Y}) {
    Diagnostics findings;
    const auto pixels = decode(make_png(format), findings);
    ASSERT_TRUE(pixels) << format << to_text(findings);
    EXPECT_EQ(pixels->rgb[3 * 39], 255) << format;
    EXPECT_EQ(pixels->alpha.empty(), format != PNG_FORMAT_LINEAR_RGB_ALPHA) << format;
  }
}

TEST(Png, RefusesASideThatWouldTakeAllMemoryBeforeTakingAny) {
  std::string bytes = make_png(PNG_FORMAT_RGBA);
  bytes[17] = '\x01';  // IHDR: a width of 65,576
  uint32_t crc = 0xFFFFFFFF;
  for (size_t i = 12; i < 29; ++i) {
    crc ^= static_cast<uint8_t>(bytes[i]);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
  }
  for (size_t i = 0; i < 4; ++i) bytes[29 + i] = static_cast<char>(~crc >> (24 - 8 * i) & 255);
  Diagnostics findings;
  EXPECT_FALSE(decode(bytes, findings));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.begin()->code, "picture-too-large") << to_text(findings);
}

TEST(Png, NamesAFileThatIsNoPng) {
  for (const std::string bytes : {"", "GIF89a", "\x89PNG\r\n\x1a\n"}) {
    Diagnostics findings;
    EXPECT_FALSE(decode(bytes, findings));
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings.begin()->code, "bad-picture");
    EXPECT_EQ(findings.begin()->where.file, "seal.png");
  }
}

TEST(ClearWhite, MakesPaperClearAndKeepsTheInk) {
  const Pixels seen = clear_white({3, 1, {255, 255, 255, 200, 0, 0, 255, 155, 155}, {}});
  EXPECT_EQ(seen.alpha, (std::vector<uint8_t>{0, 255, 100}));
  // Pale red is red through which the paper shines.
  EXPECT_EQ((std::vector<uint8_t>(seen.rgb.begin() + 3, seen.rgb.end())),
            (std::vector<uint8_t>{200, 0, 0, 255, 0, 0}));
}

TEST(ClearWhite, LeavesAPictureThatHasTransparency) {
  EXPECT_EQ(clear_white({1, 1, {255, 255, 255}, {255}}).alpha, std::vector<uint8_t>{255});
}

// libharu's own loader aborted the process on 450 of 500 such files.
TEST(Png, SurvivesFiveHundredDamagedFiles) {
  const std::string good = make_png(PNG_FORMAT_RGBA);
  std::mt19937 random(2020);
  for (int round = 0; round < 500; ++round) {
    std::string bytes = good;
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    for (auto changes = random() % 6; changes > 0 && !bytes.empty(); --changes)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    Diagnostics findings;
    const auto pixels = decode(bytes, findings);
    EXPECT_NE(pixels.has_value(), findings.has_errors());
    if (pixels) {
      EXPECT_EQ(pixels->rgb.size(), 3u * static_cast<size_t>(pixels->width * pixels->height));
    }
  }
}

}  // namespace
}  // namespace wenshu::picture
