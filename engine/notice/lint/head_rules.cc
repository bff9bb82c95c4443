// Word files: what stands above the title, and the formats of chapter 10 (GB/T 9704 7.2, 10).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "notice/lint/measure.h"
#include "notice/normalise_line.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Face;
using document::ObservedParagraph;
using document::ObservedShape;

bool is_near(double value, double wanted, double tolerance) { return std::abs(value - wanted) <= tolerance; }
bool goes_up(const Draft& draft) { return draft.signer || draft.kind == "请示" || draft.kind == "报告"; }

bool is_letter(const Draft& draft) { return draft.sight && draft.letter; }
bool is_command(const Draft& draft) { return draft.kind == "命令（令）"; }
bool is_minutes(const Draft& draft) { return draft.kind == "纪要"; }
bool is_ordinary(const Draft& draft) { return !is_letter(draft) && !is_command(draft) && !is_minutes(draft); }

void check_mark_there(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.sight && !draft.mark && (draft.number || draft.to))
    report.add(rule, draft.number ? draft.number->place : draft.start, "没有发文机关标志",
               "在版头居中写发文机关名称，加“文件”二字");
}

void check_mark_face(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : lines_of(draft, Role::mark))
    for (const Sight::Part& part : draft.sight->parts(*line))
      if (face_of(part.run->wide_family) != Face::xiaobiaosong)
        return report.add(rule, place_of(draft, number),
                          fmt::format("发文机关标志用{}", family_name(part.run->wide_family)),
                          "推荐用小标宋体", {}, restyle(*draft.sight, *line, {.face = Face::xiaobiaosong}));
}

void check_mark_colour(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : lines_of(draft, Role::mark))
    if (!draft.sight->is_red(*line))
      return report.add(rule, place_of(draft, number), "发文机关标志不是红色", "推荐用红色", {},
                        restyle(*draft.sight, *line, {.colour = document::Colour::red}));
}

void check_mark_centred(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : lines_of(draft, Role::mark)) {
    const ObservedParagraph& paragraph = draft.sight->paragraph(*line);
    const bool centred = draft.sight->is_centred(*line) || paragraph.align == document::Align::distribute ||
                         paragraph.box || line->table;
    if (!centred)
      return report.add(rule, place_of(draft, number), "发文机关标志没有居中", "居中排布", {},
                        resettle(*draft.sight, *line, {.align = document::Align::centre}));
  }
}

// 7.2.4: 35 mm below the top of the text area; 10.1: 30 mm below the edge of the paper; 10.2: 20 mm.
void check_mark_top(const Draft& draft, const Rule& rule, Report& report) {
  const auto mark = first_line_of(draft, Role::mark);
  if (!mark) return;
  const auto top = top_of_first_page_mm(*draft.sight, mark->number);
  if (!top) return;
  const double wanted = is_letter(draft) ? 30 : 37 + (is_command(draft) ? 20 : kMarkTopMm);
  if (!is_near(*top, wanted, 3))
    report.add(rule, place_of(draft, mark->number), fmt::format("发文机关标志上边缘距纸边约{:.0f}毫米", *top),
               is_letter(draft)
                   ? "信函格式距上页边30毫米"
                   : fmt::format("距版心上边缘{:.0f}毫米（距纸边{:.0f}毫米）", wanted - 37, wanted));
}

std::string bare_mark(const Draft& draft) {
  std::string name;
  for (const char32_t c : to_characters(draft.mark->text))
    if (!is_space(c)) name += to_utf8(c);
  for (const std::string_view word : {"文件", "命令", "令"})
    if (name.ends_with(word)) return name.substr(0, name.size() - word.size());
  return name;
}

void check_mark_organ(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.mark || !draft.organ || !draft.pasted || !draft.organs.empty() || draft.signed_by_person ||
      is_minutes(draft))
    return;
  const std::string mark = bare_mark(draft), organ(trim(draft.organ->text));
  if (mark.find(' ') == mark.npos && mark.find(organ) == mark.npos && organ.find(mark) == organ.npos)
    report.add(rule, draft.mark->place, fmt::format("发文机关标志“{}”与署名“{}”不同", mark, organ),
               "两处用同一个全称或规范化简称");
}

