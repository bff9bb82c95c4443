#include "layout/letters.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "font/report.h"

namespace wenshu::layout {
namespace {

constexpr double kGridSize = 16, kGridTracking = -0.25;  // what DOCX carries for the grid of 28 characters
constexpr double kGridCell = 156.0 / 28;                 // mm, GB/T 9704-2012 5.2.3

bool has_no_width(char32_t c) {
  return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_space(char32_t c) { return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000; }

std::string text_of(const document::Paragraph& paragraph) {
  std::string text;
  for (const document::Run& run : paragraph.runs) text += run.text;
  return text;
}

const document::Run& first_run(const document::Paragraph& paragraph) {
  static const document::Run kDefault;
  return paragraph.runs.empty() ? kDefault : paragraph.runs[0];
}

}  // namespace

double grid_excess(const document::Run& run) {
  if (run.size_pt != kGridSize || run.tracking_pt != kGridTracking) return 0;
  return kGridCell - (kGridSize + kGridTracking) * kMillimetres;
}

double unit_of(const document::Paragraph& paragraph) {
  const document::Run& run = first_run(paragraph);
  return (run.size_pt + run.tracking_pt) * kMillimetres;
}

double grid_unit_of(const document::Paragraph& paragraph) {
  return unit_of(paragraph) + grid_excess(first_run(paragraph));
}

double size_of(const document::Paragraph& paragraph) {
  double largest = 0;
  for (const document::Run& run : paragraph.runs) largest = std::max(largest, run.size_pt);
  return (largest > 0 ? largest : first_run(paragraph).size_pt) * kMillimetres;
}

std::string_view role_of(document::Face face) {
  switch (face) {
    case document::Face::fangsong:
      return "fangsong";
    case document::Face::kaiti:
      return "kaiti";
    case document::Face::heiti:
      return "heiti";
    case document::Face::xiaobiaosong:
      return "xiaobiaosong";
    case document::Face::songti:
      break;
  }
  return "songti";
}

const Lettering::Found& Lettering::find(document::Face role, char32_t character,
                                        const document::Paragraph& paragraph) {
  Found& found = found_.at(static_cast<size_t>(role))[character];
  if (found.is_known) return found;
  found.is_known = true;
  found.drawn = character;
  found.face = faces_.find_face(role_of(role), character);
  if (!found.face && is_space(character)) {
    found.drawn = U' ';
    found.face = faces_.find_face(role_of(role), U' ');
  }
  if (found.face && found.drawn != U' ' && character != 0x3000 &&
      found.face != faces_.find_main_face(role_of(role)))
    fall_backs_.push_back({role, found.drawn, found.face, text_of(paragraph)});
  if (found.face) found.em = character == 0x3000 ? 1 : found.face->advance(found.drawn);
  return found;
}

void Lettering::report_fall_backs() const {
  for (const FallBack& each : fall_backs_) {
    font::FallBacks one(faces_);
    one.note(role_of(each.role), each.character, *each.face);
    one.report("", locate_(each.character, each.paragraph), findings_);
  }
}

void Lettering::report(char32_t character, const document::Paragraph& paragraph) {
  if (!reported_.insert(character).second) return;
  const std::string text = text_of(paragraph);
  std::u32string begin = to_characters(text);
  constexpr size_t kShown = 12;  // enough to find the sentence
  if (begin.size() > kShown) begin = begin.substr(0, kShown) + U'…';
  findings_.error("uncovered-character", locate_(character, text),
                  fmt::format("“{}”一段里有一个字所有字体都没有：“{}”（{}）", to_utf8(begin),
                              to_utf8(character), code_point_name(character)),
                  "核对这个字；若无误，安装含有它的字体并写进 fonts/fonts.yaml（wenshu fonts 可查）");
}

std::vector<Letter> Lettering::letters(const document::Paragraph& paragraph) {
  std::vector<Letter> letters;
  for (const document::Run& run : paragraph.runs) {
    const double excess = grid_excess(run);
    const std::u32string characters = to_characters(run.text);
    letters.reserve(letters.size() + characters.size());
    for (const char32_t c : characters) {
      if (c == U'\n' || c == U'\t') {
        letters.push_back({c, c, nullptr, &run, 0, 0});
        continue;
      }
      if (has_no_width(c)) continue;
      const Found& found = find(run.face, c, paragraph);
      if (!found.face) {
        report(c, paragraph);
        continue;
      }
      const double advance = (found.em * run.size_pt + run.tracking_pt) * kMillimetres;
      // On the grid half as wide is half a cell, so that 2024年 takes three: Word tracks each digit like a character.
      const double cell = excess > 0 ? found.em * kGridCell : advance;
      letters.push_back({c, found.drawn, found.face, &run, advance, cell});
    }
  }
  return letters;
}

}  // namespace wenshu::layout
