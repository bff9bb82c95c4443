// {{#科目 | columns}}{{.}}{{/科目}} in the cells of a row: a column for each item. One row outside of other sections, usually the
// head, says how many columns there are; rows of records repeat as many cells: over the same list, over a list of the
// record that is as long, or over a map {语文: 90, 数学: 95} whose values go under the head of their name. The width of the
// template's column is shared out, and what spans it above or below spans all of them.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "docx/place_tags.h"
#include "docx/table_grid.h"

namespace wenshu::docx {
namespace {

constexpr size_t kMostColumns = 60;  // Word takes 63

// The names that stand in the head, for maps; of each range.
struct Heads {
  std::map<size_t, std::vector<std::string>> names;
};

// A slot of a section of columns stands in a row.
bool in_row(const pugi::xml_node& slot) {
  pugi::xml_node parent = slot.parent();
  while (std::string_view(parent.name()) == kHook || std::string_view(parent.name()) == "w:sdtContent")
    parent = parent.parent();
  return std::string_view(parent.name()) == "w:tr";
}

// The section around a cell, its opening slot; null for a cell that stands once.
pugi::xml_node section_of(const pugi::xml_node& cell, const Marking& marking) {
  for (pugi::xml_node node = cell; node && std::string_view(node.name()) != "w:tr"; node = node.parent()) {
    int depth = 0;
    for (pugi::xml_node before = node.previous_sibling(); before; before = before.previous_sibling()) {
      if (std::string_view(before.name()) != kSlot) continue;
      depth += marking.opens(before) ? 1 : -1;
      if (depth > 0) return before;
    }
  }
  return {};
}

bool in_other_section(const pugi::xml_node& row, const Marking& marking) {
  for (pugi::xml_node node = row; node && std::string_view(node.name()) != "w:tbl"; node = node.parent()) {
    int depth = 0;
    for (pugi::xml_node before = node.previous_sibling(); before; before = before.previous_sibling()) {
      if (std::string_view(before.name()) == kSlot) depth += marking.opens(before) ? 1 : -1;
      if (depth > 0) return true;
    }
  }
  return false;
}

std::string name_of(const data::Value& item) {
  if (item.is_scalar()) return item.text();
  for (const char* key : {"name", "title", "名称", "科目"})
    if (item[key].is_scalar()) return item[key].text();
  return item.entries().empty() || !item.entries().front().value.is_scalar()
             ? ""
             : item.entries().front().value.text();
}

// Checks the rounds of one section against the head.
class ColumnsHook : public SectionHook {
 public:
  ColumnsHook(const MarkSite& site) : tag_(site.tag), place_(site.place) {}  // NOLINT: one becomes the other

  void begin(Renderer& renderer, templates::Rounds& rounds) const override {
    if (!grid_) return;
    const size_t wanted = grid_->count(renderer, range_);
    if (!rounds.list && rounds.items.size() == 1 && rounds.items[0] && rounds.items[0]->is_map())
      by_name(renderer, rounds);
    if (rounds.items.size() == wanted) return;
    renderer.scope().report_value(tag_, place_, "column-count",
                                  fmt::format("有{}项，表头有{}列", rounds.items.size(), wanted),
                                  "各行的项数与表头一致，缺的留空；或写成 {栏目: 内容}，按表头对应");
    rounds.items.resize(wanted, nullptr);
  }

  void set_grid(const TableGrid* grid, size_t range) const { grid_ = grid, range_ = range; }

 private:
  void by_name(Renderer& renderer, templates::Rounds& rounds) const {
    const data::Value& map = *rounds.items[0];
    const auto& names = renderer.state<Heads>(grid_).names[range_];
    for (const data::Value::Entry& entry : map.entries())
      if (std::find(names.begin(), names.end(), entry.key) == names.end())
        renderer.scope().report_value(tag_, place_, "unknown-column",
                                      fmt::format("表头里没有“{}”", entry.key),
                                      near_name_hint(entry.key, names));
    rounds.items.clear();
    for (const std::string& name : names) rounds.items.push_back(map.find(name));
    rounds.list = true;
  }

  const templates::Tag tag_;
  const Place place_;
  mutable const TableGrid* grid_ = nullptr;
  mutable size_t range_ = 0;
};

// Asked at the beginning of the table.
std::function<size_t(Renderer&)> counter_of(const templates::Tag& tag, const Place& place, size_t range,
                                            const std::shared_ptr<const TableGrid*>& grid) {
  return [tag, place, range, grid](Renderer& renderer) {
    const templates::Rounds rounds = renderer.scope().rounds(tag, place);
    auto& names = renderer.state<Heads>(*grid).names[range];
    names.clear();
    for (const data::Value* item : rounds.items) names.push_back(item ? name_of(*item) : "");
    if (rounds.items.size() <= kMostColumns) return rounds.items.size();
    renderer.scope().report_value(
        tag, place, "too-many-columns",
        fmt::format("有{}列，Word 最多 {} 列", rounds.items.size(), kMostColumns + 3),
        "减少列数，或改为一行一项");
    return size_t{1};
  };
}

}  // namespace

void mark_columns(const MarkSite& site, Marking& marking) {
  const auto hook = std::make_shared<ColumnsHook>(site);
  marking.on_section(site, hook);
  pugi::xml_node row = site.slot.parent(), table = row;
  while (row && std::string_view(row.name()) != "w:tr") row = row.parent();
  while (table && std::string_view(table.name()) != "w:tbl") table = table.parent();
  if (!in_row(site.slot) || !row || !table)
    return marking.refuse(site, "按列重复只能用在表格的行里", "把区段的两个标签写在同一行的单元格里");
  size_t begin = 0, end = 0;
  for (const GridCell& cell : grid_cells(row)) {
    if (section_of(cell.cell, marking) != site.slot) continue;
    if (end == 0) begin = cell.begin;
    end = cell.end;
  }
  const TableGrid* grid = TableGrid::find(table, marking);
  if (!grid) {
    if (in_other_section(row, marking))
      return marking.refuse(site, "不知道一共有几列", "在表头里也写按列重复的区段");
    const auto holder = std::make_shared<const TableGrid*>(nullptr);
    const auto made = TableGrid::build(
        site, {{begin, end, counter_of(site.tag, site.place, 0, holder)}},
        [&](const pugi::xml_node& cell) { return !section_of(cell, marking).empty(); }, marking);
    *holder = grid = made.get();
    if (!grid) return;
  }
  for (size_t i = 0; i < grid->ranges().size(); ++i)
    if (grid->ranges()[i].begin == begin && grid->ranges()[i].end == end) return hook->set_grid(grid, i);
  marking.refuse(site, "与表头重复的不是同一列", "一张表里按列重复的区段写在同一列，各行对齐");
}

}  // namespace wenshu::docx
