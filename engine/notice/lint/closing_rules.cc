// Word files: signature, date, note, annexes and 版记 (GB/T 9704 7.3.5 to 7.4).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "notice/lint/measure.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Face;
using document::ObservedParagraph;
using document::ObservedRule;
using document::ObservedShape;

bool is_near(double value, double wanted, double tolerance) { return std::abs(value - wanted) <= tolerance; }

// Characters between the end of a line and the right edge of the text area.
double room_at_right(const Sight& sight, const SightLine& line) {
  const double width = width_of(sight, line);
  switch (sight.paragraph(line).align) {
    case Align::right:
      return right_indent(sight, line);
    case Align::centre:
      return (kCharacters - width) / 2;
    default:
      return kCharacters - width - first_indent(sight, line);
  }
}

// ---- signature

// 7.3.5.1: the date 4 from the right, the organ centred on it. 7.3.5.2: the organ 2 from the right, the date begins 2
// right of it, or 2 from the right when it is the longer one.
bool is_signature(double organ_room, double organ_width, double date_room, double date_width) {
  constexpr double kNear = 0.7;
  const double organ_middle = organ_room + organ_width / 2, date_middle = date_room + date_width / 2;
  const bool sealed = is_near(organ_middle, date_middle, kNear) &&
                      (is_near(date_room, 4, kNear) || (organ_room < kNear && date_room > 4));
  const double step = organ_room + organ_width - date_room - date_width;
  const bool plain =
      is_near(step, 2, kNear) && (is_near(organ_room, 2, kNear) || is_near(date_room, 2, kNear));
  return sealed || plain;
}

void check_signature_place(const Draft& draft, const Rule& rule, Report& report) {
  const auto organs = lines_of(draft, Role::organ);
  const auto date = first_line_of(draft, Role::date);
  if (organs.size() != 1 || !date || !draft.organs.empty() || date->line->table || draft.signed_by_person)
    return;
  const double organ_room = room_at_right(*draft.sight, *organs[0].line),
               date_room = room_at_right(*draft.sight, *date->line);
  if (is_signature(organ_room, width_of(*draft.sight, *organs[0].line), date_room,
                   width_of(*draft.sight, *date->line)))
    return;
  report.add(
      rule, place_of(draft, date->number),
      fmt::format("署名右空{:.1f}字、成文日期右空{:.1f}字", organ_room, date_room),
      "加盖印章的：日期右空四字，署名以日期为准居中；不加盖印章的：署名右空二字，日期首字比署名首字右移二字");
}

void check_signature_gap(const Draft& draft, const Rule& rule, Report& report) {
  const auto organ = first_line_of(draft, Role::organ);
  if (!organ) return;
  size_t above = organ->number - 1;
  while (above > 0 && draft.sight->lines()[above - 1].role == Role::none) --above;
  if (above == 0) return;
  if (const double lines = blank_lines_between(*draft.sight, above, organ->number); lines < 0.5)
    report.add(rule, place_of(draft, organ->number), "署名与正文（或附件说明）之间没有空行", "空一行");
}

void check_date_line(const Draft& draft, const Rule& rule, Report& report) {
  const auto organs = lines_of(draft, Role::organ);
  const auto date = first_line_of(draft, Role::date);
  if (organs.empty() || !date || draft.signed_by_person || date->line->table) return;
  const double lines = blank_lines_between(*draft.sight, organs.back().number, date->number);
  if (lines > 0.5)
    report.add(rule, place_of(draft, date->number), fmt::format("成文日期在署名下空{:.1f}行", lines),
               "在署名的下一行");
}

bool is_seal(const ObservedShape& shape) {
  return shape.kind == ObservedShape::Kind::picture && shape.height_mm > 30 && shape.height_mm < 60 &&
         is_near(shape.width_mm / shape.height_mm, 1, 0.3);
}

