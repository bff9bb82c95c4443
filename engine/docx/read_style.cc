#include "docx/read_style.h"

#include <algorithm>

namespace wenshu::docx {
namespace {

constexpr int kMostStyles = 32;  // one based on another; Word allows fewer, a ring ends here

std::string value_of(const pugi::xml_node& element) { return element.attribute("w:val").value(); }

// The first of two names under which an attribute goes: w:left in Word 2007, w:start since.
pugi::xml_attribute either(const pugi::xml_node& node, const char* name, const char* other) {
  const pugi::xml_attribute found = node.attribute(name);
  return found ? found : node.attribute(other);
}

void take_points(const pugi::xml_attribute& attribute, double& points) {
  if (attribute) points = twips_of(attribute);
}
void take_hundredths(const pugi::xml_attribute& attribute, std::optional<double>& count) {
  if (attribute) count = attribute.as_double() / 100;
}

void apply_indents(const pugi::xml_node& ind, ParagraphLook& look) {
  take_points(either(ind, "w:left", "w:start"), look.left_pt);
  take_points(either(ind, "w:right", "w:end"), look.right_pt);
  take_points(ind.attribute("w:firstLine"), look.first_line_pt);
  take_hundredths(either(ind, "w:leftChars", "w:startChars"), look.left_chars);
  take_hundredths(either(ind, "w:rightChars", "w:endChars"), look.right_chars);
  take_hundredths(ind.attribute("w:firstLineChars"), look.first_line_chars);
  if (const auto hanging = ind.attribute("w:hanging")) look.first_line_pt = -twips_of(hanging);
  if (const auto hanging = ind.attribute("w:hangingChars"))
    look.first_line_chars = -hanging.as_double() / 100;
}

void apply_spacing(const pugi::xml_node& spacing, ParagraphLook& look) {
  take_points(spacing.attribute("w:before"), look.before_pt);
  take_points(spacing.attribute("w:after"), look.after_pt);
  take_hundredths(spacing.attribute("w:beforeLines"), look.before_lines);
  take_hundredths(spacing.attribute("w:afterLines"), look.after_lines);
  if (const auto line = spacing.attribute("w:line")) look.line = line.as_double();
  if (const auto rule = spacing.attribute("w:lineRule")) look.line_rule = rule.value();
}

}  // namespace

bool is_on(const pugi::xml_node& element) {
  if (!element) return false;
  const std::string_view value = element.attribute("w:val").value();
  return value != "0" && value != "false" && value != "off" && value != "none";
}

double twips_of(const pugi::xml_attribute& attribute) { return attribute.as_double() / 20; }

StyleSheet::StyleSheet(const pugi::xml_node& styles, const pugi::xml_node& theme) {
  read_theme(theme);
  for (const pugi::xml_node& style : styles.children("w:style")) {
    const std::string id = style.attribute("w:styleId").value();
    styles_.emplace(id, style);
    const bool normal = style.attribute("w:default").as_bool() &&
                        std::string_view(style.attribute("w:type").value()) == "paragraph";
    if (normal) default_style_ = id;
  }
  const pugi::xml_node defaults = styles.child("w:docDefaults");
  apply(defaults.child("w:rPrDefault").child("w:rPr"), defaults_.run);
  apply(defaults.child("w:pPrDefault").child("w:pPr"), defaults_.paragraph);
}

void StyleSheet::read_theme(const pugi::xml_node& theme) {
  const pugi::xml_node scheme = theme.child("a:themeElements").child("a:fontScheme");
  for (const auto& [element, prefix] : {std::pair{"a:majorFont", "major"}, {"a:minorFont", "minor"}}) {
    const pugi::xml_node font = scheme.child(element);
    const std::string name = prefix;
    const std::string latin = font.child("a:latin").attribute("typeface").value();
    theme_[name + "Ascii"] = theme_[name + "HAnsi"] = latin;
    std::string wide = font.child("a:ea").attribute("typeface").value();
    if (wide.empty())
      wide = font.find_child_by_attribute("a:font", "script", "Hans").attribute("typeface").value();
    theme_[name + "EastAsia"] = wide;
  }
}

void StyleSheet::apply(const pugi::xml_node& properties, RunLook& look) const {
  const pugi::xml_node fonts = properties.child("w:rFonts");
  const auto take_family = [&](const char* theme, const char* written, std::string& family) {
    if (const auto attribute = fonts.attribute(theme)) {
      const auto found = theme_.find(attribute.value());
      family = found == theme_.end() ? "" : found->second;
    } else if (const auto name = fonts.attribute(written)) {
      family = name.value();
    }
  };
  take_family("w:eastAsiaTheme", "w:eastAsia", look.wide);
  take_family("w:asciiTheme", "w:ascii", look.narrow);
  if (const auto hint = fonts.attribute("w:hint")) look.hint = hint.value();
  if (const auto size = properties.child("w:sz").attribute("w:val")) look.size_pt = size.as_double() / 2;
  if (const auto tracking = properties.child("w:spacing").attribute("w:val"))
    look.tracking_pt = twips_of(tracking);
  if (const auto colour = properties.child("w:color").attribute("w:val")) {
    look.colour = std::string_view(colour.value()) == "auto" ? "" : colour.value();  // black on white paper
    std::transform(look.colour.begin(), look.colour.end(), look.colour.begin(),
                   [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (look.colour == "000000") look.colour.clear();
  }
  if (const auto bold = properties.child("w:b")) look.bold = is_on(bold);
}

void StyleSheet::apply(const pugi::xml_node& properties, ParagraphLook& look) const {
  if (!properties) return;
  if (const auto align = properties.child("w:jc")) look.align = value_of(align);
  apply_indents(properties.child("w:ind"), look);
  apply_spacing(properties.child("w:spacing"), look);
  if (const auto level = properties.child("w:outlineLvl")) {
    const int n = level.attribute("w:val").as_int(9);
    look.outline_level = n >= 0 && n < 9 ? n + 1 : 0;
  }
  if (const auto keep = properties.child("w:keepNext")) look.keep_with_next = is_on(keep);
  if (const auto page = properties.child("w:pageBreakBefore")) look.breaks_page = is_on(page);
  if (const auto kinsoku = properties.child("w:kinsoku")) look.kinsoku = is_on(kinsoku);
  if (const auto snap = properties.child("w:snapToGrid")) look.snaps = is_on(snap);
  if (const auto borders = properties.child("w:pBdr")) look.borders = borders;
  const pugi::xml_node number = properties.child("w:numPr");
  if (const auto id = number.child("w:numId")) look.number_id = value_of(id);
  if (const auto level = number.child("w:ilvl")) look.number_level = level.attribute("w:val").as_int();
}

void StyleSheet::apply_style(const std::string& id, Look& look, int depth) const {
  const auto style = styles_.find(id);
  if (style == styles_.end() || depth > kMostStyles) return;
  apply_style(value_of(style->second.child("w:basedOn")), look, depth + 1);
  apply(style->second.child("w:pPr"), look.paragraph);
  apply(style->second.child("w:rPr"), look.run);
}

const Look& StyleSheet::look_of(const std::string& paragraph_style) const {
  const std::string& id = styles_.count(paragraph_style) > 0 ? paragraph_style : default_style_;
  if (const auto known = looks_.find(id); known != looks_.end()) return known->second;
  Look look = defaults_;
  apply_style(id, look, 0);
  return looks_.emplace(id, std::move(look)).first->second;
}

pugi::xml_node StyleSheet::table_borders(const std::string& table_style) const {
  std::string id = table_style;
  for (int depth = 0; depth < kMostStyles; ++depth) {
    const auto style = styles_.find(id);
    if (style == styles_.end()) break;
    if (const auto borders = style->second.child("w:tblPr").child("w:tblBorders")) return borders;
    id = value_of(style->second.child("w:basedOn"));
  }
  return {};
}

void StyleSheet::apply_character_style(const std::string& id, RunLook& look) const {
  if (id.empty()) return;
  Look whole;
  whole.run = look;
  apply_style(id, whole, 0);
  look = whole.run;
}

}  // namespace wenshu::docx
