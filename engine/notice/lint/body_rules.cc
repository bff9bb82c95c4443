// Word files: title, receivers, body, its levels and 附件说明 (GB/T 9704 7.3.1 to 7.3.4).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "chinese/line_break.h"
#include "notice/levels.h"
#include "notice/lint/measure.h"
#include "notice/normalise_line.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Face;
using document::ObservedParagraph;

constexpr double kAQuarter = 0.4;  // characters: what nobody sees, and what rounding leaves
bool is_near(double value, double wanted, double tolerance) { return std::abs(value - wanted) <= tolerance; }

// ---- title

std::vector<NumberedLine> title_lines(const Draft& draft) {
  auto all = lines_of(draft, Role::title);
  for (const Role role : {Role::issued_title, Role::annex_title})
    for (const NumberedLine& each : lines_of(draft, role)) all.push_back(each);
  return all;
}

void check_title_face(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const auto& [number, line] : title_lines(draft))
    for (const Sight::Part& part : draft.sight->parts(*line)) {
      if (face_of(part.run->wide_family) == Face::xiaobiaosong) continue;
      found.add(place_of(draft, number),
                fmt::format("{}用{}", to_text(line->role), family_name(part.run->wide_family)),
                restyle(*draft.sight, *line, {.face = Face::xiaobiaosong}));
      break;
    }
  found.report(rule, report, "用小标宋体");
}

void check_title_size(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const auto& [number, line] : title_lines(draft))
    if (draft.sight->size_of(*line) != kSize2)
      found.add(place_of(draft, number),
                fmt::format("{}用{}", to_text(line->role), size_name(draft.sight->size_of(*line))),
                restyle(*draft.sight, *line, {.size_pt = kSize2}));
  found.report(rule, report, "用二号字");
}

void check_title_centred(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const auto& [number, line] : title_lines(draft))
    if (!draft.sight->is_centred(*line) && !line->table)
      found.add(
          place_of(draft, number), fmt::format("{}没有居中", to_text(line->role)),
          resettle(*draft.sight, *line, {.align = document::Align::centre, .first_line = 0, .left = 0}));
  found.report(rule, report, "居中排布");
}

void check_title_place(const Draft& draft, const Rule& rule, Report& report) {
  const auto title = first_line_of(draft, Role::title), number = first_line_of(draft, Role::number);
  if (!title || !number || number->number > title->number || number->line->table) return;
  const double lines = blank_lines_between(*draft.sight, number->number, title->number);
  if (!is_near(lines, 2, 0.6) && !(may_stand_closer(draft) && is_near(lines, 1, 0.6)))
    report.add(rule, place_of(draft, title->number), fmt::format("标题之上空{:.1f}行", lines),
               draft.kind == "函" ? "与其上最后一个要素相距二行" : "在红色分隔线下空二行");
}

bool has_tag(const std::string& text) { return text.find("{{") != text.npos; }

std::vector<double> widths_of(const std::vector<Text>& lines) {
  std::vector<double> widths;
  for (const Text& line : lines) {
    double width = 0;
    for (const char32_t c : to_characters(line.text)) width += chinese::is_wide(c) ? 1 : 0.5;
    widths.push_back(width);
  }
  return widths;
}

// A trapezoid only grows or only shrinks, a rhombus grows and then shrinks; what shrinks and then grows again is an
// hourglass.
void check_title_shape(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.title || draft.title_lines.size() < 3 || has_tag(draft.title->text)) return;
  const auto widths = widths_of(draft.title_lines);
  bool shrinks = false;
  for (size_t i = 1; i < widths.size(); ++i) {
    if (widths[i] + 0.5 < widths[i - 1]) shrinks = true;
    if (shrinks && widths[i] > widths[i - 1] + 0.5)
      return report.add(rule, draft.title->place, fmt::format("标题{}行长短不成梯形或菱形", widths.size()),
                        "改在别处回行，使各行上短下长、上长下短或中间长");
  }
}

// Where no word can end: before a particle, inside a number with its unit, a word of letters, beside a mark.
bool breaks_word(char32_t before, char32_t after) {
  const bool particle = std::u32string_view(U"的了得之们等").find(after) != std::u32string_view::npos;
  const bool unit = before >= U'0' && before <= U'9' &&
                    std::u32string_view(U"年月日周名个期次号届").find(after) != std::u32string_view::npos;
  return particle || unit || !chinese::can_break(before, after);
}