// A seal lies over name and date. It hangs on one of them or on an empty line above.
void check_seal(const Draft& draft, const Rule& rule, Report& report) {
  const auto organ = first_line_of(draft, Role::organ), date = first_line_of(draft, Role::date);
  if (!organ || !date || date->number < organ->number) return;
  const auto& lines = draft.sight->lines();
  size_t first = organ->number;
  while (first > 1 && lines[first - 2].role == Role::none) --first;
  std::vector<std::pair<double, double>> seals;  // top and bottom in mm below line `first`
  double at = 0, name = 0;
  std::vector<double> rows;  // of names: several organs have several
  for (size_t i = first; i <= date->number; ++i) {
    const ObservedParagraph& paragraph = draft.sight->paragraph(lines[i - 1]);
    at += paragraph.space_before_pt / kPointsPerMm;
    if (i == organ->number) name = at;
    if (lines[i - 1].role == Role::organ) rows.push_back(at);
    for (const ObservedShape& shape : paragraph.shapes)
      if (is_seal(shape) && shape.below_paragraph_mm)
        seals.emplace_back(at + *shape.below_paragraph_mm, at + *shape.below_paragraph_mm + shape.height_mm);
    at += (pitch_of(*draft.sight, lines[i - 1]) + paragraph.space_after_pt) / kPointsPerMm;
  }
  const auto lies_over_a_row = [&](double top, double bottom) {
    return rows.size() > 1 &&
           std::any_of(rows.begin(), rows.end(), [&](double row) { return top < row + 5 && bottom > row; });
  };
  for (const auto& [top, bottom] : seals)
    if ((top > name + 5 || bottom < at - 5) && !lies_over_a_row(top, bottom))
      return report.add(rule, place_of(draft, organ->number), "印章没有压在署名和成文日期上",
                        "印章端正、居中下压署名和成文日期，使它们居印章中心偏下");
}

// Would the note run under a seal of 42 mm on the date, and be made illegible by it?
bool meets_seal(const Draft& draft, const SightLine& note, const SightLine& date) {
  constexpr double kHalfSeal = 21 / (kTextWidthMm / kCharacters);
  const double middle = kCharacters - room_at_right(*draft.sight, date) - width_of(*draft.sight, date) / 2;
  return 2 + width_of(*draft.sight, note) > middle - kHalfSeal;
}

void check_note_place(const Draft& draft, const Rule& rule, Report& report) {
  const auto note = first_line_of(draft, Role::note), date = first_line_of(draft, Role::date);
  if (!note || !date || date->line->table) return;
  const double lines = blank_lines_between(*draft.sight, date->number, note->number);
  const bool gives_way = !draft.organs.empty() || meets_seal(draft, *note->line, *date->line);
  if (lines > (gives_way ? 2.6 : 0.6))
    report.add(rule, place_of(draft, note->number), fmt::format("附注在成文日期下空{:.1f}行", lines),
               "在成文日期的下一行");
}

void check_note_indent(const Draft& draft, const Rule& rule, Report& report) {
  const auto note = first_line_of(draft, Role::note);
  if (!note) return;
  const double indent = first_indent(*draft.sight, *note->line);
  if (!is_near(indent, 2, 0.4))
    report.add(rule, place_of(draft, note->number), fmt::format("附注左空{:.1f}字", indent), "居左空二字", {},
               note->line->lead > 0
                   ? document::Amendments()
                   : resettle(*draft.sight, *note->line, {.align = Align::left, .first_line = 2, .left = 0}));
}

// ---- annexes

// 附件2 alone; a line such as 附件：名单.docx is a mention on a web page.
std::vector<NumberedLine> annex_labels(const Draft& draft) {
  auto all = lines_of(draft, Role::annex_label);
  std::erase_if(all, [](const NumberedLine& each) { return count_characters(each.line->text) > 5; });
  return all;
}

