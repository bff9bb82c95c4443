// Faces cut down to the characters that a document shows, ready to be put into a PDF (ISO 32000-1, 9.7
// and 9.9).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "font/faces.h"
#include "font/program.h"

namespace wenshu::font {

using Characters = std::map<std::string, std::set<char32_t>, std::less<>>;  // by id of the face

enum class Outlines { truetype, cff };

// All numbers in thousandths of the em.
struct Subset {
  struct Glyph {
    uint16_t code = 0;  // the CID to show, which is the glyph's number too
    // Characters that share a glyph share its code, so each needs its own ToUnicode: 0 for the first of them,
    // 1 …
    uint8_t spelling = 0;
    double width = 0;
  };
  // Glyphs by character, in the order of the characters.
  class Glyphs {
   public:
    const Glyph* find(char32_t character) const;  // nullptr when it is not there
    const Glyph& at(char32_t character) const;    // throws std::out_of_range
    bool contains(char32_t character) const { return find(character) != nullptr; }
    size_t size() const { return list_.size(); }
    auto begin() const { return list_.begin(); }
    auto end() const { return list_.end(); }

   private:
    friend class Batch;
    std::vector<std::pair<char32_t, Glyph>> list_;
  };
  std::string
      name;  // "ABCDEF+FandolFang-Regular"; the tag comes from the content, so equal subsets have equal names
  Outlines outlines = Outlines::truetype;
  Program program;  // a TrueType file of glyf head hhea hmtx loca maxp, or a bare CFF table
  Glyphs glyphs;
  int spellings = 1;  // how many ToUnicode maps there are
  int ascent = 0, descent = 0;
  int box[4] = {0, 0, 0, 0};  // left, bottom, right, top
};

// Whether the font's maker allows a part of it to be put into a document (OpenType specification, OS/2, fsType).
bool may_embed(const Face& face);

// All characters of a batch, cut out of the big files once with HarfBuzz; the subsets of single documents are put
// together from the glyphs of that, which takes microseconds. A subset's bytes depend on its own characters alone, never on the rest of the batch. Const calls are
// thread-safe.
class Batch {
 public:
  // REQUIRES: each id is an installed face that has the characters; the faces outlive the batch. Throws Failure when
  // a font cannot be cut, or must not be embedded.
  Batch(const Faces& faces, const Characters& characters);
  // Empty yet. `expected` are characters that documents still to come may show: they are taken along when a face
  // is cut.
  Batch(const Faces& faces, std::set<char32_t> expected);
  // Sees to the characters: a face that lacks some is cut again, with all it had. Not while another thread cuts.
  void add(const Characters& characters);
  ~Batch();
  Batch(Batch&&) noexcept;

  // REQUIRES: the characters are among those of the batch; those of a string ascend, each once.
  Subset cut(std::string_view face, std::u32string_view characters) const;
  Subset cut(std::string_view face, const std::set<char32_t>& characters) const;

 private:
  struct Part;
  static std::unique_ptr<Part> cut_part(const Face& whole, const std::set<char32_t>& characters);
  const Faces* faces_;
  std::set<char32_t> expected_;
  std::map<std::string, std::unique_ptr<Part>, std::less<>> parts_;
};

}  // namespace wenshu::font
