#include <algorithm>
#include <array>
#include <string_view>

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

// `begin`: the field that is being told; fields in fields are told by their own words.
void walk(pugi::xml_node node, pugi::xml_node& begin) {
  for (pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:fldChar") {
      const bool begins = std::string_view(child.attribute("w:fldCharType").value()) == "begin";
      begin = begins ? child : pugi::xml_node();
    } else if (name == "w:instrText" && begin && counts_pages(child.text().get())) {
      set_dirty(begin);
    } else if (name == "w:fldSimple" && counts_pages(child.attribute("w:instr").value())) {
      set_dirty(child);
    } else {
      walk(child, begin);
    }
  }
}

}  // namespace

void mark_stale_fields(pugi::xml_node root) {
  pugi::xml_node begin;
  walk(root, begin);
}

}  // namespace wenshu::docx
