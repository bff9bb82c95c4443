// Boxes and lines in layers, from the start down: pure geometry in pixels. Labels have places of their own between the
// layers, so nothing ever lies over anything. Used inside workflow/dump/ only.
#pragma once

#include <cstddef>
#include <vector>

namespace wenshu::workflow::dump {

struct Chart {
  struct Node {
    int width = 0, height = 0;
  };
  struct Line {
    size_t from = 0, to = 0;
    bool onward = true;  // lines onward are looked at first where a circle must be cut
    int label = 0;       // width; 0 when there is none
    int told = 0;  // width of the label that also names the target, for a line that is not drawn to its end
  };
  std::vector<Node> nodes;  // the first is the start
  std::vector<Line> lines;
};

struct Point {
  int x = 0, y = 0;
};

struct Placed {
  struct Line {
    std::vector<Point> points;  // in pairs: the ends of straight pieces, between which the line bends
    Point label;                // its left end and middle height
    bool cut = false;  // to itself, or so long that the picture would grow beyond measure: ends at its label
  };
  std::vector<Point> nodes;  // their middles
  std::vector<Line> lines;
  int width = 0, height = 0;
};

constexpr int kLabelHeight = 18;

// The same places for the same chart. Layers by longest ways, order by fewest crossings (barycentres), places after
// Brandes and Köpf 2002 with the correction of 2020.
Placed lay_out(const Chart& chart);

}  // namespace wenshu::workflow::dump
