#include "picture/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace wenshu::picture {
namespace {

constexpr uint32_t kLongestSide = 20'000;
constexpr uint64_t kMostPixels = 40'000'000;  // what Word and WPS still show without trouble
constexpr int kScreenDpi = 96;

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kJpegSignature = "\xff\xd8\xff";

// Dots along `length_emu`.
struct Density {
  uint64_t dots = kScreenDpi;
  uint64_t length_emu = kEmuPerInch;
};
constexpr uint64_t kEmuPerMetre = 1000 * kEmuPerMm;
constexpr uint64_t kEmuPerCm = 10 * kEmuPerMm;

// A scanner that says 1 or 100,000 dots an inch says nothing.
bool is_sensible(const Density& density) {
  const uint64_t dpi = density.dots * kEmuPerInch / density.length_emu;
  return dpi >= 20 && dpi <= 5'000;
}

struct Head {
  uint32_t width = 0, height = 0;
  Density across, down;
  bool turned = false;

  void set(const Density& x, const Density& y) {
    if (is_sensible(x) && is_sensible(y)) across = x, down = y;
  }
};

// Numbers of a stretch of bytes; 0 behind its end, so that a reader only has to look at the end once.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes, bool little = false) : bytes_(bytes), little_(little) {}
  uint32_t number(size_t at, size_t length) const {
    uint32_t n = 0;
    for (size_t i = 0; i < length; ++i) {
      const size_t from = little_ ? at + length - 1 - i : at + i;
      n = n << 8 | (from < bytes_.size() ? static_cast<uint8_t>(bytes_[from]) : 0u);
    }
    return n;
  }

 private:
  std::string_view bytes_;
  bool little_;
};

// Chunks up to IEND (ISO/IEC 15948 clause 5.3).
std::optional<Head> read_png(std::string_view file) {
  constexpr size_t kAroundData = 12;  // length, name, check sum
  const Bytes bytes(file);
  Head head;
  for (size_t at = kPngSignature.size(); at + kAroundData <= file.size();) {
    const size_t length = bytes.number(at, 4);
    if (length > file.size() - at - kAroundData) return std::nullopt;
    const std::string_view name = file.substr(at + 4, 4);
    const size_t data = at + 8;
    if (at == kPngSignature.size()) {
      if (name != "IHDR" || length != 13) return std::nullopt;
      head.width = bytes.number(data, 4);
      head.height = bytes.number(data + 4, 4);
    } else if (name == "pHYs" && length == 9 && bytes.number(data + 8, 1) == 1) {
      head.set({bytes.number(data, 4), kEmuPerMetre}, {bytes.number(data + 4, 4), kEmuPerMetre});
    } else if (name == "IEND") {
      return head;
    }
    at += kAroundData + length;
  }
  return std::nullopt;
}

// The first directory of a TIFF header (Exif 2.3 clause 4.6.2): orientation and density.
void read_exif(std::string_view tiff, bool has_density, Head& head) {
  constexpr uint32_t kOrientation = 0x112, kAcross = 0x11A, kDown = 0x11B, kUnit = 0x128, kCentimetre = 3;
  constexpr uint32_t kMostEntries = 200;
  const std::string_view order = tiff.substr(0, 2);
  if (order != "II" && order != "MM") return;
  const Bytes bytes(tiff, order == "II");
  const size_t directory = bytes.number(4, 4);
  const uint32_t entries = std::min(bytes.number(directory, 2), kMostEntries);
  Density across{0, kEmuPerInch}, down{0, kEmuPerInch};
  uint32_t unit = 0;
  const auto ratio = [&](size_t entry) {
    const size_t at = bytes.number(entry + 8, 4);
    const uint32_t below = bytes.number(at + 4, 4);
    return below ? uint64_t{bytes.number(at, 4)} / below : 0;
  };
  for (uint32_t i = 0; i < entries; ++i) {
    const size_t entry = directory + 2 + size_t{12} * i;
    const uint32_t tag = bytes.number(entry, 2);
    if (tag == kOrientation) head.turned = bytes.number(entry + 8, 2) > 1;
    if (tag == kAcross) across.dots = ratio(entry);
    if (tag == kDown) down.dots = ratio(entry);
    if (tag == kUnit) unit = bytes.number(entry + 8, 2);
  }
  if (unit == kCentimetre) across.length_emu = down.length_emu = kEmuPerCm;
  if (!has_density) head.set(across, down);
}

