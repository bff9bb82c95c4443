#include "docx/write_style.h"

#include <fmt/format.h>

#include <cmath>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace wenshu::docx {
namespace {

using document::Align;
using document::Paragraph;
using document::Run;

constexpr std::string_view kBodyStyle = "正文";  // Word's own Normal, which Chinese Word shows by this name

bool look_alike(const Run& a, const Run& b) {
  return a.face == b.face && a.size_pt == b.size_pt && a.colour == b.colour && a.bold == b.bold &&
         to_twips(a.tracking_pt) == to_twips(b.tracking_pt);
}

// Characters that Word takes from the Latin font unless told otherwise: “ ” ‘ ’ — … · ×
bool is_ambiguous(const std::string& text) {
  for (const char32_t c : to_characters(text))
    if (std::u32string_view(U"“”‘’—…·×").find(c) != std::u32string_view::npos) return true;
  return false;
}

void write_fonts(pugi::xml_node properties, const Run& run, bool hint) {
  pugi::xml_node fonts = add_element(properties, "w:rFonts");
  if (hint) set_attribute(fonts, "w:hint", "eastAsia");
  for (const char* script : {"w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"})
    set_attribute(fonts, script, family_of(run.face));
}

void write_look(pugi::xml_node properties, const Run& run, bool hint) {
  write_fonts(properties, run, hint);
  const std::string half_points = fmt::format("{}", std::lround(run.size_pt * 2));
  if (run.bold) add_element(properties, "w:b");
  if (run.colour == document::Colour::red) add_value(properties, "w:color", "FF0000");
  add_value(properties, "w:spacing", fmt::format("{}", to_twips(run.tracking_pt)));
  add_value(properties, "w:sz", half_points);
  add_value(properties, "w:szCs", half_points);
}

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
  long long left, right, first;  // twips; first < 0 hangs
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

// Lines break as GB/T 15834 wants and characters stand on their pitch: no hanging marks, no gaps beside Latin
// letters, no snapping of exact lines to the grid. In the order of CT_PPr. (LibreOffice 7.4 hangs marks just
// when told not to, and knows nothing of the gaps.)
struct Switch {
  const char* name;
  const char* value;
};
constexpr Switch kTypography[] = {{"w:widowControl", "0"}, {"w:kinsoku", "1"},     {"w:overflowPunct", "0"},
                                  {"w:autoSpaceDE", "0"},  {"w:autoSpaceDN", "0"}, {"w:snapToGrid", "0"}};

// What `paragraph` adds to `base` (its style, or the defaults of the document), in the order of CT_PPr.
void write_differences(pugi::xml_node properties, const Paragraph& paragraph, const Paragraph& base,
                       const Indents& base_indents) {
  write_switch(properties, "w:keepNext", paragraph.keep_with_next, base.keep_with_next);
  write_switch(properties, "w:keepLines", paragraph.keep_lines, base.keep_lines);
  write_switch(properties, "w:pageBreakBefore", paragraph.page_break_before, base.page_break_before);
  write_switch(properties, "w:widowControl", paragraph.widow_control, base.widow_control);
  if (!same_rules(paragraph, base)) write_rules(properties, paragraph);
  if (paragraph.right_tab_mm > 0 && paragraph.right_tab_mm != base.right_tab_mm) {
    pugi::xml_node tab = add_element(add_element(properties, "w:tabs"), "w:tab");
    set_attribute(tab, "w:val", "right");
    set_attribute(tab, "w:pos", fmt::format("{}", mm_to_twips(paragraph.right_tab_mm)));
  }
  write_spacing(properties, paragraph, base);
  const Indents indents = indents_of(paragraph);
  if (!(indents == base_indents)) write_indents(properties, indents);
  if (paragraph.align != base.align) add_value(properties, "w:jc", align_name(paragraph.align));
  if (paragraph.outline_level != base.outline_level)  // Word counts from 0; 9 is body text
    add_value(properties, "w:outlineLvl",
              fmt::format("{}", paragraph.outline_level > 0 ? paragraph.outline_level - 1 : 9));
}

void write_text(pugi::xml_node parent, const std::string& text) {
  std::string piece;
  const auto flush = [&] {
    if (piece.empty()) return;
    pugi::xml_node node = add_element(parent, "w:t");
    node.append_attribute("xml:space") = "preserve";
    node.text().set(piece.c_str());
    piece.clear();
  };
  for (const char c : text) {
    if (c != '\n' && c != '\t') {
      piece += c;
      continue;
    }
    flush();
    add_element(parent, c == '\n' ? "w:br" : "w:tab");
  }
  flush();
}

const Run& run_of_style(const Paragraph& paragraph) {
  static const Run kDefault;
  for (const Run& run : paragraph.runs)
    if (run.style.empty()) return run;
  return paragraph.runs.empty() ? kDefault : paragraph.runs[0];
}

// The defaults of the document (docDefaults), which every style begins from.
const Paragraph kDefaults;
constexpr Indents kNoIndents{0, 0, 0};

void write_defaults(pugi::xml_node styles) {
  pugi::xml_node defaults = add_element(styles, "w:docDefaults");
  pugi::xml_node run = add_element(add_element(defaults, "w:rPrDefault"), "w:rPr");
  write_look(run, Run(), false);
  pugi::xml_node lang = add_element(run, "w:lang");
  set_attribute(lang, "w:val", "en-US");
  set_attribute(lang, "w:eastAsia", "zh-CN");
  pugi::xml_node paragraph = add_element(add_element(defaults, "w:pPrDefault"), "w:pPr");
  for (const Switch& each : kTypography) add_value(paragraph, each.name, each.value);
  pugi::xml_node spacing = add_element(paragraph, "w:spacing");
  set_attribute(spacing, "w:line", fmt::format("{}", to_twips(kDefaults.line_pitch_pt)));
  set_attribute(spacing, "w:lineRule", "exact");
  add_value(paragraph, "w:jc", align_name(kDefaults.align));
}

pugi::xml_node begin_style(pugi::xml_node styles, const char* type, const std::string& id,
                           const std::string& name) {
  pugi::xml_node style = add_element(styles, "w:style");
  set_attribute(style, "w:type", type);
  if (id == "Normal" || id == "TableNormal") set_attribute(style, "w:default", "1");
  set_attribute(style, "w:styleId", id);
  add_value(style, "w:name", id == "Normal" ? "Normal" : name);
  return style;
}

// Styles of the writer itself: the page number, and paragraphs that stand where Word wants one and nothing
// should show.
void write_own_styles(pugi::xml_node styles) {
  Paragraph number;
  number.line_pitch_pt = 15.4;  // 1.1 em: the line begins at the top of its characters
  number.align = Align::left;
  Run songti;
  songti.face = document::Face::songti;
  songti.size_pt = 14;  // 四号
  songti.tracking_pt = 0;
  Paragraph speck;
  speck.line_pitch_pt = 1;
  Run dot;
  dot.size_pt = 1;
  dot.tracking_pt = 0;
  for (const auto& [id, name, paragraph, run] :
       {std::tuple{"PageNumber", "页码", number, songti}, {"Speck", "占位", speck, dot}}) {
    pugi::xml_node node = begin_style(styles, "paragraph", id, name);
    write_differences(add_element(node, "w:pPr"), paragraph, kDefaults, kNoIndents);
    write_look(add_element(node, "w:rPr"), run, false);
  }
  begin_style(styles, "table", "TableNormal", "Normal Table");
}

}  // namespace

