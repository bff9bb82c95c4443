#include "pdf/outline_pack.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr size_t kBlock = size_t{1} << 18;  // bytes that share a code
constexpr size_t kEnd = 256;                // the symbol that ends a block
constexpr size_t kSymbols = 257;
constexpr unsigned kLongest = 14;           // bits a symbol; 15 may be, but four of these go into a word
constexpr size_t kSmall = size_t{1} << 14;  // bytes: here a search costs little and the table of codes much

using Counts = std::array<uint32_t, kSymbols>;
using Lengths = std::array<uint8_t, kSymbols>;

Counts count(std::string_view bytes) {
  // Four tables, so that one byte after another like it does not wait for the first.
  std::array<std::array<uint32_t, 256>, 4> tables{};
  size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4)
    for (size_t lane = 0; lane < 4; ++lane) ++tables[lane][static_cast<uint8_t>(bytes[i + lane])];
  for (; i < bytes.size(); ++i) ++tables[0][static_cast<uint8_t>(bytes[i])];
  Counts counts{};
  for (size_t symbol = 0; symbol < 256; ++symbol)
    for (const auto& table : tables) counts[symbol] += table[symbol];
  counts[kEnd] = 1;
  return counts;
}

// Depths of the leaves of Huffman's tree. Every symbol that occurs has one; equal inputs have equal ones.
Lengths depths(const Counts& counts) {
  struct Node {
    uint64_t weight;
    size_t number;
    bool operator>(const Node& other) const {
      return weight != other.weight ? weight > other.weight : number > other.number;
    }
  };
  std::priority_queue<Node, std::vector<Node>, std::greater<>> open;
  std::vector<size_t> parents(kSymbols);
  for (size_t symbol = 0; symbol < kSymbols; ++symbol)
    if (counts[symbol] > 0) open.push({counts[symbol], symbol});
  while (open.size() > 1) {
    const Node left = open.top();
    open.pop();
    const Node right = open.top();
    open.pop();
    const size_t number = parents.size();
    parents[left.number] = parents[right.number] = number;
    parents.push_back(0);
    open.push({left.weight + right.weight, number});
  }
  std::vector<uint8_t> depth(parents.size());
  for (size_t i = parents.size() - 1; i-- > 0;)  // parents stand behind their children
    if (parents[i] > 0) depth[i] = static_cast<uint8_t>(depth[parents[i]] + 1);
  Lengths lengths{};
  std::copy_n(depth.begin(), kSymbols, lengths.begin());
  return lengths;
}

// At most kLongest bits a symbol: rare symbols are counted as less rare until the tree is low enough.
Lengths lengths_of(Counts counts) {
  for (;;) {
    const Lengths lengths = depths(counts);
    if (*std::max_element(lengths.begin(), lengths.end()) <= kLongest) return lengths;
    for (uint32_t& count : counts)
      if (count > 0) count = count / 2 + 1;
  }
}

class Bits {
 public:
  explicit Bits(std::string& out) : out_(out) {}

  void put(uint32_t bits, unsigned length) {
    held_ |= uint64_t{bits} << count_;
    count_ += length;
    while (count_ >= 8) spill();
  }
  // Symbols of at most kLongest bits each.
  template <class Code>
  void put_all(std::string_view bytes, const Code& codes) {
    // A pointer of its own, which no byte written can change, to room that nobody clears first.
    const auto room = std::make_unique_for_overwrite<char[]>(bytes.size() * kLongest / 8 + 16);
    char* to = room.get();
    uint64_t held = held_;
    unsigned have = count_;
    const auto take = [&](char c) {
      const auto& code = codes[static_cast<uint8_t>(c)];
      held |= uint64_t{code.bits} << have;
      have += code.length;
    };
    const auto spill_whole = [&] {  // lowest byte first; what stands behind the whole bytes is written again
      if constexpr (std::endian::native == std::endian::little)
        std::memcpy(to, &held, 8);
      else
        for (unsigned byte = 0; byte < 8; ++byte) to[byte] = static_cast<char>(held >> (8 * byte) & 0xFF);
      to += have / 8;
      held >>= have / 8 * 8;
      have %= 8;
    };
    size_t i = 0;
    static_assert(7 + 4 * kLongest <= 64);
    for (; i + 4 <= bytes.size(); i += 4) {
      take(bytes[i]);
      take(bytes[i + 1]);
      take(bytes[i + 2]);
      take(bytes[i + 3]);
      spill_whole();
    }
    for (; i < bytes.size(); ++i) {
      take(bytes[i]);
      spill_whole();
    }
    held_ = held;
    count_ = have;
    out_.append(room.get(), to);
  }
  void finish() {
    if (count_ > 0) spill();
    count_ = 0;
  }

