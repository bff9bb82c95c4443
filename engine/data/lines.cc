#include "data/lines.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/text.h"

namespace wenshu::data {
namespace {

constexpr size_t kBlock = 1024;  // one look-up counts at most this many bytes; the table costs 4 in 1,024

}  // namespace

Lines::Lines(std::string_view text) : text_(text) {
  starts_.push_back(0);
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kBlock == 0) counts_.push_back(static_cast<uint32_t>(count));
    count += (static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u;
    bool ends_line = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.size() && text[i + 1] == '\n'));
    if (ends_line) starts_.push_back(static_cast<uint32_t>(i + 1));
  }
  if (text.size() % kBlock == 0) counts_.push_back(static_cast<uint32_t>(count));
}

size_t Lines::count_before(size_t offset) const {
  size_t block = offset / kBlock;
  return counts_[block] + count_characters(text_.substr(block * kBlock, offset - block * kBlock));
}

Position Lines::at(size_t offset) const {
  offset = std::min(offset, text_.size());
  auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  size_t start = *(next - 1);
  const size_t before = offset - start <= kBlock ? count_characters(text_.substr(start, offset - start))
                                                 : count_before(offset) - count_before(start);
  return {static_cast<int>(next - starts_.begin()), static_cast<int>(before) + 1};
}

size_t Lines::offset(size_t line, size_t column_in_bytes) const {
  if (line >= starts_.size()) return text_.size();
  return std::min(starts_[line] + column_in_bytes, text_.size());
}

Position Walk::at(size_t offset) {
  offset = std::min(offset, text_.size());
  while (at_ < offset) {
    // Eight bytes at a time while no line ends among them.
    constexpr uint64_t kEach = 0x0101010101010101, kHigh = kEach * 0x80;
    for (uint64_t eight = 0; offset - at_ >= sizeof eight; at_ += sizeof eight) {
      std::memcpy(&eight, text_.data() + at_, sizeof eight);
      const auto has_zero = [](uint64_t bytes) { return (bytes - kEach) & ~bytes & kHigh; };
      if (has_zero(eight ^ kEach * '\n') || has_zero(eight ^ kEach * '\r')) break;
      const uint64_t tails = eight & ~(eight << 1) & kHigh;  // 10xxxxxx
      position_.column += static_cast<int>(sizeof eight) - std::popcount(tails);
    }
    if (at_ == offset) break;
    const char c = text_[at_];
    if (c == '\n' || (c == '\r' && !(at_ + 1 < text_.size() && text_[at_ + 1] == '\n'))) {
      ++position_.line;
      position_.column = 1;
    } else {
      position_.column += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }
    ++at_;
  }
  return position_;
}

Position Lines::at_bytes(size_t line, size_t column) const { return at(offset(line, column)); }

}  // namespace wenshu::data
