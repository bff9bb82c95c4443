#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"
#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

// What a value must say for a box to be ticked; a formatter `check` says ☑ or ☐.
bool is_ticked(const std::string& value) {
  constexpr std::array<std::string_view, 8> kYes = {"☑", "☒", "true", "yes", "1", "是", "√", "有"};
  return std::find(kYes.begin(), kYes.end(), value) != kYes.end();
}

class BoxHook : public Hook {
 public:
  enum class Writes { state, glyph };
  BoxHook(const templates::Tag& tag, const Place& place, Writes writes, std::string ticked, std::string empty)
      : tag_(tag), place_(place), writes_(writes), ticked_(std::move(ticked)), empty_(std::move(empty)) {}

  void run(Renderer& renderer, const Program&) const override {
    // The state stands first in the file; the box itself reports what is missing.
    const bool looks = writes_ == Writes::state;
    const bool ticked =
        is_ticked(looks ? renderer.scope().look(tag_, place_) : renderer.scope().value(tag_, place_));
    if (looks)
      renderer.out() += ticked ? "<w14:checked w14:val=\"1\"/>" : "<w14:checked w14:val=\"0\"/>";
    else
      renderer.out() += ticked ? ticked_ : empty_;
  }

 private:
  const templates::Tag tag_;
  const Place place_;
  Writes writes_;
  std::string ticked_, empty_;
};

std::string glyph_of(const pugi::xml_node& state, char32_t otherwise) {
  const unsigned code = static_cast<unsigned>(std::strtoul(state.attribute("w14:val").value(), nullptr, 16));
  return to_utf8(code >= 0x20 && code < 0xD800 ? static_cast<char32_t>(code) : otherwise);
}

void find_slots(const pugi::xml_node& node, std::vector<pugi::xml_node>& slots) {
  for (const pugi::xml_node& child : node.children()) {
    if (std::string_view(child.name()) == kSlot)
      slots.push_back(child);
    else
      find_slots(child, slots);
  }
}

}  // namespace

void mark_check_boxes(pugi::xml_node root, const PlacedTags& placed, Marking& marking) {
  for (pugi::xml_node child = root.first_child(); child; child = child.next_sibling()) {
    pugi::xml_node box = std::string_view(child.name()) == "w:sdt"
                             ? child.child("w:sdtPr").child("w14:checkbox")
                             : pugi::xml_node();
    if (!box) {
      mark_check_boxes(child, placed, marking);
      continue;
    }
    std::vector<pugi::xml_node> slots;
    find_slots(child.child("w:sdtContent"), slots);
    if (slots.size() != 1 || !marking.is_value(slots[0])) continue;
    const size_t tag = slots[0].attribute("i").as_ullong();
    const std::string ticked = glyph_of(box.child("w14:checkedState"), U'☒');
    const std::string empty = glyph_of(box.child("w14:uncheckedState"), U'☐');
    const auto hook = [&](BoxHook::Writes writes) {
      return std::make_shared<BoxHook>(placed.tags[tag], placed.places[tag], writes, ticked, empty);
    };
    box.remove_child("w14:checked");
    marking.plant_first(box, hook(BoxHook::Writes::state));
    marking.plant_before(slots[0], hook(BoxHook::Writes::glyph));
    slots[0].parent().remove_child(slots[0]);
  }
}

}  // namespace wenshu::docx
