// 版头 of the four formats (GB/T 9704-2012 7.2, 10.1 to 10.3).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "chinese/date.h"
#include "notice/compose_parts.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Colour;
using document::Face;
using document::Paragraph;

constexpr double kCell = kSize3 + kTracking;                    // a character of 3号, pt
constexpr double kRight = kTextWidthMm - kCell / kPointsPerMm;  // one blank character before the right edge

Paragraph centred(const char* style, document::Run made) {
  Paragraph centred = paragraph(style, std::move(made));
  centred.align = Align::centre;
  return centred;
}

document::Run mark_run(const std::string& text, double size) {
  document::Run made = run(text, Face::xiaobiaosong, size);
  made.colour = Colour::red;
  return made;
}

// 7.2.1 to 7.2.3: from the top left corner down.
std::vector<Paragraph> top_left(const Notice& notice) {
  std::vector<Paragraph> made;
  const auto line = [&](const char* style, const std::string& text, Face face) {
    if (text.empty()) return;
    made.push_back(paragraph(style, run(text, face)));
    made.back().align = Align::left;
  };
  line("份号", notice.copy_number, Face::fangsong);
  line("密级", notice.secrecy, Face::heiti);
  line("紧急程度", notice.urgency, Face::heiti);
  return made;
}

void add_mark(const std::string& text, double size, double top_mm, Blocks& blocks) {
  Paragraph& mark = add(blocks, centred("发文机关标志", mark_run(text, size)));
  mark.line_pitch_pt = size * kTightLine;
  mark.top_mm = top_mm;
}

document::Cell mark_cell(const std::string& text, const FirstPage& page, Align align) {
  document::Cell cell;
  cell.paragraphs.push_back(paragraph("发文机关标志", mark_run(text, page.mark_pt)));
  cell.paragraphs[0].align = align;
  cell.paragraphs[0].line_pitch_pt = page.mark_pt * page.joint_line;
  return cell;
}

double widest(const std::vector<std::string>& names) {
  double width = 1;
  for (const std::string& name : names) width = std::max(width, width_of(name));
  return width;
}

// Names of equal width one above the other, host first, and 文件 to their right, centred on them (7.2.4).
void add_joint_mark(const Notice& notice, const FirstPage& page, Blocks& blocks) {
  document::Table table;
  const double size = page.mark_pt;
  table.align = Align::centre;
  table.top_mm = page.mark_top_mm;
  table.outer_rule_pt = table.inner_rule_pt = table.cell_margin_mm = 0;
  table.upright_rules = false;
  table.column_mm.push_back((widest(notice.mark) * size + 0.5) / kPointsPerMm);
  if (!notice.mark_word.empty())
    table.column_mm.push_back((width_of(notice.mark_word) + kMarkGap) * size / kPointsPerMm);
  for (size_t i = 0; i < notice.mark.size(); ++i) {
    document::Row& row = table.rows.emplace_back();
    row.cells.push_back(mark_cell(notice.mark[i], page, Align::distribute));
    if (notice.mark_word.empty()) continue;
    row.cells.push_back(mark_cell(i == 0 ? notice.mark_word : "", page, Align::right));
    row.cells[1].continues_above = i > 0;
  }
  add(blocks, std::move(table));
}

// 7.2.7: 4 mm below the characters of the line. Word knows whole points here; 4 mm is the least distance.
void rule_off(Paragraph& line) {
  line.rule_below = true;
  line.rule_colour = Colour::red;
  line.rule_pt = kRedRulePt;
  line.rule_gap_pt =
      std::ceil(kRedRuleGapMm * kPointsPerMm - (1 - kAscentOfLine) * kPitch + kDescentOfFace * kSize3);
}

// 何明 beside 何某某 takes as much room.
std::string widened(const std::string& name, double width) {
  const std::u32string characters = to_characters(name);
  if (characters.size() == 2 && width >= 3 && width_of(name) == 2)
    return to_utf8(std::u32string{characters[0], U'　', characters[1]});
  return name;
}

