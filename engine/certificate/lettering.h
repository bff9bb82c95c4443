// Which face draws a character of a role, and how wide: asked again and again, so kept; inside this room only.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "font/faces.h"
#include "font/subset.h"

namespace wenshu::certificate {

class Lettering {
 public:
  struct Found {
    const font::Face* face = nullptr;  // nullptr: no font has it
    double em = 0;                     // advance
    bool falls_back = false;           // the role's own face has not got it
    bool known = false;
  };
  // REQUIRES: a role of the faces.
  Lettering(const font::Faces& faces, std::string_view role);

  const Found& find(char32_t character) {
    auto& page = pages_[character >> 8];
    if (!page) page = std::make_unique<Page>();
    Found& found = (*page)[character & 255];
    if (!found.known) look_up(character, found);
    return found;
  }
  // All that were found, by face.
  void add_to(font::Characters& characters) const;

 private:
  void look_up(char32_t character, Found& found);
  using Page = std::array<Found, 256>;
  const font::Faces& faces_;
  std::string role_;
  const font::Face* main_;
  std::vector<std::unique_ptr<Page>> pages_;
};

class Letterings {
 public:
  explicit Letterings(const font::Faces& faces) : faces_(faces) {}
  Lettering& of(const std::string& role);
  void add_to(font::Characters& characters) const;

 private:
  const font::Faces& faces_;
  std::map<std::string, Lettering, std::less<>> by_role_;
};

}  // namespace wenshu::certificate
