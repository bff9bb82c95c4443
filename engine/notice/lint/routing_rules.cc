// Kinds and who may write to whom (条例 art. 8, 15 to 17).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

#include "base/text.h"
#include "notice/lint/rule.h"
#include "notice/notice.h"

namespace wenshu::notice {
namespace {

bool holds(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }
bool goes_up(const Draft& draft) { return draft.kind == "请示" || draft.kind == "报告"; }

std::string receivers_of(const Draft& draft) {
  std::string to = draft.to ? std::string(trim(draft.to->text)) : "";
  for (const std::string_view colon : {"：", ":"})
    if (to.ends_with(colon)) to.resize(to.size() - colon.size());
  return to;
}

// 县人民政府、县财政局, joined by 和 or a blank as well: what stands before and behind names an organ each.
bool names_several(const std::string& to) {
  if (holds(to, "、") || holds(to, "，") || holds(to, ",")) return true;
  static const std::regex kTwo(
      "(政府|局|委员会|委|部|厅|办公室|办|院|中心|学校)(和|与|及|并|以及|\\s|　)+.*(政府|局|委员会|委|部|厅|"
      "办公室|办|院|中心|学校)");
  constexpr size_t kLongest = 300;  // bytes: std::regex goes down a step a character
  return to.size() <= kLongest && std::regex_search(to, kTwo);
}

void check_one_receiver(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.to || !goes_up(draft)) return;
  const std::string to = receivers_of(draft);
  if (names_several(to))
    report.add(rule, draft.to->place, fmt::format("{}只主送一个上级机关：{}", draft.kind, to),
               "其他机关改用抄送");
}

void check_person(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.to || !goes_up(draft)) return;
  const std::string to = receivers_of(draft);
  constexpr std::array kPosts = {"局长", "县长", "市长", "区长", "校长", "处长",
                                 "科长", "厅长", "主任", "书记", "同志", "领导"};
  for (const char* post : kPosts)
    if (to.ends_with(post))
      return report.add(rule, draft.to->place, fmt::format("上行文不以领导者个人为主送对象：{}", to),
                        "主送机关写机关名称");
}

void check_copies(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.copy_to || !goes_up(draft)) return;
  for (const char* word : {"各学校", "各中小学", "所属", "局属", "直属", "下属", "各乡镇", "各科室"})
    if (holds(draft.copy_to->text, word))
      return report.add(rule, draft.copy_to->place, fmt::format("{}不抄送下级机关：“{}”", draft.kind, word),
                        "删去下级机关");
}

template <class Visit>
void visit_body(const Draft& draft, Visit visit) {
  if (!draft.bodies.empty())
    for (const Paragraph& paragraph : draft.bodies[0]) visit(paragraph);
}

struct Words {
  size_t begin = 0, length = 0;
};

// Does a clause begin at `i`, one of 现, 特, 谨 … left aside?
bool begins_clause(std::u32string_view text, size_t i) {
  constexpr std::u32string_view kBefore = U"，。；：！？、（“”现特谨再也并还此", kBlank = U" \u3000";
  while (i > 0 && kBlank.find(text[i - 1]) != kBlank.npos) --i;
  return i == 0 || kBefore.find(text[i - 1]) != kBefore.npos ||
         (text[i - 1] >= U'0' && text[i - 1] <= U'9') || text[i - 1] == U'.';
}

// Words that ask the one above to act: a phrase that says so by itself, or a clause that begins with 请, 申请, 望 …
// and names what is to be done. 请审阅 and 请批评指正 ask for nothing.
Words find_request(std::u32string_view text) {
  constexpr std::array<std::u32string_view, 14> kPhrases = {
      U"请批示",   U"请批准",   U"请审批", U"请批复", U"请批转",   U"请予批", U"请予审批",
      U"请予审定", U"请予支持", U"请予拨", U"妥否",   U"如无不妥", U"恳请",   U"请求"};
  constexpr std::array<std::u32string_view, 7> kAsks = {U"请", U"申请", U"望",  U"希望",
                                                        U"盼", U"建议", U"拟请"};
  constexpr std::array<std::u32string_view, 14> kDeeds = {U"解决", U"安排", U"拨付", U"拨款", U"追加",
                                                          U"增加", U"增拨", U"批转", U"批准", U"支持",
                                                          U"给予", U"调剂", U"减免", U"审批"};
  constexpr size_t kLongestClause = 40;
  Words first{text.size(), 0};
  for (const std::u32string_view phrase : kPhrases)
    if (const size_t at = text.find(phrase); at < first.begin) first = {at, phrase.size()};
  for (const std::u32string_view ask : kAsks)
    for (size_t at = text.find(ask); at < first.begin; at = text.find(ask, at + 1)) {
      if (!begins_clause(text, at)) continue;
      const std::u32string_view rest = text.substr(at, kLongestClause);
      const std::u32string_view clause = rest.substr(0, rest.find_first_of(U"，。；！？"));
      for (const std::u32string_view deed : kDeeds)
        if (const size_t there = clause.find(deed);
            there != clause.npos && there >= ask.size() && first.begin > at)
          first = {at, there + deed.size()};
    }
  return first;
}

