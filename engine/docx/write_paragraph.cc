#include "docx/write_paragraph.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "docx/write_element.h"

namespace wenshu::docx {
namespace {

using document::Align;
using document::Paragraph;
using document::Run;

const char* align_name(Align align) {
  switch (align) {
    case Align::left:
      return "left";
    case Align::centre:
      return "center";
    case Align::right:
      return "right";
    case Align::distribute:
      return "distribute";
    case Align::justify:
      break;
  }
  return "both";
}

struct Indents {
  long long left = 0, right = 0, first = 0;  // twips; first < 0 hangs
  friend bool operator==(const Indents&, const Indents&) = default;
};

Indents indents_of(const Paragraph& paragraph) {
  const Run run = paragraph.runs.empty() ? Run() : paragraph.runs[0];
  const double unit = run.size_pt + run.tracking_pt;
  return {to_twips((paragraph.left_indent + paragraph.hanging_indent) * unit),
          to_twips(paragraph.right_indent * unit),
          to_twips((paragraph.first_line_indent - paragraph.hanging_indent) * unit)};
}

void write_indents(pugi::xml_node properties, const Indents& indents) {
  pugi::xml_node node = add_element(properties, "w:ind");
  set_attribute(node, "w:left", fmt::format("{}", indents.left));
  set_attribute(node, "w:right", fmt::format("{}", indents.right));
  if (indents.first < 0)
    set_attribute(node, "w:hanging", fmt::format("{}", -indents.first));
  else
    set_attribute(node, "w:firstLine", fmt::format("{}", indents.first));
}

bool same_rules(const Paragraph& a, const Paragraph& b) {
  return a.rule_above == b.rule_above && a.rule_below == b.rule_below && a.rule_pt == b.rule_pt &&
         a.rule_gap_pt == b.rule_gap_pt && a.rule_colour == b.rule_colour;
}

void write_rules(pugi::xml_node properties, const Paragraph& paragraph) {
  pugi::xml_node borders = add_element(properties, "w:pBdr");
  const auto rule = [&](const char* side, bool drawn) {
    pugi::xml_node node = add_element(borders, side);
    set_attribute(node, "w:val", drawn ? "single" : "none");
    if (!drawn) return;
    set_attribute(node, "w:sz", fmt::format("{}", std::lround(paragraph.rule_pt * 8)));
    set_attribute(node, "w:space", fmt::format("{}", std::lround(paragraph.rule_gap_pt)));
    set_attribute(node, "w:color", paragraph.rule_colour == document::Colour::red ? "FF0000" : "000000");
  };
  rule("w:top", paragraph.rule_above);
  rule("w:bottom", paragraph.rule_below);
}

void write_switch(pugi::xml_node properties, const char* name, bool on, bool base) {
  if (on != base) set_attribute(add_element(properties, name), "w:val", on ? "1" : "0");
}

void write_spacing(pugi::xml_node properties, const Paragraph& paragraph, const Paragraph& base) {
  const auto before = to_twips(paragraph.space_before_pt), after = to_twips(paragraph.space_after_pt),
             line = to_twips(paragraph.line_pitch_pt);
  if (before == to_twips(base.space_before_pt) && after == to_twips(base.space_after_pt) &&
      line == to_twips(base.line_pitch_pt))
    return;
  pugi::xml_node node = add_element(properties, "w:spacing");
  set_attribute(node, "w:before", fmt::format("{}", before));
  set_attribute(node, "w:after", fmt::format("{}", after));
  set_attribute(node, "w:line", fmt::format("{}", line));
  set_attribute(node, "w:lineRule", "exact");
}

// Centring stops take the place of the right one.
void write_tabs(pugi::xml_node properties, const Paragraph& paragraph, const Paragraph& base) {
  if (paragraph.right_tab_mm == base.right_tab_mm && paragraph.centre_tabs_mm == base.centre_tabs_mm) return;
  std::vector<std::pair<const char*, double>> stops;
  for (const double mm : paragraph.centre_tabs_mm) stops.emplace_back("center", mm);
  if (stops.empty() && paragraph.right_tab_mm > 0) stops.emplace_back("right", paragraph.right_tab_mm);
  if (stops.empty()) return;
  pugi::xml_node tabs = add_element(properties, "w:tabs");
  for (const auto& [kind, mm] : stops) {
    pugi::xml_node tab = add_element(tabs, "w:tab");
    set_attribute(tab, "w:val", std::string(kind));
    set_attribute(tab, "w:pos", mm_to_twips(mm));
  }
}

// Lines break as GB/T 15834 wants and characters stand on their pitch: no hanging marks, no gaps beside Latin
// letters, no snapping of exact lines to the grid. In the order of CT_PPr. (LibreOffice 7.4 hangs marks just
// when told not to, and knows nothing of the gaps.)
struct Switch {
  const char* name;
  const char* value;
};
constexpr Switch kTypography[] = {{"w:widowControl", "0"}, {"w:kinsoku", "1"},     {"w:overflowPunct", "0"},
                                  {"w:autoSpaceDE", "0"},  {"w:autoSpaceDN", "0"}, {"w:snapToGrid", "0"}};

// The defaults of the document (docDefaults), which every style begins from.
const Paragraph kDefaults;

}  // namespace

void write_paragraph_defaults(pugi::xml_node properties) {
  for (const Switch& each : kTypography) add_value(properties, each.name, each.value);
  pugi::xml_node spacing = add_element(properties, "w:spacing");
  set_attribute(spacing, "w:line", fmt::format("{}", to_twips(kDefaults.line_pitch_pt)));
  set_attribute(spacing, "w:lineRule", "exact");
  add_value(properties, "w:jc", align_name(kDefaults.align));
}

void write_differences(pugi::xml_node properties, const Paragraph& paragraph, const Paragraph* style) {
  const Paragraph& base = style ? *style : kDefaults;
  const Indents base_indents = style ? indents_of(*style) : Indents();
  write_switch(properties, "w:keepNext", paragraph.keep_with_next, base.keep_with_next);
  write_switch(properties, "w:keepLines", paragraph.keep_lines, base.keep_lines);
  write_switch(properties, "w:pageBreakBefore", paragraph.page_break_before, base.page_break_before);
  write_switch(properties, "w:widowControl", paragraph.widow_control, base.widow_control);
  if (!same_rules(paragraph, base)) write_rules(properties, paragraph);
  write_tabs(properties, paragraph, base);
  write_spacing(properties, paragraph, base);
  const Indents indents = indents_of(paragraph);
  if (!(indents == base_indents)) write_indents(properties, indents);
  const Align align =
      paragraph.has_wide_gap && paragraph.align == Align::justify ? Align::left : paragraph.align;
  if (align != base.align) add_value(properties, "w:jc", align_name(align));
  if (paragraph.outline_level != base.outline_level)  // Word counts from 0; 9 is body text
    add_value(properties, "w:outlineLvl",
              fmt::format("{}", paragraph.outline_level > 0 ? paragraph.outline_level - 1 : 9));
}

}  // namespace wenshu::docx
