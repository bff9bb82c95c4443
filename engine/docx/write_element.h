// The words of WordprocessingML: elements, values and lengths.
#pragma once

#include <cmath>
#include <string>

#include "xml/tree.h"

namespace wenshu::docx {

constexpr double kPointsPerMm = 72 / 25.4;

inline long long to_twips(double points) { return std::llround(points * 20); }
inline long long mm_to_twips(double mm) { return to_twips(mm * kPointsPerMm); }
inline long long mm_to_emu(double mm) { return std::llround(mm * 36000); }

inline pugi::xml_node add_element(pugi::xml_node parent, const char* name) {
  return parent.append_child(name);
}

inline void set_attribute(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = value.c_str();
}
inline void set_attribute(pugi::xml_node node, const char* name, long long value) {
  node.append_attribute(name) = value;
}

// Adds <NAME w:val="VALUE"/>.
inline pugi::xml_node add_value(pugi::xml_node parent, const char* name, const std::string& value) {
  pugi::xml_node node = add_element(parent, name);
  set_attribute(node, "w:val", value);
  return node;
}

// A paragraph of one point, where Word wants one and nothing should show.
inline pugi::xml_node write_speck(pugi::xml_node parent) {
  pugi::xml_node paragraph = add_element(parent, "w:p");
  add_value(add_element(paragraph, "w:pPr"), "w:pStyle", "Speck");
  return paragraph;
}

}  // namespace wenshu::docx