long long to_twips(double points) { return std::llround(points * 20); }

const char* family_of(document::Face face) {
  switch (face) {
    case document::Face::fangsong:
      return "仿宋_GB2312";
    case document::Face::kaiti:
      return "楷体_GB2312";
    case document::Face::heiti:
      return "黑体";
    case document::Face::xiaobiaosong:
      return "方正小标宋简体";
    case document::Face::songti:
      break;
  }
  return "宋体";
}

pugi::xml_node add_element(pugi::xml_node parent, const char* name) { return parent.append_child(name); }

void set_attribute(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = value.c_str();
}

pugi::xml_node add_value(pugi::xml_node parent, const char* name, const std::string& value) {
  pugi::xml_node node = add_element(parent, name);
  set_attribute(node, "w:val", value);
  return node;
}

StyleBook::StyleBook(const document::Document& document) {
  for (const auto& section : document.sections)
    for (const auto& block : section.blocks) switch (block.kind) {
        case document::Block::Kind::paragraph:
          add(block.paragraph);
          break;
        case document::Block::Kind::table:
          add(block.table);
          break;
        case document::Block::Kind::foot:
          add(block.foot.table);
          break;
      }
}

void StyleBook::add(const document::Table& table) {
  for (const auto& row : table.rows)
    for (const auto& cell : row.cells)
      for (const auto& paragraph : cell.paragraphs) add(paragraph);
}

