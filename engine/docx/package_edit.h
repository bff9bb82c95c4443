// What filling adds to a package besides the text of its parts: media, relationships, whole parts, entries of
// parts that collect things (footnotes, numbering, comments). Names and numbers are given in the order of asking,
// so that the same data gives the same bytes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "package/archive.h"

namespace wenshu::docx {

class PackageEdit {
 public:
  // `base` is the template's package; it must outlive this.
  explicit PackageEdit(const package::Archive& base) : base_(base) {}

  enum class Target { inside, outside };  // outside: an address, TargetMode="External"
  // The id of a relationship of `part` ("word/document.xml"); equal ones share it. `type` is the last word of the
  // type's address ("image", "hyperlink"), `target` as written in the .rels file (relative to the part's folder).
  std::string relate(const std::string& part, std::string_view type, const std::string& target,
                     Target where = Target::inside);

  // The same under an id that the part's own text names already: for parts that were added whole.
  void relate_as(const std::string& part, const std::string& id, const std::string& full_type,
                 const std::string& target, Target where = Target::inside);

  // A picture under word/media; the same bytes are kept once. Gives the target for relate() from parts in word/:
  // "media/wenshu1.png". `extension` without a dot, one of png jpeg jpg gif bmp svg emf wmf.
  std::string add_media(std::string bytes, const std::string& extension);

  // A new part: "word/embedded" and "docx" make word/embedded1.docx, or the next number that is free. Gives the
  // whole name; the content type becomes an Override.
  std::string add_part(const std::string& stem, const std::string& extension, std::string bytes,
                       std::string_view content_type);

  // Sees to it that the package has this part ("word/footnotes.xml"): an absent one is made from `skeleton` (a
  // whole XML file) and related to word/document.xml by `type`.
  void need_part(const std::string& name, std::string_view content_type, std::string_view type,
                 std::string_view skeleton);

  // Puts finished XML before the end of the root of a part, or before its first element `before` ("w:num") when
  // there is one. The XML may use only prefixes that the part's root declares or it declares itself. Works for
  // parts with tags as well: it is done last.
  void append(const std::string& part, std::string_view xml, std::string_view before = {});

  // The bytes of a part in the template, "" when it has none; of a part made by need_part its skeleton.
  std::string_view original(const std::string& part) const;
  // The greatest number in `attribute="…"` (w:id) of the part's template, `least` when there is none; each call
  // of next_number gives one more.
  long long next_number(const std::string& part, std::string_view attribute, long long least);

  // For the one who writes the package. Has a part anything to be changed?
  bool changes(const std::string& part) const;
  // The part's bytes with all that was appended.
  std::string apply(const std::string& part, std::string bytes) const;
  struct Added {
    std::string name, bytes;
  };
  const std::vector<Added>& added() const { return added_; }

 private:
  struct Insertion {
    std::string xml, before;
  };
  bool has(const std::string& name) const;
  Added* find_added(const std::string& name);
  void declare_default(const std::string& extension, std::string_view content_type);

  const package::Archive& base_;
  std::vector<Added> added_;
  std::map<std::string, std::vector<Insertion>> insertions_;  // by part
  std::map<std::string, std::string> relationships_;          // part, type, target → id
  std::map<std::string, std::string> media_;                  // hash → target
  std::map<std::string, long long> numbers_;                  // part and attribute → last given
  std::map<std::string, int> names_;                          // stem → last number
  std::set<std::string> extensions_;                          // declared here
};

// word/document.xml → word/_rels/document.xml.rels
std::string relationships_of(const std::string& part);

}  // namespace wenshu::docx
