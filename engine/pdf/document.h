// Placed pages to a PDF 1.7 file, made to the rules of PDF/A-2u (tests/product/archive_rules.py). The only room that knows libharu, of which only the object layer is used.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/date.h"
#include "document/placed.h"
#include "pdf/prepared.h"

namespace wenshu::pdf {

struct Info {
  std::string title, author, subject;
  Time
      created;  // printed in China time; the document's own date, so that the same input gives the same bytes
};

class Document {
 public:
  Document(Info info, const Prepared& prepared) : info_(std::move(info)), prepared_(prepared) {}

  // REQUIRES: the page's characters are among those prepared.
  void add_page(document::PlacedPage page) { pages_.push_back(std::move(page)); }
  // Bookmarks. REQUIRES: their pages are added before the end.
  void set_outline(std::vector<document::OutlineEntry> outline) { outline_ = std::move(outline); }
  // The finished file. Throws Failure when libharu gives up.
  std::string finish() const;
  // The same in place of what `file` held, whose room serves one document after another.
  void finish(std::string& file) const;

 private:
  Info info_;
  const Prepared& prepared_;
  std::vector<document::PlacedPage> pages_;
  std::vector<document::OutlineEntry> outline_;
};

class Making;

// A file of many pages that are written down as they come, so that only a kilobyte or two of each is held. One at a time on a thread, and
// no Document is finished meanwhile.
class Volume {
 public:
  explicit Volume(const Prepared& prepared);
  ~Volume();

  // REQUIRES: all characters are among the fixed ones of `prepared`.
  void add_page(const document::PlacedPage& page);
  // Once. Bookmarks name pages from 0. Throws Failure when libharu gives up.
  std::string finish(const Info& info, const std::vector<document::OutlineEntry>& outline);

 private:
  std::unique_ptr<Making> making_;
  std::vector<std::shared_ptr<const document::PlacedPage>> grounds_;  // known by their addresses
};

}  // namespace wenshu::pdf