void check_title_words(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.title || has_tag(draft.title->text)) return;
  const auto& lines = draft.title_lines;
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::u32string above = to_characters(lines[i - 1].text), below = to_characters(lines[i].text);
    if (above.empty() || below.empty() || !breaks_word(above.back(), below.front())) continue;
    report.add(rule, lines[i].place,
               fmt::format("标题在词中间回行：{}／{}",
                           to_utf8(above.substr(above.size() - std::min<size_t>(4, above.size()))),
                           to_utf8(below.substr(0, 4))),
               "在词意完整处回行");
  }
}

// ---- 主送机关, body

void check_receiver_place(const Draft& draft, const Rule& rule, Report& report) {
  const auto to = first_line_of(draft, Role::to);
  const auto titles = lines_of(draft, Role::title);
  if (!to || titles.empty() || titles.back().number > to->number) return;
  const double lines = blank_lines_between(*draft.sight, titles.back().number, to->number);
  if (!is_near(lines, 1, 0.6))
    report.add(rule, place_of(draft, to->number), fmt::format("主送机关在标题下空{:.1f}行", lines), "空一行");
}

void check_receiver_indent(const Draft& draft, const Rule& rule, Report& report) {
  const auto to = first_line_of(draft, Role::to);
  if (!to) return;
  const double first = first_indent(*draft.sight, *to->line), rest = left_indent(*draft.sight, *to->line);
  if (is_near(first, 0, kAQuarter) && is_near(rest, 0, kAQuarter)) return;
  report.add(rule, place_of(draft, to->number), fmt::format("主送机关左空{:.1f}字", first),
             "居左顶格，回行也顶格", {},
             to->line->lead > 0 ? document::Amendments()
                                : resettle(*draft.sight, *to->line, {.first_line = 0, .left = 0}));
}

// Lines of their own that stand in the middle are no paragraphs of text.
bool is_running_text(const Draft& draft, const SightLine& line) {
  const ObservedParagraph& paragraph = draft.sight->paragraph(line);
  return line.role == Role::body && !line.table && !line.continues && !paragraph.box &&
         line.text.size() > 6 &&
         (paragraph.align == document::Align::left || paragraph.align == document::Align::justify);
}

void check_indent(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  for (const auto& [number, line] : lines_of(draft, Role::body)) {
    if (!is_running_text(draft, *line)) continue;
    const double first = first_indent(*draft.sight, *line), rest = left_indent(*draft.sight, *line);
    const bool hangs = draft.kind == "纪要" && rest > 2;  // 出席 and its like
    if (is_near(first, 2, kAQuarter) && (is_near(rest, 0, kAQuarter) || hangs)) continue;
    found.add(place_of(draft, number),
              is_near(first, 2, kAQuarter) ? fmt::format("回行左空{:.1f}字", rest)
                                           : fmt::format("段首空{:.1f}字", first),
              line->lead > 0 ? document::Amendments()
                             : resettle(*draft.sight, *line, {.first_line = 2, .left = 0}));
  }
  found.report(rule, report, "每个自然段左空二字，回行顶格");
}

void check_typed_indent(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.sight) return;
  Gathered found;
  const auto& lines = draft.sight->lines();
  for (size_t i = 0; i < lines.size(); ++i)
    if (lines[i].lead >= 1 && !lines[i].table && lines[i].role != Role::text)
      found.add(place_of(draft, i + 1), fmt::format("用空格代替缩进：{}", to_text(lines[i].role)));
  found.report(rule, report, "删去空格，用段落的缩进，改字号时不会走样");
}

Face face_of_level(int level) { return level == 1 ? Face::heiti : level == 2 ? Face::kaiti : Face::fangsong; }

// Where the heading ends of each line of the body and the text that runs on in the same paragraph begins, in characters.
std::vector<size_t> heading_lengths(const Draft& draft) {
  std::string body;
  std::vector<size_t> lengths;
  const auto lines = lines_of(draft, Role::body);
  for (const auto& [number, line] : lines) body += replace_all(line->text, "\n", "") + "\n";
  const auto parsed = parse_body(body);
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool runs_on = parsed.size() == lines.size() && parsed[i].level > 0 && !parsed[i].text.empty();
    lengths.push_back(count_characters(runs_on ? parsed[i].heading : lines[i].line->text));
  }
  return lengths;
}

