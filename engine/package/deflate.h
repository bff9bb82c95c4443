// Packing as ZIP does it (deflate, RFC 1951), by libdeflate: twice as fast as zlib at the same size. libdeflate
// packs only what it has whole; PackStream packs piece after piece and joins the results, so that memory does not
// follow the length.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu::package {

struct Packed {
  std::string bytes;
  uint32_t crc = 0;  // CRC-32 of what was packed
  size_t size = 0;   // its length
  bool deflated = true;
};

// Stored where packing does not make it smaller.
Packed pack(std::string_view bytes);
Packed store(std::string bytes);
// The other way. Nothing when the bytes do not unpack to just the length and the CRC-32 that stand beside them.
// REQUIRES: `packed.size` is within limits, for so much is taken at once.
std::optional<std::string> unpack(const Packed& packed);

class PackStream {
 public:
  static constexpr size_t kPieceBytes = 1u << 20;  // 32 times what deflate looks back

  // Takes whole pieces off the front, never the very end, and gives how many bytes they were: what is left comes again
  // with more behind it, or with finish(). So nothing is copied, and the bytes that come out do not depend on the
  // portions that go in.
  size_t write_pieces(std::string_view bytes);
  size_t size() const { return packed_.size; }  // of what was taken
  Packed finish(std::string_view rest);         // the stream is empty afterwards

 private:
  void pack_piece(std::string_view bytes, bool last);

  Packed packed_;
};

}  // namespace wenshu::package