void check_annex_page(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : annex_labels(draft)) {
    size_t first = number;  // the break may stand on the number of a separate annex above
    while (first > 1 && draft.sight->lines()[first - 2].role == Role::none) --first;
    bool breaks = false;
    for (size_t i = first; i <= number; ++i)
      breaks = breaks || draft.sight->paragraph(draft.sight->lines()[i - 1]).breaks_page;
    if (!breaks)
      report.add(rule, place_of(draft, number), fmt::format("{}没有另起一面", line->text), "附件另面编排", {},
                 resettle(*draft.sight, *line, {.breaks_page = true}));
  }
}

void check_annex_label_face(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : annex_labels(draft))
    for (const Sight::Part& part : draft.sight->parts(*line)) {
      if (face_of(part.run->wide_family) == Face::heiti && part.run->size_pt == kSize3) continue;
      report.add(rule, place_of(draft, number),
                 fmt::format("“{}”用{}{}", line->text, size_name(part.run->size_pt),
                             family_name(part.run->wide_family)),
                 "“附件”二字及顺序号用三号黑体", {},
                 restyle(*draft.sight, *line, {.face = Face::heiti, .size_pt = kSize3}));
      break;
    }
}

void check_annex_label_form(const Draft& draft, const Rule& rule, Report& report) {
  for (const Text& label : draft.annex_labels) {
    if (!label.text.ends_with("：")) continue;
    std::vector<Fix> fixes;
    if (!label.columns.empty()) fixes.push_back({label.at(count_characters(label.text) - 1), 1, ""});
    report.add(rule, label.place, fmt::format("附件编号写作“{}”", label.text), "写作 附件1，后面没有冒号",
               std::move(fixes));
  }
}

void check_annex_label_indent(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : annex_labels(draft)) {
    const ObservedParagraph& paragraph = draft.sight->paragraph(*line);
    const bool left = paragraph.align == Align::left || paragraph.align == Align::justify;
    if (left && first_indent(*draft.sight, *line) < 0.4) continue;
    report.add(rule, place_of(draft, number), fmt::format("“{}”没有顶格", line->text),
               "顶格编排在版心左上角第一行", {},
               resettle(*draft.sight, *line, {.align = Align::left, .first_line = 0, .left = 0}));
  }
}

void check_annex_title_place(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : annex_labels(draft)) {
    size_t below = number + 1;
    const auto& lines = draft.sight->lines();
    while (below <= lines.size() && lines[below - 1].role == Role::none) ++below;
    if (below > lines.size() || lines[below - 1].role != Role::annex_title) continue;
    const double blank = blank_lines_between(*draft.sight, number, below);
    if (!is_near(blank, 1, 0.6))
      report.add(rule, place_of(draft, below), fmt::format("附件标题在附件编号下空{:.1f}行", blank),
                 "附件标题居中编排在版心第三行");
  }
}

void check_annex_before_printing(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.has_printing) return;
  const Text& printing = draft.printed ? *draft.printed : *draft.copy_to;
  for (const Text& label : draft.annex_labels)
    if (label.place.line > printing.place.line && label.text.find("号附件") == std::string::npos)
      return report.add(rule, printing.place, "附件在版记之后", "附件在版记之前，与正文一起装订");
}

// ---- 版记

std::vector<NumberedLine> printing_lines(const Draft& draft) { return lines_of(draft, Role::printing); }

void check_printing_face(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const auto& [number, line] : printing_lines(draft))
    for (const Sight::Part& part : draft.sight->parts(*line)) {
      if (face_of(part.run->wide_family) == Face::fangsong && part.run->size_pt == kSize4) continue;
      found.add(place_of(draft, number),
                fmt::format("版记用{}{}", size_name(part.run->size_pt), family_name(part.run->wide_family)),
                restyle(*draft.sight, *line, {.face = Face::fangsong, .size_pt = kSize4}));
      break;
    }
  found.report(rule, report, "用四号仿宋体");
}

