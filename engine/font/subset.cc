#include "font/subset.h"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <stdexcept>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "font/cff.h"
#include "font/loaded.h"
#include "font/truetype.h"

namespace wenshu::font {
namespace {

struct DestroySubset {
  void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
  void operator()(hb_subset_plan_t* plan) const { hb_subset_plan_destroy(plan); }
};

constexpr hb_tag_t kCff = HB_TAG('C', 'F', 'F', ' ');
constexpr hb_tag_t kGlyf = HB_TAG('g', 'l', 'y', 'f');

std::string_view bytes_of(hb_blob_t* blob) {
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob, &length);
  return {data, length};
}

Owned<hb_blob_t> table_of(hb_face_t* face, hb_tag_t tag) {
  return Owned<hb_blob_t>(hb_face_reference_table(face, tag));
}

// All a PDF reads of an embedded font; the rest (cmap, names, layout, hints) is dropped.
bool is_kept(hb_tag_t tag) {
  static constexpr hb_tag_t kKept[] = {HB_TAG('h', 'e', 'a', 'd'),
                                       HB_TAG('h', 'h', 'e', 'a'),
                                       HB_TAG('h', 'm', 't', 'x'),
                                       HB_TAG('m', 'a', 'x', 'p'),
                                       HB_TAG('l', 'o', 'c', 'a'),
                                       kGlyf,
                                       kCff};
  return std::find(std::begin(kKept), std::end(kKept), tag) != std::end(kKept);
}

// The face with nothing but those tables: what HarfBuzz does not see it need not read (a cmap of 50,000 characters
// costs as much as the cut).
Owned<hb_face_t> bare(hb_face_t* face) {
  const auto table = [](hb_face_t*, hb_tag_t tag, void* whole) {
    return is_kept(tag) ? hb_face_reference_table(static_cast<hb_face_t*>(whole), tag) : hb_blob_get_empty();
  };
  Owned<hb_face_t> made(hb_face_create_for_tables(table, face, nullptr));
  hb_face_set_glyph_count(made.get(), hb_face_get_glyph_count(face));
  hb_face_set_upem(made.get(), hb_face_get_upem(face));
  return made;
}

struct Cut {
  Owned<hb_face_t> face;
  std::map<hb_codepoint_t, hb_codepoint_t> glyphs;  // of the whole face -> of the cut one
};

// Desubroutinised, so that a glyph's bytes do not depend on which others were cut out with it.
Cut cut_glyphs(hb_face_t* face, const std::map<char32_t, hb_codepoint_t>& glyphs, const std::string& name) {
  const std::unique_ptr<hb_subset_input_t, DestroySubset> input(hb_subset_input_create_or_fail());
  if (!input) throw Failure("无法裁剪字体（内存不足）");
  for (const auto& [character, glyph] : glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                             HB_SUBSET_FLAGS_DESUBROUTINIZE);
  const auto source = bare(face);
  const std::unique_ptr<hb_subset_plan_t, DestroySubset> plan(
      hb_subset_plan_create_or_fail(source.get(), input.get()));
  Cut cut;
  if (plan) cut.face.reset(hb_subset_plan_execute_or_fail(plan.get()));
  if (!cut.face) throw Failure(fmt::format("无法裁剪字体 {}（字体文件损坏或内存不足）", name));
  const hb_map_t* mapping = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const auto& [character, glyph] : glyphs) cut.glyphs[glyph] = hb_map_get(mapping, glyph);
  return cut;
}

// Six capital letters out of what is in the subset (ISO 32000-1, 9.6.4); FNV-1a, as nothing rests on it but that
// two subsets in one document differ. The program itself, a megabyte for a long document, follows from that.
std::string subset_tag(const std::string& face, std::u32string_view characters, size_t size) {
  uint64_t hash = 14695981039346656037u;
  const auto mix = [&](uint64_t value) { hash = (hash ^ value) * 1099511628211u; };
  for (const char c : face) mix(static_cast<uint8_t>(c));
  for (const char32_t c : characters) mix(c);
  mix(size);
  hash ^= hash >> 32;
  std::string tag;
  for (; tag.size() < 6; hash /= 26) tag += static_cast<char>('A' + hash % 26);
  return tag;
}

