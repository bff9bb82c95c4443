// Finished pieces of a PDF: what a Prepared holds; inside this room only.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "font/subset.h"
#include "pdf/prepared.h"

namespace wenshu::pdf {

// How hard a part is packed: one that goes into many files, once.
enum class Pack { quickly, tightly, not_at_all };

// A subset with everything that the file says of it (ISO 32000-1, 9.7).
class FontPart {
 public:
  // `first_name` is the number of its first resource name: F0, or O0 for one document's own.
  FontPart(font::Subset cut, Pack pack, char prefix, int first_name);

  // nullptr when the subset has not got it.
  const font::Subset::Glyph* find(char32_t character) const {
    if (pages_.empty()) return subset.glyphs.find(character);
    const auto& page = pages_[character >> 8];
    return page ? (*page)[character & 255] : nullptr;
  }

  font::Subset subset;
  std::string_view program_entries;  // the font file's stream
  std::string program, length;
  std::string descriptor_entries, descendant_entries;  // /FontDescriptor, /CIDFontType0 or 2 with /W
  struct Spelling {
    std::string name;                       // in the resources of pages
    std::string type0_entries, to_unicode;  // the second is a stream's bytes
  };
  std::vector<Spelling> spellings;
  std::string_view to_unicode_entries;

 private:
  using Page = std::array<const font::Subset::Glyph*, 256>;
  std::vector<std::unique_ptr<Page>> pages_;  // of a subset that many characters are looked up in
};

// RGB and, when the picture is not opaque, its alpha as soft mask. A picture of one colour (a seal) keeps
// that colour in a single pixel, and its shape in the mask.
struct PicturePart {
  explicit PicturePart(const picture::Pixels& pixels);

  std::string entries, bytes;
  std::string mask_entries, mask;
  std::string digest;  // of both
};

class Fonts;

// The shared ground of pages as a form (ISO 32000-1, 8.10). `fonts` has its characters.
struct GroundPart {
  GroundPart(const document::PlacedPage& ground, const Fonts& fonts, Pack pack);

  std::string entries, bytes, digest;
  std::vector<std::string> faces;  // whose fonts it shows
};

struct Prepared::Parts {
  std::shared_ptr<const font::Batch> batch;
  std::map<std::string, std::unique_ptr<FontPart>, std::less<>> fixed;  // by face
  std::map<const picture::Pixels*, std::unique_ptr<PicturePart>> pictures;
  std::map<const document::PlacedPage*, std::unique_ptr<GroundPart>> grounds;
  Common common;  // kept, so that nothing else gets the address of one
};

}  // namespace wenshu::pdf
