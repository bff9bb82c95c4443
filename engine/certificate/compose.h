// Filled text into lines inside a box; inside this room only.
#pragma once

#include <string>
#include <vector>

#include "certificate/sheet.h"
#include "font/faces.h"

namespace wenshu::certificate {

struct Letter {
  char32_t character = 0;  // '\n' ends a line
  const font::Face* face = nullptr;
  const TextRun* run = nullptr;
  double em = 0;  // advance of the face, of the em
};

// Adds the letters to the page: shrinks a one-line text until it fits on its line, wraps any other (Chinese
// rules for the ends of lines), then shrinks until the lines fit the box. False when even the least size
// has no room. Text that runs down has its lines from right to left; `align` is along the line, `stand` across.
bool compose(const Text& text, const std::vector<Letter>& letters, document::PlacedPage& page);

}  // namespace wenshu::certificate
