// What stands at fixed places of a page whatever its text is: page numbers and rules; inside this room only.
#pragma once

#include <cstddef>

#include "document/document.h"
#include "document/placed.h"
#include "layout/letters.h"

namespace wenshu::layout {

// — 1 — with one blank character outside it, right on odd, left on even pages, its dash 7 mm below the text area
// (GB/T 9704-2012 7.5). On a landscape page it stands where it stands on the `upright` pages that it is bound with
// (7.5, 10): the sheet is turned a quarter counterclockwise, its head at the left edge of the upright sheet.
void add_number(size_t number, const document::Page& upright, Lettering& lettering,
                document::PlacedPage& page);

void add_rule(const document::PageRule& rule, document::PlacedPage& page);

}  // namespace wenshu::layout