// ---- 份号, 密级, 紧急程度

void check_copy_number(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.copy_number && count_characters(trim(draft.copy_number->text)) != 6)
    report.add(rule, draft.copy_number->place, fmt::format("份号“{}”不是6位", draft.copy_number->text),
               "写作 000001");
}

void check_copy_number_there(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.secrecy && !draft.copy_number)
    report.add(rule, draft.secrecy->place, "涉密公文没有份号", "在第一行顶格写6位份号");
}

void check_head_order(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted) return;
  int last = 0;
  for (const auto* element : {&draft.copy_number, &draft.secrecy, &draft.urgency}) {
    if (!*element) continue;
    if ((*element)->place.line < last)
      return report.add(rule, (*element)->place, "份号、密级、紧急程度的次序不对",
                        "自上而下：份号、密级和保密期限、紧急程度");
    last = (*element)->place.line;
  }
}

void check_head_indent(const Draft& draft, const Rule& rule, Report& report) {
  for (const Role role : {Role::copy_number, Role::secrecy, Role::urgency})
    for (const auto& [number, line] : lines_of(draft, role)) {
      const ObservedParagraph& paragraph = draft.sight->paragraph(*line);
      const bool left =
          paragraph.align == document::Align::left || paragraph.align == document::Align::justify;
      if (left && first_indent(*draft.sight, *line) < 0.3) continue;
      report.add(rule, place_of(draft, number), fmt::format("{}没有顶格", to_text(role)),
                 "在版心左上角顶格编排", {},
                 resettle(*draft.sight, *line, {.align = document::Align::left, .first_line = 0, .left = 0}));
    }
}

void check_secrecy_face(const Draft& draft, const Rule& rule, Report& report) {
  for (const Role role : {Role::secrecy, Role::urgency})
    for (const auto& [number, line] : lines_of(draft, role))
      for (const Sight::Part& part : draft.sight->parts(*line)) {
        if (face_of(part.run->wide_family) == Face::heiti && part.run->size_pt == kSize3) continue;
        report.add(rule, place_of(draft, number),
                   fmt::format("{}用{}{}", to_text(role), size_name(part.run->size_pt),
                               family_name(part.run->wide_family)),
                   "用三号黑体", {}, restyle(*draft.sight, *line, {.face = Face::heiti, .size_pt = kSize3}));
        break;
      }
}

void check_secrecy_figures(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.secrecy) return;
  const std::u32string text = to_characters(draft.secrecy->text);
  const size_t star = text.find(U'★');
  if (star == text.npos) return;
  const std::u32string period = text.substr(star + 1);
  if (period.find(U"长期") == period.npos && period.find_first_of(U"一二三四五六七八九十") != period.npos)
    report.add(rule, draft.secrecy->place, fmt::format("保密期限“{}”没有用阿拉伯数字", to_utf8(period)),
               "写作 秘密★1年");
}

// ---- 发文字号, 签发人, 分隔线

void check_number_place(const Draft& draft, const Rule& rule, Report& report) {
  const auto marks = lines_of(draft, Role::mark);
  const auto number = first_line_of(draft, Role::number);
  if (marks.empty() || !number || is_letter(draft) || is_minutes(draft) ||
      marks.back().number > number->number)
    return;
  if (draft.sight->paragraph(*marks.back().line).box) return;  // a box has room of its own
  const double lines = blank_lines_between(*draft.sight, marks.back().number, number->number);
  if (!is_near(lines, 2, 0.6) && !marks.back().line->table &&
      !(may_stand_closer(draft) && is_near(lines, 1, 0.6)))
    report.add(rule, place_of(draft, number->number),
               fmt::format("发文字号在发文机关标志下空{:.1f}行", lines), "空二行");
}