void StyleBook::add(const Paragraph& paragraph) {
  for (const Run& run : paragraph.runs)
    if (!run.style.empty() && !characters_.count(run.style))
      characters_[run.style] = {fmt::format("c{}", characters_.size() + 1), Paragraph(), run};
  if (paragraphs_.count(paragraph.style)) return;
  const std::string id = paragraph.style == kBodyStyle ? "Normal" : fmt::format("p{}", order_.size() + 1);
  order_.push_back(paragraph.style);
  paragraphs_[paragraph.style] = {id, paragraph, run_of_style(paragraph)};
}

std::string StyleBook::id_of(const Paragraph& paragraph) const { return paragraphs_.at(paragraph.style).id; }

void StyleBook::write_run(pugi::xml_node parent, const Run& run, const Style& style) const {
  if (find_forbidden_character(run.text))
    throw Failure(fmt::format("无法写入 Word 文件（文字“{}”里有不可用的控制字符）", run.text));
  const Style* character = run.style.empty() ? nullptr : &characters_.at(run.style);
  const Run& look = character ? character->run : style.run;
  pugi::xml_node node = add_element(parent, "w:r");
  const bool differs = !look_alike(run, look), hint = is_ambiguous(run.text);
  if (character || differs || hint) {
    pugi::xml_node properties = add_element(node, "w:rPr");
    if (character) add_value(properties, "w:rStyle", character->id);
    if (differs)
      write_look(properties, run, hint);
    else if (hint)
      set_attribute(add_element(properties, "w:rFonts"), "w:hint", "eastAsia");
  }
  write_text(node, run.text);
}

pugi::xml_node StyleBook::write_paragraph(pugi::xml_node parent, const Paragraph& paragraph) const {
  const Style& style = paragraphs_.at(paragraph.style);
  pugi::xml_node node = add_element(parent, "w:p");
  pugi::xml_node properties = add_element(node, "w:pPr");
  if (style.id != "Normal") add_value(properties, "w:pStyle", style.id);
  write_differences(properties, paragraph, style.paragraph, indents_of(style.paragraph));
  for (const Run& run : paragraph.runs) write_run(node, run, style);
  return node;
}

std::string StyleBook::write_part() const {
  pugi::xml_document part;
  pugi::xml_node styles = part.append_child("w:styles");
  set_attribute(styles, "xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
  write_defaults(styles);
  if (!paragraphs_.count(std::string(kBodyStyle))) begin_style(styles, "paragraph", "Normal", "Normal");
  for (const std::string& name : order_) {
    const Style& style = paragraphs_.at(name);
    pugi::xml_node node = begin_style(styles, "paragraph", style.id, name);
    add_element(node, "w:qFormat");
    write_differences(add_element(node, "w:pPr"), style.paragraph, kDefaults, kNoIndents);
    write_look(add_element(node, "w:rPr"), style.run, false);
  }
  for (const auto& [name, style] : characters_)
    write_look(add_element(begin_style(styles, "character", style.id, name), "w:rPr"), style.run, false);
  write_own_styles(styles);
  return xml::to_bytes(part);
}

}  // namespace wenshu::docx
