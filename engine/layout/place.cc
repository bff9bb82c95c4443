#include "layout/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "base/text.h"
#include "layout/furniture.h"
#include "layout/pages.h"

namespace wenshu::layout {
namespace {

using document::Block;
using document::Paragraph;
using document::Section;

constexpr double kDescentOfLine = 0.2;  // of the pitch: where Word ends a line below its baseline
// Word's floating table stands behind a paragraph of one point, and its upper rule above it.
constexpr double kBeforeFoot = 2 * kMillimetres;
constexpr double kAscent = 0.88;                 // of the em: the box of a character above its baseline
constexpr double kBodySize = 16 * kMillimetres;  // 三号, which the grid is made of

// How much further apart than in Word lines stand: as many as fit the area fill it from the top of the first
// character to the bottom of the last.
double stretch_of(double height) {
  const double pitch = Paragraph().line_pitch_pt * kMillimetres;
  const double lines = std::floor(height / pitch);
  return lines < 2 ? 1 : (height - kBodySize) / (lines - 1) / pitch;
}

// Between the top of Word's line, whose baseline stands at 4/5 of the pitch, and its characters.
double air_above(const Paragraph& paragraph) {
  const double pitch = paragraph.line_pitch_pt * kMillimetres;
  return std::max(0.0, (1 - kDescentOfLine) * pitch - kAscent * size_of(paragraph));
}

double air_above(const document::Table& table) {
  double least = INFINITY;
  for (const document::Cell& cell : table.rows[0].cells)
    for (const Paragraph& paragraph : cell.paragraphs) least = std::min(least, air_above(paragraph));
  return (std::isfinite(least) ? least : 0) + table.cell_padding_mm;
}

class SectionSetter {
 public:
  SectionSetter(const Section& section, bool squeezes, Lettering& lettering, Layout& layout)
      : section_(section), squeezes_(squeezes), lettering_(lettering), layout_(layout) {
    const document::Page& page = section.page;
    width_ = page.width_mm - page.left_mm - page.right_mm;
    height_ = page.height_mm - page.top_mm - page.bottom_mm;
    stretch_ = stretch_of(height_);
  }

  // Returns how many of its last pages carry no number. `before`: the number of the page before it.
  size_t set(size_t before) {
    const document::Foot* foot = nullptr;
    for (const Block& block : section_.blocks) {
      if (block.kind == Block::Kind::paragraph) add(block.paragraph);
      if (block.kind == Block::Kind::table) add(block.table);
      if (block.kind == Block::Kind::foot) foot = &block.foot;
    }
    const double first_top = section_.first_top_mm.value_or(section_.page.top_mm);
    const Heights heights{height_ + section_.page.top_mm - first_top - section_.first_white_mm,
                          height_ - section_.second_white_mm, height_};
    const auto pages = fill_pages(pieces_, heights);
    const size_t first = layout_.pages.size();
    for (const Filled& page : pages) {
      add_page();
      draw(page, &page == &pages.front() ? first_top : section_.page.top_mm);
    }
    for (const document::PageRule& rule : section_.first_page_rules) add_rule(rule, layout_.pages[first]);
    const double room = (pages.size() == 1 ? heights.first : heights.other) - pages.back().word_end;
    return foot && !foot->table.rows.empty() ? add_foot(*foot, room, before + pages.size()) : 0;
  }

 private:
  void add(const Paragraph& paragraph);
  void add(const document::Table& table);
  void add_rules(const Paragraph& paragraph, size_t first);
  void draw(const Filled& page, double top);
  size_t add_foot(const document::Foot& foot, double room, size_t number);
  void add_page() {
    document::PlacedPage& page = layout_.pages.emplace_back();
    page.width_mm = section_.page.width_mm;
    page.height_mm = section_.page.height_mm;
  }

