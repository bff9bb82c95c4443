// Kinds and who may write to whom (条例 art. 8, 15 to 17).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>
#include <utility>

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
    if (to.ends_with(colon)) to.erase(to.size() - colon.size());
  return to;
}

// The rule in a milder form, where it is told of what only may be a fault.
Rule as(Strength strength, Rule rule) {
  rule.strength = strength;
  return rule;
}

// The same characters at the same places, ＊ for those in 《》 and “”: others wrote them.
std::u32string without_words_of_others(std::string_view text) {
  std::u32string all = to_characters(text);
  for (const auto& [open, close] : {std::pair(U'《', U'》'), std::pair(U'“', U'”')}) {
    for (size_t begin = all.find(open); begin != all.npos;) {
      const size_t end = all.find(close, begin);
      if (end == all.npos) break;
      std::fill(all.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                all.begin() + static_cast<std::ptrdiff_t>(end), U'＊');
      begin = all.find(open, end);
    }
  }
  return all;
}

template <size_t N>
bool holds_any(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return text.find(word) != text.npos; });
}

template <size_t N>
bool starts_with_any(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return text.starts_with(word); });
}

bool is_government(std::string_view organ) { return organ.ends_with("政府"); }

bool is_party_committee(std::string_view organ) {
  constexpr std::array kEnds = {"省委", "市委", "州委", "盟委", "县委", "区委", "旗委", "党委"};
  return (organ.starts_with("中共") && organ.ends_with("委员会")) ||
         std::any_of(kEnds.begin(), kEnds.end(), [&](const char* word) { return organ.ends_with(word); });
}

// 县委、县人民政府: the two that lead together. One of them is asked 原则上 (art. 15).
bool are_committee_and_government(const std::string& to) {
  const auto organs = split(replace_all(replace_all(to, "，", "、"), ",", "、"), "、");
  if (organs.size() != 2) return false;
  const std::string_view first = trim(organs[0]), second = trim(organs[1]);
  return (is_party_committee(first) && is_government(second)) ||
         (is_government(first) && is_party_committee(second));
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
    report.add(are_committee_and_government(to) ? as(Strength::usual, rule) : rule, draft.to->place,
               fmt::format("{}只主送一个上级机关：{}", draft.kind, to), "其他机关改用抄送");
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

// 县第三中学 in a document of an education bureau; not a school of the city, of the province or of a university.
std::string school_below(const Draft& draft, const std::string& copies) {
  const auto is_bureau = [](const std::optional<Text>& organ) { return organ && holds(organ->text, "教育"); };
  if (!is_bureau(draft.organ) && !is_bureau(draft.mark)) return "";
  std::string list = replace_all(replace_all(copies, "抄送：", ""), "。", "");
  for (const std::string& each : split(replace_all(list, "，", "、"), "、")) {
    const std::string name(trim(each));
    const bool school = name.ends_with("中学") || name.ends_with("小学") || name.ends_with("幼儿园");
    if (school && !name.starts_with("市") && !holds(name, "省") && !holds(name, "大学") &&
        !holds(name, "附属"))
      return name;
  }
  return "";
}

void tell_report_copies(const Text& line, const Rule& rule, Report& report) {
  std::vector<Fix> fixes;
  if (line.columns.size() > 1) fixes.push_back({line.at(1), 1, "送"});
  report.add(rule, line.place, "“抄报”已经取消，一律用“抄送”", "写作 抄送：", std::move(fixes));
}

void check_copies(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.copy_to || !goes_up(draft)) return;
  // 县直属机关工作委员会 stands beside the writer, not below.
  const std::string copies = replace_all(draft.copy_to->text, "直属机关", "");
  for (const char* word : {"各学校", "各中小学", "所属", "局属", "直属", "下属", "各乡镇", "各科室"})
    if (holds(copies, word))
      return report.add(rule, draft.copy_to->place, fmt::format("{}不抄送下级机关：“{}”", draft.kind, word),
                        "删去下级机关");
  if (const std::string school = school_below(draft, draft.copy_to->text); !school.empty())
    report.add(as(Strength::usual, rule), draft.copy_to->place,
               fmt::format("{}不抄送下级机关：“{}”", draft.kind, school), "是本机关所属的学校时，删去");
}

// 抄报 stands for 抄送 to those above; the 条例 of 2012 knows 抄送 alone.
void check_report_copies(const Draft& draft, const Rule& rule, Report& report) {
  for (const Text& line : draft.others)
    if (line.text.starts_with("抄报：")) return tell_report_copies(line, rule, report);
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body)
      if (paragraph.all.text.starts_with("抄报：")) return tell_report_copies(paragraph.all, rule, report);
}