void check_request_in_report(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.kind != "报告") return;
  visit_body(draft, [&](const Paragraph& paragraph) {
    const std::u32string text = to_characters(paragraph.all.text);
    const auto [begin, length] = find_request(text);
    if (length == 0) return;
    report.add(
        rule, paragraph.all.at(begin),
        fmt::format("报告里夹带请示事项：“{}”", to_utf8(std::u32string_view(text).substr(begin, length))),
        "另写一份请示");
  });
}

// Requests under two headings of the first level, or two 关于 in the title.
void check_one_matter(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.kind != "请示") return;
  const std::string title = draft.title ? draft.title->text : "";
  if (const size_t first = title.find("关于");
      first != title.npos && holds(std::string_view(title).substr(first + 6), "关于"))
    return report.add(rule, draft.title->place, "标题里有两个“关于”，请示应当一文一事", "分成两份请示");
  std::vector<const Paragraph*> requests;
  visit_body(draft, [&](const Paragraph& paragraph) {
    const std::string_view text = paragraph.all.text;
    const bool asks =
        holds(text, "请求") || holds(text, "申请") || holds(text, "恳请") || holds(text, "请予");
    if (paragraph.level == 1 && asks) requests.push_back(&paragraph);
  });
  if (requests.size() > 1)
    report.add(rule, requests[1]->all.at(0),
               fmt::format("一份请示里有{}个请求事项，应当一文一事", requests.size()), "分成几份请示");
}

void check_closing(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.kind != "请示" || draft.bodies.empty() || draft.bodies[0].empty()) return;
  const Text& last = draft.bodies[0].back().all;
  if (!holds(last.text, "请批") && !holds(last.text, "请审") && !holds(last.text, "请予") &&
      !holds(last.text, "请指示"))
    report.add(rule, last.place, "请示的结尾没有请批语", "例如“妥否，请批示。”");
}

// 人事科 may not issue by itself; the office may.
void check_internal_unit(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto* element : {&draft.organ, &draft.mark}) {
    if (!*element) continue;
    std::string name(trim((*element)->text));
    if (name.ends_with("文件")) name.resize(name.size() - std::string_view("文件").size());
    const bool unit = name.ends_with("科") || name.ends_with("股");
    if (unit)
      return report.add(rule, (*element)->place,
                        fmt::format("内设机构（办公室除外）不对外正式行文：{}", name),
                        "以本机关名义发文，或由办公室发文");
  }
}

// A 局 or another department gives governments below no orders; what the government has agreed to it may pass on.
void check_department(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.to || !draft.organ || draft.kind == "函") return;
  const std::string organ(trim(draft.organ->text)), to = receivers_of(draft);
  constexpr std::array kDepartments = {"局", "委员会", "办公室", "厅", "科", "中心", "学校"};
  const bool department = std::any_of(kDepartments.begin(), kDepartments.end(),
                                      [&](const char* word) { return organ.ends_with(word); });
  constexpr std::array kGovernments = {"人民政府", "乡镇政府", "县政府", "区政府", "市政府", "街道办事处"};
  const auto below = std::find_if(kGovernments.begin(), kGovernments.end(), [&](const char* word) {
    return holds(to, std::string("各") + word) || holds(to, word);
  });
  const bool below_it = below != kGovernments.end() && holds(to, "各");
  if (!department || !below_it || draft.kind == "请示" || draft.kind == "报告") return;
  bool agreed = false;
  visit_body(draft, [&](const Paragraph& paragraph) {
    const std::string& text = paragraph.all.text;
    agreed = agreed || (holds(text, "政府") && (holds(text, "同意") || holds(text, "批准")));
  });
  if (!agreed)
    report.add(rule, draft.to->place, fmt::format("“{}”向下级政府行文：{}", organ, to),
               "部门不向下级政府发布指令性公文；经本级政府同意的，文中注明“经县政府同意”");
}

// 联合行文 has one number, that of the host.
void check_joint_number(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.number) return;
  const std::string& number = draft.number->text;
  const size_t first = number.find("〔");
  if (first != number.npos && number.find("〔", first + 1) != number.npos)
    report.add(rule, draft.number->place, fmt::format("有两个发文字号：{}", number),
               "联合行文只用主办机关的发文字号");
}

