#include "package/deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/pages.h"

namespace wenshu::package {
namespace {

constexpr int kLevel = 6;  // the middle, named so that it never moves

libdeflate_compressor* compressor() {
  struct Free {
    void operator()(libdeflate_compressor* each) const { libdeflate_free_compressor(each); }
  };
  thread_local std::unique_ptr<libdeflate_compressor, Free> kept;
  if (!kept) kept.reset(libdeflate_alloc_compressor(kLevel));
  if (!kept) throw Failure("无法生成压缩包（内存不足）");
  return kept.get();
}

libdeflate_decompressor* decompressor() {
  struct Free {
    void operator()(libdeflate_decompressor* each) const { libdeflate_free_decompressor(each); }
  };
  thread_local std::unique_ptr<libdeflate_decompressor, Free> kept;
  if (!kept) kept.reset(libdeflate_alloc_decompressor());
  if (!kept) throw Failure("无法读取压缩包（内存不足）");
  return kept.get();
}

std::string deflate(std::string_view bytes) {
  const size_t most = libdeflate_deflate_compress_bound(compressor(), bytes.size());
  const auto room =
      std::make_unique_for_overwrite<char[]>(most);  // a string would be filled with zeros first
  const size_t size = libdeflate_deflate_compress(compressor(), bytes.data(), bytes.size(), room.get(), most);
  if (size == 0) throw Failure("无法生成压缩包（内存不足）");
  return {room.get(), size};
}

// What a stretch of bits means: low byte how many bits it takes (extra bits counted), above it one of these.
constexpr uint16_t kEnd = 0x100, kMatch = 0x200, kBitsMask = 0xFF;

// A table by the next bits of a canonical Huffman code.
struct Code {
  unsigned bits = 0;
  std::vector<uint16_t> meanings;
};

Code make_code(const uint8_t* lengths, size_t count, const auto& meaning_of) {
  constexpr unsigned kLongest = 15;
  std::array<unsigned, kLongest + 2> next{}, counts{};
  for (size_t i = 0; i < count; ++i) ++counts[lengths[i]];
  counts[0] = 0;
  Code code;
  for (unsigned n = 1; n <= kLongest; ++n) {
    next[n + 1] = (next[n] + counts[n]) << 1;
    if (counts[n] > 0) code.bits = n;
  }
  code.meanings.assign(size_t{1} << code.bits, 0);
  for (size_t i = 0; i < count; ++i) {
    const unsigned length = lengths[i];
    if (length == 0) continue;
    unsigned forward = next[length]++, reversed = 0;
    for (unsigned n = 0; n < length; ++n, forward >>= 1) reversed = reversed << 1 | (forward & 1);
    const auto meaning = static_cast<uint16_t>(meaning_of(i) + length);
    for (size_t at = reversed; at < code.meanings.size(); at += size_t{1} << length)
      code.meanings[at] = meaning;
  }
  return code;
}

// RFC 1951, 3.2.5: extra bits of lengths and distances.
uint16_t length_meaning(size_t symbol) {
  constexpr size_t kEndOfBlock = 256, kFirstLong = 265, kLongestMatch = 285;
  if (symbol < kEndOfBlock) return 0;
  if (symbol == kEndOfBlock) return kEnd;
  if (symbol < kFirstLong || symbol >= kLongestMatch) return kMatch;
  return static_cast<uint16_t>(kMatch + (symbol - kFirstLong) / 4 + 1);
}
uint16_t distance_meaning(size_t symbol) { return static_cast<uint16_t>(symbol < 4 ? 0 : symbol / 2 - 1); }

// Goes over the blocks of a finished deflate stream without unpacking it: where does the last block begin, where
// does it end? The stream is libdeflate's own, never a person's.
class Blocks {
 public:
  explicit Blocks(std::string_view bytes) : bytes_(bytes) {
    for (bool last = false; !last;) {
      last_begin_ = at_;
      last = take(1) == 1;
      const unsigned type = take(2);
      if (type == 0)
        skip_stored();
      else
        skip_coded(type == 1);
    }
  }
  size_t last_begin() const { return last_begin_; }  // in bits
  size_t end() const { return at_; }

 private:
  // The next 57 bits at least, zeros behind the end.
  uint64_t peek() const {
    const size_t byte = at_ / 8;
    if (byte > bytes_.size()) throw Failure("无法生成压缩包（压缩流不完整）");
    uint64_t bits = 0;
    for (size_t i = 0; i < 8 && byte + i < bytes_.size(); ++i)
      bits |= static_cast<uint64_t>(static_cast<unsigned char>(bytes_[byte + i])) << (8 * i);
    return bits >> (at_ % 8);
  }
  unsigned take(unsigned count) {
    const auto bits = static_cast<unsigned>(peek() & ((uint64_t{1} << count) - 1));
    at_ += count;
    return bits;
  }

  void skip_stored() {
    at_ = (at_ + 7) / 8 * 8;
    const unsigned length = take(16);
    take(16);
    at_ += size_t{length} * 8;
  }

  void skip_coded(bool fixed) {
    std::array<uint8_t, 320> lengths{};
    size_t literals = 288, distances = 30;
    if (fixed) {
      std::fill_n(lengths.begin(), 144, uint8_t{8});
      std::fill_n(lengths.begin() + 144, 112, uint8_t{9});
      std::fill_n(lengths.begin() + 256, 24, uint8_t{7});
      std::fill_n(lengths.begin() + 280, 8, uint8_t{8});
      std::fill_n(lengths.begin() + 288, 30, uint8_t{5});
    } else {
      read_lengths(lengths, literals, distances);
    }
    skip_symbols(make_code(lengths.data(), literals, length_meaning),
                 make_code(lengths.data() + literals, distances, distance_meaning));
  }

