// Big-endian numbers of font files, read and written; inside this room only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wenshu::font {

// Once past the end it stays failed and gives zeros.
class Reader {
 public:
  Reader(std::string_view bytes, size_t at) : bytes_(bytes), at_(at), failed_(at > bytes.size()) {}

  uint32_t number(int size) {
    uint32_t value = 0;
    for (int i = 0; i < size; ++i) {
      if (failed_ || at_ >= bytes_.size()) {
        failed_ = true;
        return 0;
      }
      value = value << 8 | static_cast<uint8_t>(bytes_[at_++]);
    }
    return value;
  }
  void skip(size_t count) {
    failed_ = failed_ || count > bytes_.size() - at_;
    if (!failed_) at_ += count;
  }
  size_t at() const { return at_; }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  size_t at_;
  bool failed_;
};

inline void append_number(std::string& out, uint32_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

inline void put_number(std::string& out, size_t at, uint32_t value, int size) {
  for (int i = 0; i < size; ++i)
    out[at + static_cast<size_t>(i)] = static_cast<char>(value >> 8 * (size - 1 - i) & 0xFF);
}

}  // namespace wenshu::font
