#include "docx/write_flow.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "chinese/line_break.h"
#include "docx/write_element.h"

namespace wenshu::docx {
namespace {

using document::Paragraph;

// Word puts the baseline of an exact line at 4/5 of its pitch; a character's box reaches 0.88 em above it.
constexpr double kAscentOfLine = 0.8;
constexpr double kAscent = 0.88;

const document::Run& first_run(const Paragraph& paragraph) {
  static const document::Run kDefault;
  return paragraph.runs.empty() ? kDefault : paragraph.runs[0];
}

double size_of(const Paragraph& paragraph) {
  double size = paragraph.runs.empty() ? first_run(paragraph).size_pt : 0;
  for (const document::Run& run : paragraph.runs) size = std::max(size, run.size_pt);
  return size;
}

// Points.
double width_of(const document::Run& run, std::u32string_view text) {
  double width = 0;
  for (const char32_t c : text) width += (chinese::is_wide(c) ? 1 : 0.5) * run.size_pt + run.tracking_pt;
  return width;
}

double count_lines(const Paragraph& paragraph, double width_mm) {
  const document::Run& first = first_run(paragraph);
  const double unit = first.size_pt + first.tracking_pt;
  const double room = width_mm * kPointsPerMm - (paragraph.left_indent + paragraph.right_indent) * unit;
  double lines = 1, width = paragraph.first_line_indent * unit;
  for (const document::Run& run : paragraph.runs)
    for (const char32_t c : to_characters(run.text)) {
      const double more = c == U'\n' || c == U'\t' ? 0 : width_of(run, {&c, 1});
      width += more;
      if (c != U'\n' && (width <= room || width == more)) continue;
      ++lines;
      width = more + paragraph.hanging_indent * unit;
    }
  return lines;
}

}  // namespace

double air_above(const Paragraph& paragraph) {
  return std::max(0.0, kAscentOfLine * paragraph.line_pitch_pt - kAscent * size_of(paragraph));
}

double height_of(const Paragraph& paragraph, double width_mm) {
  const double rule = paragraph.rule_gap_pt + paragraph.rule_pt;
  return count_lines(paragraph, width_mm) * paragraph.line_pitch_pt + paragraph.space_after_pt +
         (paragraph.rule_above ? rule : 0) + (paragraph.rule_below ? rule : 0);
}

double height_of(const document::Cell& cell, const document::Table& table, double width_mm) {
  double height = 2 * table.cell_padding_mm * kPointsPerMm + table.inner_rule_pt;
  for (const Paragraph& paragraph : cell.paragraphs)
    height += paragraph.space_before_pt + height_of(paragraph, width_mm - 2 * table.cell_margin_mm);
  return height;
}

void Flow::pass(const Paragraph& paragraph) {
  reached_pt_ += paragraph.top_mm ? space_above(paragraph, *paragraph.top_mm) : paragraph.space_before_pt;
  reached_pt_ += height_of(paragraph, width_mm_);
}

void Flow::pass(const document::Table& table) {
  if (table.top_mm) reached_pt_ += space_above(table, *table.top_mm);
  for (const document::Row& row : table.rows) {
    double height = 0;
    size_t column = 0;
    for (const document::Cell& cell : row.cells) {
      double width = 0;
      for (int i = 0; i < cell.columns && column < table.column_mm.size(); ++i)
        width += table.column_mm[column++];
      height = std::max(height, height_of(cell, table, width));
    }
    reached_pt_ += height;
  }
}

double Flow::space_above(const Paragraph& paragraph, double top_mm) const {
  return std::max(0.0, top_mm * kPointsPerMm - air_above(paragraph) - reached_pt_);
}

double Flow::space_above(const document::Table& table, double top_mm) const {
  double air = 0;  // of the first row, where no rule stands above it
  if (table.outer_rule_pt == 0 && !table.rows.empty()) {
    air = INFINITY;
    for (const document::Cell& cell : table.rows[0].cells)
      for (const Paragraph& paragraph : cell.paragraphs) air = std::min(air, air_above(paragraph));
    air = (std::isfinite(air) ? air : 0) + table.cell_padding_mm * kPointsPerMm;
  }
  return std::max(0.0, top_mm * kPointsPerMm - air - reached_pt_);
}

}  // namespace wenshu::docx
