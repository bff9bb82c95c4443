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
constexpr size_t kFewOutlines = size_t{1} << 11;  // the same where the code is known and only its table costs

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

// Eight bytes, the first one lowest.
uint64_t get_word(const char* from) {
  uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little)
    std::memcpy(&word, from, 8);
  else
    for (unsigned byte = 0; byte < 8; ++byte)
      word |= uint64_t{static_cast<uint8_t>(from[byte])} << (8 * byte);
  return word;
}
void set_word(char* to, uint64_t word) {
  if constexpr (std::endian::native == std::endian::little)
    std::memcpy(to, &word, 8);
  else
    for (unsigned byte = 0; byte < 8; ++byte) to[byte] = static_cast<char>(word >> (8 * byte) & 0xFF);
}

constexpr size_t kSlack = 16;  // bytes behind what is written that may be written, too

// Writes bits into room that somebody else holds, with kSlack bytes to spare.
class Bits {
 public:
  explicit Bits(char* to) : to_(to) {}

  void put(uint32_t bits, unsigned length) {
    held_ |= uint64_t{bits} << count_;
    count_ += length;
    spill_whole();
  }
  // Symbols of at most kLongest bits each.
  template <class Codes>
  void put_all(std::string_view bytes, const Codes& codes) {
    Bits own = *this;  // which no byte written can change
    const auto take = [&](char c) {
      const auto& code = codes[static_cast<uint8_t>(c)];
      own.held_ |= uint64_t{code.bits} << own.count_;
      own.count_ += code.length;
    };
    size_t i = 0;
    static_assert(7 + 4 * kLongest <= 64);
    for (; i + 4 <= bytes.size(); i += 4) {
      take(bytes[i]);
      take(bytes[i + 1]);
      take(bytes[i + 2]);
      take(bytes[i + 3]);
      own.spill_whole();
    }
    for (; i < bytes.size(); ++i) {
      take(bytes[i]);
      own.spill_whole();
    }
    *this = own;
  }
  // Bits written before, whole words of them; what lies behind the last one is 0.
  void put_packed(const std::string& words, size_t bits) {
    const char* from = words.data();
    for (; bits >= 64; bits -= 64, from += 8) put_word(get_word(from), 64);
    if (bits > 0) put_word(get_word(from), static_cast<unsigned>(bits));
  }
  size_t bits_since(const char* begin) const { return static_cast<size_t>(to_ - begin) * 8 + count_; }
  // The place behind the last byte.
  char* finish() {
    if (count_ > 0) *to_++ = static_cast<char>(held_ & 0xFF);
    held_ = count_ = 0;
    return to_;
  }

