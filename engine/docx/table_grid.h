// The grid of a table whose columns depend on the data: widths in w:tblGrid and in cells, spans of the cells above and below.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "docx/mark.h"

namespace wenshu::docx {

// Stands in the place of w:tblGrid.
class TableGrid : public Hook {
 public:
  struct Range {
    size_t begin = 0, end = 0;  // columns of the template's grid
    // How often they stand in the filled table; asked where the table begins.
    std::function<size_t(Renderer&)> count;
  };
  using IsRepeated = std::function<bool(const pugi::xml_node& cell)>;

  // Changes the table around the site: cells that repeat get their share of the width, others span what they spanned.
  // Null after a finding (a cell that begins or ends in the middle of a range).
  static std::shared_ptr<const TableGrid> build(const MarkSite& site, std::vector<Range> ranges,
                                                const IsRepeated& is_repeated, Marking& marking);
  // The one that a table has, or null.
  static const TableGrid* find(const pugi::xml_node& table, const Marking& marking);

  // What was asked last.
  size_t count(Renderer& renderer, size_t range) const;
  const std::vector<Range>& ranges() const { return ranges_; }
  void run(Renderer& renderer, const Program&) const override;

 private:
  std::vector<Range> ranges_;
  std::vector<long long> widths_;  // of the template's columns, twips
};

// Where cells stand in the template's grid.
struct GridCell {
  pugi::xml_node cell;
  size_t begin = 0, end = 0;
};
// The cells of a row, also those inside content controls and hooks.
std::vector<GridCell> grid_cells(const pugi::xml_node& row);

}  // namespace wenshu::docx
