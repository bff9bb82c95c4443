// What a page says: sections of paragraphs and tables, with lengths in points or millimetres as named.
// Knows no file format; notice/ makes it, docx/ writes it, layout/ places it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "picture/pixels.h"

namespace wenshu::document {

// The faces GB/T 9704 and offices speak of; fonts/fonts.yaml maps each to installed files.
enum class Face { fangsong, kaiti, heiti, xiaobiaosong, songti };

enum class Colour { black, red };

struct Run {
  std::string text;  // UTF-8; '\n' is a line break, '\t' a tab
  Face face = Face::fangsong;
  double size_pt = 16;  // 三号
  Colour colour = Colour::black;
  bool bold = false;
  double tracking_pt = -0.25;  // added after each character: 28 characters of 16 pt fit 156 mm
  std::string style;           // a character style, e.g. "一级标题字符"; "" for none
};

// `distribute` spreads the characters of every line over the width: names of joint organs one above another.
enum class Align { left, centre, right, justify, distribute };

// A picture that floats over the text and moves none of it: a seal on a name and a date, a signature stamp.
struct Floating {
  std::shared_ptr<const picture::Pixels> pixels;
  double width_mm = 0, height_mm = 0;
  double centre_x_mm = 0;   // from the left edge of the text area
  double centre_y_mm = 0;   // from the top of the first line of the paragraph that carries it
  std::string description;  // alternative text, e.g. 清河县教育体育局印章
};

// No gap between characters of a justified line is wider, in em: a line before a long Latin word ends early instead.
constexpr double kWidestGap = 0.25;

// Widths in characters are multiples of the paragraph's own first run size.
struct Paragraph {
  std::string
      style;  // a name of the profile, e.g. "正文", "标题", "一级标题"; writers make real styles of it
  std::vector<Run> runs;
  Align align = Align::justify;
  // A line of it would have wider gaps than kWidestGap. Fixed pages let such a line end early; Word, which spreads all
  // lines of a paragraph or none, sets this one to the left.
  bool has_wide_gap = false;
  double first_line_indent = 0;  // characters
  double left_indent = 0;        // characters
  double right_indent = 0;       // characters
  double hanging_indent = 0;     // characters; continuation lines stand this much further right
  // Fixed pages know how wide 1. is: continuation lines begin exactly where the first line has its character of this
  // index, which stands about hanging_indent from the beginning; 0 for none.
  size_t hanging_from = 0;
  double line_pitch_pt = 28.95;  // exact
  double space_before_pt = 0;
  // In place of space_before_pt: the first line begins this far below the top of the text area, whatever stands
  // above it on the page; right after it when that reaches further. First pages of sections only.
  std::optional<double> top_mm;
  double space_after_pt = 0;
  bool keep_with_next = false;
  bool keep_lines = false;
  bool widow_control = false;  // never one line alone at the foot or the head of a page
  bool page_break_before = false;
  int outline_level = 0;    // 1 to 9 for headings
  bool rule_below = false;  // a red or black line of the text width under the paragraph
  bool rule_above = false;
  double rule_pt = 0.75;
  double rule_gap_pt = 1;  // between the line box and the rule
  Colour rule_colour = Colour::black;
  double right_tab_mm = 0;  // a right-aligned tab stop, from the left edge of the text area; 0 for none
  // Centring tab stops, from the left edge of the text area, rising: names of joint organs side by side. They are
  // used instead of the right one.
  std::vector<double> centre_tabs_mm;
  std::vector<Floating> floating;
};

struct Cell;
struct Row {
  std::vector<Cell> cells;
  bool repeats = false;  // a head row, on each page again
};
struct Cell {
  std::vector<Paragraph> paragraphs;
  int columns = 1;               // grid columns covered
  bool continues_above = false;  // joined with the cell above
};
struct Table {
  std::vector<double> column_mm;
  std::vector<Row> rows;
  Align align = Align::left;     // of the table in the text area: left or centre
  std::optional<double> top_mm;  // as of a paragraph: its upper rule, or without one its highest characters
  double outer_rule_pt = 1;      // 0.35 mm; 0: no rule
  double inner_rule_pt = 0.75;   // 0.25 mm
  bool upright_rules = true;     // false: only the lines above, below and between rows
  double cell_margin_mm = 1;     // left and right of each cell's text
  double cell_padding_mm = 0;    // above and below it
};

// Stands at the foot of the text area of the last page (版记): the lower rule of the table lies on its lower
// edge.
struct Foot {
  Table table;
  // Fixed pages only: on the back of a sheet, so that a blank page may stand before it (a habit, not the standard).
  bool on_even_page = false;
};

struct Block {
  enum class Kind { paragraph, table, foot } kind = Kind::paragraph;
  Paragraph paragraph;
  Table table;
  Foot foot;
};

struct Page {
  double width_mm = 210, height_mm = 297;
  double top_mm = 37, bottom_mm = 35, left_mm = 28, right_mm = 26;
  bool landscape = false;
};

// outside: — 1 — right on odd, left on even pages (GB/T 9704 7.5). On a landscape page they stand where they stand
// on the other pages of the bound document: the sheet is turned, its head at the left edge of the upright sheet.
enum class PageNumbers { none, outside };

// One or two level rules at a fixed place of a page (信函, GB/T 9704 10.1), from the edges of the page.
struct PageRule {
  double left_mm = 20, right_mm = 190;
  double y_mm = 0;      // middle of the whole
  double upper_pt = 0;  // thickness
  double lower_pt = 0;  // 0: a single rule
  double gap_pt = 0;    // white between the two
  Colour colour = Colour::red;
};

struct Section {
  Page page;
  PageNumbers numbers = PageNumbers::outside;
  bool number_on_first = true;    // false: the section's first page shows none, and is counted (信函)
  bool restarts_numbers = false;  // begins at 1: an annex that is bound by itself
  std::vector<PageRule> first_page_rules;
  // The text area of the section's first page begins here, higher than page.top_mm (信函: the mark at 30 mm); the
  // pitch of the lines stays that of the other pages. In Word: this as the top margin, and on the other pages an
  // empty header that reaches down to page.top_mm.
  std::optional<double> first_top_mm;
  // Left white at the foot of the section's first and second page, so that lines of a paragraph which would have room
  // there go to the next page: a signature never stands alone. Every program honours it, as it does not honour
  // keep_with_next of a long paragraph. In Word: footers that reach up, of the first page and of even ones, so that
  // `second` is for sections of three pages at most.
  double first_white_mm = 0, second_white_mm = 0;
  std::vector<Block> blocks;
};

struct Document {
  std::string title, author, subject;
  std::optional<Date> date;  // what file properties give as their time; no clock is asked
  // The pages are the original and no Word file has to agree with them: their lines are squeezed, and keep numbers
  // with their units (chinese/line_break.h).
  bool fixed_page = false;
  std::vector<Section> sections;
};

}  // namespace wenshu::document
