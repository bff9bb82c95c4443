#include "docx/read_shape.h"

#include <cstdlib>
#include <map>
#include <string_view>

#include "base/text.h"

namespace wenshu::docx {
namespace {

using document::ObservedSection;
using document::ObservedShape;
using Kind = ObservedShape::Kind;

constexpr double kEmuPerMm = 36000, kEmuPerPoint = 12700, kMmPerPoint = 25.4 / 72;

pugi::xml_node find_below(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (name == child.name()) return child;
    if (const pugi::xml_node found = find_below(child, name)) return found;
  }
  return {};
}

bool is_line(const pugi::xml_node& drawing) {
  const std::string_view shape = find_below(drawing, "a:prstGeom").attribute("prst").value();
  return shape == "line" || shape.find("Connector") != shape.npos;
}

void read_place(const pugi::xml_node& anchor, const ObservedSection& section, ObservedShape& shape) {
  const pugi::xml_node across = anchor.child("wp:positionH"), down = anchor.child("wp:positionV");
  if (const auto align = across.child("wp:align")) shape.side = align.child_value();
  if (const auto offset = across.child("wp:posOffset")) {
    const std::string_view from = across.attribute("relativeFrom").value();
    shape.x_mm =
        std::strtod(offset.child_value(), nullptr) / kEmuPerMm + (from == "page" ? 0 : section.page.left_mm);
  }
  if (const auto offset = down.child("wp:posOffset")) {
    const std::string_view from = down.attribute("relativeFrom").value();
    const double mm = std::strtod(offset.child_value(), nullptr) / kEmuPerMm;
    if (from == "page")
      shape.y_mm = mm;
    else if (from == "margin")
      shape.y_mm = mm + section.page.top_mm;
    else
      shape.below_paragraph_mm = mm;
  }
}

ObservedShape read_drawing(const pugi::xml_node& drawing, const ObservedSection& section) {
  ObservedShape shape;
  const pugi::xml_node anchor = drawing.child("wp:anchor");
  const pugi::xml_node extent = (anchor ? anchor : drawing.child("wp:inline")).child("wp:extent");
  shape.width_mm = extent.attribute("cx").as_double() / kEmuPerMm;
  shape.height_mm = extent.attribute("cy").as_double() / kEmuPerMm;
  if (anchor) read_place(anchor, section, shape);
  const pugi::xml_node line = find_below(drawing, "a:ln");
  shape.colour = find_below(line, "a:srgbClr").attribute("val").value();
  shape.rule_pt = line.attribute("w").as_double() / kEmuPerPoint;
  if (find_below(drawing, "pic:pic"))
    shape.kind = Kind::picture;
  else if (find_box(drawing))
    shape.kind = Kind::box;
  else if (is_line(drawing) || (shape.height_mm < 0.5 && shape.width_mm > 20))
    shape.kind = Kind::line;
  return shape;
}

// "12pt", "3.5cm" in millimetres; bare numbers are pixels of VML, 3/4 pt.
double mm_of(const std::string& length) {
  char* end = nullptr;
  const double number = std::strtod(length.c_str(), &end);
  const std::string_view unit = trim(end);
  if (unit == "pt") return number * kMmPerPoint;
  if (unit == "mm") return number;
  if (unit == "cm") return number * 10;
  if (unit == "in") return number * 25.4;
  return number * 0.75 * kMmPerPoint;
}

std::map<std::string, std::string> read_css(const std::string& style) {
  std::map<std::string, std::string> all;
  for (const std::string& each : split(style, ";"))
    if (const size_t colon = each.find(':'); colon != each.npos)
      all[std::string(trim(each.substr(0, colon)))] = std::string(trim(each.substr(colon + 1)));
  return all;
}

void read_css_place(const std::map<std::string, std::string>& css, const ObservedSection& section,
                    ObservedShape& shape) {
  const auto get = [&](const char* key) {
    const auto found = css.find(key);
    return found == css.end() ? std::string() : found->second;
  };
  if (const std::string width = get("width"); !width.empty()) shape.width_mm = mm_of(width);
  if (const std::string height = get("height"); !height.empty()) shape.height_mm = mm_of(height);
  shape.side = get("mso-position-horizontal");
  if (shape.side == "absolute") shape.side.clear();
  if (get("position") != "absolute") return;
  const bool page_across = get("mso-position-horizontal-relative") == "page";
  shape.x_mm = mm_of(get("margin-left")) + (page_across ? 0 : section.page.left_mm);
  const std::string from = get("mso-position-vertical-relative");
  const double down = mm_of(get("margin-top"));
  if (from == "page")
    shape.y_mm = down;
  else if (from == "margin")
    shape.y_mm = down + section.page.top_mm;
  else
    shape.below_paragraph_mm = down;
}

// "0,12pt": the two numbers of a point.
std::pair<double, double> point_of(const std::string& text) {
  const size_t comma = text.find(',');
  return {mm_of(text.substr(0, comma)), comma == text.npos ? 0 : mm_of(text.substr(comma + 1))};
}

ObservedShape read_vml(const pugi::xml_node& pict, const ObservedSection& section) {
  ObservedShape shape;
  pugi::xml_node element;
  for (const char* name : {"v:line", "v:rect", "v:shape", "v:roundrect"})
    if (!element) element = find_below(pict, name);
  read_css_place(read_css(element.attribute("style").value()), section, shape);
  std::string colour = element.attribute("strokecolor").value();
  if (const size_t space = colour.find(' '); space != colour.npos) colour.resize(space);
  shape.colour = colour == "red" ? "FF0000" : colour.starts_with("#") ? colour.substr(1) : "";
  shape.rule_pt = mm_of(element.attribute("strokeweight").as_string("0.75pt")) / kMmPerPoint;
  if (std::string_view(element.name()) == "v:line") {
    shape.kind = Kind::line;
    const auto [x1, y1] = point_of(element.attribute("from").value());
    const auto [x2, y2] = point_of(element.attribute("to").value());
    if (shape.width_mm == 0) shape.width_mm = x2 - x1;
    if (!shape.below_paragraph_mm && !shape.y_mm) shape.below_paragraph_mm = y1;
  } else if (find_below(pict, "v:imagedata")) {
    shape.kind = Kind::picture;
  } else if (find_box(pict)) {
    shape.kind = Kind::box;
  }
  return shape;
}

}  // namespace

