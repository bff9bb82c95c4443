// The bookmarks of a document (ISO 32000-1, 12.3.3); inside this room only.
#pragma once

#include <vector>

#include "document/placed.h"
#include "pdf/haru.h"

namespace wenshu::pdf {

struct Target {
  Object page;
  double height_mm = 0;
};

// A tree by the levels, all of it open. A level that is skipped counts as the one below its parent. Gives the root,
// for the catalog's /Outlines. REQUIRES: an entry; each entry's page is one of `pages`.
Object write_bookmarks(Haru& haru, const std::vector<document::OutlineEntry>& outline,
                       const std::vector<Target>& pages);

}  // namespace wenshu::pdf
