// A text with one byte for each stretch of characters beyond ASCII, and the way back; inside this room only.
//
// yaml-cpp takes each byte through a queue and several patterns, and no character beyond ASCII means anything to it:
// of a Chinese text it has to see one byte in twenty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu::data {

class Shortened {
 public:
  static constexpr char kStretch = '\x01';  // which no source may hold: see check_utf8_source

  // `original` outlives this. Where an escape might give kStretch itself nothing is shortened.
  explicit Shortened(std::string_view original);

  const std::string& text() const { return text_; }
  size_t to_original(size_t offset) const;  // of an offset into text()
  // What was made of text() from `from` on, where the stretches stand in their order.
  std::string restore(std::string_view made, size_t from) const;

 private:
  struct Stretch {
    uint32_t at;      // in text_
    uint32_t begin;   // in the original
    uint32_t length;  // bytes
  };
  std::string_view original_;
  std::string text_;
  std::vector<Stretch> stretches_;
};

}  // namespace wenshu::data
