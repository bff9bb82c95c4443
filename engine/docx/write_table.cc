#include "docx/write_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "docx/write_element.h"
#include "docx/write_flow.h"

namespace wenshu::docx {
namespace {

using document::Cell;
using document::Row;
using document::Table;

void write_foot_place(pugi::xml_node properties, double left_mm) {
  pugi::xml_node node = add_element(properties, "w:tblpPr");
  set_attribute(node, "w:leftFromText", 0);
  set_attribute(node, "w:rightFromText", 0);
  set_attribute(node, "w:vertAnchor", std::string("margin"));
  set_attribute(node, "w:horzAnchor", std::string("page"));
  set_attribute(node, "w:tblpX", mm_to_twips(left_mm));
  set_attribute(node, "w:tblpYSpec", std::string("bottom"));
}

void write_rules(pugi::xml_node properties, const Table& table) {
  pugi::xml_node borders = add_element(properties, "w:tblBorders");
  const auto rule = [&](const char* side, bool drawn, double points) {
    pugi::xml_node node = add_element(borders, side);
    drawn = drawn && points > 0;
    set_attribute(node, "w:val", std::string(drawn ? "single" : "nil"));
    if (!drawn) return;
    set_attribute(node, "w:sz", std::llround(points * 8));
    set_attribute(node, "w:space", 0);
    set_attribute(node, "w:color", std::string("000000"));
  };
  rule("w:top", true, table.outer_rule_pt);
  rule("w:left", table.upright_rules, table.outer_rule_pt);
  rule("w:bottom", true, table.outer_rule_pt);
  rule("w:right", table.upright_rules, table.outer_rule_pt);
  rule("w:insideH", true, table.inner_rule_pt);
  rule("w:insideV", table.upright_rules, table.inner_rule_pt);
}

void write_width(pugi::xml_node parent, const char* name, double mm) {
  pugi::xml_node node = add_element(parent, name);
  set_attribute(node, "w:w", mm_to_twips(mm));
  set_attribute(node, "w:type", std::string("dxa"));
}

bool continues_at(const Row& row, size_t column) {
  size_t at = 0;
  for (const Cell& cell : row.cells) {
    if (at == column) return cell.continues_above;
    at += static_cast<size_t>(cell.columns);
  }
  return false;
}

// Which rows stay with the next: rows that a cell joins stay on one page, if it holds them under the heads, and heads
// stay with what they head. Word and LibreOffice take that from the paragraphs of a row.
class Keeping {
 public:
  Keeping(const Table& table, const std::vector<double>& columns, double height_mm)
      : table_(table), columns_(columns), room_(height_mm * kPointsPerMm), keeps_(table.rows.size(), false) {
    if (std::any_of(table.rows.begin(), table.rows.end(), is_joined)) keep_joined();
    for (size_t i = 0; i + 1 < table.rows.size(); ++i) keeps_[i] = keeps_[i] || table.rows[i].repeats;
  }

  bool keeps(size_t row) const { return keeps_[row]; }

 private:
  static bool is_joined(const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [](const Cell& cell) { return cell.continues_above; });
  }

  void keep_joined() {
    for (size_t i = 0; i < table_.rows.size(); ++i) heights_.push_back(height_of_row(i));
    each_cell([this](size_t row, size_t rows, double height) {
      if (rows > 1) heights_[row + rows - 1] += std::max(0.0, height - sum(row, rows));
    });
    size_t heads = 0;
    while (heads < table_.rows.size() && table_.rows[heads].repeats) ++heads;
    const double high = sum(0, heads);
    const double room = room_ - (high <= room_ / 2 ? high : 0);
    each_cell([this, room](size_t row, size_t rows, double) {
      if (rows < 2 || sum(row, rows) > room) return;
      for (size_t i = row; i + 1 < row + rows; ++i) keeps_[i] = true;
    });
  }

  double sum(size_t row, size_t rows) const {
    return std::accumulate(heights_.begin() + static_cast<std::ptrdiff_t>(row),
                           heights_.begin() + static_cast<std::ptrdiff_t>(row + rows), 0.0);
  }

  size_t count_rows(size_t row, size_t column) const {
    size_t count = 1;
    while (row + count < table_.rows.size() && continues_at(table_.rows[row + count], column)) ++count;
    return count;
  }

  template <class Use>
  void cells_of(size_t row, const Use& use) const {
    size_t column = 0;
    for (const Cell& cell : table_.rows[row].cells) {
      double width = 0;
      for (size_t i = column; i < column + static_cast<size_t>(cell.columns); ++i) width += columns_.at(i);
      if (!cell.continues_above) use(count_rows(row, column), height_of(cell, table_, width));
      column += static_cast<size_t>(cell.columns);
    }
  }

  template <class Use>
  void each_cell(const Use& use) const {
    for (size_t row = 0; row < table_.rows.size(); ++row)
      cells_of(row, [&](size_t rows, double height) { use(row, rows, height); });
  }