// Left and right indents of the first and the last paragraph of a row, in characters of 四号.
void check_printing_indent(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : printing_lines(draft)) {
    if (line->pieces.empty() || line->continues) continue;
    const double left = first_indent(*draft.sight, *line);
    const ObservedParagraph& last = draft.sight->file().paragraphs[line->pieces.back().paragraph];
    const double right = last.right_pt / kSize4 + (last.text().ends_with("　") ? 1 : 0);
    const bool at_right = last.align == Align::right || line->text.starts_with("抄送");
    if (is_near(left, 1, 0.4) && (!at_right || is_near(right, 1, 0.4))) continue;
    report.add(rule, place_of(draft, number),
               fmt::format("版记左空{:.1f}字{}", left, at_right ? fmt::format("、右空{:.1f}字", right) : ""),
               "左右各空一字");
  }
}

// The rules above the first, below each and below the last line of the 版记.
std::vector<ObservedRule> printing_rules_of(const Draft& draft, const std::vector<NumberedLine>& lines) {
  if (const auto table = lines[0].line->table) return draft.sight->file().tables[*table].lines;
  std::vector<ObservedRule> rules{draft.sight->paragraph(*lines[0].line).above};
  for (const NumberedLine& each : lines) rules.push_back(draft.sight->paragraph(*each.line).below);
  return rules;
}

bool has_drawn_rules(const Draft& draft, const std::vector<NumberedLine>& lines) {
  const auto& all = draft.sight->lines();
  for (size_t i = std::max<size_t>(lines.front().number, 3) - 2;
       i <= std::min(all.size(), lines.back().number + 1); ++i)
    for (const ObservedShape& shape : draft.sight->paragraph(all[i - 1]).shapes)
      if (shape.kind == ObservedShape::Kind::line) return true;
  return false;
}

// A letter has neither 印发 line nor rules.
bool has_no_rules(const Draft& draft) { return draft.letter && !draft.printed; }

void check_printing_rules(const Draft& draft, const Rule& rule, Report& report) {
  const auto lines = printing_lines(draft);
  if (lines.empty() || has_no_rules(draft) || has_drawn_rules(draft, lines)) return;
  const auto rules = printing_rules_of(draft, lines);
  if (!rules.front().drawn || !rules.back().drawn)
    report.add(rule, place_of(draft, lines[0].number), "版记没有首条或末条分隔线",
               "版记的各要素之间和首、末有与版心等宽的分隔线");
}

void check_printing_thickness(const Draft& draft, const Rule& rule, Report& report) {
  const auto lines = printing_lines(draft);
  if (lines.empty() || has_no_rules(draft)) return;
  const auto rules = printing_rules_of(draft, lines);
  for (size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].drawn) continue;
    const bool outer = i == 0 || i + 1 == rules.size();
    const double wanted = outer ? kThickRulePt : kThinRulePt;
    if (is_near(rules[i].pt, wanted, 0.2)) continue;
    return report.add(rule, place_of(draft, lines[0].number),
                      fmt::format("版记的{}分隔线粗{:g}磅", outer ? "首、末" : "中间", rules[i].pt),
                      "首条和末条0.35毫米（1磅），中间的0.25毫米（0.75磅）");
  }
}

void check_printing_last(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.sight) return;
  const auto printing = printing_lines(draft);
  if (printing.empty()) return;
  const auto& lines = draft.sight->lines();
  for (size_t i = printing.back().number; i < lines.size(); ++i) {
    const bool separate =
        lines[i].role == Role::annex_label && lines[i].text.find("号附件") != std::string::npos;
    if (separate) return;  // bound by itself
    if (lines[i].role != Role::none && !draft.sight->paragraph(lines[i]).box)
      return report.add(rule, place_of(draft, i + 1), "版记之后还有内容", "版记在公文最后一面的最下方");
  }
}