template <class Visit>
void visit_body(const Draft& draft, Visit visit) {
  if (!draft.bodies.empty())
    for (const Paragraph& paragraph : draft.bodies[0]) visit(paragraph);
}

struct Words {
  size_t begin = 0, length = 0;
};

constexpr std::u32string_view kSentenceEnds = U"。；！？";

// Does a clause begin at `i`, one of 现, 特, 谨 … and 我局 left aside?
bool begins_clause(std::u32string_view text, size_t i) {
  constexpr std::u32string_view kBefore = U"，。；：！？、（现特谨再也并还此", kBlank = U" \u3000";
  while (i > 0 && kBlank.find(text[i - 1]) != kBlank.npos) --i;
  if (i > 1 && (text[i - 2] == U'我' || text[i - 2] == U'本')) return true;
  return i == 0 || kBefore.find(text[i - 1]) != kBefore.npos ||
         (text[i - 1] >= U'0' && text[i - 1] <= U'9') || text[i - 1] == U'.';
}

// 家长来信，恳请…: what is told of others in the sentence before `at`.
bool is_said_by_others(std::u32string_view text, size_t at) {
  constexpr std::array<std::u32string_view, 17> kOthers = {
      U"群众", U"家长", U"村民", U"居民", U"业主", U"信访", U"来信", U"来访", U"来电",
      U"反映", U"提出", U"诉求", U"投诉", U"上访", U"提案", U"代表", U"联名"};
  const size_t end = text.find_last_of(kSentenceEnds, at);
  const size_t begin = end == text.npos ? 0 : end + 1;
  return begin < at && holds_any(text.substr(begin, at - begin), kOthers);
}

// 申请 tells as often of what was asked elsewhere: it asks after 现, 特, 我局 … or where a sentence begins, and not where
// the sentence says that it is done.
bool is_application_told(std::u32string_view text, size_t at) {
  const std::u32string_view rest = text.substr(at, text.find_first_of(kSentenceEnds, at) - at);
  if (!rest.starts_with(U"申请")) return false;
  constexpr std::u32string_view kBreaks = U"，、：";
  return rest.find_first_of(U"已获") != rest.npos ||
         (at > 0 && kBreaks.find(text[at - 1]) != kBreaks.npos && !text.substr(0, at).ends_with(U"为此，") &&
          !text.substr(0, at).ends_with(U"因此，"));
}

// Words that are a request wherever a clause begins with them.
size_t plain_request_at(std::u32string_view rest) {
  constexpr std::array<std::u32string_view, 14> kPhrases = {
      U"请批示",   U"请批准",   U"请审批", U"请批复", U"请批转",   U"请予批", U"请予审批",
      U"请予审定", U"请予支持", U"请予拨", U"妥否",   U"如无不妥", U"恳请",   U"请求"};
  constexpr std::array<std::u32string_view, 6> kNouns = {U"请求事项", U"请求内容", U"请求书",
                                                         U"请求权",   U"请求的",   U"请求均"};
  if (starts_with_any(rest, kNouns) ||
      (rest.starts_with(U"请求") && rest.size() > 2 && rest[2] >= U'0' && rest[2] <= U'9'))
    return 0;
  for (const std::u32string_view phrase : kPhrases)
    if (rest.starts_with(phrase)) return phrase.size();
  return 0;
}

// 解决周转房的教师有30名: the deed belongs to a noun that is counted or told of.
bool is_part_of_noun(std::u32string_view behind) {
  constexpr std::array<std::u32string_view, 12> kTold = {U"有",   U"占",   U"共", U"达", U"呼声", U"意见",
                                                         U"来信", U"均已", U"名", U"已", U"获批", U"获得"};
  const size_t of = behind.find(U'的');
  return of != behind.npos && holds_any(behind.substr(of), kTold);
}

// A clause that begins with 请, 申请, 望 … and names what is to be done; 0 for none. 请审阅 and 请批评指正 ask for
// nothing, and 请各校 asks others.
size_t asked_deed_at(std::u32string_view clause) {
  constexpr std::array<std::u32string_view, 6> kAsks = {U"拟请", U"请", U"申请", U"希望", U"望", U"盼"};
  constexpr std::array<std::u32string_view, 14> kDeeds = {U"解决", U"安排", U"拨付", U"拨款", U"追加",
                                                          U"增加", U"增拨", U"批转", U"批准", U"支持",
                                                          U"给予", U"调剂", U"减免", U"审批"};
  constexpr std::array<std::u32string_view, 18> kToOthers = {
      U"请各",     U"请专家", U"请教师", U"请家长", U"请他",   U"请学校", U"请老师", U"请其",   U"希望各",
      U"希望小学", U"望各",   U"请示",   U"请假",   U"申请人", U"申请书", U"申请表", U"申请者", U"希望工程"};
  if (!starts_with_any(clause, kAsks) || starts_with_any(clause, kToOthers)) return 0;
  size_t end = 0;
  for (const std::u32string_view deed : kDeeds)
    if (const size_t at = clause.rfind(deed); at != clause.npos && at > 0)
      end = std::max(end, at + deed.size());
  return end == 0 || is_part_of_noun(clause.substr(end)) ? 0 : end;
}

