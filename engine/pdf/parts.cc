#include "pdf/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "crypto/hash.h"
#include "pdf/content.h"
#include "pdf/fonts.h"
#include "pdf/outline_pack.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr int kLevel = 6;
constexpr int kTightLevel = 12;
constexpr int kQuickLevel = 1;

std::string pack_bytes(std::string bytes, Pack pack) {
  if (pack == Pack::not_at_all) return bytes;
  return deflate(bytes, pack == Pack::tightly ? kTightLevel : kQuickLevel);
}

// Widths as hmtx says, for PDF/A and for readers that place by them. 1000 is the default and left out.
void append_widths(std::string& text, const font::Subset& subset) {
  std::vector<std::pair<uint16_t, double>> widths;
  for (const auto& [character, glyph] : subset.glyphs)
    if (glyph.width != 1000 && glyph.spelling == 0) widths.emplace_back(glyph.code, glyph.width);
  std::sort(widths.begin(), widths.end());
  text += "/DW 1000";
  if (widths.empty()) return;
  text += " /W [";
  int last = -2;
  for (const auto& [code, width] : widths) {
    if (code == last + 1) {
      text += ' ';
    } else {
      if (last >= 0) text += ']';
      append_integer(text, code);
      text += '[';
    }
    append_number(text, width);
    last = code;
  }
  text += "]]";
}

// Each code to the character it was shown for (ISO 32000-1, 9.10.3; at most 100 entries a block).
std::string to_unicode_map(const font::Subset& subset, int spelling) {
  size_t count = 0;
  for (const auto& [character, glyph] : subset.glyphs) count += glyph.spelling == spelling ? 1 : 0;
  std::string text =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  text.reserve(text.size() + 18 * count + 200);
  size_t left = 0;  // in the block
  for (const auto& [character, glyph] : subset.glyphs) {
    if (glyph.spelling != spelling) continue;
    if (left == 0) {
      left = std::min<size_t>(100, count);
      count -= left;
      append_integer(text, left);
      text += " beginbfchar\n";
    }
    text += '<';
    append_hex(text, glyph.code);
    text += "> <";
    append_utf16_hex(text, character);
    text += ">\n";
    if (--left == 0) text += "endbfchar\n";
  }
  return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

constexpr size_t kFewGlyphs = 32;  // found quickly enough by halving

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

FontPart::FontPart(font::Subset cut, Pack pack, char prefix, int first_name) : subset(std::move(cut)) {
  const bool cff = subset.outlines == font::Outlines::cff, packed = pack != Pack::not_at_all;
  const std::string_view filter = packed ? "/Filter /FlateDecode" : "";
  program_entries =
      cff ? packed ? "/Subtype /CIDFontType0C /Filter /FlateDecode" : "/Subtype /CIDFontType0C" : filter;
  if (!cff) {
    length = " /Length1 ";
    append_integer(length, subset.program.bytes.size());
  }
  program = pack == Pack::quickly ? pack_outlines(subset.program, subset.outlines)
                                  : pack_bytes(std::move(subset.program.bytes), pack);
  subset.program = {};
  // Flags 4: symbolic, as every font with an encoding of its own is. StemV is not known and not used by
  // readers of embedded fonts; CapHeight of CJK faces is near 0.73 em.
  descriptor_entries = "/Type /FontDescriptor /FontName /" + subset.name + " /Flags 4 /FontBBox [";
  for (const int edge : subset.box) {
    append_number(descriptor_entries, edge);
    descriptor_entries += ' ';
  }
  descriptor_entries += "] /ItalicAngle 0 /Ascent ";
  append_number(descriptor_entries, subset.ascent);
  descriptor_entries += " /Descent ";
  append_number(descriptor_entries, subset.descent);
  descriptor_entries += " /CapHeight 730 /StemV 80";
  descendant_entries = cff ? "/Type /Font /Subtype /CIDFontType0 /BaseFont /"
                           : "/Type /Font /Subtype /CIDFontType2 /BaseFont /";
  descendant_entries += subset.name;
  descendant_entries += " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ";
  if (!cff) descendant_entries += "/CIDToGIDMap /Identity ";
  append_widths(descendant_entries, subset);
  to_unicode_entries = filter;
  for (int i = 0; i < subset.spellings; ++i) {
    Spelling& spelling = spellings.emplace_back();
    spelling.name = prefix;
    append_integer(spelling.name, static_cast<size_t>(first_name + i));
    spelling.type0_entries = "/Type /Font /Subtype /Type0 /BaseFont /" + subset.name;
    if (cff) spelling.type0_entries += "-Identity-H";
    spelling.type0_entries += " /Encoding /Identity-H";
    spelling.to_unicode = pack_bytes(to_unicode_map(subset, i), pack);
  }
  if (subset.glyphs.size() <= kFewGlyphs) return;
  pages_.resize(0x110000 >> 8);
  for (const auto& [character, glyph] : subset.glyphs) {
    auto& page = pages_[character >> 8];
    if (!page) page = std::make_unique<Page>();
    (*page)[character & 255] = &glyph;
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
  digest = crypto::sha256_hex(bytes + mask);
}

GroundPart::GroundPart(const document::PlacedPage& ground, const Fonts& fonts, Pack pack) {
  document::PlacedPage page;
  page.width_mm = ground.width_mm;
  page.height_mm = ground.height_mm;
  page.paths = ground.paths;
  page.rectangles = ground.rectangles;
  page.rules = ground.rules;
  page.texts = ground.texts;
  for (const document::PlacedText& text : page.texts)
    if (std::find(faces.begin(), faces.end(), text.face_file) == faces.end()) faces.push_back(text.face_file);
  bytes = deflate(make_content(page, {fonts, {}, {}}), pack == Pack::tightly ? kTightLevel : kLevel);
  entries = "/Type /XObject /Subtype /Form /Filter /FlateDecode /BBox [0 0 ";
  append_number(entries, ground.width_mm * 72 / 25.4);
  entries += ' ';
  append_number(entries, ground.height_mm * 72 / 25.4);
  entries += ']';
  digest = crypto::sha256_hex(bytes);
}

}  // namespace wenshu::pdf