std::vector<Sight::Part> parts_in_other_face(const Draft& draft, const SightLine& line, size_t begin,
                                             size_t end, Face face) {
  std::vector<Sight::Part> wrong;
  for (const Sight::Part& part : draft.sight->parts(line, begin, end)) {
    const bool chinese = std::any_of(part.text.begin(), part.text.end(), is_chinese);
    if (chinese && face_of(part.run->wide_family) != face) wrong.push_back(part);
  }
  return wrong;
}

void check_level_face(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  const auto lengths = heading_lengths(draft);
  size_t at = 0;
  for (const auto& [number, line] : lines_of(draft, Role::body)) {
    const size_t heading = lengths[at++];
    if (line->level != 1 && line->level != 2) continue;
    const Face face = face_of_level(line->level);
    const auto wrong = parts_in_other_face(draft, *line, 0, heading, face);
    if (wrong.empty()) continue;
    found.add(place_of(draft, number),
              fmt::format("“{}”用{}，不是{}", to_utf8(to_characters(line->text).substr(0, 10)),
                          family_name(wrong[0].run->wide_family), name_of(face)),
              restyle(wrong, {.face = face}));
  }
  found.report(rule, report, "第一层用黑体，第二层用楷体，第三层和第四层用仿宋体");
}

// The text behind a heading that runs in is text.
void check_run_in_face(const Draft& draft, const Rule& rule, Report& report) {
  Gathered found;
  const auto lengths = heading_lengths(draft);
  size_t at = 0;
  for (const auto& [number, line] : lines_of(draft, Role::body)) {
    const size_t heading = lengths[at++];
    if (line->level == 0) continue;
    auto wrong = parts_in_other_face(draft, *line, heading, std::string::npos, Face::fangsong);
    // 一、放假时间：1月18日—2月16日。 is one sentence, and some set all of it in one face.
    const bool one_sentence =
        heading == 0 || line->text.find("。") + std::string_view("。").size() == line->text.size();
    if (wrong.empty() || one_sentence || heading == count_characters(line->text)) continue;
    std::erase_if(wrong, [](const Sight::Part& part) {  // faces that are wrong anywhere are another rule's
      const auto face = face_of(part.run->wide_family);
      return face != Face::heiti && face != Face::kaiti;
    });
    if (wrong.empty()) continue;
    found.add(place_of(draft, number),
              fmt::format("标题后的正文也用了{}：{}", family_name(wrong[0].run->wide_family),
                          to_utf8(wrong[0].text.substr(0, 12))),
              restyle(wrong, {.face = Face::fangsong}));
  }
  found.report(rule, report, "标题与正文同段时，只有标题一句用标题的字体");
}

void check_first_page(const Draft& draft, const Rule& rule, Report& report) {
  const auto title = first_line_of(draft, Role::title), body = first_line_of(draft, Role::body);
  if (!title || !body) return;
  for (size_t i = title->number + 1; i <= body->number; ++i)
    if (draft.sight->paragraph(draft.sight->lines()[i - 1]).breaks_page)
      return report.add(rule, place_of(draft, i), "正文不在首页：这里另起了一页", "公文首页必须显示正文");
}

// ---- 附件说明

void check_attachment_place(const Draft& draft, const Rule& rule, Report& report) {
  const auto first = first_line_of(draft, Role::attachment);
  if (!first) return;
  size_t above = first->number - 1;
  while (above > 0 && draft.sight->lines()[above - 1].role == Role::none) --above;
  if (above == 0) return;
  const double lines = blank_lines_between(*draft.sight, above, first->number);
  if (!is_near(lines, 1, 0.6))
    report.add(rule, place_of(draft, first->number), fmt::format("附件说明在正文下空{:.1f}行", lines),
               "空一行");
}

