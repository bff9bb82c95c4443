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

std::vector<PlacedPage> impose(const Many& many, const std::vector<PlacedPage>& pages) {
  const size_t columns = static_cast<size_t>(many.columns), cells = columns * static_cast<size_t>(many.rows);
  std::vector<PlacedPage> sheets;
  // Full sheets share one ground: every cell's.
  std::shared_ptr<PlacedPage> shared;
  const auto offset = [&](size_t cell) {
    return std::pair(many.x + static_cast<double>(cell % columns) * (pages.front().width_mm + many.gap_x),
                     many.y + static_cast<double>(cell / columns) * (pages.front().height_mm + many.gap_y));
  };
  const auto blank_sheet = [&] {
    PlacedPage sheet;
    sheet.width_mm = many.width_mm;
    sheet.height_mm = many.height_mm;
    return sheet;
  };
  for (size_t from = 0; from < pages.size(); from += cells) {
    const size_t count = std::min(cells, pages.size() - from);
    PlacedPage& sheet = sheets.emplace_back(blank_sheet());
    if (count == cells && pages[from].ground) {
      if (!shared) {
        shared = std::make_shared<PlacedPage>(blank_sheet());
        for (size_t cell = 0; cell < cells; ++cell) {
          const auto [x, y] = offset(cell);
          add_moved(*pages[from].ground, x, y, *shared);
        }
      }
      sheet.ground = shared;
    }
    for (size_t cell = 0; cell < count; ++cell) {
      const auto [x, y] = offset(cell);
      PlacedPage page = pages[from + cell];
      if (sheet.ground) page.ground.reset();
      add_moved(page, x, y, sheet);
    }
  }
  return sheets;
}

}  // namespace wenshu::certificate
