// As much of TrueType as takes single glyphs out of a font and puts small fonts together from them (OpenType
// specification, tables glyf, loca, hmtx; ISO 32000-1, 9.9 says which tables a PDF wants).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "font/program.h"

namespace wenshu::font {

struct TrueTypeFont {
  std::string head, hhea, maxp;
  struct Glyph {
    std::string_view outline;  // of the tables given to parse_truetype
    uint16_t advance = 0, bearing = 0;
  };
  std::vector<Glyph> glyphs;
};

struct TrueTypeTables {
  std::string_view head, hhea, maxp, loca, glyf, hmtx;
};

// REQUIRES: the tables outlive the result. Nothing when they are damaged.
std::optional<TrueTypeFont> parse_truetype(const TrueTypeTables& tables);

// A font whose glyph i + 1 is glyphs[i]; 0 is .notdef, and the parts of composed glyphs stand behind.
Program assemble_truetype(const TrueTypeFont& font, std::vector<uint16_t> glyphs);

}  // namespace wenshu::font
