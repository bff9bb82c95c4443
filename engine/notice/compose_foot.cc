// 版记 (GB/T 9704-2012 7.4).
#include "chinese/date.h"
#include "notice/compose_parts.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Cell;
using document::Paragraph;
using document::Row;

Paragraph line(const std::string& text, Align align) {
  Paragraph made = paragraph("版记", run(text, document::Face::fangsong, kSize4));
  made.align = align;
  made.line_pitch_pt = kSmallPitch;
  made.left_indent = made.right_indent = 1;
  return made;
}

Cell cell(const std::string& text, Align align) {
  Cell made;
  made.paragraphs.push_back(line(text, align));
  return made;
}

}  // namespace

// 抄送 above a thin rule, a moved 主送 above it without one; 印发机关 left and 印发日期 right, one blank character at
// both ends. A letter has neither rules nor the last line (10.1).
void add_foot(const Notice& notice, bool with_receivers, Blocks& blocks) {
  document::Block block;
  block.kind = document::Block::Kind::foot;
  document::Table& table = block.foot.table;
  block.foot.on_even_page = notice.foot_on_even;
  const bool letter = notice.format == Format::letter;
  const std::string day = notice.print_date ? chinese::to_date_text(*notice.print_date) + "印发" : "";
  // One blank at the right end, and room for the gaps that some readers put around digits.
  const double day_mm = notice.print_date ? (width_of(day) + 5) * kSize4 / kPointsPerMm : kTextWidthMm / 2;
  table.column_mm = {kTextWidthMm - day_mm, day_mm};
  table.outer_rule_pt = letter ? 0 : kThickRulePt;
  table.inner_rule_pt = letter ? 0 : kThinRulePt;
  table.upright_rules = false;
  // Indents keep the text off the ends: a margin would move the rules in some readers.
  table.cell_margin_mm = 0;
  Cell copies;
  copies.columns = 2;
  if (with_receivers) copies.paragraphs.push_back(line("主送：" + notice.to + "。", Align::left));
  if (!notice.copy_to.empty())
    copies.paragraphs.push_back(line("抄送：" + notice.copy_to + "。", Align::left));
  for (Paragraph& each : copies.paragraphs) each.hanging_indent = 3;
  if (!copies.paragraphs.empty()) table.rows.emplace_back().cells.push_back(std::move(copies));
  if (notice.print_date) {
    Row& row = table.rows.emplace_back();
    row.cells.push_back(cell(notice.printed_by, Align::left));
    row.cells.push_back(cell(day, Align::right));
  }
  if (!table.rows.empty()) blocks.push_back(std::move(block));
}

}  // namespace wenshu::notice
