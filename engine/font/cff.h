// As much of the Compact Font Format (Adobe Technical Note 5176) as takes single glyphs out of a table and puts
// small tables together from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "font/program.h"

namespace wenshu::font {

struct CffFont {
  struct Dict {
    std::string matrix;    // FontMatrix with its operands; empty when there is none
    std::string private_;  // the Private DICT without its subroutines
  };
  std::string head;                           // of the top DICT: FontMatrix and FontBBox with their operands
  std::vector<std::string_view> charstrings;  // of the table given to parse_cff
  std::vector<uint8_t> dict_of;               // parallel: index into `dicts`
  std::vector<Dict> dicts;
};

// REQUIRES: a desubroutinised table, which outlives the result. Nothing when it is damaged.
std::optional<CffFont> parse_cff(std::string_view table);

// A CID-keyed table whose glyph and CID i + 1 is glyphs[i] of the font; 0 is .notdef.
Program assemble_cff(const CffFont& font, const std::vector<uint16_t>& glyphs, std::string_view name);

}  // namespace wenshu::font
