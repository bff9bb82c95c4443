// Many short texts one behind another: twelve bytes each beside its own, where a string takes a hundred.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu {

class PackedTexts {
 public:
  void add(std::string_view text) {
    if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size())
      blocks_.emplace_back().reserve(std::max(kBlock, text.size()));
    std::string& block = blocks_.back();
    places_.push_back({static_cast<uint32_t>(blocks_.size() - 1), static_cast<uint32_t>(block.size()),
                       static_cast<uint32_t>(text.size())});
    block += text;
  }
  // Stays where it is, whatever is added.
  std::string_view operator[](size_t index) const {
    const At& at = places_[index];
    return std::string_view(blocks_[at.block]).substr(at.begin, at.size);
  }
  std::string_view front() const { return (*this)[0]; }
  std::string_view back() const { return (*this)[size() - 1]; }
  size_t size() const { return places_.size(); }
  bool empty() const { return places_.empty(); }

 private:
  static constexpr size_t kBlock = size_t{1} << 16;
  struct At {
    uint32_t block, begin, size;
  };
  std::vector<std::string> blocks_;
  std::vector<At> places_;
};

}  // namespace wenshu
