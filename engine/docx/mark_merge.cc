// {{dept | merge}}, {{subject | merge across}}, merge both: a cell that says the same as its neighbour becomes part of it.
// What is compared is all that the cell says; cells without text stay alone. Down (w:vMerge) only rows that follow each
// other in the filled table merge, and never over the end of the record that their records belong to. Across is
// one wide cell (w:gridSpan), which Word keeps together when a border is dragged; w:hMerge it does not.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "docx/cell_xml.h"
#include "docx/mark.h"
#include "docx/place_tags.h"
#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

using Rows = std::shared_ptr<const Marking::RowCounter>;

enum class Direction { none, down, across, both };

// A cell of the row being written; positions in Renderer::out().
struct Cell {
  size_t begin = 0, end = 0;
  Direction direction = Direction::none;
  size_t column = 0;
  CellShape shape;
  std::string text;

  bool goes_down() const { return direction == Direction::down || direction == Direction::both; }
  bool goes_across() const { return direction == Direction::across || direction == Direction::both; }
};

struct Row {
  std::vector<Cell> cells;
};

// The last written row of one table.
struct Above {
  size_t table = 0, row = 0;
  std::vector<Marking::RowCounter::Step> path;
  std::vector<Cell> cells;
};

// Records of one list under one parent; `a` stands above `b`.
bool share_parent(const std::vector<Marking::RowCounter::Step>& a,
                  const std::vector<Marking::RowCounter::Step>& b) {
  const auto parent_is_around = [](const auto& inner, const auto& other) {
    const size_t depth = inner.empty() ? 0 : inner.size() - 1;
    return depth <= other.size() &&
           std::equal(inner.begin(), inner.begin() + static_cast<std::ptrdiff_t>(depth), other.begin());
  };
  return parent_is_around(a, b) && parent_is_around(b, a);
}

class CellHook : public Hook {
 public:
  explicit CellHook(const Hook* row) : row_(row) {}

  void run(Renderer& renderer, const Program& body) const override {
    Row& row = renderer.state<Row>(row_);
    const size_t index = row.cells.size();
    row.cells.emplace_back();
    row.cells[index].direction = direction_;
    row.cells[index].begin = renderer.out().size();
    renderer.run(body);
    row.cells[index].end = renderer.out().size();
  }

  void set(Direction direction) const { direction_ = direction; }  // while the template is compiled

 private:
  const Hook* row_;
  mutable Direction direction_ = Direction::none;
};

// Around a row: writes it once more with what merges.
class RowHook : public Hook {
 public:
  RowHook(Rows rows, size_t first_column) : rows_(std::move(rows)), first_column_(first_column) {}

  void run(Renderer& renderer, const Program& body) const override {
    const Renderer::Hold hold(renderer);
    Row& row = renderer.state<Row>(this);
    row.cells.clear();
    const size_t begin = renderer.out().size();
    renderer.run(body);
    if (row.cells.empty()) return;
    const std::string written = renderer.out().substr(begin);
    for (Cell& cell : row.cells) cell.begin -= begin, cell.end -= begin;
    renderer.out().resize(begin);
    renderer.out() += merged(renderer, written, row.cells);
  }

 private:
  std::string merged(Renderer& renderer, const std::string& written, std::vector<Cell>& cells) const {
    size_t column = first_column_;
    for (Cell& cell : cells) {
      const std::string_view xml = std::string_view(written).substr(cell.begin, cell.end - cell.begin);
      cell.shape = shape_of(xml);
      cell.column = column;
      column += cell.shape.span;
      if (cell.direction != Direction::none) cell.text = text_of(xml);
    }
    Above& above = renderer.state<Above>(rows_.get());
    const size_t table = rows_->table(renderer), number = rows_->row(renderer);
    const auto& path = rows_->path(renderer);
    const bool follows = above.table == table && above.row + 1 == number && share_parent(above.path, path);
    std::string made = written.substr(0, cells.front().begin);
    std::vector<Cell> kept;
    size_t behind = cells.front().begin;
    for (size_t i = 0; i < cells.size(); ++i) {
      made += std::string_view(written).substr(behind, cells[i].begin - behind);
      Cell cell = cells[i];
      for (; i + 1 < cells.size() && joins(cell, cells[i + 1]) &&
             is_blank(written, cells[i].end, cells[i + 1].begin);
           ++i) {
        cell.shape.span += cells[i + 1].shape.span;
        cell.shape.width += cells[i + 1].shape.width;
      }
      behind = cells[i].end;
      put(cell, written, follows && continues(cell, above.cells), made);
      kept.push_back(std::move(cell));
    }
    made += std::string_view(written).substr(behind);
    above = {table, number, path, std::move(kept)};
    return made;
  }

