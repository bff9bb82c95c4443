#include "pdf/document.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "pdf/archive.h"
#include "pdf/bookmarks.h"
#include "pdf/content.h"
#include "pdf/haru.h"
#include "pdf/parts.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr double kPoints = 72 / 25.4;
constexpr int kLevel =
    1;  // contents: level 6 takes three times the time for one byte in six, of a tenth of the file

// The fonts of one document: of each face the batch's subset, and one of its own for the characters beyond
// that.
class Fonts {
 public:
  Fonts(const Prepared::Parts& parts, const std::vector<document::PlacedPage>& pages) {
    font::Characters used;
    for (const auto& page : pages) add_characters(page, used);
    for (const auto& [face, characters] : used) {
      const auto fixed = parts.fixed.find(face);
      const FontPart* shared = fixed == parts.fixed.end() ? nullptr : fixed->second.get();
      std::set<char32_t> rest;
      bool uses_shared = false;
      for (const char32_t c : characters) {
        if (shared && shared->subset.glyphs.contains(c))
          uses_shared = true;
        else
          rest.insert(c);
      }
      if (uses_shared) add(face, *shared);
      if (!rest.empty()) {
        own_.push_back(std::make_unique<FontPart>(parts.batch->cut(face, rest)));
        add(face, *own_.back());
      }
    }
    for (const auto& [face, font] : fonts_)
      for (const auto& [character, glyph] : font.part->subset.glyphs)
        shown_[face].try_emplace(character, Shown{&font.resources[glyph.spelling], &glyph});
  }

  Shown show(const std::string& face, char32_t character) const {
    if (const auto font = shown_.find(face); font != shown_.end())
      if (const auto found = font->second.find(character); found != font->second.end()) return found->second;
    throw Failure("无法生成 PDF（字符 " + code_point_name(character) + " 没有预备字体）");
  }

  // Puts all fonts into the file; gives the resource names with their objects.
  std::vector<std::pair<std::string, HPDF_Dict>> write(Haru& haru) const {
    std::vector<std::pair<std::string, HPDF_Dict>> objects;
    for (const auto& [face, font] : fonts_) {
      const FontPart& part = *font.part;
      const HPDF_Dict program = haru.add_stream(part.program_entries, part.program);
      const HPDF_Dict descriptor = haru.add_dictionary(part.descriptor_entries);
      const bool cff = part.subset.outlines == font::Outlines::cff;
      haru.refer(descriptor, cff ? "FontFile3" : "FontFile2", program);
      const HPDF_Dict descendant = haru.add_dictionary(part.descendant_entries);
      haru.refer(descendant, "FontDescriptor", descriptor);
      for (size_t i = 0; i < part.type0_entries.size(); ++i) {
        const HPDF_Dict type0 = haru.add_dictionary(part.type0_entries[i]);
        haru.refer_list(type0, "DescendantFonts", descendant);
        haru.refer(type0, "ToUnicode", haru.add_stream("/Filter /FlateDecode", part.to_unicode[i]));
        objects.emplace_back(font.resources[i], type0);
      }
    }
    return objects;
  }

  std::string names() const {
    std::string all;
    for (const auto& [face, font] : fonts_) all += font.part->subset.name + "\n";
    return all;
  }

 private:
  struct Entry {
    const FontPart* part = nullptr;
    std::vector<std::string> resources;  // one for each spelling
  };

  void add(const std::string& face, const FontPart& part) {
    Entry entry{&part, {}};
    for (int i = 0; i < part.subset.spellings; ++i) entry.resources.push_back("F" + std::to_string(count_++));
    fonts_.emplace(face, std::move(entry));
  }

  std::vector<std::unique_ptr<FontPart>> own_;
  std::multimap<std::string, Entry> fonts_;  // by face; the batch's subset stands first
  std::map<std::string, std::unordered_map<char32_t, Shown>>
      shown_;  // by face: asked for each character shown
  int count_ = 0;
};

// Things of one kind that the pages point to (pictures, grounds), each written once; those that were not
// prepared are made here.
template <class Thing, class Part>
class Shared {
 public:
  Shared(std::string prefix, const std::map<const Thing*, std::unique_ptr<Part>>& prepared)
      : prefix_(std::move(prefix)), prepared_(prepared) {}

  void add(const Thing* thing) {
    if (!thing || places_.contains(thing)) return;
    const auto found = prepared_.find(thing);
    const Part* part = found == prepared_.end() ? nullptr : found->second.get();
    if (!part) part = own_.emplace_back(std::make_unique<Part>(*thing)).get();
    places_[thing] = parts_.size();
    parts_.emplace_back(prefix_ + std::to_string(parts_.size()), part);
  }
  const std::string& name(const Thing* thing) const { return parts_[places_.at(thing)].first; }
  const std::vector<std::pair<std::string, const Part*>>& parts() const { return parts_; }

