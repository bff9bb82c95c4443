// Word files: paper, text area, grid, faces in general and page numbers (GB/T 9704 5, 7.5, 8).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "notice/lint/measure.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Face;
using document::ObservedMargin;
using document::ObservedParagraph;
using document::ObservedSection;
using document::Page;

constexpr double kTopMm = 37, kLeftMm = 28, kBottomMm = 35, kRightMm = 26;
constexpr double kTextHeightMm = 225;
constexpr double kTolerance = 1, kPaperTolerance = 2;  // mm: 5.2.1; trimming of 6.2
// Margins that make up for half the leading above the first line (GB/T 33476.2 annex A).
constexpr double kRaisedTopMm = 34.58, kRaisedBottomMm = 32.58;

bool is_near(double value, double wanted, double tolerance) {
  return std::abs(value - wanted) <= tolerance + 0.05;
}

bool has_raised_margins(const Page& page) {
  return is_near(page.top_mm, kRaisedTopMm, 0.4) && is_near(page.bottom_mm, kRaisedBottomMm, 0.4);
}

double left_of(const ObservedSection& section) { return section.page.left_mm + section.gutter_mm; }

template <class Visit>
void visit_sections(const Draft& draft, Visit visit) {
  if (!draft.sight) return;
  const auto& sections = draft.sight->file().sections;
  for (size_t i = 0; i < sections.size(); ++i) visit(sections[i], i);
}

// A section has no place of its own: the first line of it stands for it.
Place place_of_section(const Draft& draft, size_t section) {
  const auto& lines = draft.sight->lines();
  for (size_t i = 0; i < lines.size(); ++i)
    if (draft.sight->paragraph(lines[i]).section == section) return place_of(draft, i + 1);
  return draft.start;
}

std::string of_section(const Draft& draft, size_t section) {
  return draft.sight->file().sections.size() > 1 ? fmt::format("第{}节的", section + 1) : "";
}

// The head of a letter begins 30 mm below the edge (10.1).
bool has_letter_top(const Draft& draft, size_t section) {
  return draft.letter && section == 0 && draft.sight->file().sections[section].page.top_mm < kTopMm;
}

document::Amendments set_page(const Draft& draft, size_t section) {
  document::Amendments fix;
  Page page;
  page.top_mm = has_letter_top(draft, section) ? kLetterTopMm : kTopMm;
  page.bottom_mm = kBottomMm, page.left_mm = kLeftMm, page.right_mm = kRightMm;
  fix.pages.push_back({section, page});
  return fix;
}

void check_paper(const Draft& draft, const Rule& rule, Report& report) {
  visit_sections(draft, [&](const ObservedSection& section, size_t i) {
    const Page& page = section.page;
    const double width = std::min(page.width_mm, page.height_mm),
                 height = std::max(page.width_mm, page.height_mm);
    if (is_near(width, 210, kPaperTolerance) && is_near(height, 297, kPaperTolerance)) return;
    report.add(rule, place_of_section(draft, i),
               fmt::format("{}纸张为{:.0f}×{:.0f}毫米", of_section(draft, i), page.width_mm, page.height_mm),
               "纸张设为A4（210×297毫米）", {}, page.landscape ? document::Amendments() : set_page(draft, i));
  });
}

void check_margins(const Draft& draft, const Rule& rule, Report& report) {
  visit_sections(draft, [&](const ObservedSection& section, size_t i) {
    const Page& page = section.page;
    const bool letter = has_letter_top(draft, i) && is_near(page.top_mm, kLetterTopMm, kTolerance);
    const bool top = is_near(page.top_mm, kTopMm, kTolerance) || has_raised_margins(page) || letter;
    if (page.landscape || (top && is_near(left_of(section), kLeftMm, kTolerance))) return;
    report.add(rule, place_of_section(draft, i),
               fmt::format("{}天头（上边距）{:.1f}毫米、订口（左边距）{:.1f}毫米", of_section(draft, i),
                           page.top_mm, left_of(section)),
               "上边距37毫米±1毫米，左边距28毫米±1毫米", {}, set_page(draft, i));
  });
}

bool is_text_area(double width, double height) {
  return is_near(width, kTextWidthMm, kTolerance) && is_near(height, kTextHeightMm, kTolerance);
}