std::string postscript_name(const Face& face) {
  char name[128];
  unsigned length = sizeof name;
  hb_ot_name_get_utf8(face.loaded().face.get(), HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length,
                      name);
  std::string clean;
  for (const char c : std::string_view(name, length))
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-') clean += c;
  return clean.empty() ? face.id() : clean;
}

}  // namespace

const Subset::Glyph* Subset::Glyphs::find(char32_t character) const {
  const auto found = std::lower_bound(list_.begin(), list_.end(), character,
                                      [](const auto& entry, char32_t c) { return entry.first < c; });
  return found == list_.end() || found->first != character ? nullptr : &found->second;
}

const Subset::Glyph& Subset::Glyphs::at(char32_t character) const {
  if (const Glyph* glyph = find(character)) return *glyph;
  throw std::out_of_range(code_point_name(character));
}

struct Batch::Part {
  struct Letter {
    uint16_t glyph = 0;  // in the cut face
    double width = 0;
  };
  Owned<hb_face_t> face;
  std::vector<Owned<hb_blob_t>> tables;  // what the outlines point into
  std::unordered_map<char32_t, Letter> letters;
  std::string postscript_name;
  std::optional<TrueTypeFont> truetype;  // either this
  std::optional<CffFont> cff;            // or this
  int ascent = 0, descent = 0;
  int box[4] = {0, 0, 0, 0};

  void measure(const Face& whole);
  void read_outlines();
  size_t count_glyphs() const { return cff ? cff->charstrings.size() : truetype->glyphs.size(); }

 private:
  std::string_view table(hb_tag_t tag) {
    return bytes_of(tables.emplace_back(table_of(face.get(), tag)).get());
  }
};

// Of the cut face, glyph by glyph.
void Batch::Part::read_outlines() {
  if (hb_blob_get_length(table_of(face.get(), kCff).get()) > 0)
    cff = parse_cff(table(kCff));
  else
    truetype = parse_truetype({table(HB_TAG('h', 'e', 'a', 'd')), table(HB_TAG('h', 'h', 'e', 'a')),
                               table(HB_TAG('m', 'a', 'x', 'p')), table(HB_TAG('l', 'o', 'c', 'a')),
                               table(kGlyf), table(HB_TAG('h', 'm', 't', 'x'))});
  if (!cff && !truetype) throw Failure(fmt::format("无法读取裁剪后的字体 {}", postscript_name));
}

void Batch::Part::measure(const Face& whole) {
  const Face::Loaded& loaded = whole.loaded();
  const double scale = 1000 / loaded.units_per_em;
  hb_font_extents_t extents{};
  hb_font_get_h_extents(loaded.font.get(), &extents);
  ascent = static_cast<int>(extents.ascender * scale);
  descent = static_cast<int>(extents.descender * scale);
  const auto head = table_of(loaded.face.get(), HB_TAG('h', 'e', 'a', 'd'));
  const std::string_view bytes = bytes_of(head.get());
  for (size_t i = 0; i < 4 && bytes.size() >= 44; ++i) {  // xMin yMin xMax yMax stand at 36
    const auto high = static_cast<uint8_t>(bytes[36 + 2 * i]), low = static_cast<uint8_t>(bytes[37 + 2 * i]);
    box[i] = static_cast<int>(static_cast<int16_t>(high << 8 | low) * scale);
  }
}

bool may_embed(const Face& face) {
  constexpr unsigned kUse = 0xF, kRestricted = 2, kNoSubsetting = 0x100;
  const auto table = table_of(face.loaded().face.get(), HB_TAG('O', 'S', '/', '2'));
  const auto bytes = bytes_of(table.get());
  if (bytes.size() < 10) return true;  // says nothing
  const unsigned flags = static_cast<uint8_t>(bytes[8]) << 8 | static_cast<uint8_t>(bytes[9]);
  return (flags & kUse) != kRestricted && (flags & kNoSubsetting) == 0;
}

