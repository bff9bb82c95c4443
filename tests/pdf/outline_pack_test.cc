#include "pdf/outline_pack.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <memory>
#include <random>

namespace wenshu::pdf {
namespace {

// libdeflate's reading of it, which checks the sum, too.
std::string unpack(const std::string& packed, size_t size) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> reader(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  std::string bytes(size, '\0');
  size_t got = 0;
  const auto result = libdeflate_zlib_decompress(reader.get(), packed.data(), packed.size(), bytes.data(),
                                                 bytes.size(), &got);
  return result == LIBDEFLATE_SUCCESS && got == size ? bytes : "not readable";
}

TEST(OutlinePack, GivesBackEverySizeAndDistribution) {
  std::mt19937 chance(7);
  for (const size_t size : {0u, 1u, 2u, 16'383u, 16'384u, 16'385u, 262'143u, 262'144u, 262'145u, 300'001u}) {
    std::string same(size, 'x'), even(size, '\0'), steep(size, '\0');
    for (char& c : even) c = static_cast<char>(chance());
    for (char& c : steep) c = static_cast<char>(std::geometric_distribution<int>(0.5)(chance));
    for (const std::string& bytes : {same, even, steep}) {
      const std::string packed = pack_outlines({bytes, 0, {}});
      EXPECT_EQ(unpack(packed, size), bytes) << size;
      EXPECT_LT(packed.size(), size + size / 500 + 400);
    }
    EXPECT_LE(pack_outlines({steep, 0, {}}).size(), size / 3 + 400);
  }
}

// Outlines of sizes that begin and end at every bit of a word, some of them again, among other bytes.
TEST(OutlinePack, GivesBackOutlinesThatComeAgain) {
  std::mt19937 chance(11);
  for (int round = 0; round < 40; ++round) {
    std::string bytes(static_cast<size_t>(chance() % 300), '\x0b');
    const size_t at = bytes.size();
    std::vector<std::string> known;
    std::vector<uint32_t> sizes;
    while (bytes.size() < (round % 2 ? 2'040u : 20'000u)) {
      if (known.empty() || chance() % 3 > 0) {
        std::string& outline = known.emplace_back(chance() % 200, '\0');
        for (char& c : outline) c = static_cast<char>(chance());
      }
      const std::string& outline = known[chance() % known.size()];
      sizes.push_back(static_cast<uint32_t>(outline.size()));
      bytes += outline;
    }
    bytes.append(chance() % 9, '\0');
    for (const font::Outlines kind : {font::Outlines::cff, font::Outlines::truetype})
      EXPECT_EQ(unpack(pack_outlines({bytes, at, sizes}, kind), bytes.size()), bytes);
  }
}

// Counts that rise as Fibonacci's do make the deepest tree there is: more than the 15 bits a symbol may have.
TEST(OutlinePack, KeepsToFifteenBitsASymbol) {
  std::string bytes;
  size_t count = 1, before = 1;
  for (char symbol = 0; symbol < 26; ++symbol) {
    bytes.append(count, symbol);
    const size_t next = count + before;
    before = count;
    count = next;
  }
  ASSERT_LT(bytes.size(), 1'000'000u);
  for (size_t begin = 0; begin < bytes.size(); begin += 262'144) {
    const std::string part = bytes.substr(begin, 262'144);
    EXPECT_EQ(unpack(pack_outlines({part, 0, {}}), part.size()), part);
  }
  std::string start = bytes.substr(0, 250'000);
  EXPECT_EQ(unpack(pack_outlines({start, 0, {}}), start.size()), start);
}

}  // namespace
}  // namespace wenshu::pdf