void check_text_area(const Draft& draft, const Rule& rule, Report& report) {
  visit_sections(draft, [&](const ObservedSection& section, size_t i) {
    const Page& page = section.page;
    if (page.landscape) return;
    const double width = page.width_mm - left_of(section) - page.right_mm;
    const double height = page.height_mm - page.top_mm - page.bottom_mm;
    const bool letter = has_letter_top(draft, i);  // the mark stands above
    if (is_text_area(width, letter ? height - (kTopMm - page.top_mm) : height) ||
        (has_raised_margins(page) && is_near(width, kTextWidthMm, kTolerance)))
      return;
    report.add(rule, place_of_section(draft, i),
               fmt::format("{}版心为{:.1f}×{:.1f}毫米", of_section(draft, i), width, height),
               "版心156×225毫米：上37、下35、左28、右26毫米", {}, set_page(draft, i));
  });
}

void check_landscape(const Draft& draft, const Rule& rule, Report& report) {
  visit_sections(draft, [&](const ObservedSection& section, size_t i) {
    const Page& page = section.page;
    if (!page.landscape) return;
    const double width = page.width_mm - left_of(section) - page.right_mm;
    const double height = page.height_mm - page.top_mm - page.bottom_mm;
    if (is_text_area(height, width)) return;
    report.add(rule, place_of_section(draft, i),
               fmt::format("横排页的版心为{:.1f}×{:.1f}毫米", width, height),
               "横排页的版心225×156毫米：上28、下26、左35、右37毫米（纸的天头在右）");
  });
}

bool is_plain_body(const Draft& draft, const SightLine& line) {
  return line.role == Role::body && !line.table && !line.text.empty() && !draft.sight->paragraph(line).box;
}

template <class Visit>
void visit_body_lines(const Draft& draft, Visit visit) {
  for (const auto& [number, line] : lines_of(draft, Role::body))
    if (is_plain_body(draft, *line)) visit(number, *line);
}

// 22 lines fill 225 mm, the leading below the last one counted or not.
bool makes_22_lines(double pitch) {
  const double height = kTextHeightMm * kPointsPerMm;
  return static_cast<int>(height / pitch) == kLines ||
         static_cast<int>((height - kSize3 + 0.1) / pitch) + 1 == kLines;
}

void check_line_grid(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  visit_body_lines(draft, [&](size_t number, const SightLine& line) {
    const ObservedParagraph& paragraph = draft.sight->paragraph(line);
    const bool fixed = paragraph.pitch == ObservedParagraph::Pitch::exact || paragraph.pitch_pt > 0;
    if (fixed && makes_22_lines(paragraph.pitch_pt)) return;
    document::ParagraphChange change;
    change.pitch_pt = kPitch;
    found.add(place_of(draft, number),
              fixed ? fmt::format("行距{:g}磅，一面排不成22行", paragraph.pitch_pt)
                    : "行距没有固定，一面排不成22行",
              resettle(*draft.sight, line, change));
  });
  found.report(rule, report, "行距设为固定值28.95磅（28至29.6磅之间都排22行）");
}

// 28 characters of this size in a line.
void check_character_grid(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  visit_body_lines(draft, [&](size_t number, const SightLine& line) {
    const ObservedSection& section = draft.sight->section(line);
    const auto parts = draft.sight->parts(line);
    if (parts.empty() || section.page.landscape || parts[0].run->size_pt != kSize3) return;
    const double grid = section.grid == "linesAndChars" ? section.grid_tracking_pt : 0;
    const double cell = parts[0].run->size_pt + parts[0].run->tracking_pt + grid;
    const double width = (section.page.width_mm - left_of(section) - section.page.right_mm) * kPointsPerMm;
    const int characters = static_cast<int>((width + 0.3) / cell);
    if (characters == kCharacters) return;
    document::RunChange change;
    change.tracking_pt = kTracking;
    found.add(place_of(draft, number), fmt::format("三号字每行排{}字，不是28字", characters),
              restyle(*draft.sight, line, change));
  });
  found.report(rule, report, "字符间距紧缩0.25磅（28个三号字比156毫米宽）");
}

