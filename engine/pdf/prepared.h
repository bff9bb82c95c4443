// What the documents of a batch share, made once: faces cut to the batch's characters, finished streams,
// pictures.
#pragma once

#include <memory>
#include <vector>

#include "document/placed.h"
#include "font/faces.h"
#include "font/subset.h"

namespace wenshu::pdf {

// The characters of pages by the face that draws them.
void add_characters(const document::PlacedPage& page, font::Characters& characters);
void add_characters(const std::vector<document::PlacedPage>& pages, font::Characters& characters);

enum class Pack;  // parts.h

// What the pages point to again and again.
struct Common {
  std::vector<std::shared_ptr<const picture::Pixels>> pictures;
  // REQUIRES: their characters are among the fixed ones.
  std::vector<std::shared_ptr<const document::PlacedPage>> grounds;
};

// `fixed` are the characters that stand in every document whoever it is for (the sheet's own words): one
// subset a face serves them all. The rest of `all` is cut anew for each document. A document's bytes depend
// on `fixed` and on its own pages, never on the rest of `all`. Const use from several threads is safe.
class Prepared {
 public:
  Prepared(const font::Faces& faces, const font::Characters& fixed, const font::Characters& all,
           Common common = {});
  // As the first, of characters that were cut out already.
  Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed, Common common);
  // For a single document, of a batch that has what it shows: packed quickly, as nothing is used twice.
  Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed);
  // For a volume out of the same batch, with the same common things: all its characters at once. REQUIRES: they are among `all`.
  Prepared for_volume(const font::Characters& characters) const;
  ~Prepared();
  Prepared(Prepared&&) noexcept;

  struct Parts;  // for writer.cc alone
  const Parts& parts() const { return *parts_; }

 private:
  Prepared(std::shared_ptr<const font::Batch> batch, const font::Characters& fixed, Common common, Pack pack);
  void prepare(const font::Characters& fixed, Pack pack);
  std::unique_ptr<Parts> parts_;
};

}  // namespace wenshu::pdf