std::string blanks(double characters) {
  std::string made;
  for (double i = 0; i < characters; i += 1) made += "　";
  return made;
}

// 7.2.6: two signers a line, names under names; the number on the line of the last one.
void add_signers(const Notice& notice, const FirstPage& page, Blocks& blocks) {
  const std::string label = "签发人：";
  double left = 0, right = 0;
  for (size_t i = 0; i < notice.signer.size(); ++i)
    (i % 2 == 0 ? left : right) = std::max(i % 2 == 0 ? left : right, width_of(notice.signer[i]));
  if (notice.signer.size() > 1) left = std::max(left, 3.0), right = std::max(right, 3.0);
  const double begin = width_of(label) + (right > 0 ? left + 1 + right : left);  // before the right end
  for (size_t i = 0; i < notice.signer.size(); i += 2) {
    const bool has_last = i + 2 >= notice.signer.size();
    std::string names = widened(notice.signer[i], left);
    double width = width_of(names);
    if (i + 1 < notice.signer.size()) {
      const std::string second = widened(notice.signer[i + 1], right);
      names += blanks(left - width + 1) + second;
      width = left + 1 + width_of(second);
    }
    Paragraph& line = add(blocks, Paragraph{});
    line.style = has_last ? "发文字号" : "签发人";
    line.align = Align::left;
    if (has_last) {
      line.first_line_indent = 1;  // a left indent would shorten the red rule
      line.runs.push_back(run(notice.number));
    }
    if (i == 0) line.space_before_pt = page.above_number * kPitch;
    line.right_tab_mm = kRight - (begin - width_of(label) - width) * kCell / kPointsPerMm;
    line.runs.push_back(run(i == 0 ? "\t" + label : "\t"));
    line.runs.push_back(run(names, Face::kaiti));
  }
  rule_off(last(blocks));
}

void add_number(const Notice& notice, const FirstPage& page, Blocks& blocks) {
  if (!notice.signer.empty()) return add_signers(notice, page, blocks);
  Paragraph& number = add(blocks, centred("发文字号", run(notice.number)));
  number.space_before_pt = page.above_number * kPitch;
  rule_off(number);
}

void add_ordinary_head(const Notice& notice, const FirstPage& page, Blocks& blocks) {
  for (Paragraph& line : top_left(notice)) add(blocks, std::move(line));
  if (notice.mark.size() > 1)
    add_joint_mark(notice, page, blocks);
  else
    add_mark(notice.mark[0], page.mark_pt, page.mark_top_mm, blocks);
  add_number(notice, page, blocks);
}

// 10.1: the double rules stand 170 mm wide in the middle of the page; the number stands under the first at the right
// edge of the 版心, 份号, 密级 and 紧急程度 at the left one.
void add_letter_head(const Notice& notice, double size, document::Section& section) {
  section.first_top_mm = kLetterTopMm;
  section.number_on_first = false;
  Blocks& blocks = section.blocks;
  add_mark(notice.mark[0], size, 0, blocks);

  document::PageRule rule;
  rule.upper_pt = kThickLetterRulePt;
  rule.lower_pt = kThinLetterRulePt;
  rule.gap_pt = kLetterRuleGapPt;
  const double half = (rule.upper_pt + rule.gap_pt + rule.lower_pt) / 2 / kPointsPerMm;
  rule.y_mm = kLetterTopMm + kInkOfMark * size / kPointsPerMm + kRedRuleGapMm + half;
  section.first_page_rules.push_back(rule);
  const double top = rule.y_mm + half + kSize3 * 7 / 8 / kPointsPerMm - kLetterTopMm;
  std::swap(rule.upper_pt, rule.lower_pt);
  rule.y_mm = kLetterLowerRuleMm;
  section.first_page_rules.push_back(rule);

  std::vector<Paragraph> lines = top_left(notice);
  if (lines.empty()) {
    lines.push_back(paragraph("发文字号", run(notice.number)));
    lines[0].align = Align::right;
  } else {
    lines[0].right_tab_mm = kTextWidthMm;
    lines[0].runs.push_back(run("\t" + notice.number));
    lines[0].runs.back().style = "发文字号字符";
  }
  lines[0].top_mm = top;
  for (Paragraph& line : lines) add(blocks, std::move(line));
}

