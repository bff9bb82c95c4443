// Cells merged downwards in the template (w:vMerge) where rows come and go: the row that began a merge may be dropped, or
// come again for each record. A cell then goes on only where a merge of its own record stands right above it; otherwise it
// begins one.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "docx/table_grid.h"
#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

// Which merges are open behind the row written last: by the column where the cell begins, the cell of the template that
// began it (a number).
struct OpenMerges {
  std::map<size_t, size_t> by_column;
};

class TableBegins : public Hook {
 public:
  void run(Renderer& renderer, const Program&) const override { open(renderer).clear(); }
  std::map<size_t, size_t>& open(Renderer& renderer) const {
    return renderer.state<OpenMerges>(this).by_column;
  }
};
using Table = std::shared_ptr<const TableBegins>;

// In place of the cell's w:vMerge.
class MergeHook : public MergesDown {
 public:
  MergeHook(Table table, size_t column, size_t cell, bool begins)
      : table_(std::move(table)), column_(column), cell_(cell), begins_(begins) {}
  void run(Renderer& renderer, const Program&) const override {
    const bool goes_on = !begins_ && table_->open(renderer).contains(column_);
    if (!goes_on) table_->open(renderer)[column_] = cell_;
    renderer.out() += goes_on ? "<w:vMerge/>" : R"(<w:vMerge w:val="restart"/>)";
  }

 private:
  Table table_;
  size_t column_, cell_;
  bool begins_;
};

// At the beginning of a row that merges nothing in these columns.
class PlainRow : public Hook {
 public:
  PlainRow(Table table, std::vector<size_t> columns)
      : table_(std::move(table)), columns_(std::move(columns)) {}
  void run(Renderer& renderer, const Program&) const override {
    for (const size_t column : columns_) table_->open(renderer).erase(column);
  }

 private:
  Table table_;
  std::vector<size_t> columns_;
};

// A record begins: what an earlier one of its list began is over.
class RecordBegins : public SectionHook {
 public:
  RecordBegins(Table table, std::set<size_t> cells) : table_(std::move(table)), cells_(std::move(cells)) {}
  void before_round(Renderer& renderer, const templates::Rounds&, size_t) const override {
    std::erase_if(table_->open(renderer), [this](const auto& open) { return cells_.contains(open.second); });
  }

 private:
  Table table_;
  std::set<size_t> cells_;
};

struct MergedCell {
  pugi::xml_node merge;  // its w:vMerge
  size_t column = 0;
  bool begins = false;
};

class Rows {
 public:
  explicit Rows(const Marking& marking) : marking_(marking) {}

  void read(const pugi::xml_node& holder) {
    for (const pugi::xml_node& child : holder.children()) {
      const std::string_view name = child.name();
      if (name == kSlot)
        read_slot(child);
      else if (name == "w:tr")
        read_row(child);
      else if (name == "w:sdt" || name == "w:sdtContent" || name == kHook)
        read(child);
    }
  }

  bool may_break() const { return goes_on_ && !sections_.empty() && !is_timetable_; }

  void plant(pugi::xml_node table, Marking& marking) const {
    const auto begin = std::make_shared<TableBegins>();
    for (size_t i = 0; i < cells_.size(); ++i) {
      pugi::xml_node merge = cells_[i].merge;
      marking.plant_before(merge, std::make_shared<MergeHook>(begin, cells_[i].column, i, cells_[i].begins));
      merge.parent().remove_child(merge);
    }
    for (const auto& [row, merged] : rows_) {
      std::vector<size_t> plain;
      std::set_difference(columns_.begin(), columns_.end(), merged.begin(), merged.end(),
                          std::back_inserter(plain));
      if (!plain.empty()) marking.plant_first(row, std::make_shared<PlainRow>(begin, std::move(plain)));
    }
    for (const auto& [slot, cells] : sections_)
      marking.on_section(SectionSlots{slot, {}}, std::make_shared<RecordBegins>(begin, cells));
    marking.plant_first(table, begin);
  }

 private:
  void read_slot(const pugi::xml_node& slot) {
    if (marking_.opens(slot)) {
      sections_.try_emplace(slot);
      around_.push_back(slot);
      for (const templates::Mark& mark : marking_.tag_of(slot).marks)
        is_timetable_ |= mark.name == "timetable";  // merges for itself
    } else if (!around_.empty()) {
      around_.pop_back();
    }
  }

  void read_row(const pugi::xml_node& row) {
    std::set<size_t>& merged = rows_.emplace_back(row, std::set<size_t>()).second;
    for (const GridCell& cell : grid_cells(row)) {
      const pugi::xml_node merge = cell.cell.child("w:tcPr").child("w:vMerge");
      if (!merge) continue;
      const bool begins = std::string_view(merge.attribute("w:val").value()) == "restart";
      goes_on_ |= !begins;
      for (const pugi::xml_node& slot : around_) sections_[slot].insert(cells_.size());
      cells_.push_back({merge, cell.begin, begins});
      merged.insert(cell.begin);
      columns_.insert(cell.begin);
    }
  }

  const Marking& marking_;
  std::vector<MergedCell> cells_;
  std::vector<std::pair<pugi::xml_node, std::set<size_t>>> rows_;  // with the columns that they merge
  std::set<size_t> columns_;
  std::vector<pugi::xml_node> around_;
  std::map<pugi::xml_node, std::set<size_t>> sections_;  // by where they open, the cells inside
  bool goes_on_ = false, is_timetable_ = false;
};

}  // namespace

void keep_vertical_merges(pugi::xml_node node, Marking& marking) {
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    if (std::string_view(child.name()) == "w:tbl") {
      Rows rows(marking);
      rows.read(child);
      if (rows.may_break()) rows.plant(child, marking);
    }
    keep_vertical_merges(child, marking);
  }
}

}  // namespace wenshu::docx
