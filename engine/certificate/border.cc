#include "certificate/border.h"

#include <cmath>
#include <numbers>

namespace wenshu::certificate {
namespace {

using document::PlacedPath;
using Step = PlacedPath::Step;

constexpr double kBand = 7;         // mm, the width of the ornamental band
constexpr double kWave = 7;         // mm, the wished length of one wave; fitted to a whole number a side
constexpr double kAmplitude = 1.9;  // mm

class Pen {
 public:
  Pen(PlacedPath& path, double x, double y, double angle)
      : path_(path), x_(x), y_(y), cos_(std::cos(angle)), sin_(std::sin(angle)) {}

  void move(double x, double y) { add(Step::move, {{x, y}}); }
  void line(double x, double y) { add(Step::line, {{x, y}}); }
  void curve(double x1, double y1, double x2, double y2, double x3, double y3) {
    add(Step::curve, {{x1, y1}, {x2, y2}, {x3, y3}});
  }
  void close() { path_.steps.push_back(Step::close); }

 private:
  void add(Step step, std::initializer_list<std::pair<double, double>> points) {
    path_.steps.push_back(step);
    for (const auto& [x, y] : points)
      path_.points.emplace_back(x_ + x * cos_ - y * sin_, y_ + x * sin_ + y * cos_);
  }
  PlacedPath& path_;
  double x_, y_, cos_, sin_;
};

struct Frame {
  double x, y, width, height;
  Frame shrunk(double by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
};

// As a path, so that what is drawn later (the corners) lies above it.
void add_frame(document::PlacedPage& page, const Frame& frame, double line_pt, const document::Rgb& colour) {
  PlacedPath& path = page.paths.emplace_back();
  path.filled = false;
  path.line_pt = line_pt;
  path.colour = colour;
  Pen pen(path, frame.x, frame.y, 0);
  pen.move(0, 0);
  pen.line(frame.width, 0);
  pen.line(frame.width, frame.height);
  pen.line(0, frame.height);
  pen.close();
}

// A sine from (0, 0) along x; each half wave is one Bézier curve (0.3642 and 4/3 bring it within 2 % of a
// sine).
void add_sine(Pen& pen, double length, int waves, double amplitude) {
  const double half = length / waves / 2;
  pen.move(0, 0);
  for (int i = 0; i < 2 * waves; ++i) {
    const double x = i * half, peak = (i % 2 == 0 ? 4 : -4) * amplitude / 3;
    pen.curve(x + 0.3642 * half, peak, x + (1 - 0.3642) * half, peak, x + half, 0);
  }
}

void add_diamond(document::PlacedPage& page, double x, double y, double half_width, double half_height,
                 const document::Rgb& colour) {
  PlacedPath& path = page.paths.emplace_back();
  path.colour = colour;
  Pen pen(path, x, y, 0);
  pen.move(-half_width, 0);
  pen.line(0, -half_height);
  pen.line(half_width, 0);
  pen.line(0, half_height);
  pen.close();
}

// The band along one side: three pairs of opposite waves and a diamond in each eye.
void add_side(document::PlacedPage& page, double x, double y, double length, double angle,
              const Border& border) {
  const int waves = std::max(1, static_cast<int>(std::lround(length / kWave)));
  struct Strand {
    double amplitude, line_pt;
    const document::Rgb& colour;
  };
  for (const Strand& strand :
       {Strand{kAmplitude + 0.55, 0.35, border.accent}, Strand{kAmplitude, 0.9, border.colour},
        Strand{kAmplitude - 0.55, 0.35, border.accent}}) {
    PlacedPath& path = page.paths.emplace_back();
    path.filled = false;
    path.line_pt = strand.line_pt;
    path.colour = strand.colour;
    for (const double sign : {1.0, -1.0}) {
      Pen pen(path, x, y, angle);
      add_sine(pen, length, waves, sign * strand.amplitude);
    }
  }
  for (int i = 0; i < 2 * waves; ++i) {
    const double along = (i + 0.5) * length / waves / 2;
    add_diamond(page, x + along * std::cos(angle), y + along * std::sin(angle), 0.62, 0.62, border.accent);
  }
}

// One ring of petals round a centre.
void add_petals(document::PlacedPage& page, double x, double y, int count, double first, double radius,
                double width, const document::Rgb& colour) {
  PlacedPath& path = page.paths.emplace_back();
  path.colour = colour;
  for (int i = 0; i < count; ++i) {
    Pen pen(path, x, y, first + i * 2 * std::numbers::pi / count);
    pen.move(0, 0);
    pen.curve(radius * 0.25, -width, radius * 0.8, -width, radius, 0);
    pen.curve(radius * 0.8, width, radius * 0.25, width, 0, 0);
    pen.close();
  }
}

void add_disc(document::PlacedPage& page, double x, double y, double radius, const document::Rgb& colour) {
  constexpr double kRound = 0.5522847498;  // of the radius: a quarter circle as one Bézier curve
  PlacedPath& path = page.paths.emplace_back();
  path.colour = colour;
  for (int i = 0; i < 4; ++i) {
    Pen pen(path, x, y, i * std::numbers::pi / 2);
    if (i == 0) pen.move(radius, 0);
    pen.curve(radius, kRound * radius, kRound * radius, radius, 0, radius);
  }
  path.steps.push_back(Step::close);
}

void add_corner(document::PlacedPage& page, double x, double y, const Border& border) {
  const document::Rgb white{1, 1, 1};
  const double half = kBand / 2 + 1.6;  // the corner's square stands a little out of the band
  PlacedPath& ground = page.paths.emplace_back();
  ground.colour = border.colour;
  Pen pen(ground, x, y, 0);
  pen.move(-half, -half);
  pen.line(half, -half);
  pen.line(half, half);
  pen.line(-half, half);
  pen.close();
  add_frame(page, Frame{x - half, y - half, 2 * half, 2 * half}.shrunk(0.7), 0.6, border.accent);
  add_petals(page, x, y, 8, std::numbers::pi / 8, 3.9, 0.85, border.accent);
  add_petals(page, x, y, 8, 0, 2.9, 0.62, white);
  add_disc(page, x, y, 0.95, border.accent);
  add_disc(page, x, y, 0.5, border.colour);
}

void draw_classic(const Border& border, const Frame& outer, document::PlacedPage& page) {
  add_frame(page, outer, 2.4, border.colour);
  add_frame(page, outer.shrunk(1.25), 0.5, border.accent);
  const Frame middle = outer.shrunk(2 + kBand / 2);
  const Frame inner = outer.shrunk(2 + kBand);
  add_frame(page, inner.shrunk(0.75), 1.1, border.colour);
  add_frame(page, inner.shrunk(1.7), 0.4, border.accent);

  const double clear = kBand / 2 + 1.6;  // waves begin at the corners' squares
  const double right = middle.x + middle.width, bottom = middle.y + middle.height;
  const double across = middle.width - 2 * clear, down = middle.height - 2 * clear;
  add_side(page, middle.x + clear, middle.y, across, 0, border);
  add_side(page, middle.x + clear, bottom, across, 0, border);
  add_side(page, middle.x, middle.y + clear, down, std::numbers::pi / 2, border);
  add_side(page, right, middle.y + clear, down, std::numbers::pi / 2, border);
  for (const double x : {middle.x, right})
    for (const double y : {middle.y, bottom}) add_corner(page, x, y, border);
}

// A band of many fine waves whose phases run on, as on banknotes, between two frames; no corners, since the band goes
// round them.
void draw_guilloche(const Border& border, const Frame& outer, document::PlacedPage& page) {
  constexpr int kStrands = 9;
  constexpr double kWidth = 9, kAmplitudeMost = 3.4;
  add_frame(page, outer, 1.6, border.colour);
  add_frame(page, outer.shrunk(0.9), 0.35, border.accent);
  const Frame middle = outer.shrunk(kWidth / 2 + 1.2), inner = outer.shrunk(kWidth + 1.8);
  add_frame(page, inner, 0.35, border.accent);
  add_frame(page, inner.shrunk(0.7), 1, border.colour);
  const double round = 6;  // radius of the corners of the band's middle line
  const double across = middle.width - 2 * round, down = middle.height - 2 * round,
               arc = round * std::numbers::pi / 2, all = 2 * (across + down) + 4 * arc;
  const auto at = [&](double along) {  // point and normal of the middle line, clockwise from its left top
    const double lengths[] = {across, arc, down, arc, across, arc, down, arc};
    const double right = middle.x + middle.width, bottom = middle.y + middle.height;
    size_t part = 0;
    while (part < 7 && along > lengths[part]) along -= lengths[part++];
    const double turn = along / round;
    struct Point {
      double x, y, nx, ny;
    };
    const auto corner = [&](double cx, double cy, double from) {
      const double angle = from + turn;
      return Point{cx + round * std::cos(angle), cy + round * std::sin(angle), std::cos(angle),
                   std::sin(angle)};
    };
    const double pi = std::numbers::pi;
    switch (part) {
      case 0:
        return Point{middle.x + round + along, middle.y, 0, -1};
      case 1:
        return corner(right - round, middle.y + round, -pi / 2);
      case 2:
        return Point{right, middle.y + round + along, 1, 0};
      case 3:
        return corner(right - round, bottom - round, 0);
      case 4:
        return Point{right - round - along, bottom, 0, 1};
      case 5:
        return corner(middle.x + round, bottom - round, pi / 2);
      case 6:
        return Point{middle.x, bottom - round - along, -1, 0};
      default:
        return corner(middle.x + round, middle.y + round, pi);
    }
  };
  const int waves = static_cast<int>(std::lround(all / 13)), steps = waves * 16;
  for (int strand = 0; strand < kStrands; ++strand) {
    PlacedPath& path = page.paths.emplace_back();
    path.filled = false;
    path.line_pt = 0.28;
    path.colour = strand % 3 == 1 ? border.accent : border.colour;
    const double phase = strand * 2 * std::numbers::pi / kStrands;
    for (int i = 0; i < steps; ++i) {
      const double share = static_cast<double>(i) / steps, angle = share * waves * 2 * std::numbers::pi;
      const double away =
          kAmplitudeMost * std::sin(angle + phase) * (0.62 + 0.38 * std::cos(angle / 2 + phase));
      const auto point = at(share * all);
      path.steps.push_back(i == 0 ? Step::move : Step::line);
      path.points.emplace_back(point.x + away * point.nx, point.y + away * point.ny);
    }
    path.steps.push_back(Step::close);
  }
}

// Two hairlines; at each corner both turn in round a small square, as on old book pages (回纹).
void draw_fine(const Border& border, const Frame& outer, document::PlacedPage& page) {
  add_frame(page, outer, 0.9, border.colour);
  const Frame inner = outer.shrunk(2.2);
  const double turn = 7, key = 2.2;
  const auto corner = [&](double x, double y, double sx, double sy) {
    PlacedPath& path = page.paths.emplace_back();
    path.filled = false;
    path.line_pt = 0.9;
    path.colour = border.colour;
    const std::pair<double, double> points[] = {
        {turn, 0},         {turn, turn},  {0, turn}, {0, key}, {turn - key, key}, {turn - key, turn - key},
        {key, turn - key}, {key, 2 * key}};
    for (const auto& [px, py] : points) {
      path.steps.push_back(path.points.empty() ? Step::move : Step::line);
      path.points.emplace_back(x + sx * px, y + sy * py);
    }
  };
  const double right = inner.x + inner.width, bottom = inner.y + inner.height;
  corner(inner.x, inner.y, 1, 1);
  corner(right, inner.y, -1, 1);
  corner(inner.x, bottom, 1, -1);
  corner(right, bottom, -1, -1);
  const auto line = [&](double x1, double y1, double x2, double y2) {
    PlacedPath& path = page.paths.emplace_back();
    path.filled = false;
    path.line_pt = 0.5;
    path.colour = border.accent;
    path.steps = {Step::move, Step::line};
    path.points = {{x1, y1}, {x2, y2}};
  };
  for (const double y : {inner.y, bottom}) line(inner.x + turn, y, right - turn, y);
  for (const double x : {inner.x, right}) line(x, inner.y + turn, x, bottom - turn);
}

}  // namespace

void draw_border(const Border& border, document::PlacedPage& page) {
  if (border.style == BorderStyle::none) return;
  const Frame outer = Frame{0, 0, page.width_mm, page.height_mm}.shrunk(border.inset);
  if (border.style == BorderStyle::classic) return draw_classic(border, outer, page);
  if (border.style == BorderStyle::guilloche) return draw_guilloche(border, outer, page);
  if (border.style == BorderStyle::fine) return draw_fine(border, outer, page);
  add_frame(page, outer, 2.4, border.colour);
  add_frame(page, outer.shrunk(1.5), 0.6, border.accent);
}

}  // namespace wenshu::certificate
