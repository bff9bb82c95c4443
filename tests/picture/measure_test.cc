#include "picture/measure.h"

#include <gtest/gtest.h>

#include <string>

#include "picture/encode.h"

namespace wenshu::picture {
namespace {

using namespace std::string_literals;

std::string big(unsigned number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(number >> (8 * i) & 255);
  return text;
}

std::string segment(char marker, const std::string& data) {
  return "\xff"s + marker + big(static_cast<unsigned>(data.size()) + 2, 2) + data;
}

// The heads of a JPEG and an empty scan.
std::string jpeg(const std::string& before, unsigned width, unsigned height) {
  return "\xff\xd8"s + before +
         segment('\xC2', "\x08"s + big(height, 2) + big(width, 2) + "\x01\x01\x11\x00"s) +
         segment('\xDA', "\x01\x01\x00\x00\x3f\x00"s) + "....\xff\xd9";
}

std::string jfif(char unit, unsigned x, unsigned y) {
  return segment('\xE0', "JFIF\0\x01\x02"s + unit + big(x, 2) + big(y, 2) + "\0\0"s);
}

// Little end first, as cameras write: orientation 6, 300 dots an inch.
const std::string kExif = segment('\xE1',
                                  "Exif\0\0II*\0\x08\0\0\0"
                                  "\x04\0"
                                  "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"
                                  "\x1A\x01\x05\0\x01\0\0\0\x3E\0\0\0"
                                  "\x1B\x01\x05\0\x01\0\0\0\x3E\0\0\0"
                                  "\x28\x01\x03\0\x01\0\0\0\x02\0\0\0"
                                  "\0\0\0\0"
                                  "\x2C\x01\0\0\x01\0\0\0"s);

std::optional<Measured> measure(const std::string& bytes, std::string* code = nullptr) {
  Diagnostics findings;
  auto measured = measure_picture(bytes, {"photo"}, findings);
  if (code) *code = findings.empty() ? "" : findings.begin()->code;
  return measured;
}

TEST(Measure, ReadsTheSizeOfAPng) {
  Pixels pixels{30, 20, std::vector<uint8_t>(30 * 20 * 3, 7), {}};
  const std::string png = encode_png(pixels);
  const auto plain = measure(png);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->width, 30);
  EXPECT_EQ(plain->height, 20);
  EXPECT_EQ(plain->width_emu, 30 * 9525);
  // 11811 dots a metre are 300 an inch; the chunk stands behind IHDR.
  const std::string dense = png.substr(0, 33) + big(9, 4) + "pHYs" + big(11811, 4) + big(11811, 4) + "\x01" +
                            "crc." + png.substr(33);
  EXPECT_EQ(measure(dense)->width_emu, 91440);  // 0.1 inch: 91439.8
}

TEST(Measure, ReadsTheSizeOfAJpeg) {
  const auto inch = measure(jpeg(jfif(1, 300, 150), 600, 300));
  ASSERT_TRUE(inch);
  EXPECT_EQ(inch->kind, FileKind::jpeg);
  EXPECT_EQ(inch->width_emu, 2 * kEmuPerInch);
  EXPECT_EQ(inch->height_emu, 2 * kEmuPerInch);
  EXPECT_EQ(measure(jpeg(jfif(2, 100, 100), 600, 300))->width_emu, 60 * kEmuPerMm);
  EXPECT_EQ(measure(jpeg(jfif(0, 1, 1), 96, 96))->width_emu, kEmuPerInch);
  EXPECT_EQ(measure(jpeg(jfif(1, 1, 1), 96, 96))->width_emu, kEmuPerInch) << "one dot an inch says nothing";
}

TEST(Measure, ReadsWhatCamerasSay) {
  const auto exif = measure(jpeg(kExif, 600, 300));
  ASSERT_TRUE(exif);
  EXPECT_TRUE(exif->turned);
  EXPECT_EQ(exif->width_emu, 2 * kEmuPerInch);
  EXPECT_EQ(measure(jpeg(jfif(1, 600, 600) + kExif, 600, 300))->width_emu, kEmuPerInch);
}

TEST(Measure, RefusesWhatIsDamagedOrTooLarge) {
  std::string code;
  const std::string whole = jpeg(jfif(1, 300, 300), 600, 300);
  for (size_t length = 0; length + 1 < whole.size(); ++length) {
    EXPECT_FALSE(measure(whole.substr(0, length), &code)) << length;
    EXPECT_EQ(code, "bad-picture");
  }
  const std::string png = encode_png({3, 2, std::vector<uint8_t>(18, 7), {}});
  for (size_t length = 0; length < png.size(); ++length)
    EXPECT_FALSE(measure(png.substr(0, length))) << length;
  EXPECT_FALSE(measure(jpeg("", 10'000, 10'000), &code));
  EXPECT_EQ(code, "picture-too-large");
  EXPECT_FALSE(measure("GIF89a", &code));
  EXPECT_EQ(code, "bad-picture");
  EXPECT_FALSE(measure(jpeg("", 0, 10), &code));
}

TEST(Measure, TrustsNoOffsetOfExif) {
  for (size_t at = 10; at < kExif.size(); ++at) {
    std::string broken = kExif;
    broken[at] = '\xff';
    EXPECT_TRUE(measure(jpeg(broken, 600, 300))) << at;
  }
}

}  // namespace
}  // namespace wenshu::picture
