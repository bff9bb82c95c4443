#include "notice/lint/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "chinese/line_break.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Face;
using document::ObservedParagraph;

constexpr double kNaturalPitch = 1.3;  // of the size, for faces of Chinese

bool holds_any(const std::string& family, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return family.find(name) != family.npos; });
}

double pitch_of(const ObservedParagraph& paragraph, double size) {
  if (paragraph.pitch == ObservedParagraph::Pitch::exact) return paragraph.pitch_pt;
  const double natural = size * kNaturalPitch * paragraph.pitch_lines;
  return std::max(paragraph.pitch_pt,
                  paragraph.pitch_pt > 0 && paragraph.pitch == ObservedParagraph::Pitch::automatic
                      ? paragraph.pitch_pt
                      : natural);
}

// Word puts the baseline of an exact line at 4/5 of its pitch; others have as much air above as below.
double above_characters(const ObservedParagraph& paragraph, double size) {
  const double pitch = pitch_of(paragraph, size);
  const bool exact = paragraph.pitch == ObservedParagraph::Pitch::exact;
  return std::max(0.0, exact ? kAscentOfLine * pitch - (1 - kDescentOfFace) * size : (pitch - size) / 2);
}

bool is_blank(const SightLine& line) { return line.text.empty() && line.role != Role::table; }

double unit_of(const Sight& sight, const SightLine& line) {
  const auto* run = sight.first_run(line);
  return std::max(1.0,
                  run ? run->size_pt + std::min(0.0, run->tracking_pt) : sight.paragraph(line).mark_size_pt);
}

}  // namespace

std::optional<Face> face_of(const std::string& family) {
  if (holds_any(family, {"小标宋", "XiaoBiaoSong", "XBSJW", "XBS"})) return Face::xiaobiaosong;
  if (holds_any(family, {"仿宋", "FangSong", "Fangsong"})) return Face::fangsong;
  if (holds_any(family, {"楷", "KaiTi", "Kaiti"})) return Face::kaiti;
  if (holds_any(family, {"黑", "SimHei", "Heiti", "HeiTi"})) return Face::heiti;
  if (holds_any(family, {"宋", "SimSun", "Songti", "STSong"})) return Face::songti;
  return std::nullopt;
}

const char* name_of(Face face) {
  constexpr std::array kNames = {"仿宋", "楷体", "黑体", "小标宋", "宋体"};
  return kNames[static_cast<size_t>(face)];
}

std::string family_name(const std::string& family) { return family.empty() ? "没有指明的字体" : family; }

std::string size_name(double points) {
  struct Size {
    double points;
    const char* name;
  };
  constexpr Size kSizes[] = {{42, "初号"}, {36, "小初"}, {26, "一号"},   {24, "小一"},
                             {22, "二号"}, {18, "小二"}, {16, "三号"},   {15, "小三"},
                             {14, "四号"}, {12, "小四"}, {10.5, "五号"}, {9, "小五"}};
  for (const Size& size : kSizes)
    if (std::abs(size.points - points) < 0.01) return size.name;
  return fmt::format("{:g}磅", points);
}

double pitch_of(const Sight& sight, const SightLine& line) {
  return pitch_of(sight.paragraph(line), sight.size_of(line));
}

double below_characters(const Sight& sight, const SightLine& line) {
  const ObservedParagraph& paragraph = sight.paragraph(line);
  const double size = sight.size_of(line);
  return std::max(0.0, pitch_of(paragraph, size) - size - above_characters(paragraph, size));
}

double blank_lines_between(const Sight& sight, size_t above, size_t below) {
  const auto& lines = sight.lines();
  double points = sight.paragraph(lines[above - 1]).space_after_pt;
  for (size_t i = above; i + 1 < below; ++i) {
    const ObservedParagraph& paragraph = sight.paragraph(lines[i]);
    if (!is_blank(lines[i]) || paragraph.box) continue;
    points +=
        paragraph.space_before_pt + pitch_of(paragraph, paragraph.mark_size_pt) + paragraph.space_after_pt;
  }
  return (points + sight.paragraph(lines[below - 1]).space_before_pt) / kPitch;
}

std::optional<double> top_of_first_page_mm(const Sight& sight, size_t number) {
  const auto& lines = sight.lines();
  const SightLine& line = lines[number - 1];
  const ObservedParagraph& own = sight.paragraph(line);
  if (own.box) return own.box->y_mm;
  if (line.table) return std::nullopt;
  double points = 0;
  for (size_t i = 0; i + 1 < number; ++i) {
    const ObservedParagraph& above = sight.paragraph(lines[i]);
    if (above.box) continue;
    if (lines[i].table) return std::nullopt;
    const double size = lines[i].text.empty() ? above.mark_size_pt : sight.size_of(lines[i]);
    points += above.space_before_pt + pitch_of(above, size) + above.space_after_pt;
  }
  const double size = sight.size_of(line);
  points += own.space_before_pt + above_characters(own, size);
  return sight.section(line).page.top_mm + points / kPointsPerMm;
}

