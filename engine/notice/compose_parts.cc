#include "notice/compose_parts.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "chinese/line_break.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Block;
using document::Paragraph;

double height_of(const Paragraph& paragraph) {
  return lines_of(paragraph) * paragraph.line_pitch_pt + paragraph.space_after_pt +
         (paragraph.rule_below ? paragraph.rule_gap_pt + paragraph.rule_pt : 0);
}

// Rows of one line a cell, as the marks of joint organs are.
double height_of(const document::Table& table) {
  double height = 0;
  for (const document::Row& row : table.rows) height += row.cells[0].paragraphs[0].line_pitch_pt;
  return height;
}

}  // namespace

double width_of(const std::string& text) {
  double width = 0;
  for (const char32_t c : to_characters(text)) width += chinese::is_wide(c) ? 1 : 0.5;
  return width;
}

document::Run run(std::string text, document::Face face, double size) {
  document::Run made;
  made.text = std::move(text);
  made.face = face;
  made.size_pt = size;
  made.tracking_pt = size == kSize3 ? kTracking : 0;
  return made;
}

Paragraph paragraph(std::string style, document::Run first) {
  Paragraph made;
  made.style = std::move(style);
  made.runs.push_back(std::move(first));
  return made;
}

Paragraph& add(Blocks& blocks, Paragraph made) {
  Block& block = blocks.emplace_back();
  block.paragraph = std::move(made);
  return block.paragraph;
}

Block& add(Blocks& blocks, document::Table table) {
  Block& block = blocks.emplace_back();
  block.kind = Block::Kind::table;
  block.table = std::move(table);
  return block;
}

Paragraph& last(Blocks& blocks) { return blocks.back().paragraph; }

double lines_of(const Paragraph& paragraph) {
  std::string text;
  for (const document::Run& run : paragraph.runs) text += run.text;
  const double size = paragraph.runs.empty() ? kSize3 : paragraph.runs[0].size_pt;
  const double room = std::floor(kTextWidthMm * kPointsPerMm / (size + kTracking)) - paragraph.left_indent -
                      paragraph.right_indent;
  double lines = 0, indent = paragraph.first_line_indent;
  for (const std::string& line : split(text, "\n")) {
    lines += std::max(1.0, std::ceil((width_of(line) + indent) / room));
    indent = 0;
  }
  return lines;
}

double height_of(const Blocks& blocks) {
  double height = 0;
  for (const Block& block : blocks) {
    const auto& top = block.kind == Block::Kind::table ? block.table.top_mm : block.paragraph.top_mm;
    if (top) height = std::max(height, *top * kPointsPerMm);
    if (block.kind == Block::Kind::table)
      height += height_of(block.table);
    else if (block.kind == Block::Kind::paragraph)
      height += (top ? 0 : block.paragraph.space_before_pt) + height_of(block.paragraph);
  }
  return height / kPointsPerMm;
}

}  // namespace wenshu::notice
