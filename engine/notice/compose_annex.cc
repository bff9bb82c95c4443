// 附件 and their tables (GB/T 9704-2012 7.3.7, 7.6).
#include <fmt/format.h>

#include <algorithm>

#include "notice/compose_parts.h"
#include "notice/profile.h"
#include "notice/table.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Cell;
using document::Face;
using document::Paragraph;
using document::Row;

Cell cell(const char* style, const std::string& text, Face face, Align align) {
  Cell made;
  made.paragraphs.push_back(paragraph(style, run(text, face, kTableSize)));
  made.paragraphs[0].align = align;
  made.paragraphs[0].line_pitch_pt = kTablePitch;
  return made;
}

Cell continued(const char* style) {
  Cell made = cell(style, "", Face::fangsong, Align::centre);
  made.continues_above = true;
  return made;
}

// A column of short entries (numbers, times, hours) stands centred, one with sentences begins at the left.
Align align_of(const Table& table, size_t column, double room) {
  if (table.columns[column].merged) return Align::centre;
  for (const auto& texts : table.rows)
    if (width_of(texts[column]) > std::min(room, 8.0)) return Align::left;
  return Align::centre;
}

// One row, or two where columns stand under a common head; the others then reach over both.
void add_heads(const Table& table, std::vector<Row>& rows) {
  const auto& columns = table.columns;
  const bool grouped =
      std::any_of(columns.begin(), columns.end(), [](const auto& column) { return !column.group.empty(); });
  Row upper, lower;
  upper.repeats = lower.repeats = true;
  for (size_t i = 0; i < columns.size();) {
    const std::string& group = columns[i].group;
    upper.cells.push_back(cell("表头", group.empty() ? columns[i].title : group, Face::heiti, Align::centre));
    if (group.empty()) {
      lower.cells.push_back(continued("表头"));
      ++i;
      continue;
    }
    int count = 0;
    for (; i < columns.size() && columns[i].group == group; ++i, ++count)
      lower.cells.push_back(cell("表头", columns[i].title, Face::heiti, Align::centre));
    upper.cells.back().columns = count;
  }
  rows.push_back(std::move(upper));
  if (grouped) rows.push_back(std::move(lower));
}

// Equal neighbours in merged columns; never past the end of a merged cell further left.
bool continues_above(const Table& table, size_t row, size_t column) {
  if (row == 0 || !table.columns[column].merged || table.rows[row][column].empty()) return false;
  for (size_t i = 0; i <= column; ++i)
    if (table.columns[i].merged && table.rows[row][i] != table.rows[row - 1][i]) return false;
  return true;
}

void add_table(const Table& table, double width_mm, Blocks& blocks) {
  document::Table made;
  made.outer_rule_pt = made.inner_rule_pt = kTableRulePt;
  made.cell_padding_mm = kTablePaddingMm;
  made.column_mm = column_widths(table, width_mm);
  add_heads(table, made.rows);
  std::vector<Align> aligns;
  for (const double mm : made.column_mm)
    aligns.push_back(align_of(table, aligns.size(), mm * kPointsPerMm / kTableSize - 0.5));
  for (size_t i = 0; i < table.rows.size(); ++i) {
    Row& row = made.rows.emplace_back();
    for (size_t k = 0; k < aligns.size(); ++k)
      row.cells.push_back(continues_above(table, i, k)
                              ? continued("表文")
                              : cell("表文", table.rows[i][k], Face::fangsong, aligns[k]));
  }
  add(blocks, std::move(made));
}

}  // namespace

// Label on line 1, title on line 3. One that is bound by itself says on line 1 to which document it belongs.
void add_annex(const Notice& notice, const Annex& annex, double width_mm, Blocks& blocks) {
  const std::string order =
      notice.attachments.size() > 1 ? fmt::format("{}", annex.attachment + 1) : std::string();
  Paragraph& label = add(blocks, Paragraph{});
  label.style = "附件编号";
  label.align = Align::left;
  label.page_break_before = blocks.size() > 1;
  label.keep_with_next = true;
  if (annex.separate) label.runs.push_back(run(notice.number));
  label.runs.push_back(run("附件" + order, Face::heiti));
  add_title(notice, annex.title, kPitch, blocks);
  last(blocks).space_after_pt = annex.body.empty() ? kPitch / 2 : 0;
  if (!annex.body.empty()) {
    add_body(annex.body, kPitch, blocks);
    if (annex.table) last(blocks).space_after_pt = kPitch / 2;
  }
  if (annex.table) add_table(*annex.table, width_mm, blocks);
}

}  // namespace wenshu::notice