void check_kind(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.title || !draft.kind.empty() || !draft.to) return;
  report.add(rule, draft.title->place, fmt::format("标题“{}”没有写明文种", draft.title->text),
             "以十五种文种之一结尾，如 通知、请示、函");
}

void check_plan_kind(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.title || !draft.kind.empty() || draft.to) return;
  const std::u32string title = to_characters(draft.title->text);
  const std::string word =
      to_utf8(std::u32string_view(title).substr(title.size() - std::min<size_t>(2, title.size())));
  report.add(rule, draft.title->place, fmt::format("“{}”不是公文文种，不能单独行文", word),
             "用通知印发：“关于印发……的通知”，本文作为所印发的文件");
}

void check_two_kinds(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.title) return;
  for (const char* words : {"请示报告", "的通知的通知", "意见的报告的", "函告", "请示的报告", "申请报告"})
    if (draft.title->text.ends_with(words))
      return report.add(rule, draft.title->place, fmt::format("标题里文种重复或杂用：“{}”", words),
                        "只用一个文种");
}

}  // namespace

std::vector<Rule> routing_rules() {
  using enum Strength;
  return {
      {"kind-missing", required, "条例第八条、第九条", "标题写明文种",
       "清河县教育局关于举办教师培训班\n各学校：\n请办。",
       "清河县教育局关于举办教师培训班的通知\n各学校：\n请办。", check_kind},
      {"kind-not-official", usual, "条例第八条", "方案、计划等由公文印发", "2024年教师培训工作方案\n一、目标",
       "关于印发2024年教师培训工作方案的通知\n各学校：\n请办。", check_plan_kind},
      {"kind-twice", required, "条例第八条", "只用一个文种", "关于拨付培训经费的请示报告\n县政府：\n请批示。",
       "关于拨付培训经费的请示\n县政府：\n请批示。", check_two_kinds},
      {"one-receiver", required, "条例第十五条", "上行文主送一个上级机关",
       "关于拨付培训经费的请示\n县政府、县财政局：\n请批示。", "关于拨付培训经费的请示\n县政府：\n请批示。",
       check_one_receiver},
      {"receiver-is-person", required, "条例第十五条", "上行文不主送个人",
       "关于拨付培训经费的请示\n王县长：\n请批示。", "关于拨付培训经费的请示\n县政府：\n请批示。",
       check_person},
      {"copy-to-subordinates", required, "条例第十五条", "上行文不抄送下级机关",
       "关于拨付培训经费的请示\n县政府：\n请批示。\n抄送：各学校。",
       "关于拨付培训经费的请示\n县政府：\n请批示。\n抄送：县财政局。", check_copies},
      {"report-with-request", required, "条例第十五条", "报告不夹带请示事项",
       "关于培训工作的报告\n县政府：\n恳请拨付经费。", "关于培训工作的报告\n县政府：\n特此报告。",
       check_request_in_report},
      {"one-matter", required, "条例第十五条", "请示一文一事",
       "关于培训工作的请示\n县政府：\n一、请求拨付经费\n二、请求增加编制\n妥否，请批示。",
       "关于培训工作的请示\n县政府：\n一、请求拨付经费\n二、经费来源\n妥否，请批示。", check_one_matter},
      {"request-closing", habit, "请示的写法", "请示以请批语结尾",
       "关于拨付培训经费的请示\n县政府：\n需经费三万元。", "关于拨付培训经费的请示\n县政府：\n妥否，请批示。",
       check_closing},
      {"department-instructs", required, "条例第十六条", "部门不向下级政府发布指令性公文",
       "关于举办培训班的通知\n各乡镇人民政府：\n请办。\n清河县教育局\n2024年6月6日",
       "关于举办培训班的通知\n各乡镇人民政府：\n经县政府同意，请办。\n清河县教育局\n2024年6月6日",
       check_department},
      {"joint-number", required, "条例第九条", "联合行文只用主办机关的发文字号",
       "清教〔2024〕6号 清财〔2024〕9号\n关于培训的通知\n各学校：\n请办。",
       "清教〔2024〕6号\n关于培训的通知\n各学校：\n请办。", check_joint_number},
      {"internal-unit-issues", required, "条例第十七条", "内设机构不对外正式行文",
       "请办。\n清河县教育局人事科\n2024年6月6日", "请办。\n清河县教育局办公室\n2024年6月6日",
       check_internal_unit},
  };
}

}  // namespace wenshu::notice