  const Section& section_;
  bool squeezes_;
  Lettering& lettering_;
  Layout& layout_;
  double width_ = 0, height_ = 0, stretch_ = 1;
  std::vector<Piece> pieces_;
  std::deque<SetTable> tables_;  // pieces point to them
  bool keep_ = false;            // the last paragraph stays with what comes
  double space_ = 0;             // left below the last paragraph …
  double word_space_ = 0;        // … and as Word measures
};

void SectionSetter::add(const Paragraph& paragraph) {
  const double stretch = is_airy(paragraph) ? stretch_ : 1;
  auto lines = set_lines(paragraph, lettering_.letters(paragraph), {width_, stretch_, false, squeezes_});
  const size_t first = pieces_.size(), count = lines.size();
  for (size_t i = 0; i < count; ++i) {
    Piece& piece = pieces_.emplace_back();
    piece.height = lines[i].height;
    piece.depth = lines[i].depth;
    piece.word.height = paragraph.line_pitch_pt * kMillimetres;
    piece.line = std::move(lines[i]);
    const bool alone = paragraph.widow_control && (i == 1 || i + 1 == count);
    piece.may_begin = i == 0 ? !keep_ : !paragraph.keep_lines && !alone;
  }
  Piece& head = pieces_[first];
  head.before = space_ + paragraph.space_before_pt * kMillimetres * stretch;
  head.top = paragraph.top_mm;
  head.word.before = word_space_ + paragraph.space_before_pt * kMillimetres;
  if (paragraph.top_mm) head.word.top = *paragraph.top_mm - air_above(paragraph);
  head.must_begin = paragraph.page_break_before && first > 0;
  if (paragraph.outline_level > 0) {
    std::string text;
    for (const document::Run& run : paragraph.runs) text += run.text;
    head.heading = document::OutlineEntry{paragraph.outline_level, replace_all(text, "\n", ""), 0, 0};
  }
  add_rules(paragraph, first);
  keep_ = paragraph.keep_with_next;
  word_space_ = paragraph.space_after_pt * kMillimetres;
  space_ = word_space_ * stretch;
}

// A rule keeps the distance from the characters that Word gives it: its gap counts from Word's line.
void SectionSetter::add_rules(const Paragraph& paragraph, size_t first) {
  const document::Rgb colour =
      paragraph.rule_colour == document::Colour::red ? document::Rgb{1, 0, 0} : document::Rgb{};
  const double pitch = paragraph.line_pitch_pt * kMillimetres;
  const double gap = (paragraph.rule_gap_pt + paragraph.rule_pt / 2) * kMillimetres;
  const double room = (paragraph.rule_gap_pt + paragraph.rule_pt) * kMillimetres;
  const auto rule = [&](Piece& piece, double y) {
    piece.rules.push_back({0, y, width_, y, paragraph.rule_pt, colour});
  };
  if (paragraph.rule_above) {
    Piece& piece = pieces_[first];
    rule(piece, piece.line.baseline - (1 - kDescentOfLine) * pitch - gap);
    piece.before += room;
    piece.word.before += room;
  }
  if (paragraph.rule_below) {
    Piece& piece = pieces_.back();
    const double y = piece.line.baseline + kDescentOfLine * pitch + gap;
    rule(piece, y);
    piece.height += room;
    piece.word.height += room;
    piece.depth = std::max(piece.depth, y + paragraph.rule_pt / 2 * kMillimetres);
  }
}

void SectionSetter::add(const document::Table& table) {
  if (table.rows.empty()) return;
  SetTable& set = tables_.emplace_back(set_table(table, lettering_, {width_, height_, squeezes_}));
  for (size_t i = 0; i < set.rows.size(); ++i) {
    Piece& piece = pieces_.emplace_back();
    piece.height = piece.depth = piece.word.height = set.rows[i].height;
    piece.may_begin = i == 0 ? !keep_ : !set.rows[i].keeps && i != set.heads;
    piece.table = &set;
    piece.row = i;
    if (i > 0) continue;
    piece.before = space_;
    piece.word.before = word_space_;
    if (!table.top_mm) continue;
    piece.top = *table.top_mm - set.top();
    piece.word.top = *table.top_mm - (table.outer_rule_pt > 0 ? 0 : air_above(table));
  }
  keep_ = false;
  space_ = word_space_ = 0;
}

void SectionSetter::draw(const Filled& filled, double top) {
  document::PlacedPage& page = layout_.pages.back();
  const document::Page& paper = section_.page;
  for (size_t i = 0; i < filled.stands.size(); ++i) {
    const Piece& piece = *filled.stands[i].piece;
    const double y = top + filled.stands[i].y;
    if (piece.table) {
      std::vector<RowPlace> rows = {{piece.row, y}};
      while (i + 1 < filled.stands.size() && filled.stands[i + 1].piece->table == piece.table) {
        ++i;
        rows.push_back({filled.stands[i].piece->row, top + filled.stands[i].y});
      }
      draw_rows(*piece.table, rows, paper.left_mm, page);
      continue;
    }
    put_line(piece.line, paper.left_mm, y, paper.left_mm, page);
    for (document::PlacedRule rule : piece.rules) {
      rule.x1_mm += paper.left_mm;
      rule.x2_mm += paper.left_mm;
      rule.y1_mm += y;
      rule.y2_mm += y;
      page.rules.push_back(rule);
    }
    if (piece.heading) {
      layout_.outline.push_back(*piece.heading);
      layout_.outline.back().page = layout_.pages.size() - 1;
      layout_.outline.back().y_mm = y;
    }
  }
}

// `room` is left on the last page, whose number is `number`. One that is taller than a page begins on pages before.
// A blank page before it, and then its own, carry no number (GB/T 9704-2012 7.5): returns how many these are.
size_t SectionSetter::add_foot(const document::Foot& foot, double room, size_t number) {
  pieces_.clear();
  keep_ = false;
  space_ = word_space_ = 0;
  add(foot.table);
  const auto pages = fill_pages(pieces_, {height_, height_, height_});
  const auto is_here = [&] { return !foot.on_even_page || number % 2 == 0; };
  bool fits = pages.size() == 1 && pages[0].word_end + kBeforeFoot <= room;
  const bool blank = is_here() && !fits && foot.on_even_page;
  layout_.foot_alone = !fits && !blank;
  for (; !fits || !is_here(); ++number, fits = true) add_page();
  for (const Filled& page : pages) {
    if (&page != &pages.front()) add_page();
    const double top = section_.page.top_mm;
    draw(page, &page == &pages.back() ? top + height_ - page.end : top);
  }
  return blank ? pages.size() + 1 : 0;
}

bool is_landscape(const document::Page& page) { return page.width_mm > page.height_mm; }

// The pages that landscape pages are bound with.
document::Page find_upright(const document::Document& document) {
  for (const Section& section : document.sections)
    if (!is_landscape(section.page)) return section.page;
  return {};
}

}  // namespace

std::optional<Layout> place(const document::Document& document, const font::Faces& faces, const Place& where,
                            Diagnostics& findings) {
  return place(
      document, faces, [&](char32_t, const std::string&) { return where; }, findings);
}

std::optional<Layout> place(const document::Document& document, const font::Faces& faces,
                            const Locate& locate, Diagnostics& findings) {
  Layout layout;
  Lettering lettering(faces, locate, findings);
  const document::Page upright = find_upright(document);
  size_t number = 0;
  for (const Section& section : document.sections) {
    const size_t first = layout.pages.size();
    if (section.restarts_numbers) number = 0;
    const size_t silent = SectionSetter(section, document.fixed_page, lettering, layout).set(number);
    for (size_t i = first; i + silent < layout.pages.size(); ++i) {
      ++number;
      if (section.numbers == document::PageNumbers::none || (i == first && !section.number_on_first))
        continue;
      const bool turned = is_landscape(section.page);
      add_number(number, turned ? upright : section.page, lettering, layout.pages[i]);
    }
  }
  if (!lettering.is_complete()) return std::nullopt;
  lettering.report_fall_backs();
  return layout;
}

}  // namespace wenshu::layout