void add_command_head(const Notice& notice, const FirstPage& page, Blocks& blocks) {
  add_mark(notice.mark[0], page.mark_pt, kCommandTopMm, blocks);
  add(blocks, centred("令号", run(notice.number))).space_before_pt = page.above_number * kPitch;
}

// 10.3 leaves the form to the office: the number as in any notice, then who and when on the line above the rule, since
// 纪要 are not signed at their end.
void add_minutes_head(const Notice& notice, const FirstPage& page, Blocks& blocks) {
  for (Paragraph& line : top_left(notice)) add(blocks, std::move(line));
  add_mark(notice.mark[0], page.mark_pt, page.mark_top_mm, blocks);
  add(blocks, centred("发文字号", run(notice.number))).space_before_pt = page.above_number * kPitch;
  std::vector<std::string> names;
  for (const Organ& organ : notice.organ) names.push_back(organ.name);
  Paragraph& line = add(blocks, paragraph("署名", run(join(names, "　"))));
  line.align = Align::left;
  line.first_line_indent = 1;
  line.right_tab_mm = kRight;
  line.runs.push_back(run("\t" + chinese::to_date_text(notice.date)));
  rule_off(line);
}

// What the mark is drawn in when nothing asks for less.
double mark_size(const Notice& notice) {
  const bool joint = notice.mark.size() > 1;
  const double word = joint && !notice.mark_word.empty() ? width_of(notice.mark_word) + kMarkGap : 0;
  const double fit = kMarkWidthMm * kPointsPerMm / (widest(notice.mark) + word);
  const double most = notice.format == Format::letter ? kLetterMarkMostPt : kMarkMostPt;
  return std::floor(std::min(most, fit) * 2) / 2;
}

}  // namespace

FirstPage wanted_page(const Notice& notice) {
  FirstPage page;
  page.mark_pt = mark_size(notice);
  return page;
}

bool move_closer(const Notice& notice, FirstPage& page) {
  const bool joint = notice.mark.size() > 1, titled = !notice.title.empty();
  const bool letter = notice.format == Format::letter, command = notice.format == Format::command;
  const auto smaller = [](double& value, double step, double least) {
    if (value <= least) return false;
    value = std::max(value - step, least);
    return true;
  };
  const auto fewer = [](int& lines) { return lines > 1 && --lines > 0; };
  return (joint && smaller(page.mark_pt, 1, kSize2)) ||
         (titled && smaller(page.title_pitch_pt, kTitlePitch, kPitch)) ||
         (joint && smaller(page.joint_line, kJointLine, kTightLine)) ||
         smaller(page.mark_pt, 1, joint ? kMarkLeastPt : kSingleMarkLeastPt) ||
         (titled && fewer(page.above_title)) || (!letter && fewer(page.above_number)) ||
         (!letter && !command && smaller(page.mark_top_mm, 5, kMarkHighestMm));
}

std::string given_way(const FirstPage& page) {
  std::vector<std::string> parts;
  if (page.above_title < 2) parts.push_back("标题上方空一行");
  if (page.above_number < 2) parts.push_back("发文字号上方空一行");
  if (page.mark_top_mm < kMarkTopMm)
    parts.push_back(fmt::format("发文机关标志距版心上边缘{}毫米", page.mark_top_mm));
  return join(parts, "，");
}

void add_head(const Notice& notice, const FirstPage& page, document::Section& section) {
  switch (notice.format) {
    case Format::ordinary:
      return add_ordinary_head(notice, page, section.blocks);
    case Format::letter:
      return add_letter_head(notice, page.mark_pt, section);
    case Format::command:
      return add_command_head(notice, page, section.blocks);
    case Format::minutes:
      return add_minutes_head(notice, page, section.blocks);
  }
}

}  // namespace wenshu::notice