void check_number_align(const Draft& draft, const Rule& rule, Report& report) {
  const auto number = first_line_of(draft, Role::number);
  if (!number || is_minutes(draft)) return;
  const ObservedParagraph& paragraph = draft.sight->paragraph(*number->line);
  if (is_letter(draft)) {
    const bool by_tab = number->line->text.find('\t') != std::string::npos;  // behind 加急 on the same line
    if (paragraph.align != document::Align::right && !by_tab)
      report.add(rule, place_of(draft, number->number), "信函格式的发文字号没有居右", "顶格居版心右边缘编排",
                 {}, resettle(*draft.sight, *number->line, {.align = document::Align::right}));
    return;
  }
  if (!goes_up(draft)) {
    if (!draft.sight->is_centred(*number->line) && !number->line->table)
      report.add(rule, place_of(draft, number->number), "发文字号没有居中", "居中排布", {},
                 resettle(*draft.sight, *number->line,
                          {.align = document::Align::centre, .first_line = 0, .left = 0}));
    return;
  }
  const double indent = first_indent(*draft.sight, *number->line);
  const bool left = paragraph.align == document::Align::left || paragraph.align == document::Align::justify;
  if ((!left || !is_near(indent, 1, 0.4)) && !number->line->table)
    report.add(rule, place_of(draft, number->number), "上行文的发文字号没有居左空一字", "居左空一字编排");
}

void check_number_face(const Draft& draft, const Rule& rule, Report& report) {
  const auto number = first_line_of(draft, Role::number);
  if (!number) return;
  if (!draft.number || draft.number->columns.empty()) return;
  const size_t begin = draft.number->columns.front() - 1, end = draft.number->columns.back();
  for (const Sight::Part& part : draft.sight->parts(*number->line, begin, end))
    if (face_of(part.run->wide_family) != Face::fangsong)
      return report.add(rule, place_of(draft, number->number),
                        fmt::format("发文字号用{}", family_name(part.run->wide_family)), "用三号仿宋体", {},
                        restyle(draft.sight->parts(*number->line, begin, end), {.face = Face::fangsong}));
}

struct SignerLine {
  size_t number;
  const SightLine* line;
  size_t label, name;  // characters where 签发人 and the name begin
};

std::optional<SignerLine> find_signer(const Draft& draft) {
  if (!draft.sight || !draft.signer) return std::nullopt;
  const auto number = static_cast<size_t>(draft.signer->place.line);
  const SightLine& line = draft.sight->lines()[number - 1];
  const std::u32string text = to_characters(line.text);
  const size_t label = text.find(U"签发人");
  if (label == text.npos) return std::nullopt;
  size_t name = label + 3;
  while (name < text.size() && (text[name] == U'：' || text[name] == U':' || is_space(text[name]))) ++name;
  return SignerLine{number, &line, label, name};
}

void check_signer_colon(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.signer) return;
  if (!std::string_view(draft.signer->text).starts_with("签发人：") ||
      count_characters(trim(draft.signer->text)) <= 4)
    report.add(rule, draft.signer->place, fmt::format("签发人写作“{}”", draft.signer->text),
               "写作 签发人：姓名，用全角冒号");
}

void check_signer_face(const Draft& draft, const Rule& rule, Report& report) {
  const auto signer = find_signer(draft);
  if (!signer) return;
  const auto is_set = [&](size_t begin, size_t end, Face face) {
    const auto parts = draft.sight->parts(*signer->line, begin, end);
    return std::all_of(parts.begin(), parts.end(), [&](const Sight::Part& part) {
      return trim(to_utf8(part.text)).empty() ||
             (face_of(part.run->wide_family) == face && part.run->size_pt == kSize3);
    });
  };
  constexpr size_t kEnd = std::string::npos;
  if (is_set(signer->label, signer->name, Face::fangsong) && is_set(signer->name, kEnd, Face::kaiti)) return;
  auto fix = restyle(draft.sight->parts(*signer->line, signer->label, signer->name),
                     {.face = Face::fangsong, .size_pt = kSize3});
  append(fix, restyle(draft.sight->parts(*signer->line, signer->name, kEnd),
                      {.face = Face::kaiti, .size_pt = kSize3}));
  report.add(rule, place_of(draft, signer->number), "签发人的字体不对",
             "“签发人”三字用三号仿宋体，姓名用三号楷体", {}, std::move(fix));
}

