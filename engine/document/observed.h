// What a file made elsewhere says and how it looks, with every inherited property worked out: docx/ reads it,
// the lint judges it. Lengths are in points or millimetres as named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/document.h"

namespace wenshu::document {

struct ObservedRun {
  std::string text;           // UTF-8; '\n' a line break, '\t' a tab
  std::string wide_family;    // of Chinese characters; "" when the file names none
  std::string narrow_family;  // of Latin letters and digits
  double size_pt = 10;
  double tracking_pt = 0;
  std::string colour;  // "FF0000"; "" is automatic: black on white
  bool bold = false;
  bool wide_marks = false;   // “ ” … — are set in the wide family
  bool page_number = false;  // what a PAGE field shows
};

struct ObservedRule {
  bool drawn = false;
  double pt = 0;
  double gap_pt = 0;  // from the text
  std::string colour;
};

// A thing that floats. x and y: its upper left corner on the page, where the file says so.
struct ObservedShape {
  enum class Kind { picture, line, box, other } kind = Kind::other;
  std::optional<double> x_mm, y_mm;
  std::optional<double> below_paragraph_mm;  // y when it hangs on its paragraph instead
  double width_mm = 0, height_mm = 0;
  std::string side;  // "left", "right", "center", "inside", "outside" when it is placed by a word
  std::string colour;
  double rule_pt = 0;
};

struct ObservedParagraph {
  enum class Pitch { automatic, at_least, exact };

  std::string spot;   // 第3段, 第2个表格第3行第4列
  size_t number = 0;  // among all paragraphs of its part: amendments name it
  size_t section = 0;
  std::string label;  // number or bullet that the file sets by itself, before the text
  std::vector<ObservedRun> runs;
  Align align = Align::left;
  double first_line_pt = 0;  // negative: the first line hangs out
  double left_pt = 0, right_pt = 0;
  Pitch pitch = Pitch::automatic;
  double pitch_pt = 0;  // of exact and at_least; of automatic ones that stand on a grid, the grid's; else 0
  double pitch_lines = 1;  // of automatic ones
  double space_before_pt = 0, space_after_pt = 0;
  double mark_size_pt = 10;  // size of an empty paragraph
  int outline_level = 0;
  bool keep_with_next = false;
  bool breaks_page = false;  // begins a page
  bool kinsoku = true;
  ObservedRule above, below;
  std::vector<ObservedShape> shapes;
  std::optional<ObservedShape> box;  // the text box or frame that holds it
  std::optional<size_t> table, row, column;

  std::string text() const {
    std::string all;
    for (const ObservedRun& run : runs) all += run.text;
    return all;
  }
};

struct ObservedTable {
  std::string spot;
  size_t section = 0;
  size_t rows = 0;
  bool repeats_head = false;
  bool at_foot = false;             // floats with its lower edge on that of the text area
  std::vector<ObservedRule> lines;  // above the first row, below each row
};

// A header or footer, and the pages it stands on.
struct ObservedMargin {
  std::string spot;
  std::vector<ObservedParagraph> paragraphs;
  bool has_page_number() const {
    for (const ObservedParagraph& paragraph : paragraphs)
      for (const ObservedRun& run : paragraph.runs)
        if (run.page_number) return true;
    return false;
  }
};

struct ObservedSection {
  Page page;
  double gutter_mm = 0;
  double header_mm = 15, footer_mm = 15;  // from the edges of the paper
  std::string grid;                       // "", "lines", "linesAndChars", "snapToChars"
  double grid_pitch_pt = 0;
  double grid_tracking_pt = 0;  // added to each character by a grid of characters
  int columns = 1;
  bool restarts_numbers = false;
  bool own_first = false;  // the first page has a header and footer of its own
  std::optional<ObservedMargin> header, header_even, header_first;
  std::optional<ObservedMargin> footer, footer_even, footer_first;  // `footer` of odd pages, or of all
};

struct Observed {
  bool even_differs = false;  // even pages have headers and footers of their own
  std::vector<ObservedSection> sections;
  std::vector<ObservedParagraph> paragraphs;  // in reading order, those of tables and boxes too
  std::vector<ObservedTable> tables;
  std::vector<ObservedParagraph> footnotes;
};

// Changes to such a file. Characters count from 0 in the text() of a paragraph.
struct TextChange {
  size_t paragraph = 0, begin = 0, length = 0;
  std::string after;
};
struct RunChange {
  size_t paragraph = 0, begin = 0, end = 0;
  std::optional<Face> face = {};
  std::optional<double> size_pt = {};
  std::optional<Colour> colour = {};
  std::optional<double> tracking_pt = {};
};
struct ParagraphChange {
  size_t paragraph = 0;
  std::optional<Align> align = {};
  std::optional<double> first_line = {}, left = {}, right = {};  // characters of the paragraph's first run
  std::optional<double> pitch_pt = {};                           // exact
  std::optional<bool> breaks_page = {};
};
struct PageChange {
  size_t section = 0;
  Page page;
};
struct Amendments {
  std::vector<TextChange> texts;
  std::vector<RunChange> runs;
  std::vector<ParagraphChange> paragraphs;
  std::vector<PageChange> pages;

  bool empty() const { return texts.empty() && runs.empty() && paragraphs.empty() && pages.empty(); }
};

}  // namespace wenshu::document