bool is_frame(uint32_t marker) {  // SOF0 to SOF15 but for the tables that stand between them
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// Segments up to the scan (ITU-T T.81 annex B); a file that was cut off lacks the mark of its end.
std::optional<Head> read_jpeg(std::string_view file) {
  constexpr std::string_view kJfif("JFIF\0", 5), kExif("Exif\0\0", 6), kEnd("\xff\xd9", 2);
  const Bytes bytes(file);
  Head head;
  bool has_density = false;
  for (size_t at = 2; at + 4 <= file.size();) {
    if (bytes.number(at, 1) != 0xFF) return std::nullopt;
    const uint32_t marker = bytes.number(at + 1, 1);
    if (marker == 0xFF) {  // filling
      ++at;
      continue;
    }
    const size_t length = bytes.number(at + 2, 2);
    if (length < 2 || length > file.size() - at - 2) return std::nullopt;
    const std::string_view data = file.substr(at + 4, length - 2);
    if (is_frame(marker)) {
      head.height = bytes.number(at + 5, 2);
      head.width = bytes.number(at + 7, 2);
    } else if (marker == 0xE0 && data.substr(0, kJfif.size()) == kJfif) {
      const uint32_t unit = Bytes(data).number(7, 1);
      const uint64_t length_emu = unit == 2 ? kEmuPerCm : kEmuPerInch;
      has_density = unit == 1 || unit == 2;
      if (has_density)
        head.set({Bytes(data).number(8, 2), length_emu}, {Bytes(data).number(10, 2), length_emu});
    } else if (marker == 0xE1 && data.substr(0, kExif.size()) == kExif) {
      read_exif(data.substr(kExif.size()), has_density, head);
    } else if (marker == 0xDA) {
      if (head.width == 0 || file.find(kEnd, at) == std::string_view::npos) return std::nullopt;
      return head;
    }
    at += 2 + length;
  }
  return std::nullopt;
}

long long emu_of(uint32_t pixels, const Density& density) {
  return static_cast<long long>((pixels * density.length_emu + density.dots / 2) / density.dots);
}

}  // namespace

std::optional<Measured> measure_picture(std::string_view bytes, const Place& where, Diagnostics& findings) {
  const bool png = bytes.substr(0, kPngSignature.size()) == kPngSignature;
  const bool jpeg = bytes.substr(0, kJpegSignature.size()) == kJpegSignature;
  const auto head = png ? read_png(bytes) : jpeg ? read_jpeg(bytes) : std::nullopt;
  if (!head || head->width == 0 || head->height == 0) {
    findings.error("bad-picture", where, png || jpeg ? "图片不完整或已损坏" : "这不是 PNG 或 JPEG 图片",
                   "用画图程序打开后另存为 PNG 或 JPEG");
    return std::nullopt;
  }
  if (head->width > kLongestSide || head->height > kLongestSide ||
      uint64_t{head->width} * head->height > kMostPixels) {
    findings.error(
        "picture-too-large", where,
        fmt::format("图片有 {}×{} 像素，最多每边 20000 像素、共 4000 万像素", head->width, head->height),
        "缩小图片；照片 1000×1400 像素已够印刷");
    return std::nullopt;
  }
  return Measured{png ? FileKind::png : FileKind::jpeg, static_cast<int>(head->width),
                  static_cast<int>(head->height),       emu_of(head->width, head->across),
                  emu_of(head->height, head->down),     head->turned};
}

}  // namespace wenshu::picture
