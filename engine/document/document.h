// What a page says: sections of paragraphs and tables, with lengths in points or millimetres as named.
// Knows no file format; notice/ makes it, docx/ writes it, layout/ places it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

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

enum class Align { left, centre, right, justify };

// Widths in characters are multiples of the paragraph's own first run size.
struct Paragraph {
  std::string
      style;  // a name of the profile, e.g. "正文", "标题", "一级标题"; writers make real styles of it
  std::vector<Run> runs;
  Align align = Align::justify;
  double first_line_indent = 0;  // characters
  double left_indent = 0;        // characters
  double right_indent = 0;       // characters
  double hanging_indent = 0;     // characters; continuation lines stand this much further right
  double line_pitch_pt = 28.95;  // exact
  double space_before_pt = 0;
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
  double outer_rule_pt = 1;     // 0.35 mm
  double inner_rule_pt = 0.75;  // 0.25 mm
  bool upright_rules = true;    // false: only the lines above, below and between rows
  double cell_margin_mm = 1;    // left and right of each cell's text
  double cell_padding_mm = 0;   // above and below it
};

// Stands at the foot of the text area of the last page (版记): the lower rule of the table lies on its lower
// edge.
struct Foot {
  Table table;
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

enum class PageNumbers { none, outside };  // outside: — 1 — right on odd, left on even pages (GB/T 9704 7.5)

struct Section {
  Page page;
  PageNumbers numbers = PageNumbers::outside;
  std::vector<Block> blocks;
};

struct Document {
  std::string title, author, subject;
  std::optional<Date> date;  // what file properties give as their time; no clock is asked
  std::vector<Section> sections;
};

}  // namespace wenshu::document
