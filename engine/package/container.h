// The records of a container (APPNOTE.TXT of PKWARE, 4.3): local headers, central directory, ends. Inside this room only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace wenshu::package {

constexpr uint16_t kVersion = 20;         // 2.0: deflate, folders
constexpr uint16_t kLongVersion = 45;     // 4.5: ZIP64
constexpr uint16_t kUtf8Name = 1u << 11;  // a flag
constexpr uint16_t kDeflate = 8, kStore = 0;
constexpr uint16_t kFirstDosDay = (0 << 9) | (1 << 5) | 1;  // 1980-01-01, the earliest that ZIP knows
constexpr size_t kMostBytes = 0xFFFF'FFFEu;                 // beyond it ZIP64 begins
constexpr size_t kMostMembers = 0xFFFE;                     // likewise

class Record {
 public:
  explicit Record(std::string& to) : to_(to) {}
  Record& two(size_t value) { return bytes(value, 2); }
  Record& four(size_t value) { return bytes(value, 4); }
  Record& eight(size_t value) { return bytes(value, 8); }

 private:
  Record& bytes(size_t value, int count) {
    for (; count > 0; --count, value >>= 8) to_ += static_cast<char>(value & 0xFF);
    return *this;
  }
  std::string& to_;
};

inline bool is_ascii(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct Described {
  uint32_t crc = 0;
  size_t size = 0, packed_size = 0;
  bool deflated = false;
  size_t extra = 0;  // bytes of the extra field behind the name
};

// What the local header and the central directory say alike.
inline void describe(Record& record, const std::string& name, const Described& it) {
  record.two(it.extra > 0 ? kLongVersion : kVersion).two(is_ascii(name) ? 0 : kUtf8Name);
  record.two(it.deflated ? kDeflate : kStore).two(0).two(kFirstDosDay);
  record.four(it.crc).four(it.packed_size).four(it.size).two(name.size()).two(it.extra);
}

}  // namespace wenshu::package