double first_indent(const Sight& sight, const SightLine& line) {
  const ObservedParagraph& paragraph = sight.paragraph(line);
  const double own = line.continues ? 0 : paragraph.first_line_pt;
  return (paragraph.left_pt + own) / unit_of(sight, line) + line.lead;
}

double left_indent(const Sight& sight, const SightLine& line) {
  return sight.paragraph(line).left_pt / unit_of(sight, line);
}

double right_indent(const Sight& sight, const SightLine& line) {
  return sight.paragraph(line).right_pt / unit_of(sight, line) + line.trail;
}

double width_of(const Sight&, const SightLine& line) {
  double width = 0;
  for (const char32_t c : to_characters(line.text)) width += chinese::is_wide(c) ? 1 : 0.5;
  return width;
}

std::vector<NumberedLine> lines_of(const Draft& draft, Role role) {
  std::vector<NumberedLine> found;
  if (!draft.sight) return found;
  const auto& lines = draft.sight->lines();
  for (size_t i = 0; i < lines.size(); ++i)
    if (lines[i].role == role) found.push_back({i + 1, &lines[i]});
  return found;
}

std::optional<NumberedLine> first_line_of(const Draft& draft, Role role) {
  const auto all = lines_of(draft, role);
  return all.empty() ? std::nullopt : std::optional(all[0]);
}

Place place_of(const Draft& draft, size_t line) { return {draft.start.file, static_cast<int>(line), 1}; }

void append(document::Amendments& all, document::Amendments more) {
  const auto add = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  add(all.texts, more.texts);
  add(all.runs, more.runs);
  add(all.paragraphs, more.paragraphs);
  add(all.pages, more.pages);
}

std::vector<const document::ObservedShape*> drawn_rules(const Draft& draft) {
  std::vector<const document::ObservedShape*> rules;
  const auto add = [&](const std::vector<document::ObservedParagraph>& paragraphs) {
    for (const document::ObservedParagraph& paragraph : paragraphs)
      for (const document::ObservedShape& shape : paragraph.shapes)
        if (shape.kind == document::ObservedShape::Kind::line) rules.push_back(&shape);
  };
  const auto& file = draft.sight->file();
  add(file.paragraphs);
  const auto& section = file.sections[0];
  for (const auto* margin : {&section.header_first, &section.header, &section.footer_first, &section.footer})
    if (*margin) add((*margin)->paragraphs);
  return rules;
}

bool is_letter_rule(const document::ObservedShape& rule) { return std::abs(rule.width_mm - 170) <= 2; }

namespace {

// Centred, or left with the red rule below.
bool stands_as_in_ordinary(const Draft& draft, const NumberedLine& number) {
  const Sight& sight = *draft.sight;
  if (sight.is_centred(*number.line)) return true;
  if (sight.paragraph(*number.line).align == document::Align::right) return false;
  const auto& lines = sight.lines();
  for (size_t i = number.number - 1; i < std::min(lines.size(), number.number + 1); ++i) {
    const document::ObservedParagraph& paragraph = sight.paragraph(lines[i]);
    if (paragraph.below.drawn || (paragraph.above.drawn && lines[i].text.empty())) return true;
  }
  return false;
}

}  // namespace

bool may_stand_closer(const Draft& draft) {
  return draft.organs.size() > 1 || lines_of(draft, Role::mark).size() > 1;
}

bool looks_like_letter(const Draft& draft) {
  if (!draft.sight || draft.sight->file().sections.empty() || !first_line_of(draft, Role::mark)) return false;
  for (const document::ObservedShape* each : drawn_rules(draft))
    if (is_letter_rule(*each)) return true;
  const auto number = first_line_of(draft, Role::number);
  return draft.kind == "函" && !trim(draft.mark->text).ends_with("文件") &&
         !(number && stands_as_in_ordinary(draft, *number));
}

document::Amendments restyle(const std::vector<Sight::Part>& parts, const document::RunChange& look) {
  document::Amendments made;
  for (const Sight::Part& part : parts) {
    document::RunChange change = look;
    change.paragraph = part.paragraph;
    change.begin = part.begin;
    change.end = part.begin + part.text.size();
    made.runs.push_back(change);
  }
  return made;
}

document::Amendments restyle(const Sight& sight, const SightLine& line, const document::RunChange& look) {
  return restyle(sight.parts(line), look);
}

document::Amendments resettle(const Sight&, const SightLine& line, document::ParagraphChange change) {
  change.paragraph = line.paragraph;
  document::Amendments made;
  made.paragraphs.push_back(change);
  return made;
}

void Gathered::add(Place place, std::string message, document::Amendments fix) {
  if (count_++ == 0) {
    place_ = std::move(place);
    message_ = std::move(message);
  }
  append(fixes_, std::move(fix));
}

void Gathered::report(const Rule& rule, Report& report, const std::string& hint) const {
  if (count_ == 0) return;
  const std::string times = count_ > 1 ? fmt::format("，同样的共{}处", count_) : "";
  report.add(rule, place_, message_ + times, hint, {}, fixes_);
}

}  // namespace wenshu::notice
