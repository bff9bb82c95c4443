// Something for each of many characters, found by two steps through arrays: asked for every character of a document.
#pragma once

#include <array>
#include <cstddef>
#include <memory>

namespace wenshu {

template <class T>
class CharacterTable {
 public:
  // The entry of a character, made (as T()) when there is none. REQUIRES: character < 0x110000.
  T& operator[](char32_t character) {
    auto& block = (*blocks_)[character / kBlock];
    if (!block) block = std::make_unique<Block>();
    return (*block)[character % kBlock];
  }
  // Null where no character near it has an entry; T() where only itself has none.
  const T* find(char32_t character) const {
    const auto& block = (*blocks_)[character / kBlock];
    return block ? &(*block)[character % kBlock] : nullptr;
  }

 private:
  static constexpr size_t kBlock = 128, kBlocks = 0x110000 / kBlock;
  using Block = std::array<T, kBlock>;
  using Blocks = std::array<std::unique_ptr<Block>, kBlocks>;
  std::unique_ptr<Blocks> blocks_ = std::make_unique<Blocks>();
};

}  // namespace wenshu