// Where the writer asks the one above to act.
Words find_request(std::u32string_view text) {
  constexpr size_t kLongestClause = 40;
  for (size_t at = text.find_first_of(U"请申希望盼拟妥如恳"); at != text.npos;
       at = text.find_first_of(U"请申希望盼拟妥如恳", at + 1)) {
    if (!begins_clause(text, at) || is_application_told(text, at)) continue;
    const std::u32string_view rest = text.substr(at, kLongestClause);
    const std::u32string_view clause = rest.substr(0, rest.find_first_of(U"，。；！？"));
    size_t length = plain_request_at(clause);
    if (length > 0 && is_part_of_noun(clause.substr(length))) length = 0;
    if (length == 0) length = asked_deed_at(clause);
    if (length > 0 && !is_said_by_others(text, at)) return {at, length};
  }
  return {text.size(), 0};
}

// 为此，建议县政府批准增加编制 and 需县政府协调解决编制: what the receiver is to do; it may be meant as an opinion.
Words find_need(std::u32string_view text, const std::vector<std::u32string>& receivers) {
  constexpr std::array<std::u32string_view, 3> kNeeds = {U"建议", U"需要", U"需"};
  constexpr std::array<std::u32string_view, 7> kDeeds = {U"批准", U"协调解决", U"拨付",    U"追加",
                                                         U"增拨", U"安排经费", U"予以解决"};
  for (size_t at = text.find_first_of(U"建需"); at != text.npos; at = text.find_first_of(U"建需", at + 1)) {
    const std::u32string_view clause = text.substr(at, text.find_first_of(U"，。；！？", at) - at);
    if (!begins_clause(text, at) || is_said_by_others(text, at)) continue;
    for (const std::u32string_view need : kNeeds) {
      if (!clause.starts_with(need)) continue;
      const std::u32string_view rest = clause.substr(need.size());
      for (const std::u32string& receiver : receivers)
        if (rest.starts_with(receiver) && holds_any(rest.substr(receiver.size()), kDeeds) &&
            !is_part_of_noun(rest))
          return {at, need.size() + receiver.size()};
      break;
    }
  }
  return {};
}

void check_need_in_report(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.kind != "报告" || !draft.to) return;
  std::vector<std::u32string> receivers = {to_characters(receivers_of(draft))};
  if (receivers[0].size() < 3) return;
  for (const std::u32string_view end : {U"人民政府", U"政府"})
    if (const std::u32string& whole = receivers[0]; whole.ends_with(end) && whole.size() > end.size()) {
      const char32_t place = whole[whole.size() - end.size() - 1];  // 县, as texts write it
      for (const std::u32string_view name : {U"政府", U"人民政府"})
        receivers.push_back(std::u32string(1, place) + std::u32string(name));
      break;
    }
  visit_body(draft, [&](const Paragraph& paragraph) {
    const std::string& written = paragraph.all.text;
    if (!holds(written, "需") && !holds(written, "建议")) return;
    const std::u32string text = without_words_of_others(written);
    const auto [begin, length] = find_need(text, receivers);
    if (length > 0)
      report.add(as(Strength::usual, rule), paragraph.all.at(begin),
                 fmt::format("像是报告里夹带的请示事项：“{}”",
                             to_utf8(std::u32string_view(text).substr(begin, length))),
                 "要上级办的，另写一份请示");
  });
}

void check_request_in_report(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.kind != "报告") return;
  check_need_in_report(draft, rule, report);
  visit_body(draft, [&](const Paragraph& paragraph) {
    const std::u32string text = without_words_of_others(paragraph.all.text);
    const auto [begin, length] = find_request(text);
    if (length == 0) return;
    report.add(
        rule, paragraph.all.at(begin),
        fmt::format("报告里夹带请示事项：“{}”", to_utf8(std::u32string_view(text).substr(begin, length))),
        "另写一份请示");
  });
}

