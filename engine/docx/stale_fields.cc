#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

bool counts_pages(std::string_view instruction) {
  const size_t begin = instruction.find_first_not_of(' ');
  if (begin == std::string_view::npos) return false;
  const std::string_view word = instruction.substr(begin, instruction.find(' ', begin) - begin);
  constexpr std::array<std::string_view, 6> kNames = {"TOC",     "NUMPAGES", "SECTIONPAGES",
                                                      "PAGEREF", "INDEX",    "TOA"};
  return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
}

void set_dirty(pugi::xml_node field) {
  field.remove_attribute("w:dirty");
  field.append_attribute("w:dirty").set_value("true");
}

bool is_link(std::string_view instruction) {
  const size_t begin = instruction.find_first_not_of(' ');
  return begin != std::string_view::npos && instruction.substr(begin).starts_with("HYPERLINK");
}

// A field whose code is being read.
struct Open {
  pugi::xml_node begin;
  std::string code;
  bool in_code = true;
};

class Walker {
 public:
  explicit Walker(const PlacedTags& placed) : placed_(placed) {}

  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:fldChar") {
        read_mark(child);
      } else if (name == "w:instrText") {
        read_code(child);
      } else {
        if (name == "w:fldSimple") read_simple(child);
        walk(child);
      }
    }
  }

 private:
  void read_mark(const pugi::xml_node& mark) {
    const std::string_view type = mark.attribute("w:fldCharType").value();
    if (type == "begin") open_.push_back({mark, {}});
    if (type == "separate" && !open_.empty()) open_.back().in_code = false;
    if (type == "end" && !open_.empty()) open_.pop_back();
  }

  // Fields in fields are told by their own words; a tag changes what stands around it as well.
  void read_code(const pugi::xml_node& text) {
    if (open_.empty()) return;
    open_.back().code += text.text().get();
    if (counts_pages(text.text().get())) set_dirty(open_.back().begin);
    if (!text.child(kSlot)) return;
    for (const Open& field : open_)
      if (field.in_code && !is_link(field.code)) set_dirty(field.begin);
  }

  void read_simple(const pugi::xml_node& field) {
    const pugi::xml_attribute code = field.attribute("w:instr");
    const bool has_tags = placed_.attributes.contains(code.hash_value());
    if (counts_pages(code.value()) || (has_tags && !is_link(code.value()))) set_dirty(field);
  }

  const PlacedTags& placed_;
  std::vector<Open> open_;
};

}  // namespace

void mark_stale_fields(pugi::xml_node root, const PlacedTags& placed) { Walker(placed).walk(root); }

}  // namespace wenshu::docx