bool is_wide_text(const Sight::Part& part) {
  return std::any_of(part.text.begin(), part.text.end(),
                     [](char32_t c) { return c >= 0x3400 && c < 0xA000; });
}

// 出席 and its like: minutes-labels asks.
bool is_list_of_people(const std::string& text) {
  return text.starts_with("出席") || text.starts_with("请假") || text.starts_with("列席");
}

void check_body_face(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const Role role : {Role::body, Role::to, Role::attachment, Role::organ, Role::date, Role::note})
    for (const auto& [number, line] : lines_of(draft, role)) {
      if (line->level == 1 || line->level == 2 || line->table) continue;  // faces of their own
      if (role == Role::organ && draft.signed_by_person) continue;
      if (draft.kind == "纪要" && is_list_of_people(line->text)) continue;
      std::vector<Sight::Part> wrong;
      for (const Sight::Part& part : draft.sight->parts(*line))
        if (is_wide_text(part) && face_of(part.run->wide_family) != Face::fangsong) wrong.push_back(part);
      if (wrong.empty()) continue;
      document::RunChange change;
      change.face = Face::fangsong;
      const std::string& family = wrong[0].run->wide_family;
      found.add(
          place_of(draft, number),
          fmt::format("{}用{}“{}”", to_text(role), family_name(family), to_utf8(wrong[0].text.substr(0, 12))),
          restyle(wrong, change));
    }
  found.report(rule, report, "用仿宋体");
}

void check_body_size(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const Role role :
       {Role::body, Role::to, Role::number, Role::attachment, Role::organ, Role::date, Role::note})
    for (const auto& [number, line] : lines_of(draft, role)) {
      std::vector<Sight::Part> wrong;
      for (const Sight::Part& part : draft.sight->parts(*line))
        if (part.run->size_pt != kSize3) wrong.push_back(part);
      if (wrong.empty() || line->table) continue;
      document::RunChange change;
      change.size_pt = kSize3;
      found.add(place_of(draft, number),
                fmt::format("{}用{}“{}”", to_text(role), size_name(wrong[0].run->size_pt),
                            to_utf8(wrong[0].text.substr(0, 12))),
                restyle(wrong, change));
    }
  found.report(rule, report, "用三号字");
}

void check_colour(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.sight) return;
  Gathered found;
  const auto& lines = draft.sight->lines();
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].role == Role::mark || lines[i].role == Role::table || lines[i].role == Role::text) continue;
    std::vector<Sight::Part> wrong;
    for (const Sight::Part& part : draft.sight->parts(lines[i]))
      if (!part.run->colour.empty()) wrong.push_back(part);
    if (wrong.empty()) continue;
    document::RunChange change;
    change.colour = document::Colour::black;
    found.add(place_of(draft, i + 1),
              fmt::format("{}“{}”不是黑色", to_text(lines[i].role), to_utf8(wrong[0].text.substr(0, 12))),
              restyle(wrong, change));
  }
  found.report(rule, report, "除发文机关标志、版头的分隔线和印章外，用黑色");
}

// Word takes “ ” and … from the Latin face where it is not told otherwise.
void check_marks_face(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  visit_body_lines(draft, [&](size_t number, const SightLine& line) {
    for (const Sight::Part& part : draft.sight->parts(line)) {
      if (part.run->wide_marks || part.text.find_first_of(U"“”‘’…—") == part.text.npos) continue;
      document::RunChange change;
      change.face = face_of(part.run->wide_family);
      found.add(place_of(draft, number),
                fmt::format("引号、省略号或破折号会用西文字体“{}”：{}", part.run->narrow_family,
                            to_utf8(part.text.substr(0, 12))),
                change.face ? restyle({part}, change) : document::Amendments());
      return;
    }
  });
  found.report(rule, report, "把这些标点也设为正文的中文字体");
}

void check_bold(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  visit_body_lines(draft, [&](size_t number, const SightLine& line) {
    for (const Sight::Part& part : draft.sight->parts(line))
      if (part.run->bold && is_wide_text(part))
        return found.add(place_of(draft, number), fmt::format("加粗：{}", to_utf8(part.text.substr(0, 12))));
  });
  found.report(rule, report, "标准用字体分层次，没有加粗");
}

