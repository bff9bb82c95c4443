#include "docx/read_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "docx/inline.h"
#include "docx/read_shape.h"
#include "docx/story.h"

namespace wenshu::docx {
namespace {

using document::Align;
using document::ObservedParagraph;
using document::ObservedRule;
using document::ObservedRun;
using document::ObservedTable;

constexpr double kPlainLine = 12;  // points: what beforeLines counts where there is no grid

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Align align_of(std::string_view word) {
  if (word == "center") return Align::centre;
  if (word == "right" || word == "end") return Align::right;
  if (word == "both") return Align::justify;
  if (word == "distribute" || word == "thaiDistribute") return Align::distribute;
  return Align::left;
}

bool has_grid_of_lines(const document::ObservedSection& section) {
  return (section.grid == "lines" || section.grid == "linesAndChars" || section.grid == "snapToChars") &&
         section.grid_pitch_pt > 0;
}

void place_pitch(const ParagraphLook& look, const document::ObservedSection& section,
                 ObservedParagraph& made) {
  using Pitch = ObservedParagraph::Pitch;
  if (look.line_rule == "exact" || look.line_rule == "atLeast") {
    made.pitch = look.line_rule == "exact" ? Pitch::exact : Pitch::at_least;
    made.pitch_pt = look.line / 20;
  } else {
    made.pitch_lines = look.line / 240;
    if (has_grid_of_lines(section) && look.snaps) made.pitch_pt = section.grid_pitch_pt * made.pitch_lines;
  }
  const double line = has_grid_of_lines(section) ? section.grid_pitch_pt : kPlainLine;
  made.space_before_pt = look.before_lines ? *look.before_lines * line : look.before_pt;
  made.space_after_pt = look.after_lines ? *look.after_lines * line : look.after_pt;
}

// Widths in characters are multiples of the size of the first character.
void place_indents(const ParagraphLook& look, ObservedParagraph& made) {
  const double unit = made.runs.empty() ? made.mark_size_pt : made.runs[0].size_pt;
  const auto points = [&](const std::optional<double>& characters, double pt) {
    return characters && *characters != 0 ? *characters * unit : pt;
  };
  made.first_line_pt = points(look.first_line_chars, look.first_line_pt);
  made.left_pt = points(look.left_chars, look.left_pt);
  made.right_pt = points(look.right_chars, look.right_pt);
}

ObservedRun run_of(const RunLook& look) {
  ObservedRun run;
  run.wide_family = look.wide;
  run.narrow_family = look.narrow;
  run.size_pt = look.size_pt;
  run.tracking_pt = look.tracking_pt;
  run.colour = look.colour;
  run.bold = look.bold;
  run.wide_marks = look.hint == "eastAsia" || look.wide == look.narrow;
  return run;
}

}  // namespace

ObservedRule read_rule(const pugi::xml_node& border) {
  ObservedRule rule;
  const std::string_view kind = border.attribute("w:val").value();
  rule.drawn = border && !kind.empty() && kind != "nil" && kind != "none";
  rule.pt = border.attribute("w:sz").as_double() / 8;
  rule.gap_pt = border.attribute("w:space").as_double();
  rule.colour = border.attribute("w:color").value();
  if (rule.colour == "auto" || rule.colour == "000000") rule.colour.clear();
  return rule;
}

StoryReader::StoryReader(Surroundings around, const pugi::xml_node& root, const std::string& prefix,
                         size_t section)
    : around_(around), section_(section) {
  const auto all = all_paragraphs(root);
  for (size_t i = 0; i < all.size(); ++i) numbers_.emplace(all[i].internal_object(), i);
  for (const Story& story : collect_stories(root, prefix))
    for (const StoryParagraph& each : story) spots_.emplace(each.node.internal_object(), each.spot);
}

void StoryReader::walk(const pugi::xml_node& node) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:p")
      read_paragraph(child);
    else if (name == "w:tbl")
      read_table(child);
    else if (is_one_of(name, {"w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag"}))
      walk(child);
  }
}

void StoryReader::read_paragraph(const pugi::xml_node& node) {
  const pugi::xml_node properties = node.child("w:pPr");
  const Look& style = around_.styles.look_of(properties.child("w:pStyle").attribute("w:val").value());
  ParagraphLook look = style.paragraph;
  around_.styles.apply(properties, look);
  ObservedParagraph made;
  if (!look.number_id.empty() && look.number_id != "0") {
    const std::string id = look.number_id;
    const int level = look.number_level;
    look = style.paragraph;
    around_.styles.apply(around_.numbering.properties_of(id, level), look);
    around_.styles.apply(properties, look);
    made.label = around_.numbering.next(id, level);
  }
  made.number = numbers_[node.internal_object()];
  made.spot = spots_[node.internal_object()];
  made.section = section_;
  made.box = box_;
  if (const auto frame = properties.child("w:framePr"); frame && !box_)
    made.box = read_frame(frame, section());
  if (cell_) made.table = cell_->table, made.row = cell_->row, made.column = cell_->column;
  RunLook mark = style.run;
  around_.styles.apply(properties.child("w:rPr"), mark);
  made.mark_size_pt = mark.size_pt;
  made.breaks_page = look.breaks_page || page_begins_;
  page_begins_ = false;
  read_runs(node, style, made);
  made.align = align_of(look.align);
  made.outline_level = look.outline_level;
  made.keep_with_next = look.keep_with_next;
  made.kinsoku = look.kinsoku;
  made.above = read_rule(look.borders.child("w:top"));
  made.below = read_rule(look.borders.child("w:bottom"));
  place_pitch(look, section(), made);
  place_indents(look, made);
  paragraphs.push_back(std::move(made));
  if (const auto closing = properties.child("w:sectPr"); closing && section_ + 1 < around_.sections.size()) {
    ++section_;
    page_begins_ = true;
  }
}