void check_signer_line(const Draft& draft, const Rule& rule, Report& report) {
  const auto signer = find_signer(draft);
  const auto number = first_line_of(draft, Role::number);
  if (!signer || !number || signer->line->table) return;
  // Several signers: the number stands beside the last, so the first may stand above.
  if (signer->number > number->number)
    report.add(rule, place_of(draft, number->number), "发文字号与最后一个签发人不在同一行",
               "上行文的发文字号居左空一字，与最后一个签发人姓名同一行");
}

// What draws a rule near the number: its border, that of the next paragraph, a drawn line.
struct RedRule {
  std::string colour;
  std::optional<double> gap_mm;
  bool whole_width;
};

std::optional<RedRule> rule_of(const Sight& sight, const SightLine& line) {
  const ObservedParagraph& paragraph = sight.paragraph(line);
  const double width = sight.section(line).page.width_mm - sight.section(line).page.left_mm -
                       sight.section(line).page.right_mm;
  const double below = below_characters(sight, line);
  if (paragraph.below.drawn)
    return RedRule{paragraph.below.colour, (paragraph.below.gap_pt + below) / kPointsPerMm,
                   paragraph.left_pt < 3 && paragraph.right_pt < 3};
  if (paragraph.above.drawn && line.text.empty())
    return RedRule{paragraph.above.colour, std::nullopt, paragraph.left_pt < 3 && paragraph.right_pt < 3};
  for (const ObservedShape& shape : paragraph.shapes)
    if (shape.kind == ObservedShape::Kind::line)
      return RedRule{shape.colour, std::nullopt, shape.width_mm == 0 || is_near(shape.width_mm, width, 3)};
  return std::nullopt;
}

std::optional<RedRule> find_rule(const Draft& draft, size_t number) {
  const auto& lines = draft.sight->lines();
  for (size_t i = number - 1; i < lines.size() && i < number + 2; ++i) {
    if (lines[i].role == Role::title || lines[i].role == Role::to) break;
    if (const auto found = rule_of(*draft.sight, lines[i])) return found;
  }
  for (size_t i = 0; i + 1 < number; ++i)  // a drawn line may hang on any paragraph of the head
    for (const ObservedShape& shape : draft.sight->paragraph(lines[i]).shapes)
      if (shape.kind == ObservedShape::Kind::line) return RedRule{shape.colour, std::nullopt, true};
  return std::nullopt;
}

void check_red_rule(const Draft& draft, const Rule& rule, Report& report) {
  const auto number = first_line_of(draft, Role::number);
  if (!number || !is_ordinary(draft) || !draft.mark || number->line->table) return;
  const auto found = find_rule(draft, number->number);
  if (!found)
    report.add(rule, place_of(draft, number->number), "发文字号之下没有红色分隔线",
               "在发文字号之下4毫米处印一条与版心等宽的红线");
  else if (!found->whole_width)
    report.add(rule, place_of(draft, number->number), "红色分隔线与版心不等宽", "与版心等宽（156毫米）");
}

void check_red_rule_colour(const Draft& draft, const Rule& rule, Report& report) {
  const auto number = first_line_of(draft, Role::number);
  if (!number || !is_ordinary(draft) || number->line->table) return;
  const auto found = find_rule(draft, number->number);
  if (found && (found->colour.empty() || (found->colour.size() == 6 && found->colour[0] < '9')))
    report.add(rule, place_of(draft, number->number), "版头的分隔线不是红色", "改为红色");
}

void check_red_rule_gap(const Draft& draft, const Rule& rule, Report& report) {
  const auto number = first_line_of(draft, Role::number);
  if (!number || !is_ordinary(draft) || number->line->table) return;
  const auto found = find_rule(draft, number->number);
  if (found && found->gap_mm && !is_near(*found->gap_mm, 4, 1.2))
    report.add(rule, place_of(draft, number->number),
               fmt::format("红色分隔线在发文字号之下约{:.1f}毫米", *found->gap_mm), "距离为4毫米");
}

