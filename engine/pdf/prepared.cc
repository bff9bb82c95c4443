#include "pdf/prepared.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "pdf/fonts.h"
#include "pdf/parts.h"

namespace wenshu::pdf {

void add_characters(const document::PlacedPage& page, font::Characters& characters) {
  // Of the page by face: a set is slow to ask for each character.
  std::map<std::string_view, std::u32string> texts;
  for (const document::PlacedText& text : page.texts) texts[text.face_file] += text.characters;
  for (auto& [face, text] : texts) {
    std::sort(text.begin(), text.end());
    text.erase(std::unique(text.begin(), text.end()), text.end());
    characters[std::string(face)].insert(text.begin(), text.end());
  }
}

namespace {

std::shared_ptr<const font::Batch> make_batch(const font::Faces& faces, const font::Characters& fixed,
                                              font::Characters all) {
  for (const auto& [face, characters] : fixed) all[face].insert(characters.begin(), characters.end());
  return std::make_shared<const font::Batch>(faces, all);
}

}  // namespace

Prepared::Prepared(const font::Faces& faces, const font::Characters& fixed, const font::Characters& all,
                   Common common)
    : Prepared(make_batch(faces, fixed, all), fixed, std::move(common)) {}

Prepared::Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed, Common common)
    : parts_(std::make_unique<Parts>(Parts{std::move(batch), {}, {}, {}, std::move(common)})) {
  int names = 0;
  for (const auto& [face, characters] : fixed) {
    if (characters.empty()) continue;
    auto part = std::make_unique<FontPart>(parts_->batch->cut(face, characters), Pack::tightly, 'F', names);
    names += part->subset.spellings;
    parts_->fixed.emplace(face, std::move(part));
  }
  for (const auto& picture : parts_->common.pictures)
    if (picture) parts_->pictures.emplace(picture.get(), std::make_unique<PicturePart>(*picture));
  for (const auto& ground : parts_->common.grounds)
    if (ground)
      parts_->grounds.emplace(
          ground.get(), std::make_unique<GroundPart>(*ground, Fonts(*parts_, {ground.get()}), Pack::tightly));
}
Prepared::~Prepared() = default;
Prepared::Prepared(Prepared&&) noexcept = default;

}  // namespace wenshu::pdf
