// The rules of a page, joined where one goes on from another; inside this room only.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "document/placed.h"

namespace wenshu::layout {

class Rules {
 public:
  void add_level(double x1, double x2, double y, double width_pt) { add(levels_, y, x1, x2, width_pt); }
  void add_upright(double x, double y1, double y2, double width_pt) { add(uprights_, x, y1, y2, width_pt); }
  // Puts them onto the page; thick ones reach over the corners.
  void draw(document::PlacedPage& page) const;

 private:
  using Key = std::pair<long long, long long>;  // where and how thick, in thousandths
  struct Stretch {
    double at = 0, width_pt = 0;
    std::vector<std::pair<double, double>> pieces;
  };
  using Stretches = std::map<Key, Stretch>;
  static void add(Stretches& stretches, double at, double from, double to, double width_pt);

  Stretches levels_, uprights_;
};

}  // namespace wenshu::layout
