// What stands on which page; inside this room only.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "document/placed.h"
#include "layout/lines.h"
#include "layout/table.h"

namespace wenshu::layout {

// What pages are filled with: a line of a paragraph or a row of a table.
struct Piece {
  double before = 0;  // mm; left out at the top of a page that was reached by overflow
  // mm from the top of the first page, in place of `before`, unless what stands above it reaches further.
  std::optional<double> top;
  double height = 0;      // to the next piece
  double depth = 0;       // what must fit: air may hang out of the text area
  bool may_begin = true;  // a page
  bool must_begin = false;
  Line line;
  std::vector<document::PlacedRule> rules;  // from the left edge and the top of the line
  std::optional<document::OutlineEntry> heading;
  SetTable* table = nullptr;  // then `row` of it, and no line
  size_t row = 0;
};

struct Stand {
  const Piece* piece = nullptr;
  double y = 0;  // mm from the top of the text area
};

struct Filled {
  std::vector<Stand> stands;  // repeated head rows included
  double end = 0;             // lowest edge of what must fit
};

struct Heights {
  double first = 225, other = 225;  // mm, of the text area of the first page and of the others
};

// At least one page. Pieces that no page has room for stand on one of their own.
std::vector<Filled> fill_pages(const std::vector<Piece>& pieces, const Heights& heights);

}  // namespace wenshu::layout
