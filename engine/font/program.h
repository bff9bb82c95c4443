// What assembling a face gives: the bytes of a font, and where its outlines stand in them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wenshu::font {

struct Program {
  std::string bytes;
  // The outlines follow one another from here on. Those of one face come again in its other subsets.
  size_t outlines_at = 0;
  std::vector<uint32_t> outline_sizes;
};

}  // namespace wenshu::font