 private:
  void spill() {
    out_ += static_cast<char>(held_ & 0xFF);
    held_ >>= 8;
    count_ = count_ >= 8 ? count_ - 8 : 0;
  }
  std::string& out_;
  uint64_t held_ = 0;
  unsigned count_ = 0;
};

struct Code {
  uint16_t bits = 0;  // the first one lowest
  uint8_t length = 0;
};

// The codes that follow from their lengths (RFC 1951, 3.2.2).
std::array<Code, kSymbols> codes_of(const Lengths& lengths) {
  std::array<uint32_t, kLongest + 1> used{}, next{};
  for (const uint8_t length : lengths) ++used[length];
  used[0] = 0;
  for (unsigned length = 1; length <= kLongest; ++length)
    next[length] = (next[length - 1] + used[length - 1]) << 1;
  std::array<Code, kSymbols> codes;
  for (size_t symbol = 0; symbol < kSymbols; ++symbol) {
    const unsigned length = lengths[symbol];
    if (length == 0) continue;
    uint32_t code = next[length]++, turned = 0;
    for (unsigned i = 0; i < length; ++i, code >>= 1) turned = turned << 1 | (code & 1);
    codes[symbol] = {static_cast<uint16_t>(turned), static_cast<uint8_t>(length)};
  }
  return codes;
}

void put_block(std::string_view bytes, bool last, Bits& bits) {
  const Lengths lengths = lengths_of(count(bytes));
  const auto codes = codes_of(lengths);
  bits.put(last ? 1 : 0, 1);
  bits.put(2, 2);   // codes of its own
  bits.put(0, 5);   // 257 symbols
  bits.put(0, 5);   // one distance, which does not occur
  bits.put(15, 4);  // 19 lengths of the code for lengths, in this order: 16 17 18, then 0 8 7 9 …
  for (int i = 0; i < 19; ++i) bits.put(i < 3 ? 0 : 4, 3);
  // So 0 to 15 have four bits each, highest bit first.
  const auto put_length = [&](unsigned length) {
    bits.put((length & 1) << 3 | (length & 2) << 1 | (length & 4) >> 1 | (length & 8) >> 3, 4);
  };
  for (const uint8_t length : lengths) put_length(length);
  put_length(0);
  bits.put_all(bytes, codes);
  bits.put(codes[kEnd].bits, codes[kEnd].length);
}

}  // namespace

std::string pack_outlines(std::string_view bytes) {
  if (bytes.size() < kSmall) return deflate(bytes, 1);
  std::string out("\x78\x01", 2);  // deflate with a window of 32 KiB, quickest
  out.reserve(bytes.size());       // packed it is seldom longer
  Bits bits(out);
  for (size_t at = 0; at < bytes.size();) {
    const size_t size = std::min(kBlock, bytes.size() - at);
    put_block(bytes.substr(at, size), at + size == bytes.size(), bits);
    at += size;
  }
  bits.finish();
  const uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(sum >> shift & 0xFF);
  return out;
}

}  // namespace wenshu::pdf
