// What is placed: boxes on a page, in millimetres from its top left corner, y down. Knows no file format.
// certificate/ and layout/ make it, pdf/ and svg/ draw it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "picture/pixels.h"

namespace wenshu::document {

struct Rgb {
  double red = 0, green = 0, blue = 0;  // 0 to 1
};

// One line of text whose baseline begins at (x, baseline). `advances_mm` has one entry a character:
// the writer moves by it, whatever the face says. All characters of one placed text have the same face file.
struct PlacedText {
  double x_mm = 0, baseline_mm = 0;
  std::u32string characters;
  std::vector<double> advances_mm;
  std::string face_file;  // key of font::Faces: which file and index draws it
  double size_pt = 16;
  Rgb colour;
  // A quarter turn clockwise about (x, baseline): runs down the page (page numbers of a landscape page).
  bool turned = false;
};

struct PlacedRule {  // a straight line
  double x1_mm = 0, y1_mm = 0, x2_mm = 0, y2_mm = 0, width_pt = 0.5;
  Rgb colour;
};

struct PlacedRectangle {
  double x_mm = 0, y_mm = 0, width_mm = 0, height_mm = 0;
  double line_pt = 0;  // 0: no outline
  bool filled = false;
  Rgb colour;
};

// A path of straight and Bézier pieces; `points` in mm, 1 for move and line, 3 for curve.
struct PlacedPath {
  enum class Step : uint8_t { move, line, curve, close };
  std::vector<Step> steps;
  std::vector<std::pair<double, double>> points;
  double line_pt = 0;
  bool filled = true;
  Rgb colour;
};

struct PlacedPicture {
  double x_mm = 0, y_mm = 0, width_mm = 0, height_mm = 0;
  std::shared_ptr<const picture::Pixels> pixels;
};

// Drawn as one image mask without smoothing.
struct PlacedModules {
  double x_mm = 0, y_mm = 0, side_mm = 0;
  picture::Modules modules;
};

struct PlacedPage {
  double width_mm = 297, height_mm = 210;
  // Paths, rectangles, rules and texts that many pages share, drawn first; a writer may put them into its file
  // once.
  std::shared_ptr<const PlacedPage> ground;
  // Drawn in this order: `under`, the ground, paths, rectangles, rules, texts, modules, pictures (seals).
  std::vector<PlacedPicture> under;
  std::vector<PlacedPath> paths;
  std::vector<PlacedRectangle> rectangles;
  std::vector<PlacedRule> rules;
  std::vector<PlacedText> texts;
  std::vector<PlacedModules> modules;
  std::vector<PlacedPicture> pictures;
};

// A heading and where it stands, for bookmarks.
struct OutlineEntry {
  int level = 1;  // 1 to 9
  std::string text;
  size_t page = 0;  // index
  double y_mm = 0;  // of its top
};

}  // namespace wenshu::document