  double height_of_row(size_t row) const {
    double most = 2 * table_.cell_padding_mm * kPointsPerMm + table_.inner_rule_pt;
    cells_of(row, [&](size_t rows, double height) {
      if (rows == 1) most = std::max(most, height);
    });
    return most;
  }

  const Table& table_;
  const std::vector<double>& columns_;  // mm
  double room_;                         // pt, of a page
  std::vector<double> heights_;         // pt
  std::vector<bool> keeps_;
};

std::vector<double> columns_of(const Table& table, double room_mm) {
  const double width = std::accumulate(table.column_mm.begin(), table.column_mm.end(), 0.0);
  const double share = width > room_mm ? room_mm / width : 1;
  std::vector<double> columns;
  for (const double column : table.column_mm) columns.push_back(column * share);
  return columns;
}

class Writer {
 public:
  Writer(const Table& table, const TextArea& area,
         const std::function<void(pugi::xml_node, const document::Paragraph&)>& write_paragraph)
      : table_(table),
        write_paragraph_(write_paragraph),
        columns_(columns_of(table, area.width_mm)),
        width_(std::accumulate(columns_.begin(), columns_.end(), 0.0)),
        keeping_(table, columns_, area.height_mm) {}

  void write(pugi::xml_node parent, std::optional<double> foot_at_mm) {
    pugi::xml_node node = add_element(parent, "w:tbl");
    write_properties(add_element(node, "w:tblPr"), foot_at_mm);
    pugi::xml_node grid = add_element(node, "w:tblGrid");
    for (const double column : columns_)
      set_attribute(add_element(grid, "w:gridCol"), "w:w", mm_to_twips(column));
    for (size_t i = 0; i < table_.rows.size(); ++i) write_row(node, i);
  }

 private:
  void write_properties(pugi::xml_node properties, std::optional<double> foot_at_mm) {
    if (foot_at_mm) write_foot_place(properties, *foot_at_mm);
    write_width(properties, "w:tblW", width_);
    if (table_.align == document::Align::centre && !foot_at_mm) add_value(properties, "w:jc", "center");
    write_rules(properties, table_);
    set_attribute(add_element(properties, "w:tblLayout"), "w:type", std::string("fixed"));
    pugi::xml_node margins = add_element(properties, "w:tblCellMar");
    write_width(margins, "w:top", table_.cell_padding_mm);
    write_width(margins, "w:left", table_.cell_margin_mm);
    write_width(margins, "w:bottom", table_.cell_padding_mm);
    write_width(margins, "w:right", table_.cell_margin_mm);
  }

  void write_row(pugi::xml_node parent, size_t index) {
    const Row& row = table_.rows[index];
    pugi::xml_node node = add_element(parent, "w:tr");
    pugi::xml_node properties = add_element(node, "w:trPr");
    add_element(properties, "w:cantSplit");
    if (row.repeats) add_element(properties, "w:tblHeader");
    // A cell that is joined from below begins a vertical merge; look for one under each cell of this row.
    const Row* below = index + 1 < table_.rows.size() ? &table_.rows[index + 1] : nullptr;
    size_t at = 0;
    for (const Cell& cell : row.cells) {
      pugi::xml_node made = write_cell(node, cell, at, below && continues_at(*below, at));
      write_paragraphs(made, cell, keeping_.keeps(index));
      at += static_cast<size_t>(cell.columns);
    }
  }

  pugi::xml_node write_cell(pugi::xml_node row, const Cell& cell, size_t at, bool joined_below) {
    pugi::xml_node node = add_element(row, "w:tc");
    pugi::xml_node properties = add_element(node, "w:tcPr");
    double width = 0;
    for (int i = 0; i < cell.columns; ++i) width += columns_.at(at + static_cast<size_t>(i));
    write_width(properties, "w:tcW", width);
    if (cell.columns > 1) set_attribute(add_element(properties, "w:gridSpan"), "w:val", cell.columns);
    if (cell.continues_above || joined_below)
      add_value(properties, "w:vMerge", cell.continues_above ? "continue" : "restart");
    add_value(properties, "w:vAlign", "center");
    return node;
  }

  void write_paragraphs(pugi::xml_node cell, const Cell& from, bool keep) {
    for (document::Paragraph paragraph : from.paragraphs) {
      paragraph.keep_with_next = paragraph.keep_with_next || keep;
      write_paragraph_(cell, paragraph);
    }
    if (!from.paragraphs.empty()) return;
    pugi::xml_node speck = write_speck(cell);
    if (keep) set_attribute(add_element(speck.child("w:pPr"), "w:keepNext"), "w:val", 1);
  }

  const Table& table_;
  const std::function<void(pugi::xml_node, const document::Paragraph&)>& write_paragraph_;
  std::vector<double> columns_;  // mm
  double width_;
  Keeping keeping_;
};

}  // namespace

void write_table(pugi::xml_node parent, const Table& table, const TextArea& area,
                 std::optional<double> foot_at_mm,
                 const std::function<void(pugi::xml_node, const document::Paragraph&)>& write_paragraph) {
  Writer(table, area, write_paragraph).write(parent, foot_at_mm);
}

}  // namespace wenshu::docx
