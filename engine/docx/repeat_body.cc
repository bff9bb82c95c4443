#include <algorithm>
#include <string_view>

#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

constexpr const char* kRows = "rows";

bool has(const pugi::xml_node& root, std::string_view name) {
  return static_cast<bool>(
      root.find_node([name](const pugi::xml_node& node) { return std::string_view(node.name()) == name; }));
}

// Each record begins on a page of its own, which is page 1.
void begin_anew(pugi::xml_node section) {
  const std::string_view type = section.child("w:type").attribute("w:val").value();
  if (type == "continuous" || type == "nextColumn") section.remove_child("w:type");
  pugi::xml_node numbers = section.child("w:pgNumType");
  if (!numbers) {  // CT_SectPr is a sequence
    pugi::xml_node behind;
    for (const pugi::xml_node& child : section.children()) {
      const std::string_view name = child.name();
      for (const char* before : {"w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr",
                                 "w:type", "w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType"})
        if (name == before) behind = child;
    }
    numbers =
        behind ? section.insert_child_after("w:pgNumType", behind) : section.prepend_child("w:pgNumType");
  }
  numbers.remove_attribute("w:start");
  numbers.append_attribute("w:start") = 1;
}

void put_slot(pugi::xml_node slot, PlacedTags& placed, templates::Tag tag, const Place& place,
              size_t partner) {
  slot.append_attribute("i").set_value(static_cast<unsigned long long>(placed.tags.size()));
  placed.tags.push_back(std::move(tag));
  placed.places.push_back(place);
  placed.partner.push_back(partner);
}

}  // namespace

void repeat_body(pugi::xml_node root, const Place& place, const StyleNumbers& styles, PlacedTags& placed,
                 Diagnostics& findings) {
  for (size_t i = 0; i < placed.tags.size(); ++i)
    if (placed.tags[i].opens() && placed.tags[i].path == kRows)
      return findings.error("already-repeats", placed.places[i], "模板里已有 {{#rows}}，每份都会写出全部的行",
                            "不用 --one-file；或删去模板里的这个区段");
  pugi::xml_node body = root.child("w:document").child("w:body");
  pugi::xml_node last = body.last_child();
  if (std::string_view(last.name()) != "w:sectPr") last = body.append_child("w:sectPr");
  begin_anew(
      root.find_node([](const pugi::xml_node& node) { return std::string_view(node.name()) == "w:sectPr"; }));
  const size_t first = placed.tags.size();
  put_slot(body.prepend_child(kSlot), placed,
           {templates::Tag::Kind::section, kRows, {}, {{"new-section", ""}}}, place, first + 1);
  put_slot(body.insert_child_before(kSlot, last), placed, {templates::Tag::Kind::end, kRows, {}}, place,
           first);
  write_out_style_numbers(root, styles, placed);
  if (has(body, "w:numPr")) placed.tags[first].marks.push_back({"restart", ""});
}

}  // namespace wenshu::docx
