// What a page of the web leaves in a text that was copied from it. No names of sites are known here: a line is told by
// its form and by what stands around it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "chinese/date.h"
#include "notice/lint/rule.h"
#include "notice/normalise_line.h"
#include "notice/source_check.h"

namespace wenshu::notice {
namespace {

constexpr size_t kLongestElement = 400, kLongestDate = 40;  // bytes

template <class Visit>
void visit_lines(const Draft& draft, Visit visit) {
  for (const Text& line : draft.others) visit(line);
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) visit(paragraph.all);
}

std::string title_of(const Draft& draft) {
  std::string title = draft.title ? replace_all(draft.title->text, "\n", "") : std::string();
  return count_characters(title) >= 6 ? title : std::string();  // 通知 alone may stand anywhere
}

// The title once more, alone on a line or before the text that has run into it.
void check_title_twice(const Draft& draft, const Rule& rule, Report& report) {
  const std::string title = title_of(draft);
  if (title.empty()) return;
  const size_t length = count_characters(title);
  visit_lines(draft, [&](const Text& line) {
    if (!line.text.starts_with(title)) return;
    const std::u32string rest = to_characters(std::string_view(line.text).substr(title.size()));
    const bool goes_on =
        !rest.empty() && !is_space(rest[0]) && read_paragraph({to_utf8(rest), {}, {}}).level == 0;
    if (goes_on) return;
    std::vector<Fix> fixes;
    size_t end = length;
    while (end - length < rest.size() && is_space(rest[end - length])) ++end;
    if (line.columns.size() >= end && !line.columns.empty())
      fixes.push_back({line.at(0), line.columns[end - 1] - line.columns[0] + 1, ""});
    report.add(rule, line.at(0), fmt::format("标题又出现了一次：{}", title), "删去重复的标题",
               std::move(fixes));
  });
}

bool is_date(const Text& line) {
  return line.text.size() <= kLongestDate && line.text.ends_with("日") &&
         chinese::parse_date_text(trim(line.text)).has_value();
}

// What of a document the line `at` of its text says once more where the whole of it was pasted in: the number, the
// receivers, the signature … "" for any other line. A list may name the organ or the receivers by themselves, too.
const char* repeated_element(const Draft& draft, size_t at) {
  constexpr size_t kHead = 6, kFoot = 12;  // lines that the elements above and below the text take
  const auto& body = draft.bodies[0];
  const std::string_view line = trim(body[at].all.text);
  const auto same = [&](const std::optional<Text>& element) {
    return element && trim(element->text) == line;
  };
  if (same(draft.number)) return "发文字号";
  if (draft.pasted) return "";  // elsewhere the second one is that of another document
  if (at < kHead && same(draft.mark)) return "发文机关标志";
  const bool below_title =
      at == 0 || (draft.title && draft.title->text.ends_with(trim(body[at - 1].all.text)));
  if (below_title && draft.to && line.ends_with("：") &&
      replace_all(draft.to->text, "：", "") == line.substr(0, line.size() - std::string_view("：").size()))
    return "主送机关";
  if (at + kFoot < body.size()) return "";
  const bool dated = at + 1 < body.size() && is_date(body[at + 1].all);
  if (dated && same(draft.organ)) return "发文机关署名";
  if (draft.date && is_date(body[at].all) && chinese::parse_date_text(line) == parse_day(draft.date->text))
    return "成文日期";
  if (draft.copy_to && line.starts_with("抄送：")) return "抄送机关";
  if (line.starts_with("附件：")) return "附件说明";
  return "";
}

void check_pasted_whole(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.bodies.empty()) return;
  const auto& body = draft.bodies[0];
  for (size_t i = 0; i < body.size(); ++i) {
    const Text& line = body[i].all;
    if (line.text.size() > kLongestElement) continue;
    const std::string_view element = repeated_element(draft, i);
    if (element == "附件说明" && draft.listed.empty())
      report.add(rule, line.at(0), fmt::format("附件说明写在正文里，不会排成附件说明：{}", line.text),
                 "写在 attachments 里，每个附件一项");
    else if (!element.empty())
      report.add(rule, line.at(0), fmt::format("正文里又写了一次{}：{}", element, line.text),
                 "正文里只写正文，删去这一行");
  }
}

