// Faces cut down to the characters that a document shows, ready to be put into a PDF (ISO 32000-1, 9.7
// and 9.9).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "font/faces.h"

namespace wenshu::font {

using Characters = std::map<std::string, std::set<char32_t>, std::less<>>;  // by id of the face

enum class Outlines { truetype, cff };

// All numbers in thousandths of the em.
struct Subset {
  struct Glyph {
    uint16_t code = 0;  // the CID to show: glyph number (truetype) or CID of the charset (cff)
    // Characters that share a glyph share its code, so each needs its own ToUnicode: 0 for the first of them,
    // 1 …
    uint8_t spelling = 0;
    double width = 0;
  };
  std::string
      name;  // "ABCDEF+FandolFang-Regular"; the tag comes from the content, so equal subsets have equal names
  Outlines outlines = Outlines::truetype;
  std::string program;  // a TrueType file of glyf head hhea hmtx loca maxp, or a bare CFF table
  std::map<char32_t, Glyph> glyphs;
  int spellings = 1;  // how many ToUnicode maps there are
  int ascent = 0, descent = 0;
  int box[4] = {0, 0, 0, 0};  // left, bottom, right, top
};

// All characters of a batch, cut out of the big files once; subsets of single documents are then cut out of
// that. A subset's bytes depend on its own characters alone, never on the rest of the batch. Const calls are
// thread-safe.
class Batch {
 public:
  // REQUIRES: each id is an installed face that has the characters; the faces outlive the batch. Throws Failure when
  // a font cannot be cut.
  Batch(const Faces& faces, const Characters& characters);
  // Empty yet. `expected` are characters that documents still to come may show: they are taken along when a face
  // is cut.
  Batch(const Faces& faces, std::set<char32_t> expected);
  // Sees to the characters: a face that lacks some is cut again, with all it had. Not while another thread cuts.
  void add(const Characters& characters);
  ~Batch();
  Batch(Batch&&) noexcept;

  // REQUIRES: the characters are among those of the batch.
  Subset cut(std::string_view face, const std::set<char32_t>& characters) const;

 private:
  struct Part;
  static std::unique_ptr<Part> cut_part(const Face& whole, const std::set<char32_t>& characters);
  const Faces* faces_;
  std::set<char32_t> expected_;
  std::map<std::string, std::unique_ptr<Part>, std::less<>> parts_;
};

}  // namespace wenshu::font