void check_kinsoku(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  visit_body_lines(draft, [&](size_t number, const SightLine& line) {
    if (!draft.sight->paragraph(line).kinsoku)
      found.add(place_of(draft, number), "没有按中文规则控制首尾字符");
  });
  found.report(rule, report, "段落格式里选“按中文习惯控制首尾字符”");
}

// ---- page numbers

struct Foot {
  const ObservedMargin* margin;
  const ObservedSection* section;
  bool even, first;
};

std::vector<Foot> feet_of(const Draft& draft) {
  std::vector<Foot> feet;
  if (!draft.sight) return feet;
  const auto& file = draft.sight->file();
  for (const ObservedSection& section : file.sections) {
    if (section.footer) feet.push_back({&*section.footer, &section, false, false});
    if (section.footer_even && file.even_differs)
      feet.push_back({&*section.footer_even, &section, true, false});
    if (section.footer_first && section.own_first)
      feet.push_back({&*section.footer_first, &section, false, true});
    // Numbers of turned pages may stand in the header.
    if (section.header) feet.push_back({&*section.header, &section, false, false});
    if (section.header_even && file.even_differs)
      feet.push_back({&*section.header_even, &section, true, false});
  }
  return feet;
}

const ObservedParagraph* number_paragraph(const ObservedMargin& margin) {
  for (const ObservedParagraph& paragraph : margin.paragraphs)
    for (const auto& run : paragraph.runs)
      if (run.page_number) return &paragraph;
  return nullptr;
}

Place place_of(const Draft& draft, const ObservedMargin& margin) {
  return {draft.start.file, 0, 0, margin.spot};
}

template <class Visit>
void visit_numbers(const Draft& draft, Visit visit) {
  std::vector<std::string> seen;
  for (const Foot& foot : feet_of(draft)) {
    const ObservedParagraph* paragraph = number_paragraph(*foot.margin);
    if (!paragraph || std::find(seen.begin(), seen.end(), foot.margin->spot) != seen.end()) continue;
    seen.push_back(foot.margin->spot);  // several sections share it
    visit(foot, *paragraph);
  }
}

void check_numbers_there(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.sight) return;
  bool any = false;
  visit_numbers(draft, [&](const Foot&, const ObservedParagraph&) { any = true; });
  if (!any) report.add(rule, draft.start, "没有页码", "在页脚插入页码，形如 — 1 —");
}

void check_number_face(const Draft& draft, const Rule& rule, Report& report) {
  visit_numbers(draft, [&](const Foot& foot, const ObservedParagraph& paragraph) {
    for (const auto& run : paragraph.runs) {
      if (!run.page_number) continue;
      const bool face = face_of(run.narrow_family) == Face::songti;
      if (face && run.size_pt == kSize4) return;
      return report.add(rule, place_of(draft, *foot.margin),
                        fmt::format("页码用{}、{}", size_name(run.size_pt), family_name(run.narrow_family)),
                        "用四号半角宋体阿拉伯数字");
    }
  });
}

void check_number_dashes(const Draft& draft, const Rule& rule, Report& report) {
  visit_numbers(draft, [&](const Foot& foot, const ObservedParagraph& paragraph) {
    std::string before, after;
    bool seen = false;
    for (const auto& run : paragraph.runs) {
      seen = seen || run.page_number;
      if (!run.page_number) (seen ? after : before) += run.text;
    }
    const auto is_dash = [](const std::string& text) { return trim(text) == "—"; };
    if (!is_dash(before) || !is_dash(after))
      report.add(rule, place_of(draft, *foot.margin),
                 fmt::format("页码两边不是一字线：{}1{}", trim(before), trim(after)), "写作 — 1 —");
  });
}

// "left", "right", "centre" or "outside"
std::string side_of(const ObservedParagraph& paragraph) {
  if (paragraph.box && !paragraph.box->side.empty())
    return paragraph.box->side == "center" ? "centre" : paragraph.box->side;
  switch (paragraph.align) {
    case document::Align::right:
      return "right";
    case document::Align::centre:
      return "centre";
    default:
      return "left";
  }
}

bool is_turned(const Foot& foot) { return foot.section->page.landscape; }