void check_printing_foot(const Draft& draft, const Rule& rule, Report& report) {
  const auto printing = printing_lines(draft);
  if (printing.empty()) return;
  const SightLine& line = *printing.back().line;
  const bool fixed = line.table ? draft.sight->file().tables[*line.table].at_foot
                                : draft.sight->paragraph(line).box.has_value();
  if (!fixed)
    report.add(rule, place_of(draft, printing.back().number), "版记没有固定在版心下边缘，改动正文后会走样",
               "把版记做成表格，环绕方式选“环绕”，垂直位置相对页边距“底端”");
}

void check_copy_to_hanging(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : printing_lines(draft)) {
    if (!line->text.starts_with("抄送：") || width_of(*draft.sight, *line) <= 29)
      continue;  // 31 of 四号 less two
    const double left = left_indent(*draft.sight, *line);
    if (!is_near(left, 4, 0.6))
      report.add(rule, place_of(draft, number), fmt::format("抄送机关回行左空{:.1f}字", left),
                 "回行与冒号后的首字对齐（左空四字）");
  }
}

void check_printed_line(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.printed) return;
  const std::string text(trim(draft.printed->text));
  if (!text.empty() && text[0] >= '0' && text[0] <= '9')
    report.add(rule, draft.printed->place, "印发日期与印发机关不在一行", "写作 印发机关　2024年6月6日印发");
}

}  // namespace

