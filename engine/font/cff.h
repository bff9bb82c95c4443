// As much of the Compact Font Format (Adobe Technical Note 5176) as tells which CID shows which glyph.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wenshu::font {

// Entry i is the code that shows glyph i: its CID in the charset of a CID-keyed font; i itself in a font
// keyed by names, where CIDs are glyph numbers (ISO 32000-1, 9.7.4.2). Nothing when the table is damaged.
std::optional<std::vector<uint16_t>> read_cff_codes(std::string_view table, unsigned glyphs);

}  // namespace wenshu::font
