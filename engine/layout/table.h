// Tables as rows of lines, and rows onto pages; inside this room only.
#pragma once

#include <vector>

#include "document/document.h"
#include "layout/letters.h"
#include "layout/lines.h"

namespace wenshu::layout {

struct SetCell {
  double x = 0, width = 0;  // from the left edge of the table
  double lines_height = 0;
  std::vector<Line> lines;
  size_t rows = 1;         // covered, this one included
  size_t drawn = 0;        // lines that stand on pages before
  bool continues = false;  // joined with the cell above: has no lines of its own
};

struct SetRow {
  double height = 0;  // its upper rule included
  std::vector<SetCell> cells;
  bool joined = false;  // the further part of a row that is taller than a page
  bool keeps = false;   // stays on the page of the row above
};

struct SetTable {
  const document::Table* table = nullptr;
  std::vector<SetRow> rows;
  size_t heads = 0;         // rows that stand on each page again
  double x = 0, width = 0;  // from the left edge of the text area
  double heads_height() const;
  double height() const;
  // From its upper edge to what is seen first: its upper rule, or without rules its highest characters.
  double top() const;
};

struct Room {
  double width = 156;   // mm, of the text area: the columns of a wider table get narrower
  double height = 225;  // mm, of an empty page: rows that are taller become several, a line each
  bool squeezes = false;
};
SetTable set_table(const document::Table& table, Lettering& lettering, const Room& room);

struct RowPlace {
  size_t row = 0;
  double y = 0;  // mm from the top of the page
};
// Rows that follow one another on one page, with their texts and rules, in a text area that begins at `left`. Page
// after page: a cell that covers rows of several goes on where it stopped.
void draw_rows(SetTable& table, const std::vector<RowPlace>& places, double left, document::PlacedPage& page);

}  // namespace wenshu::layout