 private:
  // What stands behind the whole bytes is written again.
  void spill_whole() {
    set_word(to_, held_);
    to_ += count_ / 8;
    held_ >>= count_ / 8 * 8;
    count_ %= 8;
  }
  void put_word(uint64_t word, unsigned length) {
    set_word(to_, held_ | word << count_);
    const unsigned all = count_ + length;
    if (all < 64) {
      held_ |= word << count_;
      count_ = all;
      return spill_whole();
    }
    to_ += 8;
    held_ = count_ == 0 ? 0 : word >> (64 - count_);
    count_ = all - 64;
  }
  char* to_;
  uint64_t held_ = 0;
  unsigned count_ = 0;  // below 8 between calls
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

void put_head(const Lengths& lengths, bool last, Bits& bits) {
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
}

void put_block(std::string_view bytes, bool last, Bits& bits) {
  const Lengths lengths = lengths_of(count(bytes));
  const auto codes = codes_of(lengths);
  put_head(lengths, last, bits);
  bits.put_all(bytes, codes);
  bits.put(codes[kEnd].bits, codes[kEnd].length);
}

// One code for the outlines of all faces of a kind, so that a glyph's bits are the same in every subset and are found
// once: its lengths in hexadecimal digits, counted over the subsets of some ten notices in 宋 仿宋 黑 and in 楷, two and a half
// megabytes each. Packed by it, CFF outlines are 1.3 % longer than by a code of their own.
constexpr std::string_view kCffLengths =
    "9AAAB7876BBBBB9BBBBBB7BB6667BB78ABBBBBABBBABBABBABBBBBBBAABAABAAAAAAAAAAAAAAAAAAAAAAAAAA9A9A9A9A9A99"
    "9999999989888888887878787777776666555558555556666777777878787888888888898989998999999A9A9A9A9A9AAAAA"
    "ABABABABABBBBBBBBBBBBBBBBBBBBBBBBBBCBCBCCBBCBCB68AC69BDEE";
constexpr std::string_view kTrueTypeLengths =
    "55556655666666666666555577777777886787568889998999665655999999999999999AAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAABBAAAAAABBAAABABBBBBABBBBBBBBBBBBBBBBBBBBBBBBBBABBBBBBBBBBBBBBBBBBBBBBBBBBBBBBCBBBBBBBC"
    "BCBCBCCBBCBCCCCCCCCBDCCCCCCCCCCC8CCCCCCCCCCCCCCCCCCCB979D";

struct CommonCode {
  explicit CommonCode(std::string_view digits) {
    for (size_t i = 0; i < kSymbols; ++i)
      lengths[i] = static_cast<uint8_t>(digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'A' + 10);
    codes = codes_of(lengths);
  }
  Lengths lengths{};
  std::array<Code, kSymbols> codes{};
};

const CommonCode& code_of(font::Outlines kind) {
  static_assert(kCffLengths.size() == kSymbols && kTrueTypeLengths.size() == kSymbols);
  static const CommonCode kCff(kCffLengths), kTrueType(kTrueTypeLengths);
  return kind == font::Outlines::cff ? kCff : kTrueType;
}

// By all bytes of an outline of usual size. Two that differ share a place seldom, and are told apart.
struct PackedOutline {
  std::string bytes;
  std::string words;  // of eight bytes
  size_t bits = 0;
  const CommonCode* code = nullptr;
};

const PackedOutline& packed_outline(std::string_view bytes, const CommonCode& code) {
  constexpr size_t kRemembered = size_t{1} << 14;  // outlines: some megabytes
  static thread_local std::vector<PackedOutline> remembered(kRemembered);
  PackedOutline& place = remembered[std::hash<std::string_view>()(bytes) % kRemembered];
  if (place.code == &code && place.bytes == bytes) return place;
  place.code = &code;
  place.bytes = bytes;
  place.words.assign((bytes.size() * kLongest / 64 + 1) * 8 + kSlack, '\0');
  Bits bits(place.words.data());
  bits.put_all(bytes, code.codes);
  place.bits = bits.bits_since(place.words.data());
  bits.finish();
  place.words.resize((place.bits + 63) / 64 * 8);
  place.words.shrink_to_fit();
  return place;
}

void put_outlines(const font::Program& program, const CommonCode& code, Bits& bits) {
  constexpr size_t kShort = 16;  // bytes: looking for them costs what packing them costs
  const std::string_view bytes = program.bytes;
  size_t at = program.outlines_at;
  put_head(code.lengths, true, bits);
  bits.put_all(bytes.substr(0, at), code.codes);
  for (const uint32_t size : program.outline_sizes) {
    const std::string_view outline = bytes.substr(at, size);
    at += size;
    if (outline.size() < kShort) {
      bits.put_all(outline, code.codes);
      continue;
    }
    const PackedOutline& packed = packed_outline(outline, code);
    bits.put_packed(packed.words, packed.bits);
  }
  bits.put_all(bytes.substr(at), code.codes);
  bits.put(code.codes[kEnd].bits, code.codes[kEnd].length);
}

}  // namespace

std::string pack_outlines(const font::Program& program, font::Outlines kind) {
  const std::string_view bytes = program.bytes;
  const bool common = !program.outline_sizes.empty();
  if (bytes.size() < (common ? kFewOutlines : kSmall)) return deflate(bytes, 1);
  const size_t blocks = (bytes.size() + kBlock - 1) / kBlock;
  const auto room =
      std::make_unique_for_overwrite<char[]>(bytes.size() * kLongest / 8 + 160 * blocks + kSlack);
  char* to = room.get();
  *to++ = '\x78';  // deflate with a window of 32 KiB
  *to++ = '\x01';  // quickest
  Bits bits(to);
  if (common) {
    put_outlines(program, code_of(kind), bits);
  } else {
    for (size_t begin = 0; begin < bytes.size(); begin += kBlock)
      put_block(bytes.substr(begin, kBlock), begin + kBlock >= bytes.size(), bits);
  }
  std::string out(room.get(), bits.finish());
  const uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(sum >> shift & 0xFF);
  return out;
}

}  // namespace wenshu::pdf