// 来源：清河教育网, 点击下载: what begins such a line, or is all of it.
bool has_label_of_web(const std::string& text) {
  constexpr std::array kLabels = {
      "来源：",   "稿源：",     "作者：",     "编辑：",   "责任编辑：",  "发布时间：", "发布日期：",
      "发布者：", "发布人：",   "浏览次数：", "浏览量：", "访问量：",    "阅读次数：", "点击数：",
      "点击量：", "信息来源：", "字体：",     "字号：",   "分享到",      "上一篇",     "下一篇",
      "相关阅读", "相关链接",   "当前位置",   "您的位置", "您当前的位置"};
  constexpr std::array kWhole = {"点击下载", "下载附件", "附件下载", "打印本页", "打印",
                                 "关闭窗口", "关闭",     "返回顶部", "返回首页", "收藏",
                                 "分享",     "网站地图", "阅读全文", "查看更多"};
  const std::string bare = [&] {
    std::string all;
    for (const char32_t c : to_characters(text))
      if (std::u32string_view(U"【】[]〔〕（）()").find(c) == std::u32string_view::npos) all += to_utf8(c);
    return std::string(trim(all));
  }();
  return std::any_of(kLabels.begin(), kLabels.end(),
                     [&](const char* label) { return bare.starts_with(label); }) ||
         std::any_of(kWhole.begin(), kWhole.end(), [&](const char* word) { return bare == word; }) ||
         text.find("点击下载") != text.npos;
}

bool is_bare(const std::string& text) {
  return count_characters(text) <= 12 && text.find_first_of("0123456789") == text.npos &&
         to_characters(text).find_first_of(U"，。；：、！？（《“") == std::u32string::npos;
}

// Cleaning has taken a whole line of the page out.
std::vector<int> lines_of_web(const Draft& draft) {
  std::vector<int> lines;
  for (const PlacedChange& each : draft.changes)
    if (each.exact && each.change.rule == "web-artefact" && each.change.after.empty() &&
        each.change.left.empty() && each.change.right.empty())
      lines.push_back(each.place.line);
  return lines;
}

// Bare words above the title or below the last sentence of a page: its name, its menus.
std::vector<const Text*> bare_lines_around(const Draft& draft) {
  std::vector<const Text*> found;
  if (!draft.pasted || draft.sight || lines_of_web(draft).empty()) return found;
  const std::string title = title_of(draft);
  for (const Text& line : draft.others)
    if (is_bare(line.text) && line.text != title) found.push_back(&line);
  if (draft.bodies.empty()) return found;
  const auto& body = draft.bodies.back();
  const int last = lines_of_web(draft).back();
  for (auto it = body.rbegin(); it != body.rend() && it->level == 0 && is_bare(it->all.text); ++it)
    if (it->all.place.line > last) found.push_back(&it->all);
  return found;
}

void check_furniture(const Draft& draft, const Rule& rule, Report& report) {
  const auto tell = [&](const Text& line) {
    report.add(rule, line.at(0), fmt::format("这一行像是网页上的，不是公文里的：{}", line.text),
               "核对后删去");
  };
  visit_lines(draft, [&](const Text& line) {
    if (count_characters(line.text) <= 60 && has_label_of_web(line.text)) tell(line);
  });
  for (const Text* line : bare_lines_around(draft))
    if (!has_label_of_web(line->text)) tell(*line);
}

}  // namespace

std::vector<Rule> web_rules() {
  using enum Strength;
  return {
      {"title-twice", usual, "网页粘贴", "标题只写一次",
       "关于举办教师培训班的通知\n2024-06-06 08:30:00\n关于举办教师培训班的通知\n各学校：\n请办。",
       "关于举办教师培训班的通知\n2024-06-06 08:30:00\n各学校：\n请办。", check_title_twice},
      {"element-twice", usual, "GB/T 9704 7.2、7.3", "发文字号、署名等只写一次",
       "清教〔2024〕6号\n关于举办教师培训班的通知\n各学校：\n清教〔2024〕6号\n请办。",
       "清教〔2024〕6号\n关于举办教师培训班的通知\n各学校：\n请办。", check_pasted_whole},
      {"web-furniture", habit, "网页粘贴", "没有网页上的名称、来源和按钮",
       "关于举办教师培训班的通知\n来源：清河教育网\n各学校：\n请办。\n点击下载",
       "关于举办教师培训班的通知\n各学校：\n请办，资金来源：县财政。", check_furniture},
  };
}

}  // namespace wenshu::notice
