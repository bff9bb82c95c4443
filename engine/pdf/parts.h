// Finished pieces of a PDF: what a Prepared holds; inside this room only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "font/subset.h"
#include "pdf/prepared.h"

namespace wenshu::pdf {

// A subset with everything that the file says of it (ISO 32000-1, 9.7).
struct FontPart {
  explicit FontPart(font::Subset cut);

  font::Subset subset;
  std::string program_entries, program;                // the font file's stream
  std::string descriptor_entries, descendant_entries;  // /FontDescriptor, /CIDFontType0 or 2 with /W
  std::vector<std::string> type0_entries, to_unicode;  // one for each spelling; the second is deflated
};

// RGB and, when the picture is not opaque, its alpha as soft mask. A picture of one colour (a seal) keeps
// that colour in a single pixel, and its shape in the mask.
struct PicturePart {
  explicit PicturePart(const picture::Pixels& pixels);

  std::string entries, bytes;
  std::string mask_entries, mask;
};

// The shared ground of pages as a form (ISO 32000-1, 8.10).
struct GroundPart {
  explicit GroundPart(const document::PlacedPage& ground);

  std::string entries, bytes;
};

struct Prepared::Parts {
  std::shared_ptr<const font::Batch> batch;
  std::map<std::string, std::unique_ptr<FontPart>, std::less<>> fixed;  // by face
  std::map<const picture::Pixels*, std::unique_ptr<PicturePart>> pictures;
  std::map<const document::PlacedPage*, std::unique_ptr<GroundPart>> grounds;
  Common common;  // kept, so that nothing else gets the address of one
};

}  // namespace wenshu::pdf
