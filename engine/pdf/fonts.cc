#include "pdf/fonts.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace wenshu::pdf {
namespace {

// The few characters of a person's name are a kilobyte or two: packing them costs more time than all else of a
// certificate, and saves a hundredth of its size.
constexpr size_t kSmallSubset = 12;
constexpr size_t kManyRepeated = 1 << 16;  // characters of a long document, before each is kept once

void append_resource(std::string& out, const std::string& name, const Object& object) {
  out += out.empty() ? "/" : " /";
  out += name;
  out += ' ';
  append_reference(out, object);
}

}  // namespace

Fonts::Fonts(const Prepared::Parts& parts, const std::vector<const document::PlacedPage*>& pages)
    : parts_(parts) {
  const document::PlacedPage* last = nullptr;  // of the grounds: pages of one batch share theirs
  for (const document::PlacedPage* page : pages) {
    add_characters(*page);
    if (page->ground && page->ground.get() != last) add_characters(*page->ground);
    last = page->ground.get();
  }
  int own_names = 0;
  for (Face& face : faces_) {
    std::u32string& rest = face.rest_;
    if (rest.empty()) continue;
    std::sort(rest.begin(), rest.end());
    rest.erase(std::unique(rest.begin(), rest.end()), rest.end());
    const bool small = rest.size() <= kSmallSubset;
    face.own_ = std::make_unique<FontPart>(parts_.batch->cut(face.id_, rest),
                                           small ? Pack::not_at_all : Pack::quickly, 'O', own_names);
    own_names += face.own_->subset.spellings;
  }
}

Fonts::Fonts(const Prepared::Parts& parts) : parts_(parts) {
  for (const auto& [id, part] : parts.fixed) add_face(id).uses_shared_ = true;
}

Fonts::Face& Fonts::add_face(std::string_view id) {
  for (Face& face : faces_)
    if (face.id_ == id) return face;
  Face& face = faces_.emplace_back();
  face.id_ = id;
  const auto fixed = parts_.fixed.find(id);
  if (fixed != parts_.fixed.end()) face.shared_ = fixed->second.get();
  return face;
}

void Fonts::add_characters(const document::PlacedPage& page) {
  for (const document::PlacedText& text : page.texts) {
    Face& face = add_face(text.face_file);
    for (const char32_t c : text.characters) {
      if (face.shared_ && face.shared_->find(c))
        face.uses_shared_ = true;
      else
        face.rest_ += c;
    }
    if (face.rest_.size() > kManyRepeated) {
      std::sort(face.rest_.begin(), face.rest_.end());
      face.rest_.erase(std::unique(face.rest_.begin(), face.rest_.end()), face.rest_.end());
    }
  }
}

const Fonts::Face& Fonts::face(std::string_view id) const {
  for (const Face& face : faces_)
    if (face.id_ == id) return face;
  throw Failure("无法生成 PDF（没有预备字体 " + std::string(id) + "）");
}

Shown Fonts::Face::show(char32_t character) const {
  for (const FontPart* part : {shared_, static_cast<const FontPart*>(own_.get())})
    if (const font::Subset::Glyph* glyph = part ? part->find(character) : nullptr)
      return {&part->spellings[glyph->spelling].name, glyph};
  throw Failure("无法生成 PDF（字符 " + code_point_name(character) + " 没有预备字体）");
}

void Fonts::write(Haru& haru) {
  const auto write_part = [&](const Face& face, const FontPart& part) {
    const Object program = haru.add_stream(std::string(part.program_entries) + part.length, part.program);
    std::string descriptor = part.descriptor_entries;
    descriptor += part.subset.outlines == font::Outlines::cff ? " /FontFile3 " : " /FontFile2 ";
    append_reference(descriptor, program);
    std::string descendant = part.descendant_entries + " /FontDescriptor ";
    append_reference(descendant, haru.add_dictionary(std::move(descriptor)));
    const Object descendant_object = haru.add_dictionary(std::move(descendant));
    for (const FontPart::Spelling& spelling : part.spellings) {
      std::string type0 = spelling.type0_entries + " /DescendantFonts [";
      append_reference(type0, descendant_object);
      type0 += "] /ToUnicode ";
      append_reference(type0, haru.add_stream(std::string(part.to_unicode_entries), spelling.to_unicode));
      written_.push_back({&face, &spelling.name, haru.add_dictionary(std::move(type0))});
    }
  };
  for (const Face& face : faces_) {
    if (face.shared_ && face.uses_shared_) write_part(face, *face.shared_);
    if (face.own_) write_part(face, *face.own_);
  }
}

std::string Fonts::resources() const {
  std::string all;
  for (const Written& font : written_) append_resource(all, *font.name, font.object);
  return all;
}

std::string Fonts::resources(const std::vector<std::string>& faces) const {
  std::string some;
  for (const Written& font : written_)
    if (std::find(faces.begin(), faces.end(), font.face->id_) != faces.end())
      append_resource(some, *font.name, font.object);
  return some;
}

std::string Fonts::names() const {
  std::string all;
  for (const Face& face : faces_) {
    if (face.shared_ && face.uses_shared_) all += face.shared_->subset.name + "\n";
    if (face.own_) all += face.own_->subset.name + "\n";
  }
  return all;
}

}  // namespace wenshu::pdf
