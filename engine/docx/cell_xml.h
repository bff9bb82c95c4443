// Finished cells (<w:tc>…</w:tc>) and what marks change in them afterwards.
#pragma once

#include <string>
#include <string_view>

namespace wenshu::docx {

struct CellShape {
  long long width = 0;
  std::string width_type;  // dxa, pct, auto; "" when the cell does not say
  size_t span = 1;
};
CellShape shape_of(std::string_view cell);

enum class Merge { none, begins, goes_on };
// The same cell in another shape. Of one that goes on (w:vMerge) only an empty paragraph is left, with the properties of its
// first one.
std::string reshaped(std::string_view cell, const CellShape& shape, Merge merge);

// All that a reader sees of finished XML; escapes stay.
std::string text_of(std::string_view xml);

}  // namespace wenshu::docx