void StoryReader::read_runs(const pugi::xml_node& node, const Look& look, ObservedParagraph& made) {
  const void* last = nullptr;
  bool text_seen = false;
  for (const Inline& each : read_inline(node)) {
    if (each.kind == Inline::Kind::drawing) {
      read_drawing(each.node, made);
      continue;
    }
    if (each.kind == Inline::Kind::page_break) {
      (text_seen ? page_begins_ : made.breaks_page) = true;
      if (!text_seen)
        page_begins_ = true;  // a paragraph with nothing but the break: the next one begins the page
      continue;
    }
    if (each.run.internal_object() != last || made.runs.back().page_number != each.page_number) {
      RunLook run = look.run;
      const pugi::xml_node properties = each.run.child("w:rPr");
      around_.styles.apply_character_style(properties.child("w:rStyle").attribute("w:val").value(), run);
      around_.styles.apply(properties, run);
      made.runs.push_back(run_of(run));
      made.runs.back().page_number = each.page_number;
      last = each.run.internal_object();
    }
    made.runs.back().text += each.text;
    if (!text_seen && !each.text.empty()) text_seen = true, page_begins_ = false;
  }
}

void StoryReader::read_drawing(const pugi::xml_node& drawing, ObservedParagraph& made) {
  document::ObservedShape shape = read_shape(drawing, section());
  const pugi::xml_node inside = find_box(drawing);
  if (inside && !box_) {
    const auto cell = cell_;
    cell_.reset();
    box_ = shape;
    walk(inside);
    box_.reset();
    cell_ = cell;
  }
  made.shapes.push_back(std::move(shape));
}

pugi::xml_node StoryReader::borders_of(const pugi::xml_node& table_properties) const {
  if (const auto own = table_properties.child("w:tblBorders")) return own;
  return around_.styles.table_borders(table_properties.child("w:tblStyle").attribute("w:val").value());
}

void StoryReader::read_table(const pugi::xml_node& node) {
  const size_t index = tables.size();
  const pugi::xml_node properties = node.child("w:tblPr"), floats = properties.child("w:tblpPr");
  ObservedTable table;
  table.section = section_;
  table.at_foot = std::string_view(floats.attribute("w:tblpYSpec").value()) == "bottom" &&
                  std::string_view(floats.attribute("w:vertAnchor").value()) == "margin";
  table.repeats_head = is_on(node.child("w:tr").child("w:trPr").child("w:tblHeader"));
  table.lines.push_back(read_rule(borders_of(properties).child("w:top")));
  tables.push_back(std::move(table));
  const size_t first = paragraphs.size();
  const auto around = cell_;
  read_rows(node, index);
  cell_ = around;
  ObservedTable& made = tables[index];
  if (first < paragraphs.size()) {
    made.spot = paragraphs[first].spot;
    if (const size_t row = made.spot.find("第1行"); row != made.spot.npos) made.spot.resize(row);
  }
  const pugi::xml_node borders = borders_of(properties);
  for (size_t i = 1; i < made.lines.size(); ++i) {
    const ObservedRule general =
        read_rule(borders.child(i + 1 < made.lines.size() ? "w:insideH" : "w:bottom"));
    if (!made.lines[i].drawn) made.lines[i] = general;
  }
}

void StoryReader::read_rows(const pugi::xml_node& node, size_t table) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (is_one_of(name, {"w:sdt", "w:sdtContent", "w:customXml", "w:ins"})) read_rows(child, table);
    if (name != "w:tr" || child.child("w:trPr").child("w:del")) continue;
    const size_t row = ++tables[table].rows;
    const pugi::xml_node own = child.child("w:tc").child("w:tcPr").child("w:tcBorders");
    const ObservedRule top = read_rule(own.child("w:top"));
    if (top.drawn) tables[table].lines.back() = top;
    tables[table].lines.push_back(read_rule(own.child("w:bottom")));
    size_t column = 0;
    cell_ = Cell{table, row, column};
    read_cells(child, table, column);
  }
}

void StoryReader::read_cells(const pugi::xml_node& node, size_t table, size_t& column) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (is_one_of(name, {"w:sdt", "w:sdtContent", "w:customXml"})) read_cells(child, table, column);
    if (name != "w:tc") continue;
    const auto merge = child.child("w:tcPr").child("w:vMerge");
    ++column;
    if (merge && std::string_view(merge.attribute("w:val").value()) != "restart") continue;
    cell_ = Cell{table, tables[table].rows, column};
    walk(child);
  }
}

}  // namespace wenshu::docx
