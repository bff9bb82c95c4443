// A section that begins inside a field of Word (a cross-reference, a link, a page number) and ends outside of it would
// repeat half of the field: Word then shows codes, or does not open the file.
#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

class FieldWalk {
 public:
  FieldWalk(const PlacedTags& placed, Diagnostics& findings) : placed_(placed), findings_(findings) {}

  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:fldChar") {
        read_mark(child.attribute("w:fldCharType").value());
      } else if (name == kSlot) {
        read_slot(child.attribute("i").as_ullong());
      } else if (name == "w:txbxContent") {  // a story of its own, inside a run of another
        std::vector<int> around = std::exchange(open_, {});
        walk(child);
        open_ = std::move(around);
      } else {
        walk(child);
      }
    }
  }

 private:
  void read_mark(std::string_view type) {
    if (type == "begin") open_.push_back(++serial_);
    if (type == "end" && !open_.empty()) open_.pop_back();
  }

  void read_slot(size_t tag) {
    if (placed_.tags[tag].opens()) {
      begun_[tag] = open_;
      return;
    }
    const size_t opener = placed_.partner[tag];
    const auto begun = begun_.find(opener);
    if (opener == tag || begun == begun_.end() || begun->second == open_) return;
    findings_.error("section-spans", placed_.places[opener],
                    fmt::format("区段 {} 的开头与结束（{}）只有一个在域（如链接、引用、页码）里面",
                                to_text(placed_.tags[opener]), placed_.places[tag].spot),
                    "把两个标签都移到域的外面");
  }

  const PlacedTags& placed_;
  Diagnostics& findings_;
  std::vector<int> open_;  // the fields around, each by its number
  int serial_ = 0;
  std::map<size_t, std::vector<int>> begun_;  // what was open where a section begins
};

}  // namespace

void check_fields(const pugi::xml_node& root, const PlacedTags& placed, Diagnostics& findings) {
  FieldWalk(placed, findings).walk(root);
}

}  // namespace wenshu::docx
