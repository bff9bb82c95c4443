#include "certificate/impose.h"

#include <algorithm>

namespace wenshu::certificate {
namespace {

using document::PlacedPage;

template <class Placed>
void move_box(Placed& placed, double x, double y) {
  placed.x_mm += x;
  placed.y_mm += y;
}

// All that the page shows, its ground among it, moved by (x, y).
void add_moved(const PlacedPage& page, double x, double y, PlacedPage& onto) {
  for (auto picture : page.under) move_box(picture, x, y), onto.under.push_back(std::move(picture));
  if (page.ground) add_moved(*page.ground, x, y, onto);
  for (auto path : page.paths) {
    for (auto& [px, py] : path.points) px += x, py += y;
    onto.paths.push_back(std::move(path));
  }
  for (auto rectangle : page.rectangles) move_box(rectangle, x, y), onto.rectangles.push_back(rectangle);
  for (auto rule : page.rules) {
    rule.x1_mm += x, rule.x2_mm += x, rule.y1_mm += y, rule.y2_mm += y;
    onto.rules.push_back(rule);
  }
  for (auto text : page.texts) {
    text.x_mm += x;
    text.baseline_mm += y;
    onto.texts.push_back(std::move(text));
  }
  for (auto code : page.modules) move_box(code, x, y), onto.modules.push_back(std::move(code));
  for (auto picture : page.pictures) move_box(picture, x, y), onto.pictures.push_back(std::move(picture));
}

}  // namespace

PlacedPage Imposer::blank_page() const {
  PlacedPage page;
  page.width_mm = many_.width_mm;
  page.height_mm = many_.height_mm;
  return page;
}

PlacedPage Imposer::impose(const std::vector<PlacedPage>& pages) {
  const auto columns = static_cast<size_t>(many_.columns);
  const auto offset = [&](size_t cell) {
    return std::pair(many_.x + static_cast<double>(cell % columns) * (pages.front().width_mm + many_.gap_x),
                     many_.y + static_cast<double>(cell / columns) * (pages.front().height_mm + many_.gap_y));
  };
  PlacedPage made = blank_page();
  if (pages.size() == cells() && pages.front().ground) {
    if (!shared_) {
      shared_ = std::make_shared<PlacedPage>(blank_page());
      for (size_t cell = 0; cell < cells(); ++cell) {
        const auto [x, y] = offset(cell);
        add_moved(*pages.front().ground, x, y, *shared_);
      }
    }
    made.ground = shared_;
  }
  for (size_t cell = 0; cell < pages.size(); ++cell) {
    const auto [x, y] = offset(cell);
    PlacedPage page = pages[cell];
    if (made.ground) page.ground.reset();
    add_moved(page, x, y, made);
  }
  return made;
}

}  // namespace wenshu::certificate