pugi::xml_node find_box(const pugi::xml_node& drawing) { return find_below(drawing, "w:txbxContent"); }

ObservedShape read_shape(const pugi::xml_node& drawing, const ObservedSection& section) {
  return std::string_view(drawing.name()) == "w:drawing" ? read_drawing(drawing, section)
                                                         : read_vml(drawing, section);
}

ObservedShape read_frame(const pugi::xml_node& frame, const ObservedSection& section) {
  constexpr double kMmPerTwip = kMmPerPoint / 20;
  ObservedShape shape;
  shape.kind = Kind::box;
  shape.side = frame.attribute("w:xAlign").value();
  shape.width_mm = frame.attribute("w:w").as_double() * kMmPerTwip;
  const std::string_view across = frame.attribute("w:hAnchor").value(),
                         down = frame.attribute("w:vAnchor").value();
  if (const auto x = frame.attribute("w:x"))
    shape.x_mm = x.as_double() * kMmPerTwip + (across == "page" ? 0 : section.page.left_mm);
  if (const auto y = frame.attribute("w:y")) {
    const double mm = y.as_double() * kMmPerTwip;
    if (down == "page")
      shape.y_mm = mm;
    else if (down == "margin")
      shape.y_mm = mm + section.page.top_mm;
    else
      shape.below_paragraph_mm = mm;
  }
  return shape;
}

}  // namespace wenshu::docx
