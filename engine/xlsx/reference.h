// Cells by their names: C3, B2:B5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "data/stored_place.h"

namespace wenshu::xlsx {

struct CellAt {
  int row = 0;     // from 1
  int column = 0;  // from 0
};
struct Area {
  CellAt first, last;
};

// Nothing for what is no cell of a sheet (rows to 1048576, columns to XFD).
std::optional<CellAt> parse_cell(std::string_view text);
std::optional<Area> parse_area(std::string_view text);  // also a single cell

using data::column_letters;

}  // namespace wenshu::xlsx
