#include "layout/rules.h"

#include <algorithm>
#include <cmath>

namespace wenshu::layout {
namespace {

constexpr double kTouch = 0.001;            // mm
constexpr double kMillimetres = 25.4 / 72;  // of a point

}  // namespace

void Rules::add(Stretches& stretches, double at, double from, double to, double width_pt) {
  if (width_pt <= 0) return;
  Stretch& stretch = stretches[{std::llround(at / kTouch), std::llround(width_pt / kTouch)}];
  stretch.at = at;
  stretch.width_pt = width_pt;
  stretch.pieces.emplace_back(from, to);
}

void Rules::draw(document::PlacedPage& page) const {
  for (const bool level : {true, false})
    for (const auto& [key, stretch] : level ? levels_ : uprights_) {
      auto pieces = stretch.pieces;
      std::sort(pieces.begin(), pieces.end());
      const double half = level ? 0 : stretch.width_pt / 2 * kMillimetres;  // corners are filled once
      for (size_t i = 0; i < pieces.size();) {
        auto [from, to] = pieces[i];
        for (++i; i < pieces.size() && pieces[i].first <= to + kTouch; ++i)
          to = std::max(to, pieces[i].second);
        if (level)
          page.rules.push_back({from, stretch.at, to, stretch.at, stretch.width_pt, {}});
        else
          page.rules.push_back({stretch.at, from - half, stretch.at, to + half, stretch.width_pt, {}});
      }
    }
}

}  // namespace wenshu::layout