  static bool joins(const Cell& left, const Cell& right) {
    return left.goes_across() && right.goes_across() && !left.text.empty() && left.text == right.text;
  }

  static bool is_blank(const std::string& written, size_t from, size_t to) {
    return std::all_of(written.begin() + static_cast<std::ptrdiff_t>(from),
                       written.begin() + static_cast<std::ptrdiff_t>(to),
                       [](char c) { return c == ' ' || c == '\n'; });
  }

  static bool continues(const Cell& cell, const std::vector<Cell>& above) {
    return cell.goes_down() && !cell.text.empty() &&
           std::any_of(above.begin(), above.end(), [&](const Cell& other) {
             return other.goes_down() && other.column == cell.column && other.shape.span == cell.shape.span &&
                    other.text == cell.text;
           });
  }

  static void put(const Cell& cell, const std::string& written, bool continues_above, std::string& made) {
    const std::string_view xml = std::string_view(written).substr(cell.begin, cell.end - cell.begin);
    if (cell.direction == Direction::none) {
      made += xml;
      return;
    }
    const Merge merge = !cell.goes_down() ? Merge::none : continues_above ? Merge::goes_on : Merge::begins;
    made += reshaped(xml, cell.shape, merge);
  }

  Rows rows_;
  size_t first_column_;
};

// The cells of a row, also those in content controls and hooks.
void for_each_cell(const pugi::xml_node& node, const std::function<void(pugi::xml_node)>& act) {
  for (pugi::xml_node child = node.first_child(); child;) {
    const pugi::xml_node next = child.next_sibling();
    const std::string_view name = child.name();
    if (name == "w:tc")
      act(child);
    else if (name == "w:sdt" || name == "w:sdtContent" || name == kHook)
      for_each_cell(child, act);
    child = next;
  }
}

// The hook of a merging row that is around this cell; null when there is none yet.
const CellHook* find_cell_hook(const pugi::xml_node& cell, const Marking& marking) {
  for (pugi::xml_node around = cell.parent(); std::string_view(around.name()) == kHook;
       around = around.parent())
    if (const auto* hook =
            dynamic_cast<const CellHook*>(marking.hooks().at(around.attribute("i").as_ullong()).get()))
      return hook;
  return nullptr;
}

const CellHook* wrap_row(const pugi::xml_node& cell, const MarkSite& site, Marking& marking) {
  pugi::xml_node row = site.around("w:tr");
  const size_t before = row.child("w:trPr").child("w:gridBefore").attribute("w:val").as_uint();
  const auto hook = std::make_shared<RowHook>(marking.count_rows(site.around("w:tbl")), before);
  for_each_cell(
      row, [&](pugi::xml_node each) { marking.wrap(each, each, std::make_shared<CellHook>(hook.get())); });
  marking.wrap(row, row, hook);
  return find_cell_hook(cell, marking);
}

Direction direction_of(const std::string& argument) {
  if (argument == "across") return Direction::across;
  return argument == "both" ? Direction::both : Direction::down;
}

// Has the template itself merged this cell downwards?
bool is_merged_down(const pugi::xml_node& cell, const Marking& marking) {
  const pugi::xml_node properties = cell.child("w:tcPr");
  if (properties.child("w:vMerge")) return true;
  for (const pugi::xml_node& hook : properties.children(kHook))
    if (dynamic_cast<const MergesDown*>(marking.hooks().at(hook.attribute("i").as_ullong()).get()))
      return true;
  return false;
}

}  // namespace

void mark_merge(const MarkSite& site, Marking& marking) {
  pugi::xml_node cell = site.around("w:tc");
  if (!cell) return marking.refuse(site, "合并只能用在表格的单元格里", "把标签写进表格，或删去 merge");
  const Direction direction = direction_of(site.mark.argument);
  if (direction != Direction::down && is_merged_down(cell, marking))
    return marking.refuse(site, "模板里这一格已与下面的格合并，不能再向右合并",
                          "在 Word 里拆分这一格，用 merge both 让内容来合并；或删去 merge");
  const CellHook* hook = find_cell_hook(cell, marking);
  if (!hook) hook = wrap_row(cell, site, marking);
  hook->set(direction);
}

}  // namespace wenshu::docx
