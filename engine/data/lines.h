// Byte offsets of a text as lines and columns.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wenshu::data {

struct Position {
  int line = 1;
  int column = 1;  // in characters
};

// Built once a text; each look-up is a binary search and a count within one block, however long the lines
// are.
class Lines {
 public:
  // REQUIRES: UTF-8 (other bytes are counted one a character), alive as long as this, at most 2 GiB.
  explicit Lines(std::string_view text);

  Position at(size_t offset) const;                          // an offset past the end means the end
  Position at_bytes(size_t line, size_t column) const;       // both from 0, the column in bytes
  size_t offset(size_t line, size_t column_in_bytes) const;  // both from 0

 private:
  size_t count_before(size_t offset) const;

  std::string_view text_;
  std::vector<uint32_t> starts_;  // offset of each line
  std::vector<uint32_t> counts_;  // characters before each block
};

// The same for one who goes through a text from front to back: a step counts only what lies between.
class Walk {
 public:
  // REQUIRES: as Lines.
  explicit Walk(std::string_view text) : text_(text) {}
  Position at(size_t offset);  // REQUIRES: not before the offset asked for last

 private:
  std::string_view text_;
  size_t at_ = 0;
  Position position_;
};

}  // namespace wenshu::data
