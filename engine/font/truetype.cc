#include "font/truetype.h"

#include <algorithm>

#include "font/bytes.h"

namespace wenshu::font {
namespace {

// Offsets in the tables.
constexpr size_t kChecksumAdjustment = 8, kLocaFormat = 50, kHeadSize = 54;  // head
constexpr size_t kLongMetrics = 34, kHheaSize = 36;                          // hhea
constexpr size_t kGlyphCount = 4;                                            // maxp

// Flags of a part of a composed glyph.
constexpr uint32_t kWords = 0x1, kScale = 0x8, kMore = 0x20, kTwoScales = 0x40, kMatrix = 0x80;

// Calls see(at) with the place of each part's glyph number.
template <class See>
void visit_parts(std::string_view outline, See see) {
  if (outline.size() < 10 || static_cast<uint8_t>(outline[0]) < 0x80) return;  // a number of contours: simple
  Reader reader(outline, 10);
  for (uint32_t flags = kMore; flags & kMore && !reader.failed();) {
    flags = reader.number(2);
    const size_t at = reader.at();
    reader.skip(2 + (flags & kWords ? 4 : 2) +
                (flags & kScale       ? 2
                 : flags & kTwoScales ? 4
                 : flags & kMatrix    ? 8
                                      : 0));
    if (!reader.failed()) see(at);
  }
}

uint32_t checksum(std::string_view table) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(table[i])); };
  uint32_t sum = 0;
  size_t i = 0;
  for (; i + 4 <= table.size(); i += 4)
    sum += byte(i) << 24 | byte(i + 1) << 16 | byte(i + 2) << 8 | byte(i + 3);
  for (int shift = 24; i < table.size(); ++i, shift -= 8) sum += byte(i) << shift;
  return sum;
}

struct Outlines {
  std::string glyf, loca, hmtx;
  std::vector<uint32_t> sizes;  // of the glyphs in glyf
  bool long_offsets = false;
};

// `glyphs` grows by the parts of composed ones.
Outlines collect(const TrueTypeFont& font, std::vector<uint16_t>& glyphs) {
  Outlines made;
  std::vector<size_t> ends = {0};
  for (size_t i = 0; i <= glyphs.size(); ++i) {
    const TrueTypeFont::Glyph& glyph = font.glyphs.at(i == 0 ? 0 : glyphs[i - 1]);
    const size_t begin = made.glyf.size();
    made.glyf += glyph.outline;
    visit_parts(glyph.outline, [&](size_t at) {
      const auto part = static_cast<uint16_t>(Reader(glyph.outline, at).number(2));
      if (part == 0 || part >= font.glyphs.size()) return;
      auto known = std::find(glyphs.begin(), glyphs.end(), part);
      if (known == glyphs.end()) known = glyphs.insert(known, part);
      put_number(made.glyf, begin + at, static_cast<uint32_t>(known - glyphs.begin()) + 1, 2);
    });
    if (made.glyf.size() % 2) made.glyf += '\0';
    made.sizes.push_back(static_cast<uint32_t>(made.glyf.size() - begin));
    ends.push_back(made.glyf.size());
    append_number(made.hmtx, glyph.advance, 2);
    append_number(made.hmtx, glyph.bearing, 2);
  }
  made.long_offsets = made.glyf.size() > 0x1FFFE;
  for (const size_t end : ends)
    append_number(made.loca, static_cast<uint32_t>(made.long_offsets ? end : end / 2),
                  made.long_offsets ? 4 : 2);
  return made;
}

}  // namespace

std::optional<TrueTypeFont> parse_truetype(const TrueTypeTables& tables) {
  if (tables.head.size() < kHeadSize || tables.hhea.size() < kHheaSize || tables.maxp.size() < 6)
    return std::nullopt;
  TrueTypeFont font{std::string(tables.head), std::string(tables.hhea), std::string(tables.maxp), {}};
  const uint32_t count = Reader(tables.maxp, kGlyphCount).number(2);
  const uint32_t metrics = Reader(tables.hhea, kLongMetrics).number(2);
  const int size = Reader(tables.head, kLocaFormat).number(2) ? 4 : 2;
  Reader loca(tables.loca, 0), hmtx(tables.hmtx, 0);
  const auto offset = [&] { return loca.number(size) * (size == 2 ? 2u : 1u); };
  uint32_t from = offset(), advance = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t to = offset();
    if (i < metrics) advance = hmtx.number(2);
    const uint32_t bearing = hmtx.number(2);
    if (loca.failed() || hmtx.failed() || to < from || to > tables.glyf.size()) return std::nullopt;
    font.glyphs.push_back({tables.glyf.substr(from, to - from), static_cast<uint16_t>(advance),
                           static_cast<uint16_t>(bearing)});
    from = to;
  }
  if (font.glyphs.empty()) return std::nullopt;
  return font;
}

Program assemble_truetype(const TrueTypeFont& font, std::vector<uint16_t> glyphs) {
  Outlines made = collect(font, glyphs);
  const auto count = static_cast<uint32_t>(glyphs.size() + 1);
  std::string head = font.head, hhea = font.hhea, maxp = font.maxp;
  put_number(head, kChecksumAdjustment, 0, 4);
  put_number(head, kLocaFormat, made.long_offsets ? 1 : 0, 2);
  put_number(hhea, kLongMetrics, count, 2);
  put_number(maxp, kGlyphCount, count, 2);

  const std::pair<const char*, const std::string*> tables[] = {{"glyf", &made.glyf}, {"head", &head},
                                                               {"hhea", &hhea},      {"hmtx", &made.hmtx},
                                                               {"loca", &made.loca}, {"maxp", &maxp}};
  // Six tables: searchRange 64, entrySelector 2, rangeShift 32.
  Program program;
  std::string& file = program.bytes;
  file.assign("\x00\x01\x00\x00\x00\x06\x00\x40\x00\x02\x00\x20", 12);
  size_t offset = 12 + 16 * std::size(tables), head_at = 0;
  uint32_t sum = 0;
  for (const auto& [tag, table] : tables) {
    const uint32_t own = checksum(*table);
    if (table == &head) head_at = offset;
    file += tag;
    append_number(file, own, 4);
    append_number(file, static_cast<uint32_t>(offset), 4);
    append_number(file, static_cast<uint32_t>(table->size()), 4);
    offset += (table->size() + 3) / 4 * 4;
    sum += own;
  }
  sum += checksum(file);
  program.outlines_at = file.size();  // glyf is the first one
  program.outline_sizes = std::move(made.sizes);
  file.reserve(offset);
  for (const auto& [tag, table] : tables) {
    file += *table;
    file.append((4 - table->size() % 4) % 4, '\0');
  }
  put_number(file, head_at + kChecksumAdjustment, 0xB1B0AFBAu - sum, 4);
  return program;
}

}  // namespace wenshu::font
