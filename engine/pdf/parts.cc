#include "pdf/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "pdf/content.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr int kLevel = 6;
// Outlines hardly shrink: level 6 takes twice the time for one byte in a hundred.
constexpr int kFontLevel = 1;

// Widths as hmtx says, for PDF/A and for readers that place by them. 1000 is the default and left out.
std::string width_array(const font::Subset& subset) {
  std::map<uint16_t, double> widths;
  for (const auto& [character, glyph] : subset.glyphs)
    if (glyph.width != 1000) widths[glyph.code] = glyph.width;
  std::string text = "/DW 1000 /W [";
  int last = -2;
  for (const auto& [code, width] : widths) {
    if (code != last + 1)
      text += fmt::format("{}{}[", last < 0 ? "" : "]", code);
    else
      text += ' ';
    append_number(text, width);
    last = code;
  }
  return text + (widths.empty() ? "]" : "]]");
}

// Each code to the character it was shown for (ISO 32000-1, 9.10.3; at most 100 entries a block).
std::string to_unicode_map(const font::Subset& subset, int spelling) {
  std::vector<std::string> lines;
  for (const auto& [character, glyph] : subset.glyphs) {
    if (glyph.spelling != spelling) continue;
    std::string line = "<";
    append_hex(line, glyph.code);
    lines.push_back(line + "> <" + utf16_hex(character) + ">\n");
  }
  std::string text =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (size_t start = 0; start < lines.size(); start += 100) {
    const size_t count = std::min<size_t>(100, lines.size() - start);
    text += fmt::format("{} beginbfchar\n", count);
    for (size_t i = start; i < start + count; ++i) text += lines[i];
    text += "endbfchar\n";
  }
  return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// Half-covered pixels at an edge are rounded differently by each drawing program; what would show as a
// difference of less than 3 in 255 on paper counts as the same colour.
bool has_one_colour(const picture::Pixels& pixels, std::string_view colour) {
  for (size_t i = 0; i < pixels.alpha.size() && !colour.empty(); ++i)
    for (size_t c = 0; c < 3; ++c)
      if (std::abs(pixels.rgb[3 * i + c] - static_cast<uint8_t>(colour[c])) * pixels.alpha[i] > 3 * 255)
        return false;
  return true;
}

}  // namespace

FontPart::FontPart(font::Subset cut) : subset(std::move(cut)) {
  const bool cff = subset.outlines == font::Outlines::cff;
  program = deflate(subset.program, kFontLevel);
  program_entries = cff ? "/Subtype /CIDFontType0C /Filter /FlateDecode"
                        : fmt::format("/Length1 {} /Filter /FlateDecode", subset.program.size());
  // Flags 4: symbolic, as every font with an encoding of its own is. StemV is not known and not used by
  // readers of embedded fonts; CapHeight of CJK faces is near 0.73 em.
  descriptor_entries = fmt::format(
      "/Type /FontDescriptor /FontName /{} /Flags 4 /FontBBox [{} {} {} {}] /ItalicAngle 0 /Ascent {} "
      "/Descent {} /CapHeight 730 /StemV 80",
      subset.name, subset.box[0], subset.box[1], subset.box[2], subset.box[3], subset.ascent, subset.descent);
  descendant_entries = fmt::format(
      "/Type /Font /Subtype /{} /BaseFont /{} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
      "/Supplement 0 >> {}{}",
      cff ? "CIDFontType0" : "CIDFontType2", subset.name, cff ? "" : "/CIDToGIDMap /Identity ",
      width_array(subset));
  for (int spelling = 0; spelling < subset.spellings; ++spelling) {
    type0_entries.push_back(fmt::format("/Type /Font /Subtype /Type0 /BaseFont /{}{} /Encoding /Identity-H",
                                        subset.name, cff ? "-Identity-H" : ""));
    to_unicode.push_back(deflate(to_unicode_map(subset, spelling), kLevel));
  }
}

PicturePart::PicturePart(const picture::Pixels& pixels) {
  const auto describe = [](int width, int height, const char* space) {
    return fmt::format(
        "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /{} /BitsPerComponent 8 "
        "/Filter /FlateDecode",
        width, height, space);
  };
  const auto bytes_of = [](const std::vector<uint8_t>& channel) {
    return std::string_view(reinterpret_cast<const char*>(channel.data()), channel.size());
  };
  int width = pixels.width, height = pixels.height;
  std::string_view rgb = bytes_of(pixels.rgb);
  if (!pixels.alpha.empty()) {
    mask_entries = describe(width, height, "DeviceGray");
    mask = deflate(bytes_of(pixels.alpha), kLevel);
    std::string_view colour;  // of the whole picture, if it has a single one
    for (size_t i = 0; i < pixels.alpha.size() && colour.empty(); ++i)
      if (pixels.alpha[i] == 255) colour = rgb.substr(3 * i, 3);
    const bool single = has_one_colour(pixels, colour);
    if (single && !colour.empty()) {
      rgb = colour;
      width = height = 1;
    }
  }
  entries = describe(width, height, "DeviceRGB");
  bytes = deflate(rgb, kLevel);
}

GroundPart::GroundPart(const document::PlacedPage& ground) {
  document::PlacedPage page;
  page.width_mm = ground.width_mm;
  page.height_mm = ground.height_mm;
  page.paths = ground.paths;
  page.rectangles = ground.rectangles;
  page.rules = ground.rules;
  bytes = deflate(make_content(page, {}), kLevel);
  std::string box;
  append_number(box, ground.width_mm * 72 / 25.4);
  box += ' ';
  append_number(box, ground.height_mm * 72 / 25.4);
  entries =
      fmt::format("/Type /XObject /Subtype /Form /BBox [0 0 {}] /Resources << >> /Filter /FlateDecode", box);
}

}  // namespace wenshu::pdf
