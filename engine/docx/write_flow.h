// How far down its page Word has come: what turns a place on the page into the space above a paragraph.
#pragma once

#include "document/document.h"

namespace wenshu::docx {

// Of the first page of one section, in Word's own measures (the fixed pages stretch theirs). Lines are counted by
// the widths of cells: good for what stands above a fixed place, which are single lines.
class Flow {
 public:
  explicit Flow(double width_mm) : width_mm_(width_mm) {}

  void pass(const document::Paragraph& paragraph);
  void pass(const document::Table& table);
  // The space above a paragraph (points), so that its characters begin `top_mm` below the top of the text area; 0 where
  // others reach as far.
  double space_above(const document::Paragraph& paragraph, double top_mm) const;
  // The same for a paragraph of no height before a table that begins there.
  double space_above(const document::Table& table, double top_mm) const;

 private:
  double width_mm_;
  double reached_pt_ = 0;
};

// Points, counted by the widths of cells.
double height_of(const document::Paragraph& paragraph, double width_mm);
// Of what stands in a cell whose columns are `width_mm` wide.
double height_of(const document::Cell& cell, const document::Table& table, double width_mm);

// Points between the top of Word's line and the top of its first character.
double air_above(const document::Paragraph& paragraph);

}  // namespace wenshu::docx
