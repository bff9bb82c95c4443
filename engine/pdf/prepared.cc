#include "pdf/prepared.h"

#include <bit>
#include <cstdint>
#include <map>
#include <string_view>

#include "pdf/fonts.h"
#include "pdf/parts.h"

namespace wenshu::pdf {

namespace {

// Those seen so far: a bit for each, as a set is slow to ask for every character of a document.
class Seen {
 public:
  void add(std::u32string_view text) {
    for (const char32_t c : text) {
      if (c / 64 >= words_.size()) words_.resize(c / 64 + 1);
      words_[c / 64] |= uint64_t{1} << c % 64;
    }
  }
  void put_into(std::set<char32_t>& characters) const {
    for (size_t i = 0; i < words_.size(); ++i)
      for (uint64_t word = words_[i]; word != 0; word &= word - 1)
        characters.insert(characters.end(),
                          static_cast<char32_t>(i * 64) + static_cast<char32_t>(std::countr_zero(word)));
  }

 private:
  std::vector<uint64_t> words_ = std::vector<uint64_t>(0x10000 / 64);  // of the first plane; more when needed
};

}  // namespace

void add_characters(const std::vector<document::PlacedPage>& pages, font::Characters& characters) {
  std::map<std::string_view, Seen> seen;
  for (const document::PlacedPage& page : pages)
    for (const document::PlacedText& text : page.texts) seen[text.face_file].add(text.characters);
  for (const auto& [face, some] : seen) some.put_into(characters[std::string(face)]);
}

void add_characters(const document::PlacedPage& page, font::Characters& characters) {
  for (const document::PlacedText& text : page.texts)
    characters[text.face_file].insert(text.characters.begin(), text.characters.end());
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
    : Prepared(make_batch(faces, fixed, all), fixed, std::move(common), Pack::tightly) {}

Prepared::Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed)
    : Prepared(std::move(batch), fixed, {}, Pack::quickly) {}

Prepared::Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed, Common common)
    : Prepared(std::move(batch), fixed, std::move(common), Pack::tightly) {}

Prepared Prepared::for_volume(const font::Characters& characters) const {
  return Prepared(parts_->batch, characters, parts_->common, Pack::quickly);
}

Prepared::Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed, Common common,
                   Pack pack)
    : parts_(std::make_unique<Parts>(Parts{std::move(batch), {}, {}, {}, std::move(common)})) {
  prepare(fixed, pack);
}

void Prepared::prepare(const font::Characters& fixed, Pack pack) {
  int names = 0;
  for (const auto& [face, characters] : fixed) {
    if (characters.empty()) continue;
    auto part = std::make_unique<FontPart>(parts_->batch->cut(face, characters), pack, 'F', names);
    names += part->subset.spellings;
    parts_->fixed.emplace(face, std::move(part));
  }
  for (const auto& picture : parts_->common.pictures)
    if (picture) parts_->pictures.emplace(picture.get(), std::make_unique<PicturePart>(*picture));
  for (const auto& ground : parts_->common.grounds)
    if (ground)
      parts_->grounds.emplace(ground.get(),
                              std::make_unique<GroundPart>(*ground, Fonts(*parts_, {ground.get()}), pack));
}
Prepared::~Prepared() = default;
Prepared::Prepared(Prepared&&) noexcept = default;

}  // namespace wenshu::pdf
