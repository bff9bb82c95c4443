#include "notice/compose_parts.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "chinese/line_break.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Block;
using document::Paragraph;

double height_of(const Paragraph& paragraph) {
  return lines_of(paragraph) * paragraph.line_pitch_pt + paragraph.space_after_pt +
         (paragraph.rule_below ? paragraph.rule_gap_pt + paragraph.rule_pt : 0);
}

// Rows of one line a cell, as the marks of joint organs are.
double height_of(const document::Table& table) {
  double height = 0;
  for (const document::Row& row : table.rows) height += row.cells[0].paragraphs[0].line_pitch_pt;
  return height;
}

double width_of(char32_t c) { return chinese::is_wide(c) ? 1 : 0.5; }

// Lines of a text that is broken as layout/ breaks it; everything in characters.
struct Broken {
  int lines = 0;
  double widest_gap = 0;  // of a line that is spread
};

double gap_of(std::u32string_view line, double rest) {
  int places = 0;
  for (size_t i = 1; i < line.size(); ++i)
    if (line[i - 1] == U' ' || chinese::is_wide(line[i - 1]) || chinese::is_wide(line[i])) ++places;
  return places > 0 ? rest / places : 0;
}

Broken break_lines(const std::u32string& text, double room, double first_indent, double next_indent) {
  const std::vector<size_t> breaks = chinese::find_breaks(text);
  Broken broken;
  size_t begin = 0;
  do {
    double rest = room - (broken.lines == 0 ? first_indent : next_indent);
    size_t fits = begin;
    for (double left = rest; fits < text.size(); ++fits) {
      left -= width_of(text[fits]);
      if (left < 0 && text[fits] != U' ') break;
    }
    const size_t end = fits == text.size() ? fits : chinese::find_line_end(breaks, begin, fits);
    if (end < text.size()) {
      for (size_t i = begin; i < end; ++i) rest -= width_of(text[i]);
      const std::u32string_view line = std::u32string_view(text).substr(begin, end - begin);
      broken.widest_gap = std::max(broken.widest_gap, gap_of(line, rest));
    }
    begin = end;
    ++broken.lines;
  } while (begin < text.size());
  return broken;
}

// Of a line, in characters.
double room_of(const Paragraph& paragraph) {
  const double size = paragraph.runs.empty() ? kSize3 : paragraph.runs[0].size_pt;
  return std::floor(kTextWidthMm * kPointsPerMm / (size + kTracking)) - paragraph.left_indent -
         paragraph.right_indent;
}

bool has_long_latin_word(std::string_view text) {
  constexpr size_t kLong = 10;
  size_t length = 0;
  for (const char c : text) {
    length = c > ' ' && c < 0x7F ? length + 1 : 0;
    if (length >= kLong) return true;
  }
  return false;
}

}  // namespace

double width_of(const std::string& text) {
  double width = 0;
  for (const char32_t c : to_characters(text)) width += width_of(c);
  return width;
}

document::Run run(std::string text, document::Face face, double size) {
  document::Run made;
  made.text = std::move(text);
  made.face = face;
  made.size_pt = size;
  made.tracking_pt = size == kSize3 ? kTracking : 0;
  return made;
}

Paragraph paragraph(std::string style, document::Run first) {
  Paragraph made;
  made.style = std::move(style);
  made.runs.push_back(std::move(first));
  return made;
}

Paragraph& add(Blocks& blocks, Paragraph made) {
  Block& block = blocks.emplace_back();
  block.paragraph = std::move(made);
  return block.paragraph;
}

Block& add(Blocks& blocks, document::Table table) {
  Block& block = blocks.emplace_back();
  block.kind = Block::Kind::table;
  block.table = std::move(table);
  return block;
}

Paragraph& last(Blocks& blocks) { return blocks.back().paragraph; }

double lines_of(const Paragraph& paragraph) {
  std::string text;
  for (const document::Run& run : paragraph.runs) text += run.text;
  double lines = 0, indent = paragraph.first_line_indent;
  for (const std::string& line : split(text, "\n")) {
    lines += break_lines(to_characters(line), room_of(paragraph), indent, paragraph.hanging_indent).lines;
    indent = paragraph.hanging_indent;
  }
  return lines;
}

void mind_gaps(Paragraph& paragraph) {
  const auto is_long = [](const document::Run& run) { return has_long_latin_word(run.text); };
  if (!std::any_of(paragraph.runs.begin(), paragraph.runs.end(), is_long)) return;
  std::string text;
  for (const document::Run& run : paragraph.runs) text += run.text;
  const Broken broken = break_lines(to_characters(text), room_of(paragraph), paragraph.first_line_indent,
                                    paragraph.hanging_indent);
  paragraph.has_wide_gap = broken.widest_gap > document::kWidestGap;
}

double height_of(const Blocks& blocks) {
  double height = 0;
  for (const Block& block : blocks) {
    const auto& top = block.kind == Block::Kind::table ? block.table.top_mm : block.paragraph.top_mm;
    if (top) height = std::max(height, *top * kPointsPerMm);
    if (block.kind == Block::Kind::table)
      height += height_of(block.table);
    else if (block.kind == Block::Kind::paragraph)
      height += (top ? 0 : block.paragraph.space_before_pt) + height_of(block.paragraph);
  }
  return height / kPointsPerMm;
}

}  // namespace wenshu::notice
