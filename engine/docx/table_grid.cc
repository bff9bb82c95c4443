#include "docx/table_grid.h"

#include <fmt/format.h>

#include <optional>

#include "docx/place_tags.h"

namespace wenshu::docx {
namespace {

bool is_wrapper(std::string_view name) { return name == "w:sdt" || name == "w:sdtContent" || name == kHook; }

void collect(const pugi::xml_node& node, const char* wanted, std::vector<pugi::xml_node>& found) {
  for (const pugi::xml_node& child : node.children()) {
    if (std::string_view(child.name()) == wanted)
      found.push_back(child);
    else if (is_wrapper(child.name()))
      collect(child, wanted, found);
  }
}

// Both take the place of an element that the cell has in the template.
class WidthHook : public Hook {
 public:
  WidthHook(std::shared_ptr<const TableGrid> grid, size_t range, long long width, std::string type)
      : grid_(std::move(grid)), range_(range), width_(width), type_(std::move(type)) {}
  void run(Renderer& renderer, const Program&) const override {
    const auto count = static_cast<long long>(std::max<size_t>(grid_->count(renderer, range_), 1));
    renderer.out() += fmt::format(R"(<w:tcW w:w="{}" w:type="{}"/>)", width_ / count, type_);
  }

 private:
  std::shared_ptr<const TableGrid> grid_;
  size_t range_;
  long long width_;
  std::string type_;
};

class SpanHook : public Hook {
 public:
  SpanHook(std::shared_ptr<const TableGrid> grid, size_t span, std::vector<size_t> ranges)
      : grid_(std::move(grid)), span_(span), ranges_(std::move(ranges)) {}
  void run(Renderer& renderer, const Program&) const override {
    size_t span = span_;
    for (const size_t range : ranges_) {
      const size_t columns = grid_->ranges()[range].end - grid_->ranges()[range].begin;
      span += columns * grid_->count(renderer, range);
      span -= columns;
    }
    if (span > 1) renderer.out() += fmt::format(R"(<w:gridSpan w:val="{}"/>)", span);
  }

 private:
  std::shared_ptr<const TableGrid> grid_;
  size_t span_;
  std::vector<size_t> ranges_;
};

// A cell above columns of which none is left goes, too.
class DropHook : public Hook {
 public:
  DropHook(std::shared_ptr<const TableGrid> grid, size_t range) : grid_(std::move(grid)), range_(range) {}
  void run(Renderer& renderer, const Program& cell) const override {
    if (grid_->count(renderer, range_) > 0) renderer.run(cell);
  }

