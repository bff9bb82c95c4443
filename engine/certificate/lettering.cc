#include "certificate/lettering.h"

namespace wenshu::certificate {

Lettering::Lettering(const font::Faces& faces, std::string_view role)
    : faces_(faces), role_(role), main_(faces.find_main_face(role)), pages_(0x110000 >> 8) {}

void Lettering::look_up(char32_t character, Found& found) {
  found.known = true;
  found.face = faces_.find_face(role_, character);
  if (!found.face) return;
  found.em = found.face->advance(character);
  found.falls_back = found.face != main_;
}

void Lettering::add_to(font::Characters& characters) const {
  for (size_t high = 0; high < pages_.size(); ++high)
    for (size_t low = 0; pages_[high] && low < pages_[high]->size(); ++low)
      if (const Found& found = (*pages_[high])[low]; found.face)
        characters[found.face->id()].insert(static_cast<char32_t>(high << 8 | low));
}

Lettering& Letterings::of(const std::string& role) {
  const auto found = by_role_.find(role);
  return found != by_role_.end() ? found->second
                                 : by_role_.emplace(role, Lettering(faces_, role)).first->second;
}

void Letterings::add_to(font::Characters& characters) const {
  for (const auto& [role, lettering] : by_role_) lettering.add_to(characters);
}

}  // namespace wenshu::certificate
