// A paragraph's letters as lines; inside this room only.
#pragma once

#include <vector>

#include "document/document.h"
#include "document/placed.h"
#include "layout/letters.h"

namespace wenshu::layout {

// The room that lines are set in.
struct Measure {
  double width = 156;    // mm
  double stretch = 1;    // of every pitch with air in it: how much further apart lines stand than in Word
  bool centred = false;  // the air of a line stands half above its characters (cells), else all below
  // The pages are the original: a mark that may not begin a line is taken in where the white halves of the marks of
  // its line leave room (GB/T 15834), and numbers stay with their units.
  bool squeezes = false;
};

struct Line {
  double height = 0;    // mm, to the top of the next line
  double depth = 0;     // mm, of the characters: the air below them may hang out of the text area
  double baseline = 0;  // mm, from the top
  double top = 0;       // mm, of what is seen first: ink at display size, else the box of a character
  // x from the left edge of the measure, baselines from the top of the line.
  std::vector<document::PlacedText> texts;
  const std::vector<document::Floating>* floating = nullptr;  // of the paragraph, on its first line
};

// Greedy lines by the rules of Chinese (GB/T 15834): what may not begin a line takes its neighbour down with
// it; nothing is squeezed unless the measure says so. At least one line.
std::vector<Line> set_lines(const document::Paragraph& paragraph, const std::vector<Letter>& letters,
                            const Measure& measure);

// Puts a line whose top left corner is (x, y) onto a page; pictures stand from the left edge of the text area.
void put_line(const Line& line, double x, double y, double left, document::PlacedPage& page);

// A pitch that leaves air between the lines, which the grid may stretch. Display lines have none.
bool is_airy(const document::Paragraph& paragraph);

}  // namespace wenshu::layout