 private:
  std::string prefix_;
  const std::map<const Thing*, std::unique_ptr<Part>>& prepared_;
  std::map<const Thing*, size_t> places_;
  std::vector<std::pair<std::string, const Part*>> parts_;
  std::vector<std::unique_ptr<Part>> own_;
};
using Pictures = Shared<picture::Pixels, PicturePart>;
using Grounds = Shared<document::PlacedPage, GroundPart>;

std::vector<std::pair<std::string, HPDF_Dict>> write_forms(Haru& haru, const Pictures& pictures,
                                                           const Grounds& grounds) {
  std::vector<std::pair<std::string, HPDF_Dict>> objects;
  for (const auto& [name, part] : grounds.parts())
    objects.emplace_back(name, haru.add_stream(part->entries, part->bytes));
  for (const auto& [name, part] : pictures.parts()) {
    const HPDF_Dict picture = haru.add_stream(part->entries, part->bytes);
    if (!part->mask.empty()) haru.refer(picture, "SMask", haru.add_stream(part->mask_entries, part->mask));
    objects.emplace_back(name, picture);
  }
  return objects;
}

// What PDF/A-2 wants of the whole file (archive.h), and the document information in the same words.
void write_properties(Haru& haru, const Properties& properties) {
  const HPDF_Dict metadata = haru.add_stream("/Type /Metadata /Subtype /XML", make_metadata(properties));
  haru.refer(haru.catalog(), "Metadata", metadata);
  static const std::string profile = deflate(srgb_profile(), kLevel);
  const HPDF_Dict intent = haru.add_dictionary(
      "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
      "/RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1)");
  haru.refer(intent, "DestOutputProfile", haru.add_stream("/N 3 /Filter /FlateDecode", profile));
  haru.refer_list(haru.catalog(), "OutputIntents", intent);

  haru.set_language("zh-CN");
  haru.set_info("Title", properties.title);
  if (!properties.author.empty()) haru.set_info("Author", properties.author);
  if (!properties.subject.empty()) haru.set_info("Subject", properties.subject);
  haru.set_info("Creator", Properties::kCreator);
  haru.set_info("Producer", properties.producer);
  haru.set_created(properties.created);
}

bool shows_ink(const document::PlacedPage& page) {
  return std::any_of(page.pictures.begin(), page.pictures.end(),
                     [](const auto& picture) { return picture.pixels && !picture.pixels->alpha.empty(); });
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

}  // namespace

std::string Document::finish() const {
  const Prepared::Parts& parts = prepared_.parts();
  const Fonts fonts(parts, pages_);
  Pictures pictures("I", parts.pictures);
  Grounds grounds("G", parts.grounds);
  for (const document::PlacedPage& page : pages_) {
    grounds.add(page.ground.get());
    for (const document::PlacedPicture& picture : page.pictures) pictures.add(picture.pixels.get());
  }
  const Names names{
      [&](const std::string& face, char32_t c) { return fonts.show(face, c); },
      [&](const picture::Pixels* pixels) -> const std::string& { return pictures.name(pixels); },
      [&](const document::PlacedPage* ground) -> const std::string& { return grounds.name(ground); }};

  Haru haru;
  const auto font_objects = fonts.write(haru);
  const auto form_objects = write_forms(haru, pictures, grounds);
  const Properties properties(info_);
  std::string said = make_metadata(properties) + fonts.names();
  for (const auto& [name, part] : grounds.parts()) said += part->bytes;
  for (const auto& [name, part] : pictures.parts()) said += part->bytes + part->mask;
  const bool has_ink = std::any_of(pages_.begin(), pages_.end(), shows_ink);
  const HPDF_Dict ink = has_ink ? haru.add_dictionary("/Type /ExtGState /BM /Multiply") : nullptr;
  const HPDF_Dict group =
      has_ink ? haru.add_dictionary("/Type /Group /S /Transparency /CS /DeviceRGB") : nullptr;
  std::vector<Target> targets;
  for (const document::PlacedPage& page : pages_) {
    const std::string content = make_content(page, names);
    said += content;
    const HPDF_Page made =
        haru.add_page(page.width_mm * kPoints, page.height_mm * kPoints, deflate(content, kLevel));
    targets.push_back({made, page.height_mm});
    for (const auto& [name, font] : font_objects) haru.add_resource(made, "Font", name, font);
    for (const auto& [name, form] : form_objects) haru.add_resource(made, "XObject", name, form);
    if (ink && shows_ink(page)) {
      haru.add_resource(made, "ExtGState", std::string(kInk), ink);
      haru.refer(made, "Group", group);
    }
  }
  write_bookmarks(haru, outline_, targets);
  for (const document::OutlineEntry& entry : outline_) said += entry.text + "\n";
  write_properties(haru, properties);
  return haru.write(from_hex(crypto::sha256_hex(said).substr(0, 32)));
}

}  // namespace wenshu::pdf