void check_number_side(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.sight) return;
  const bool differs = draft.sight->file().even_differs;
  visit_numbers(draft, [&](const Foot& foot, const ObservedParagraph& paragraph) {
    const std::string side = side_of(paragraph);
    if (side == "outside" || is_turned(foot)) return;
    const std::string wanted = foot.even ? "left" : "right";
    const auto& run = paragraph.runs[0];
    const double indent =
        (wanted == "left" ? paragraph.left_pt + paragraph.first_line_pt : paragraph.right_pt) / run.size_pt;
    if (side != wanted || !differs)
      return report.add(rule, place_of(draft, *foot.margin),
                        !differs    ? "单、双页的页码在同一边"
                        : foot.even ? "双页的页码没有居左"
                                    : "单页的页码没有居右",
                        "页面设置里选“奇偶页不同”，单页码居右空一字，双页码居左空一字");
    const bool blank = wanted == "left" ? run.text.starts_with("　") : paragraph.text().ends_with("　");
    if (!is_near(indent + (blank ? 1 : 0), 1, 0.4))
      report.add(rule, place_of(draft, *foot.margin), fmt::format("页码离边{:.1f}字", indent), "居边空一字");
  });
}

// 一字线上距版心下边缘7毫米.
void check_number_height(const Draft& draft, const Rule& rule, Report& report) {
  visit_numbers(draft, [&](const Foot& foot, const ObservedParagraph& paragraph) {
    if (paragraph.box || is_turned(foot) || foot.section->page.landscape) return;
    const double size = paragraph.runs[0].size_pt;
    const double pitch = paragraph.pitch == ObservedParagraph::Pitch::exact ? paragraph.pitch_pt : size * 1.3;
    double below = paragraph.space_after_pt;  // what stands under it in the same footer
    bool seen = false;
    for (const ObservedParagraph& each : foot.margin->paragraphs) {
      if (seen && !each.box) below += each.mark_size_pt * 1.3;
      seen = seen || &each == &paragraph;
    }
    const double dash = foot.section->footer_mm + (below + pitch / 2) / kPointsPerMm;
    const double gap = foot.section->page.bottom_mm - dash;
    if (!is_near(gap, 7, 2))
      report.add(rule, place_of(draft, *foot.margin), fmt::format("一字线上距版心下边缘约{:.0f}毫米", gap),
                 fmt::format("距离为7毫米：页脚距边界约{:.0f}毫米",
                             foot.section->page.bottom_mm - 7 - (below + pitch / 2) / kPointsPerMm));
  });
}

// 清教〔2024〕6号附件: bound by itself, with pages of its own.
bool begins_separate_annex(const Draft& draft, size_t section) {
  for (const SightLine& line : draft.sight->lines())
    if (draft.sight->paragraph(line).section == section && !line.text.empty())
      return line.role == Role::annex_label && line.text.find("号附件") != std::string::npos;
  return false;
}

void check_restarts(const Draft& draft, const Rule& rule, Report& report) {
  visit_sections(draft, [&](const ObservedSection& section, size_t i) {
    if (i > 0 && section.restarts_numbers && !begins_separate_annex(draft, i))
      report.add(rule, place_of_section(draft, i), "页码从这里重新编起",
                 "附件与正文一起装订时，页码连续编排");
  });
}

// On a turned page the number stands where it stands on the others: at a short edge of the turned sheet.
void check_turned_numbers(const Draft& draft, const Rule& rule, Report& report) {
  for (const Foot& foot : feet_of(draft)) {
    if (!is_turned(foot)) continue;
    const ObservedParagraph* paragraph = number_paragraph(*foot.margin);
    if (paragraph && !paragraph->box)
      return report.add(rule, place_of(draft, *foot.margin), "横排页的页码排在横页的下边",
                        "横排页的页码放在文本框里，位置与其他页一致（横页的左边）");
  }
}

}  // namespace

