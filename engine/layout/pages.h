// What stands on which page; inside this room only.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "document/placed.h"
#include "layout/lines.h"
#include "layout/table.h"

namespace wenshu::layout {

// A piece as Word measures it: its lines stand closer, with their air above the characters. These measures decide what
// stands on which page, so that the Word file breaks its pages at the same places.
struct WordMeasure {
  double before = 0, height = 0;  // mm
  std::optional<double> top;
};

// What pages are filled with: a line of a paragraph or a row of a table.
struct Piece {
  double before = 0;  // mm; left out at the top of a page that was reached by overflow
  // mm from the top of the first page, in place of `before`, unless what stands above it reaches further.
  std::optional<double> top;
  double height = 0;  // to the next piece
  double depth = 0;   // what must fit: air may hang out of the text area
  WordMeasure word;
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
  double word_end = 0;        // the same as Word measures
};

struct Heights {
  double first = 225, second = 225, other = 225;  // mm, of the text area of the first pages and of the others
};

// At least one page. What reaches over the edge by a trifle, since Word found room for it, stands that much closer.
// Pieces that no page has room for stand on one of their own.
std::vector<Filled> fill_pages(const std::vector<Piece>& pieces, const Heights& heights);

}  // namespace wenshu::layout
