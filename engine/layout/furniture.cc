#include "layout/furniture.h"

#include <fmt/format.h>

#include "font/outline.h"
#include "layout/lines.h"

namespace wenshu::layout {
namespace {

constexpr double kNumberGap = 7;    // mm from the text area to the 一字线, GB/T 9704-2012 7.5
constexpr double kNumberSize = 14;  // 四号

}  // namespace

void add_number(size_t number, const document::Page& upright, Lettering& lettering,
                document::PlacedPage& page) {
  const bool odd = number % 2 == 1;
  document::Paragraph paragraph;
  paragraph.align = odd ? document::Align::right : document::Align::left;
  (odd ? paragraph.right_indent : paragraph.left_indent) = 1;
  paragraph.line_pitch_pt = kNumberSize;
  document::Run& run = paragraph.runs.emplace_back();
  run.text = fmt::format("— {} —", number);
  run.face = document::Face::songti;
  run.size_pt = kNumberSize;
  run.tracking_pt = 0;
  const auto letters = lettering.letters(paragraph);
  if (letters.empty()) return;
  const double width = upright.width_mm - upright.left_mm - upright.right_mm;
  const Line line = set_lines(paragraph, letters, {width, 1, false}).front();
  const font::Ink dash = font::ink_of(*letters.front().face, letters.front().drawn);
  const double middle = (dash.top + dash.bottom) / 2 * kNumberSize * kMillimetres;
  const double baseline = upright.height_mm - upright.bottom_mm + kNumberGap + middle;
  const bool turned = page.width_mm > page.height_mm;
  for (document::PlacedText text : line.texts) {
    text.turned = turned;
    text.x_mm += upright.left_mm;
    text.baseline_mm = baseline;
    if (turned) {
      text.baseline_mm = text.x_mm;
      text.x_mm = page.width_mm - baseline;
    }
    page.texts.push_back(std::move(text));
  }
}

void add_rule(const document::PageRule& rule, document::PlacedPage& page) {
  const document::Rgb colour =
      rule.colour == document::Colour::red ? document::Rgb{1, 0, 0} : document::Rgb{};
  const double top = rule.y_mm - (rule.upper_pt + rule.gap_pt + rule.lower_pt) / 2 * kMillimetres;
  const auto add = [&](double from_top_pt, double width_pt) {
    if (width_pt <= 0) return;
    const double y = top + (from_top_pt + width_pt / 2) * kMillimetres;
    page.rules.push_back({rule.left_mm, y, rule.right_mm, y, width_pt, colour});
  };
  add(0, rule.upper_pt);
  add(rule.upper_pt + rule.gap_pt, rule.lower_pt);
}

}  // namespace wenshu::layout