std::vector<Rule> page_rules() {
  using enum Strength;
  constexpr auto kWord = Example::word;
  return {
      {"page-size", required, "GB/T 9704 5.1", "A4纸", "〈页 宽216 高279〉\n现将有关事项通知如下。",
       "现将有关事项通知如下。", check_paper, kWord},
      {"page-margins", required, "GB/T 9704 5.2.1", "天头37毫米±1毫米，订口28毫米±1毫米",
       "〈页 上25.4 左31.8〉\n现将有关事项通知如下。", "〈页 上36.5 下35.5〉\n现将有关事项通知如下。",
       check_margins, kWord},
      {"text-area", required, "GB/T 9704 5.2.1", "版心156毫米×225毫米", "〈页 右20〉\n现将有关事项通知如下。",
       "〈页 上34.58 下32.58〉\n现将有关事项通知如下。", check_text_area, kWord},
      {"landscape-area", usual, "GB/T 9704 8", "横排页的版心与其他页一样大",
       "〈页 宽297 高210 上37 下35 左28 右26〉\n表一", "〈页 宽297 高210 上28 下26 左35 右37〉\n表一",
       check_landscape, kWord},
      {"line-grid", usual, "GB/T 9704 5.2.3", "一面排22行", "〈行距20〉现将有关事项通知如下。",
       "〈行距28〉现将有关事项通知如下。", check_line_grid, kWord},
      {"character-grid", usual, "GB/T 9704 5.2.3", "一行排28字", "〈字距0〉现将有关事项通知如下。",
       "现将有关事项通知如下。", check_character_grid, kWord},
      {"body-face", usual, "GB/T 9704 5.2.2", "正文等用仿宋体", "〈宋体〉现将有关事项通知如下。",
       "现将有关事项通知如下。", check_body_face, kWord},
      {"body-size", usual, "GB/T 9704 5.2.2", "正文等用三号字", "〈14磅〉现将有关事项通知如下。",
       "现将有关事项通知如下。", check_body_size, kWord},
      {"text-colour", usual, "GB/T 9704 5.2.4", "文字用黑色", "〈红色〉现将有关事项通知如下。",
       "现将有关事项通知如下。", check_colour, kWord},
      {"marks-face", usual, "GB/T 9704 5.2.2", "引号、省略号、破折号用正文的字体",
       "〈西文Times〉开展“三题”活动。", "开展“三题”活动。", check_marks_face, kWord},
      {"bold", habit, "GB/T 9704 7.3.3", "用字体分层次，不加粗", "〈加粗〉现将有关事项通知如下。",
       "现将有关事项通知如下。", check_bold, kWord},
      {"line-ends-unchecked", usual, "GB/T 15834 5.1", "行首、行尾的标点由程序控制",
       "〈不控标点〉现将有关事项通知如下。", "现将有关事项通知如下。", check_kinsoku, kWord},
      {"page-number-missing", usual, "GB/T 9704 7.5", "有页码", "〈页 无页码〉\n现将有关事项通知如下。",
       "现将有关事项通知如下。", check_numbers_there, kWord},
      {"page-number-face", usual, "GB/T 9704 7.5", "页码用四号半角宋体数字",
       "〈页 页码仿宋〉\n现将有关事项通知如下。", "现将有关事项通知如下。", check_number_face, kWord},
      {"page-number-dashes", required, "GB/T 9704 7.5", "页码左右各放一条一字线",
       "〈页 页码无线〉\n现将有关事项通知如下。", "现将有关事项通知如下。", check_number_dashes, kWord},
      {"page-number-side", required, "GB/T 9704 7.5", "单页码居右空一字，双页码居左空一字",
       "〈页 页码居中〉\n现将有关事项通知如下。", "现将有关事项通知如下。", check_number_side, kWord},
      {"page-number-height", required, "GB/T 9704 7.5", "一字线上距版心下边缘7毫米",
       "〈页 页脚距10〉\n现将有关事项通知如下。", "现将有关事项通知如下。", check_number_height, kWord},
      {"page-number-restarts", usual, "GB/T 9704 7.5", "附件与正文一起装订时页码连续",
       "现将有关事项通知如下。\n〈页 页码重编〉\n附件正文。", "现将有关事项通知如下。\n〈页〉\n附件正文。",
       check_restarts, kWord},
      {"page-number-turned", required, "GB/T 9704 8", "横排页的页码位置与其他页一致",
       "〈页 宽297 高210 上28 下26 左35 右37〉\n表一",
       "〈页 宽297 高210 上28 下26 左35 右37 页码转向〉\n表一", check_turned_numbers, kWord},
  };
}

}  // namespace wenshu::notice