std::vector<Rule> closing_rules() {
  using enum Strength;
  constexpr auto kWord = Example::word;
  return {
      {"signature-place", usual, "GB/T 9704 7.3.5.1、7.3.5.2", "署名、成文日期的右空和对齐",
       "请办。\n〈署名 居右 右空0〉清河县教育局\n〈日期 居右 右空0〉2024年6月6日",
       "请办。\n〈署名 居右 右空4〉清河县教育局\n〈日期 居右 右空4〉2024年6月6日", check_signature_place,
       kWord},
      {"signature-gap", usual, "GB/T 9704 7.3.5.2", "署名在正文（或附件说明）下空一行",
       "请办。\n〈署名 段前0〉清河县教育局\n〈日期〉2024年6月6日",
       "请办。\n〈署名〉清河县教育局\n〈日期〉2024年6月6日", check_signature_gap, kWord},
      {"date-line", required, "GB/T 9704 7.3.5.2", "成文日期在署名的下一行",
       "请办。\n〈署名〉清河县教育局\n〈日期 段前1〉2024年6月6日",
       "请办。\n〈署名〉清河县教育局\n〈日期〉2024年6月6日", check_date_line, kWord},
      {"seal-place", required, "GB/T 9704 7.3.5.1", "印章压在署名和成文日期上",
       "请办。\n〈署名 印章20〉清河县教育局\n〈日期〉2024年6月6日",
       "请办。\n〈署名 印章-15〉清河县教育局\n〈日期〉2024年6月6日", check_seal, kWord},
      {"note-place", required, "GB/T 9704 7.3.6", "附注在成文日期的下一行",
       "〈署名〉清河县教育局\n〈日期〉2024年6月6日\n〈段前1〉（此件公开发布）",
       "〈署名〉清河县教育局\n〈日期〉2024年6月6日\n（此件公开发布）", check_note_place, kWord},
      {"note-indent", required, "GB/T 9704 7.3.6", "附注左空二字",
       "〈署名〉清河县教育局\n〈日期〉2024年6月6日\n〈首行0〉（此件公开发布）",
       "〈署名〉清河县教育局\n〈日期〉2024年6月6日\n（此件公开发布）", check_note_indent, kWord},
      {"annex-page", required, "GB/T 9704 7.3.7", "附件另面编排",
       "请办。\n〈附件号 不另页〉附件1\n〈附件题〉名单", "请办。\n〈附件号〉附件1\n〈附件题〉名单",
       check_annex_page, kWord},
      {"annex-label-face", required, "GB/T 9704 7.3.7", "“附件”二字及顺序号用三号黑体",
       "请办。\n〈附件号 仿宋〉附件1\n〈附件题〉名单", "请办。\n〈附件号〉附件1\n〈附件题〉名单",
       check_annex_label_face, kWord},
      {"annex-label-form", required, "GB/T 9704 7.3.7", "附件编号后没有冒号",
       "请办。\n附件：1.名单\n2.安排表\n附件1：\n名单", "请办。\n附件：1.名单\n2.安排表\n附件1\n名单",
       check_annex_label_form},
      {"annex-label-indent", required, "GB/T 9704 7.3.7", "附件编号顶格",
       "请办。\n〈附件号 首行2〉附件1\n〈附件题〉名单", "请办。\n〈附件号〉附件1\n〈附件题〉名单",
       check_annex_label_indent, kWord},
      {"annex-title-place", required, "GB/T 9704 7.3.7", "附件标题在第三行",
       "请办。\n〈附件号〉附件1\n〈附件题 段前0〉名单", "请办。\n〈附件号〉附件1\n〈附件题〉名单",
       check_annex_title_place, kWord},
      {"annex-after-printing", required, "GB/T 9704 7.3.7", "附件在版记之前",
       "请办。\n附件：名单\n清河县教育局办公室 2024年6月6日印发\n附件\n名单",
       "请办。\n附件：名单\n附件\n名单\n清河县教育局办公室 2024年6月6日印发", check_annex_before_printing},
      {"printing-face", usual, "GB/T 9704 7.4.2、7.4.3", "版记用四号仿宋体",
       "请办。\n〈版记 16磅〉抄送：市教育局。", "请办。\n〈版记〉抄送：市教育局。", check_printing_face,
       kWord},
      {"printing-indent", usual, "GB/T 9704 7.4.2、7.4.3", "版记左右各空一字",
       "请办。\n〈版记 左空0〉抄送：市教育局。", "请办。\n〈版记〉抄送：市教育局。", check_printing_indent,
       kWord},
      {"printing-rules", required, "GB/T 9704 7.4.1", "版记有分隔线", "请办。\n〈版记 无线〉抄送：市教育局。",
       "请办。\n〈版记〉抄送：市教育局。", check_printing_rules, kWord},
      {"printing-rule-thickness", usual, "GB/T 9704 7.4.1", "版记的分隔线首、末粗，中间细",
       "请办。\n〈版记 线粗0.5〉抄送：市教育局。", "请办。\n〈版记〉抄送：市教育局。",
       check_printing_thickness, kWord},
      {"printing-last", required, "GB/T 9704 7.4.1", "版记在最后", "〈版记〉抄送：市教育局。\n请办。",
       "请办。\n〈版记〉抄送：市教育局。", check_printing_last, kWord},
      {"printing-foot", habit, "GB/T 9704 7.4.1", "版记固定在版心下边缘",
       "请办。\n〈版记 不固定〉抄送：市教育局。", "请办。\n〈版记〉抄送：市教育局。", check_printing_foot,
       kWord},
      {"copy-to-hanging", usual, "GB/T 9704 7.4.2", "抄送机关回行与首字对齐",
       "请办。\n〈版记〉抄送：市教育局教师工作处，县委教育工作领导小组办公室，县教师发展中心，各乡镇人民政府"
       "。",
       "请办。\n〈版记 左空4 "
       "首行-3〉抄送：市教育局教师工作处，县委教育工作领导小组办公室，县教师发展中心，各乡镇人民政府。",
       check_copy_to_hanging, kWord},
      {"printed-line", required, "GB/T 9704 7.4.3", "印发机关和印发日期在一行",
       "请办。\n清河县教育局办公室\n2024年6月6日印发", "请办。\n清河县教育局办公室 2024年6月6日印发",
       check_printed_line},
  };
}

}  // namespace wenshu::notice
