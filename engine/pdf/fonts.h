// The fonts of one document: of each face the batch's subset, and one of its own for the characters beyond that.
// Inside this room only.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/placed.h"
#include "pdf/haru.h"
#include "pdf/parts.h"

namespace wenshu::pdf {

struct Shown {
  const std::string* resource = nullptr;  // name of the font in the page's resources: F0
  const font::Subset::Glyph* glyph = nullptr;
};

class Fonts {
 public:
  // All that was prepared, and nothing else.
  explicit Fonts(const Prepared::Parts& parts);
  // Of the pages and their grounds.
  Fonts(const Prepared::Parts& parts, const std::vector<const document::PlacedPage*>& pages);

  class Face {
   public:
    // Throws Failure when the character was not prepared.
    Shown show(char32_t character) const;

   private:
    friend class Fonts;
    std::string_view id_;
    const FontPart* shared_ = nullptr;
    bool uses_shared_ = false;
    std::u32string rest_;  // characters beyond the shared part
    std::unique_ptr<FontPart> own_;
  };
  const Face& face(std::string_view id) const;

  // Puts all fonts into the file.
  void write(Haru& haru);
  // "/F0 12 0 R /F1 17 0 R": of all faces, or of some; REQUIRES: written.
  std::string resources() const;
  std::string resources(const std::vector<std::string>& faces) const;

  std::string names() const;  // of the subsets

 private:
  Face& add_face(std::string_view id);
  void add_characters(const document::PlacedPage& page);

  const Prepared::Parts& parts_;
  std::deque<Face> faces_;
  struct Written {
    const Face* face = nullptr;
    const std::string* name = nullptr;
    Object object;
  };
  std::vector<Written> written_;
};

}  // namespace wenshu::pdf