void check_attachment_indent(const Draft& draft, const Rule& rule, Report& report) {
  const auto all = lines_of(draft, Role::attachment);
  for (size_t i = 0; i < all.size(); ++i) {
    const double indent = first_indent(*draft.sight, *all[i].line);
    const double wanted = all[i].line->text.starts_with("附件") ? 2 : 5;
    if (is_near(indent, wanted, kAQuarter)) continue;
    report.add(rule, place_of(draft, all[i].number), fmt::format("附件说明左空{:.1f}字", indent),
               wanted == 2 ? "左空二字" : "序号与上一个序号对齐（左空五字）");
  }
}

void check_attachment_hanging(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& [number, line] : lines_of(draft, Role::attachment)) {
    const double start = first_indent(*draft.sight, *line);
    if (start + width_of(*draft.sight, *line) <= kCharacters) continue;  // one line
    const std::u32string text = to_characters(line->text);
    const size_t colon = text.find(U'：');
    size_t name = text.starts_with(U"附件") && colon != text.npos ? colon + 1 : 0;
    const size_t digits = name;
    while (name < text.size() && text[name] >= U'0' && text[name] <= U'9') ++name;
    name = name > digits && name < text.size() && (text[name] == U'.' || text[name] == U'．') ? name + 1
                                                                                              : digits;
    double wanted = start;
    for (size_t i = 0; i < name; ++i) wanted += chinese::is_wide(text[i]) ? 1 : 0.5;
    const double rest = left_indent(*draft.sight, *line);
    if (!is_near(rest, wanted, 0.6))
      report.add(rule, place_of(draft, number), fmt::format("附件名称回行左空{:.1f}字", rest),
                 fmt::format("回行与附件名称的首字对齐（左空{:g}字）", wanted));
  }
}

void check_attachment_form(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || draft.attachment_lines.empty()) return;
  const Text& line = draft.attachment_lines[0];
  const std::u32string text = to_characters(line.text);
  size_t at = 3;
  while (at < text.size() && text[at] >= U'0' && text[at] <= U'9') ++at;
  const bool several = draft.listed.size() > 1;
  const bool label = text.starts_with(U"附件：");
  const bool number = at > 3 && at < text.size() && at < 6 && text[at] == U'.';
  const bool other_mark = at > 3 && at < 6 && at < text.size() && (text[at] == U'、' || text[at] == U'．');
  if (label && !other_mark && (number || !several)) return;
  std::vector<Fix> fixes;
  if (label && other_mark && !line.columns.empty()) fixes.push_back({line.at(at), 1, "."});
  report.add(rule, line.place, fmt::format("附件说明写作“{}”", to_utf8(text.substr(0, 8))),
             several ? "写作 附件：1.名称，以下各行 2.名称" : "写作 附件：名称", std::move(fixes));
}

// 2、安排表 and 3．名单 below 附件：1.通知.
void check_attachment_marks(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted) return;
  std::vector<Fix> fixes;
  const Text* first = nullptr;
  for (size_t i = 1; i < draft.attachment_lines.size(); ++i) {
    const Text& line = draft.attachment_lines[i];
    const std::u32string text = to_characters(line.text);
    const size_t mark = text.find_first_not_of(U"0123456789");
    if (mark == text.npos || mark == 0 || mark > 2 || (text[mark] != U'、' && text[mark] != U'．')) continue;
    if (!first) first = &line;
    if (!line.columns.empty()) fixes.push_back({line.at(mark), 1, "."});
  }
  if (first)
    report.add(rule, first->place,
               fmt::format("附件说明写作“{}”", to_utf8(to_characters(first->text).substr(0, 8))),
               "写作 附件：1.名称，以下各行 2.名称", std::move(fixes));
}

void check_attachment_lines(const Draft& draft, const Rule& rule, Report& report) {
  check_attachment_form(draft, rule, report);
  check_attachment_marks(draft, rule, report);
}

}  // namespace