 private:
  std::shared_ptr<const TableGrid> grid_;
  size_t range_;
};

pugi::xml_node properties_of(pugi::xml_node cell) {
  const pugi::xml_node properties = cell.child("w:tcPr");
  return properties ? properties : cell.prepend_child("w:tcPr");
}

void share_width(const GridCell& cell, size_t range, const std::shared_ptr<const TableGrid>& grid,
                 Marking& marking) {
  pugi::xml_node width = cell.cell.child("w:tcPr").child("w:tcW");
  if (!width) return;
  marking.plant_before(width, std::make_shared<WidthHook>(grid, range, width.attribute("w:w").as_llong(),
                                                          width.attribute("w:type").value()));
  width.parent().remove_child(width);
}

void widen(const GridCell& cell, const std::vector<size_t>& ranges,
           const std::shared_ptr<const TableGrid>& grid, Marking& marking) {
  pugi::xml_node properties = properties_of(cell.cell);
  properties.remove_child("w:gridSpan");
  const auto hook = std::make_shared<SpanHook>(grid, cell.end - cell.begin, ranges);
  pugi::xml_node behind = properties.child("w:tcW");
  if (!behind) behind = properties.child("w:cnfStyle");
  behind ? marking.plant_behind(behind, hook) : marking.plant_first(properties, hook);
  const TableGrid::Range& first = grid->ranges()[ranges.front()];
  if (ranges.size() == 1 && cell.begin == first.begin && cell.end == first.end)
    marking.wrap(cell.cell, cell.cell, std::make_shared<DropHook>(grid, ranges.front()));
}

}  // namespace

std::vector<GridCell> grid_cells(const pugi::xml_node& row) {
  std::vector<pugi::xml_node> cells;
  collect(row, "w:tc", cells);
  std::vector<GridCell> placed;
  size_t at = row.child("w:trPr").child("w:gridBefore").attribute("w:val").as_uint();
  for (const pugi::xml_node& cell : cells) {
    const size_t span = cell.child("w:tcPr").child("w:gridSpan").attribute("w:val").as_uint(1);
    placed.push_back({cell, at, at + span});
    at += span;
  }
  return placed;
}

std::shared_ptr<const TableGrid> TableGrid::build(const MarkSite& site, std::vector<Range> ranges,
                                                  const IsRepeated& is_repeated, Marking& marking) {
  pugi::xml_node table = site.around("w:tbl");
  if (!table) {  // the tags stand in rows or cells, their slots beside them
    table = site.slot.parent();
    while (table && std::string_view(table.name()) != "w:tbl") table = table.parent();
  }
  const auto grid = std::make_shared<TableGrid>();
  grid->ranges_ = std::move(ranges);
  for (const pugi::xml_node& column : table.child("w:tblGrid").children("w:gridCol"))
    grid->widths_.push_back(column.attribute("w:w").as_llong());
  std::vector<pugi::xml_node> rows;
  collect(table, "w:tr", rows);
  for (const pugi::xml_node& row : rows) {
    for (const GridCell& cell : grid_cells(row)) {
      std::vector<size_t> over;
      const bool repeats = is_repeated(cell.cell);
      for (size_t i = 0; i < grid->ranges_.size(); ++i) {
        const Range& range = grid->ranges_[i];
        if (cell.end <= range.begin || cell.begin >= range.end) continue;
        const bool fits = repeats ? cell.begin >= range.begin && cell.end <= range.end
                                  : cell.begin <= range.begin && cell.end >= range.end;
        if (!fits) {
          marking.refuse(site, "上下的单元格没有与重复的列对齐", "让表里其他行的单元格边界与重复的列一致");
          return nullptr;
        }
        over.push_back(i);
      }
      if (over.empty()) continue;
      repeats ? share_width(cell, over.front(), grid, marking) : widen(cell, over, grid, marking);
    }
  }
  if (pugi::xml_node old = table.child("w:tblGrid")) {
    marking.plant_before(old, grid);
    table.remove_child(old);
  } else {
    marking.plant_behind(table.child("w:tblPr"), grid);
  }
  return grid;
}

const TableGrid* TableGrid::find(const pugi::xml_node& table, const Marking& marking) {
  for (const pugi::xml_node& child : table.children(kHook))
    if (const auto* grid =
            dynamic_cast<const TableGrid*>(marking.hooks().at(child.attribute("i").as_ullong()).get()))
      return grid;
  return nullptr;
}

size_t TableGrid::count(Renderer& renderer, size_t range) const {
  const auto& counts = renderer.state<std::vector<size_t>>(this);
  return range < counts.size() ? counts[range] : 1;
}

void TableGrid::run(Renderer& renderer, const Program&) const {
  std::vector<size_t> counts;
  for (const Range& range : ranges_) counts.push_back(range.count(renderer));
  renderer.state<std::vector<size_t>>(this) = counts;
  std::string& out = renderer.out();
  out += "<w:tblGrid>";
  for (size_t column = 0; column < widths_.size();) {
    size_t range = 0;
    while (range < ranges_.size() && ranges_[range].begin != column) ++range;
    if (range == ranges_.size()) {
      out += fmt::format(R"(<w:gridCol w:w="{}"/>)", widths_[column++]);
      continue;
    }
    for (size_t round = 0; round < counts[range]; ++round)
      for (size_t i = ranges_[range].begin; i < ranges_[range].end && i < widths_.size(); ++i)
        out += fmt::format(R"(<w:gridCol w:w="{}"/>)", widths_[i] / static_cast<long long>(counts[range]));
    column = ranges_[range].end;
  }
  out += "</w:tblGrid>";
}

}  // namespace wenshu::docx
