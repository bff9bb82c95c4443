#include "docx/write_style.h"

#include <fmt/format.h>

#include <cmath>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "docx/write_element.h"
#include "docx/write_paragraph.h"

namespace wenshu::docx {
namespace {

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

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_latin(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// Numbers and codes (0000-6221234, QH2025-A) stay whole as on the fixed pages, where Word would break after the hyphen.
bool joins_number(const std::string& text, size_t i) {
  return text[i] == '-' && i > 0 && i + 1 < text.size() && is_latin(text[i - 1]) && is_latin(text[i + 1]) &&
         (is_digit(text[i - 1]) || is_digit(text[i + 1]));
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
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool joins = joins_number(text, i);
    if (c != '\n' && c != '\t' && !joins) {
      piece += c;
      continue;
    }
    flush();
    add_element(parent, joins ? "w:noBreakHyphen" : c == '\n' ? "w:br" : "w:tab");
  }
  flush();
}

const Run& run_of_style(const Paragraph& paragraph) {
  static const Run kDefault;
  for (const Run& run : paragraph.runs)
    if (run.style.empty()) return run;
  return paragraph.runs.empty() ? kDefault : paragraph.runs[0];
}

void write_defaults(pugi::xml_node styles) {
  pugi::xml_node defaults = add_element(styles, "w:docDefaults");
  pugi::xml_node run = add_element(add_element(defaults, "w:rPrDefault"), "w:rPr");
  write_look(run, Run(), false);
  pugi::xml_node lang = add_element(run, "w:lang");
  set_attribute(lang, "w:val", "en-US");
  set_attribute(lang, "w:eastAsia", "zh-CN");
  pugi::xml_node paragraph = add_element(add_element(defaults, "w:pPrDefault"), "w:pPr");
  write_paragraph_defaults(paragraph);
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
  number.align = document::Align::left;
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
    write_differences(add_element(node, "w:pPr"), paragraph, nullptr);
    write_look(add_element(node, "w:rPr"), run, false);
  }
  begin_style(styles, "table", "TableNormal", "Normal Table");
}

}  // namespace

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
  write_differences(properties, paragraph, &style.paragraph);
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
    write_differences(add_element(node, "w:pPr"), style.paragraph, nullptr);
    write_look(add_element(node, "w:rPr"), style.run, false);
  }
  for (const auto& [name, style] : characters_)
    write_look(add_element(begin_style(styles, "character", style.id, name), "w:rPr"), style.run, false);
  write_own_styles(styles);
  return xml::to_bytes(part);
}

}  // namespace wenshu::docx