std::vector<Rule> body_rules() {
  using enum Strength;
  constexpr auto kWord = Example::word;
  return {
      {"title-face", usual, "GB/T 9704 7.3.1", "标题用小标宋体", "〈标题 黑体〉关于举办培训班的通知",
       "〈标题〉关于举办培训班的通知", check_title_face, kWord},
      {"title-size", usual, "GB/T 9704 7.3.1", "标题用二号字", "〈标题 18磅〉关于举办培训班的通知",
       "〈标题〉关于举办培训班的通知", check_title_size, kWord},
      {"title-centred", required, "GB/T 9704 7.3.1", "标题居中", "〈标题 居左〉关于举办培训班的通知",
       "〈标题〉关于举办培训班的通知", check_title_centred, kWord},
      {"title-place", required, "GB/T 9704 7.3.1", "标题在红色分隔线下空二行",
       "〈字号〉清教〔2024〕6号\n〈标题 段前0〉关于举办培训班的通知",
       "〈字号〉清教〔2024〕6号\n〈标题〉关于举办培训班的通知", check_title_place, kWord},
      {"title-shape", required, "GB/T 9704 7.3.1", "标题的各行成梯形或菱形",
       "〈标题〉清河县教育局关于印发↵2024年培训↵工作意见和安排表的通知",
       "〈标题〉清河县教育局关于印发↵2024年教师培训工作意见↵和安排表的通知", check_title_shape, kWord},
      {"title-words", required, "GB/T 9704 7.3.1", "标题回行词意完整",
       "〈标题〉清河县教育局关于举办2024↵年培训班的通知", "〈标题〉清河县教育局关于举办↵2024年培训班的通知",
       check_title_words, kWord},
      {"receiver-place", required, "GB/T 9704 7.3.2", "主送机关在标题下空一行",
       "〈标题〉关于举办培训班的通知\n〈主送 段前0〉各学校：",
       "〈标题〉关于举办培训班的通知\n〈主送〉各学校：", check_receiver_place, kWord},
      {"receiver-indent", required, "GB/T 9704 7.3.2", "主送机关顶格",
       "〈标题〉关于举办培训班的通知\n〈主送 首行2〉各学校：",
       "〈标题〉关于举办培训班的通知\n〈主送〉各学校：", check_receiver_indent, kWord},
      {"body-indent", required, "GB/T 9704 7.3.3", "每个自然段左空二字，回行顶格",
       "〈首行0〉现将有关事项通知如下。", "现将有关事项通知如下。", check_indent, kWord},
      {"indent-by-blanks", habit, "Word的用法", "缩进不用空格代替", "〈首行0〉　　现将有关事项通知如下。",
       "现将有关事项通知如下。", check_typed_indent, kWord},
      {"level-face", usual, "GB/T 9704 7.3.3", "第一层用黑体，第二层用楷体",
       "一、总体要求\n〈黑体〉（一）提高认识", "〈黑体〉一、总体要求\n〈楷体〉（一）提高认识",
       check_level_face, kWord},
      {"run-in-face", usual, "GB/T 9704 7.3.3", "与正文同段的标题，只有标题一句用标题的字体",
       "〈楷体〉（一）提高认识。各校要认真组织，按时完成。",
       "〈楷体〉（一）提高认识。〈仿宋〉各校要认真组织，按时完成。", check_run_in_face, kWord},
      {"first-page-text", required, "GB/T 9704 7.3.3", "公文首页必须显示正文",
       "〈标题〉关于举办培训班的通知\n〈主送〉各学校：\n〈另页〉现将有关事项通知如下。",
       "〈标题〉关于举办培训班的通知\n〈主送〉各学校：\n现将有关事项通知如下。", check_first_page, kWord},
      {"attachment-place", required, "GB/T 9704 7.3.4", "附件说明在正文下空一行",
       "请办。\n〈附件 段前0〉附件：名单", "请办。\n〈附件〉附件：名单", check_attachment_place, kWord},
      {"attachment-indent", required, "GB/T 9704 7.3.4", "附件说明左空二字，序号对齐",
       "请办。\n〈附件 首行0〉附件：名单", "请办。\n〈附件〉附件：名单", check_attachment_indent, kWord},
      {"attachment-hanging", required, "GB/T 9704 7.3.4", "附件名称回行与首字对齐",
       "请办。\n〈附件〉附件：清河县中小学、幼儿园教师和教育干部培训时间地点以及内容安排总表",
       "请办。\n〈附件 左空5 首行-3〉附件：清河县中小学、幼儿园教师和教育干部培训时间地点以及内容安排总表",
       check_attachment_hanging, kWord},
      {"attachment-form", required, "GB/T 9704 7.3.4", "附件说明写作 附件：1.名称", "请办。\n附件：1、名单",
       "请办。\n附件：1.名单", check_attachment_lines},
  };
}

}  // namespace wenshu::notice
