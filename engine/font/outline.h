// What a face draws for a character, for pictures of pages and for measures by the ink. All numbers in the em, y
// up from the baseline.
#pragma once

#include <utility>
#include <vector>

#include "font/faces.h"

namespace wenshu::font {

struct Ink {
  double left = 0, bottom = 0, right = 0, top = 0;  // all 0 where nothing is drawn
};
Ink ink_of(const Face& face, char32_t character);

// `points`: 1 for move and line, 2 for quadratic, 3 for cubic curves, 0 for close.
struct Outline {
  enum class Step : char { move, line, quadratic, cubic, close };
  std::vector<Step> steps;
  std::vector<std::pair<double, double>> points;
};
Outline outline_of(const Face& face, char32_t character);

}  // namespace wenshu::font
