// {{dept | merge}}: a cell that says the same as the one above it becomes part of it (w:vMerge). Only rows that
// follow each other in the filled table merge; cells without text do not.
#include <algorithm>
#include <array>
#include <string_view>

#include "docx/mark.h"

namespace wenshu::docx {
namespace {

// What the merged cells of one column remember of the row above.
struct Above {
  size_t table = 0, row = 0;
  std::string value;
  bool continues = false;  // of the present row
};

// In the cell's properties: decides whether the cell goes on, writes w:vMerge.
class Head : public Hook {
 public:
  Head(const MarkSite& site, std::shared_ptr<const Marking::RowCounter> rows)
      : tag_(site.tag), place_(site.place), rows_(std::move(rows)) {}

  void run(Renderer& renderer, const Program&) const override {
    Above& above = renderer.state<Above>(this);
    const std::string value = renderer.scope().look(tag_, place_);
    const size_t table = rows_->table(renderer), row = rows_->row(renderer);
    above.continues = !value.empty() && value == above.value && table == above.table && row == above.row + 1;
    above.table = table;
    above.row = row;
    above.value = value;
    renderer.out() += above.continues ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>";
  }

 private:
  const templates::Tag tag_;
  const Place place_;
  std::shared_ptr<const Marking::RowCounter> rows_;
};

// Around the cell's content: of a cell that goes on nothing but an empty paragraph is left.
class Content : public Hook {
 public:
  Content(std::shared_ptr<const Head> head, std::string paragraph)
      : head_(std::move(head)), paragraph_(std::move(paragraph)) {}

  void run(Renderer& renderer, const Program& body) const override {
    if (renderer.state<Above>(head_.get()).continues)
      renderer.out() += paragraph_;
    else
      renderer.run(body);
  }

 private:
  std::shared_ptr<const Head> head_;
  std::string paragraph_;
};

// CT_TcPr is a sequence: these come before w:vMerge.
bool precedes_merge(std::string_view name) {
  constexpr std::array kBefore = {"w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge"};
  return std::find(kBefore.begin(), kBefore.end(), name) != kBefore.end();
}

}  // namespace

void mark_merge(const MarkSite& site, Marking& marking) {
  pugi::xml_node cell = site.around("w:tc");
  if (!cell) return marking.refuse(site, "合并只能用在表格的单元格里", "把标签写进表格，或删去 merge");
  if (!site.mark.argument.empty() && site.mark.argument != "down")
    return marking.refuse(site, "程序还不会横向合并", "暂时写 merge");
  const auto head = std::make_shared<Head>(site, marking.count_rows(site.around("w:tbl")));
  pugi::xml_node properties = cell.child("w:tcPr");
  if (!properties) properties = cell.prepend_child("w:tcPr");
  properties.remove_child("w:vMerge");
  pugi::xml_node behind;
  for (pugi::xml_node child : properties.children())
    if (precedes_merge(child.name())) behind = child;
  if (behind)
    marking.plant_behind(behind, head);
  else
    marking.plant_first(properties, head);
  std::string paragraph = "<w:p>" + to_xml(site.around("w:p").child("w:pPr")) + "</w:p>";
  marking.wrap(properties.next_sibling(), cell.last_child(),
               std::make_shared<Content>(head, std::move(paragraph)));
}

}  // namespace wenshu::docx