// 关于追加经费和关于增加编制: joined, not 关于印发关于…的意见.
bool joins_matters(std::string_view title) {
  const std::u32string text = without_words_of_others(title);
  const size_t first = text.find(U"关于");
  if (first == text.npos) return false;
  for (size_t at = text.find(U"关于", first + 2); at != text.npos; at = text.find(U"关于", at + 2))
    if (std::u32string_view(U"和及与、，并暨\n").find(text[at - 1]) != std::u32string_view::npos) return true;
  return false;
}

// 请求拨付经费, not 申请理由 or 申请追加经费的依据.
bool heads_a_request(const Paragraph& paragraph) {
  if (paragraph.level != 1) return false;
  const std::u32string text = without_words_of_others(paragraph.all.text);
  std::u32string_view heading = text;
  heading = heading.substr(0, heading.find_first_of(kSentenceEnds));
  constexpr std::array<std::u32string_view, 20> kNouns = {
      U"理由", U"原因", U"依据", U"事项", U"金额", U"数额", U"内容", U"必要性", U"可行性", U"背景",
      U"情况", U"用途", U"条件", U"材料", U"标准", U"范围", U"程序", U"说明",   U"测算",   U"来源"};
  const bool noun = std::any_of(kNouns.begin(), kNouns.end(),
                                [&](std::u32string_view word) { return heading.ends_with(word); });
  constexpr std::array<std::u32string_view, 4> kAsks = {U"请求", U"申请", U"恳请", U"请予"};
  return !noun && holds_any(heading, kAsks);
}

// Requests under two headings of the first level, or two matters in the title.
void check_one_matter(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.kind != "请示") return;
  if (draft.title && joins_matters(draft.title->text))
    return report.add(rule, draft.title->place, "标题里有两个“关于”，请示应当一文一事", "分成两份请示");
  std::vector<const Paragraph*> requests;
  visit_body(draft, [&](const Paragraph& paragraph) {
    if (heads_a_request(paragraph)) requests.push_back(&paragraph);
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

// 县人民政府办公室, 县委办公室: they write for their government or committee (art. 16).
bool is_office_of_leaders(const std::string& organ) {
  std::string_view base = organ;
  for (const std::string_view office : {"办公室", "办公厅"})
    if (base.ends_with(office)) base.remove_suffix(office.size());
  if (base.size() == organ.size()) return false;
  return is_government(base) || is_party_committee(base);
}

// 县人民政府教育督导委员会办公室: a body of the government's own, and the government speaks by it.
bool is_body_of_government(const std::string& organ) {
  const size_t government = organ.find("人民政府");
  return government != organ.npos && organ.size() > government + std::string("人民政府").size();
}

bool is_department(const std::string& organ) {
  constexpr std::array kDepartments = {"局", "委员会", "办公室", "厅", "科", "中心", "学校"};
  return !is_office_of_leaders(organ) && !is_body_of_government(organ) &&
         std::any_of(kDepartments.begin(), kDepartments.end(),
                     [&](const char* word) { return organ.ends_with(word); });
}

// 各乡镇人民政府, 各街道办事处
bool names_governments_below(const std::string& to) {
  constexpr std::array kGovernments = {"人民政府", "乡镇政府", "县政府", "区政府", "市政府", "街道办事处"};
  return holds(to, "各") && std::any_of(kGovernments.begin(), kGovernments.end(),
                                        [&](const char* word) { return holds(to, word); });
}

// A meeting or a class one is told of is no order; whoever reads it judges.
bool tells_of_a_meeting(const Draft& draft) {
  if (!draft.title) return false;
  constexpr std::array<std::u32string_view, 4> kHeld = {U"召开", U"举行", U"举办", U"参加"};
  return holds_any(to_characters(draft.title->text), kHeld);
}

// A 局 or another department gives governments below no orders; what the government has agreed to it may pass on.
void check_department(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.to || !draft.organ || draft.kind == "函" || goes_up(draft)) return;
  const std::string organ(trim(draft.organ->text)), to = receivers_of(draft);
  if (!is_department(organ) || !names_governments_below(to)) return;
  bool agreed = false;
  visit_body(draft, [&](const Paragraph& paragraph) {
    const std::string& text = paragraph.all.text;
    agreed = agreed || (holds(text, "政府") && (holds(text, "同意") || holds(text, "批准")));
  });
  if (!agreed)
    report.add(tells_of_a_meeting(draft) ? as(Strength::usual, rule) : rule, draft.to->place,
               fmt::format("“{}”向下级政府行文：{}", organ, to),
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
      {"copy-upward", usual, "条例第九条", "用“抄送”，不用“抄报”",
       "关于拨付培训经费的请示\n县政府：\n请批示。\n抄报：市教育局。",
       "关于拨付培训经费的请示\n县政府：\n请批示。\n抄送：市教育局。", check_report_copies},
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