// ---- 信函, 命令, 纪要

void check_letter_rules(const Draft& draft, const Rule& rule, Report& report) {
  if (!is_letter(draft)) return;
  bool upper = false, lower = false;
  for (const ObservedShape* each : drawn_rules(draft)) {
    if (!is_letter_rule(*each)) continue;
    if (!each->y_mm || *each->y_mm < 120) upper = true;
    if (!each->y_mm || is_near(*each->y_mm, 277, 2.5)) lower = true;
  }
  if (!upper || !lower)
    report.add(rule, place_of(draft, first_line_of(draft, Role::mark)->number),
               "信函格式的首页没有上、下两条红色双线",
               "标志下4毫米处一条（上粗下细），距下页边20毫米处一条（上细下粗），线长均为170毫米");
}

void check_letter_mark(const Draft& draft, const Rule& rule, Report& report) {
  if (is_letter(draft) && trim(draft.mark->text).ends_with("文件"))
    report.add(rule, draft.mark->place, "信函格式的发文机关标志加了“文件”二字", "只写发文机关名称");
}

void check_letter_page_number(const Draft& draft, const Rule& rule, Report& report) {
  if (!is_letter(draft)) return;
  const auto& section = draft.sight->file().sections[0];
  const auto& first = section.own_first ? section.footer_first : section.footer;
  if (first && first->has_page_number())
    report.add(rule, {draft.start.file, 0, 0, first->spot}, "信函格式的首页有页码",
               "首页不显示页码：选“首页不同”");
}

void check_letter_printing(const Draft& draft, const Rule& rule, Report& report) {
  if (is_letter(draft) && draft.printed)
    report.add(rule, draft.printed->place, "信函格式的版记有印发机关和印发日期",
               "版记不加印发机关、印发日期和分隔线");
}

void check_command_number(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !is_command(draft) || !draft.mark || !draft.number) return;
  const std::string number(trim(draft.number->text));
  if (!number.starts_with("第"))
    report.add(rule, draft.number->place, fmt::format("命令（令）格式的令号写作“{}”", number),
               "写作 第×号，居中编排");
}

void check_minutes_labels(const Draft& draft, const Rule& rule, Report& report) {
  if (!is_minutes(draft) || !draft.sight) return;
  for (const auto& [number, line] : lines_of(draft, Role::body))
    for (const char* label : {"出席", "请假", "列席"}) {
      if (!line->text.starts_with(std::string(label) + "：") &&
          !line->text.starts_with(std::string(label) + "人员："))
        continue;
      const size_t colon = to_characters(line->text).find(U'：');
      const auto heads = draft.sight->parts(*line, 0, colon),
                 names = draft.sight->parts(*line, colon + 1, std::string::npos);
      const bool head = !heads.empty() && face_of(heads[0].run->wide_family) == Face::heiti;
      const bool name = names.empty() || face_of(names[0].run->wide_family) == Face::fangsong;
      if (head && name) continue;
      auto fix = restyle(heads, {.face = Face::heiti});
      append(fix, restyle(names, {.face = Face::fangsong}));
      report.add(rule, place_of(draft, number), fmt::format("“{}”的字体不对", label),
                 "“出席”“请假”“列席”用三号黑体，名单用三号仿宋体", {}, std::move(fix));
    }
}

}  // namespace

