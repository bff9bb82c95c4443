#include "font/outline.h"

#include <memory>

#include "font/loaded.h"

namespace wenshu::font {
namespace {

// Collects what HarfBuzz draws; its callbacks are C functions that know this by pointer.
struct Pen {
  Outline outline;
  double em = 1000;

  void add(Outline::Step step, std::initializer_list<std::pair<float, float>> points) {
    outline.steps.push_back(step);
    for (const auto& [x, y] : points)
      outline.points.emplace_back(static_cast<double>(x) / em, static_cast<double>(y) / em);
  }
  static Pen& of(void* data) { return *static_cast<Pen*>(data); }
};

void move_to(hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x, float y, void*) {
  Pen::of(pen).add(Outline::Step::move, {{x, y}});
}
void line_to(hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x, float y, void*) {
  Pen::of(pen).add(Outline::Step::line, {{x, y}});
}
void quadratic_to(hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x1, float y1, float x, float y,
                  void*) {
  Pen::of(pen).add(Outline::Step::quadratic, {{x1, y1}, {x, y}});
}
void cubic_to(hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x1, float y1, float x2, float y2, float x,
              float y, void*) {
  Pen::of(pen).add(Outline::Step::cubic, {{x1, y1}, {x2, y2}, {x, y}});
}
void close_path(hb_draw_funcs_t*, void* pen, hb_draw_state_t*, void*) {
  Pen::of(pen).add(Outline::Step::close, {});
}

struct DestroyFunctions {
  void operator()(hb_draw_funcs_t* functions) const { hb_draw_funcs_destroy(functions); }
};
using Functions = std::unique_ptr<hb_draw_funcs_t, DestroyFunctions>;

Functions make_functions() {
  Functions functions(hb_draw_funcs_create());
  hb_draw_funcs_set_move_to_func(functions.get(), move_to, nullptr, nullptr);
  hb_draw_funcs_set_line_to_func(functions.get(), line_to, nullptr, nullptr);
  hb_draw_funcs_set_quadratic_to_func(functions.get(), quadratic_to, nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(functions.get(), cubic_to, nullptr, nullptr);
  hb_draw_funcs_set_close_path_func(functions.get(), close_path, nullptr, nullptr);
  hb_draw_funcs_make_immutable(functions.get());
  return functions;
}

}  // namespace

Ink ink_of(const Face& face, char32_t character) {
  const Face::Loaded& loaded = face.loaded();
  hb_codepoint_t glyph = 0;
  hb_glyph_extents_t box{};
  if (!hb_font_get_nominal_glyph(loaded.font.get(), character, &glyph) ||
      !hb_font_get_glyph_extents(loaded.font.get(), glyph, &box))
    return {};
  const double em = loaded.units_per_em;
  return {box.x_bearing / em, (box.y_bearing + box.height) / em, (box.x_bearing + box.width) / em,
          box.y_bearing / em};
}

Outline outline_of(const Face& face, char32_t character) {
  static const Functions kFunctions = make_functions();
  const Face::Loaded& loaded = face.loaded();
  Pen pen;
  pen.em = loaded.units_per_em;
  hb_codepoint_t glyph = 0;
  if (hb_font_get_nominal_glyph(loaded.font.get(), character, &glyph))
    hb_font_get_glyph_shape(loaded.font.get(), glyph, kFunctions.get(), &pen);
  return std::move(pen.outline);
}

}  // namespace wenshu::font