std::unique_ptr<Batch::Part> Batch::cut_part(const Face& whole, const std::set<char32_t>& characters) {
  const Face::Loaded& loaded = whole.loaded();
  auto part = std::make_unique<Part>();
  if (!may_embed(whole))
    throw Failure(fmt::format("字体 {} 不许嵌入文件（OS/2 fsType），换一个字体", whole.path().string()));
  const bool cff = hb_blob_get_length(table_of(loaded.face.get(), kCff).get()) > 0;
  if (!cff && hb_blob_get_length(table_of(loaded.face.get(), kGlyf).get()) == 0)
    throw Failure(fmt::format("字体 {} 既没有 glyf 表也没有 CFF 表，无法嵌入", whole.path().string()));
  part->postscript_name = postscript_name(whole);
  part->measure(whole);

  std::map<char32_t, hb_codepoint_t> glyph_of;
  for (const char32_t c : characters) {
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(loaded.font.get(), c, &glyph))
      throw Failure(fmt::format("字体 {} 没有字符 {}", whole.id(), code_point_name(c)));
    glyph_of[c] = glyph;
  }
  Cut cut = cut_glyphs(loaded.face.get(), glyph_of, whole.id());
  for (const auto& [c, glyph] : glyph_of) {
    const double units = hb_font_get_glyph_h_advance(loaded.font.get(), glyph);
    part->letters[c] = {static_cast<uint16_t>(cut.glyphs.at(glyph)), units * 1000 / loaded.units_per_em};
  }
  part->face = std::move(cut.face);
  part->read_outlines();
  return part;
}

Batch::Batch(const Faces& faces, const Characters& characters) : faces_(&faces) { add(characters); }
Batch::Batch(const Faces& faces, std::set<char32_t> expected)
    : faces_(&faces), expected_(std::move(expected)) {}

void Batch::add(const Characters& characters) {
  for (const auto& [id, wanted] : characters) {
    const Face* whole = faces_->find(id);
    if (!whole || wanted.empty()) continue;
    std::unique_ptr<Part>& part = parts_[id];
    const auto has = [&](char32_t c) { return part && part->letters.contains(c); };
    if (std::all_of(wanted.begin(), wanted.end(), has)) continue;
    std::set<char32_t> all = wanted;
    if (part)
      for (const auto& [c, letter] : part->letters) all.insert(c);
    for (const char32_t c : expected_)
      if (whole->has(c)) all.insert(c);
    part = cut_part(*whole, all);
  }
}

Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;

Subset Batch::cut(std::string_view face, const std::set<char32_t>& characters) const {
  return cut(face, std::u32string(characters.begin(), characters.end()));
}

Subset Batch::cut(std::string_view face, std::u32string_view characters) const {
  const Part& part = *parts_.find(face)->second;
  Subset subset;
  subset.outlines = part.cff ? Outlines::cff : Outlines::truetype;
  subset.ascent = part.ascent;
  subset.descent = part.descent;
  std::copy(std::begin(part.box), std::end(part.box), std::begin(subset.box));

  std::vector<uint16_t> glyphs;      // of the cut face; the place is the code less 1
  std::vector<Subset::Glyph> shown;  // parallel: as it was shown last
  // Where a glyph is in them, from 1: for a few characters, as of a person's name, looking through is less than a table.
  constexpr size_t kFew = 32;
  std::vector<uint16_t> places(characters.size() > kFew ? part.count_glyphs() : 0);
  glyphs.reserve(characters.size());
  shown.reserve(characters.size());
  subset.glyphs.list_.reserve(characters.size());
  for (const char32_t c : characters) {
    const Part::Letter& letter = part.letters.at(c);
    size_t place =
        places.empty()
            ? static_cast<size_t>(std::find(glyphs.begin(), glyphs.end(), letter.glyph) - glyphs.begin())
            : places.at(letter.glyph) - size_t{1};
    if (place >= glyphs.size()) {
      place = glyphs.size();
      glyphs.push_back(letter.glyph);
      shown.push_back({static_cast<uint16_t>(glyphs.size()), 0, letter.width});
      if (!places.empty()) places[letter.glyph] = static_cast<uint16_t>(glyphs.size());
    } else {
      ++shown[place].spelling;
      subset.spellings = std::max(subset.spellings, shown[place].spelling + 1);
    }
    subset.glyphs.list_.emplace_back(c, shown[place]);
  }
  subset.program = part.cff ? assemble_cff(*part.cff, glyphs, part.postscript_name)
                            : assemble_truetype(*part.truetype, glyphs);
  subset.name =
      subset_tag(part.postscript_name, characters, subset.program.bytes.size()) + "+" + part.postscript_name;
  return subset;
}

}  // namespace wenshu::font