std::vector<Rule> head_rules() {
  using enum Strength;
  constexpr auto kWord = Example::word;
  return {
      {"mark-missing", usual, "条例第九条", "有发文机关标志",
       "〈字号〉清教〔2024〕6号\n〈标题〉关于培训的通知", "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号",
       check_mark_there, kWord},
      {"mark-face", usual, "GB/T 9704 7.2.4", "发文机关标志推荐用小标宋体", "〈标志 黑体〉清河县教育局文件",
       "〈标志〉清河县教育局文件", check_mark_face, kWord},
      {"mark-colour", usual, "GB/T 9704 7.2.4", "发文机关标志推荐用红色", "〈标志 黑色〉清河县教育局文件",
       "〈标志〉清河县教育局文件", check_mark_colour, kWord},
      {"mark-centred", required, "GB/T 9704 7.2.4", "发文机关标志居中", "〈标志 居左〉清河县教育局文件",
       "〈标志〉清河县教育局文件", check_mark_centred, kWord},
      {"mark-top", required, "GB/T 9704 7.2.4", "发文机关标志上边缘至版心上边缘35毫米",
       "〈标志 段前2〉清河县教育局文件", "〈标志〉清河县教育局文件", check_mark_top, kWord},
      {"mark-organ", habit, "GB/T 9704 7.2.4", "发文机关标志与署名是同一机关",
       "清河县教育局文件\n清教〔2024〕6号\n请办。\n临江区教育局\n2024年6月6日",
       "清河县教育局文件\n清教〔2024〕6号\n请办。\n清河县教育局\n2024年6月6日", check_mark_organ},
      {"copy-number-form", usual, "GB/T 9704 7.2.1", "份号为6位数字",
       "001\n秘密★1年\n关于考试工作的通知\n各学校：\n请办。",
       "000001\n秘密★1年\n关于考试工作的通知\n各学校：\n请办。", check_copy_number},
      {"copy-number-missing", required, "条例第九条", "涉密公文标注份号",
       "秘密★1年\n关于考试工作的通知\n各学校：\n请办。",
       "000001\n秘密★1年\n关于考试工作的通知\n各学校：\n请办。", check_copy_number_there},
      {"head-order", required, "GB/T 9704 7.2.3", "自上而下为份号、密级、紧急程度",
       "特急\n秘密★1年\n关于考试工作的通知\n各学校：\n请办。",
       "秘密★1年\n特急\n关于考试工作的通知\n各学校：\n请办。", check_head_order},
      {"head-indent", usual, "GB/T 9704 7.2.1—7.2.3", "份号、密级、紧急程度顶格",
       "〈居中〉特急\n〈标志〉清河县教育局文件", "〈首行0〉特急\n〈标志〉清河县教育局文件", check_head_indent,
       kWord},
      {"secrecy-face", usual, "GB/T 9704 7.2.2、7.2.3", "密级、紧急程度用三号黑体",
       "〈首行0〉特急\n〈标志〉清河县教育局文件", "〈首行0 黑体〉特急\n〈标志〉清河县教育局文件",
       check_secrecy_face, kWord},
      {"secrecy-figures", required, "GB/T 9704 7.2.2", "保密期限用阿拉伯数字",
       "秘密★一年\n关于考试工作的通知\n各学校：\n请办。", "秘密★1年\n关于考试工作的通知\n各学校：\n请办。",
       check_secrecy_figures},
      {"number-place", required, "GB/T 9704 7.2.5", "发文字号在标志下空二行",
       "〈标志〉清河县教育局文件\n〈字号 段前0〉清教〔2024〕6号",
       "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号", check_number_place, kWord},
      {"number-align", required, "GB/T 9704 7.2.5、10.1", "发文字号居中，上行文居左空一字，信函居右",
       "〈标志〉清河县教育局文件\n〈字号 居右〉清教〔2024〕6号\n〈标题〉关于培训的通知",
       "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号\n〈标题〉关于培训的通知", check_number_align,
       kWord},
      {"number-face", usual, "GB/T 9704 7.2.5", "发文字号用三号仿宋体",
       "〈标志〉清河县教育局文件\n〈字号 宋体〉清教〔2024〕6号",
       "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号", check_number_face, kWord},
      {"signer-form", required, "GB/T 9704 7.2.6", "“签发人”后加全角冒号和姓名",
       "清教〔2024〕6号 签发人 何某某\n关于拨付经费的请示\n县政府：\n请批示。",
       "清教〔2024〕6号\n签发人：何某某\n关于拨付经费的请示\n县政府：\n请批示。", check_signer_colon},
      {"signer-face", required, "GB/T 9704 7.2.6", "“签发人”用三号仿宋体，姓名用三号楷体",
       "〈标志〉清河县教育局文件\n〈字号 居左 首行1〉清教〔2024〕6号⇥签发人：何某某",
       "〈标志〉清河县教育局文件\n〈字号 居左 首行1〉清教〔2024〕6号⇥签发人：〈楷体〉何某某",
       check_signer_face, kWord},
      {"signer-line", required, "GB/T 9704 7.2.5", "上行文的发文字号与最后一个签发人同一行",
       "〈标志〉清河县教育局文件\n〈字号 居左 首行1〉清教〔2024〕6号\n〈居右〉签发人：何某某",
       "〈标志〉清河县教育局文件\n〈字号 居左 首行1〉清教〔2024〕6号⇥签发人：〈楷体〉何某某",
       check_signer_line, kWord},
      {"red-rule", required, "GB/T 9704 7.2.7", "发文字号之下有与版心等宽的分隔线",
       "〈标志〉清河县教育局文件\n〈字号 无线〉清教〔2024〕6号",
       "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号", check_red_rule, kWord},
      {"red-rule-colour", required, "GB/T 9704 7.2.7", "版头的分隔线为红色",
       "〈标志〉清河县教育局文件\n〈字号 黑线〉清教〔2024〕6号",
       "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号", check_red_rule_colour, kWord},
      {"red-rule-gap", required, "GB/T 9704 7.2.7", "分隔线在发文字号之下4毫米",
       "〈标志〉清河县教育局文件\n〈字号 线距20〉清教〔2024〕6号",
       "〈标志〉清河县教育局文件\n〈字号〉清教〔2024〕6号", check_red_rule_gap, kWord},
      {"letter-rules", required, "GB/T 9704 10.1", "信函首页有两条170毫米的红色双线",
       "〈标志〉清河县教育局\n〈标题〉关于商请派员授课的函",
       "〈标志 双线〉清河县教育局\n〈标题〉关于商请派员授课的函", check_letter_rules, kWord},
      {"letter-mark", required, "GB/T 9704 10.1", "信函的发文机关标志不加“文件”",
       "〈标志 双线〉清河县教育局文件\n〈标题〉关于商请派员授课的函",
       "〈标志 双线〉清河县教育局\n〈标题〉关于商请派员授课的函", check_letter_mark, kWord},
      {"letter-page-number", required, "GB/T 9704 10.1", "信函首页不显示页码",
       "〈标志 双线〉清河县教育局\n〈标题〉关于商请派员授课的函",
       "〈页 首页不同〉\n〈标志 双线〉清河县教育局\n〈标题〉关于商请派员授课的函", check_letter_page_number,
       kWord},
      {"letter-printing", required, "GB/T 9704 10.1", "信函的版记不加印发机关和印发日期",
       "〈标志 "
       "双线〉清河县教育局\n〈标题〉关于商请派员授课的函\n〈版记〉清河县教育局办公室｜2024年6月6日印发",
       "〈标志 双线〉清河县教育局\n〈标题〉关于商请派员授课的函\n〈版记〉抄送：市教育局。",
       check_letter_printing, kWord},
      {"command-number", required, "GB/T 9704 10.2", "令号写作 第×号",
       "〈标志〉清河县人民政府令\n〈字号 无线〉清政〔2024〕6号",
       "〈标志〉清河县人民政府令\n〈字号 无线〉第6号", check_command_number, kWord},
      {"minutes-labels", required, "GB/T 9704 10.3", "“出席”“请假”“列席”用黑体，名单用仿宋体",
       "〈标志〉清河县教育局局务会议纪要\n出席：何某某",
       "〈标志〉清河县教育局局务会议纪要\n〈黑体〉出席：〈仿宋〉何某某", check_minutes_labels, kWord},
  };
}

}  // namespace wenshu::notice