  void read_lengths(std::array<uint8_t, 320>& lengths, size_t& literals, size_t& distances) {
    static constexpr std::array<uint8_t, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                       11, 4,  12, 3, 13, 2, 14, 1, 15};
    literals = take(5) + 257;
    distances = take(5) + 1;
    const size_t count = take(4) + 4;
    std::array<uint8_t, 19> of_lengths{};
    for (size_t i = 0; i < count; ++i) of_lengths[kOrder[i]] = static_cast<uint8_t>(take(3));
    const Code code = make_code(of_lengths.data(), of_lengths.size(),
                                [](size_t symbol) { return static_cast<uint16_t>(symbol << 8); });
    for (size_t i = 0; i < literals + distances;) {
      const uint16_t meaning = code.meanings[peek() & (code.meanings.size() - 1)];
      at_ += meaning & kBitsMask;
      const auto symbol = static_cast<uint8_t>(meaning >> 8);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      const uint8_t value = symbol == 16 ? lengths[i - 1] : uint8_t{0};
      size_t repeat = symbol == 16 ? take(2) + 3 : symbol == 17 ? take(3) + 3 : take(7) + 11;
      for (; repeat > 0 && i < lengths.size(); --repeat) lengths[i++] = value;
    }
  }

  void skip_symbols(const Code& literals, const Code& distances) {
    const size_t literal_mask = literals.meanings.size() - 1, distance_mask = distances.meanings.size() - 1;
    for (;;) {
      // A literal takes at most 15 bits, a match 48: what was peeked is enough for either.
      uint64_t bits = peek();
      const uint16_t meaning = literals.meanings[bits & literal_mask];
      const unsigned taken = meaning & kBitsMask;
      if (taken == 0) throw Failure("无法生成压缩包（压缩流不完整）");
      at_ += taken;
      if (meaning & kEnd) return;
      if (!(meaning & kMatch)) continue;
      bits >>= taken;
      at_ += distances.meanings[bits & distance_mask] & kBitsMask;
    }
  }

  std::string_view bytes_;
  size_t at_ = 0, last_begin_ = 0;
};

// Lets a finished stream go on: its last block is no longer the last, and an empty stored block brings the end to
// the border of a byte.
void open_end(std::string& bytes) {
  const Blocks blocks(bytes);
  char& head = bytes[blocks.last_begin() / 8];
  head = static_cast<char>(static_cast<unsigned char>(head) & ~(1u << (blocks.last_begin() % 8)));
  bytes.resize((blocks.end() + 3 + 7) / 8, '\0');  // three zero bits: not last, stored
  bytes += std::string_view("\0\0\xFF\xFF", 4);
}

}  // namespace

Packed pack(std::string_view bytes) {
  if (!bytes.empty()) {
    std::string packed = deflate(bytes);
    if (packed.size() < bytes.size())
      return {std::move(packed), libdeflate_crc32(0, bytes.data(), bytes.size()), bytes.size(), true};
  }
  return store(std::string(bytes));
}

Packed store(std::string bytes) {
  const uint32_t crc = libdeflate_crc32(0, bytes.data(), bytes.size());
  const size_t size = bytes.size();
  return {std::move(bytes), crc, size, false};
}

std::optional<std::string> unpack(const Packed& packed) {
  std::string bytes;
  reserve_pages(bytes, packed.size);
  bytes.resize(packed.size);
  if (!packed.deflated) {
    if (packed.bytes.size() != packed.size) return std::nullopt;
    bytes = packed.bytes;
  } else {
    size_t taken = 0, made = 0;
    const auto result = libdeflate_deflate_decompress_ex(
        decompressor(), packed.bytes.data(), packed.bytes.size(), bytes.data(), bytes.size(), &taken, &made);
    if (result != LIBDEFLATE_SUCCESS || taken != packed.bytes.size() || made != bytes.size())
      return std::nullopt;
  }
  if (libdeflate_crc32(0, bytes.data(), bytes.size()) != packed.crc) return std::nullopt;
  return bytes;
}

size_t PackStream::write_pieces(std::string_view bytes) {
  // What a string lets go while it doubles is as much again as it holds; room that is not written costs nothing.
  constexpr size_t kLongPacked = 16u << 20;
  size_t taken = 0;
  if (bytes.size() > kPieceBytes && packed_.bytes.empty()) packed_.bytes.reserve(kLongPacked);
  // The last piece is not known to be one before more comes.
  for (; bytes.size() - taken > kPieceBytes; taken += kPieceBytes)
    pack_piece(bytes.substr(taken, kPieceBytes), false);
  return taken;
}

void PackStream::pack_piece(std::string_view bytes, bool last) {
  packed_.crc = libdeflate_crc32(packed_.crc, bytes.data(), bytes.size());
  packed_.size += bytes.size();
  std::string piece = deflate(bytes);
  if (!last) open_end(piece);
  packed_.bytes += piece;
}

Packed PackStream::finish(std::string_view rest) {
  rest.remove_prefix(write_pieces(rest));
  // Short contents are packed alone, to the same bytes as pack().
  if (packed_.size == 0) return pack(rest);
  pack_piece(rest, true);
  return std::exchange(packed_, {});
}

}  // namespace wenshu::package
