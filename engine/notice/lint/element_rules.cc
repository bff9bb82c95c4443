// The elements of head, body and 版记 (条例 art. 9; GB/T 9704 7.2 to 7.4).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "chinese/date.h"
#include "notice/lint/rule.h"
#include "notice/number.h"

namespace wenshu::notice {
namespace {

bool holds(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }

bool has_tag(const std::string& text) { return holds(text, "{{"); }

// Is it a document that is sent, or only a piece of text?
bool is_sent(const Draft& draft) { return draft.to || draft.number || draft.date; }

Place head_of(const Draft& draft) { return draft.to ? draft.to->place : draft.start; }

void check_no_title(const Draft& draft, const Rule& rule, Report& report) {
  const bool by_mark = draft.kind == "命令（令）" || draft.kind == "纪要";  // the mark says it
  if (draft.pasted && !draft.title && is_sent(draft) && !by_mark)
    report.add(rule, head_of(draft), "没有标题", "在主送机关之前写上 机关＋关于…的＋文种");
}

void check_no_number(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.pasted && !draft.number && draft.kind != "纪要")
    report.add(rule, draft.start, "没有发文字号", "例如 清教〔2020〕18号，由登记台账给出");
}

void check_no_printing(const Draft& draft, const Rule& rule, Report& report) {
  // A letter that is pasted shows its format by nothing.
  const bool letter = draft.letter || (draft.kind == "函" && draft.pasted && !draft.sight);
  if (!draft.has_printing && !letter && draft.kind != "命令（令）" && draft.kind != "纪要")
    report.add(rule, draft.date ? draft.date->place : draft.start, "没有版记（抄送机关、印发机关和印发日期）",
               draft.pasted ? "在文末写上印发机关和印发日期" : "写上 printed_by 和 print_date");
}

void check_no_receiver(const Draft& draft, const Rule& rule, Report& report) {
  constexpr std::array kOpen = {"决议", "决定", "命令（令）", "公报", "公告", "通告", "意见", "纪要"};
  const bool open =
      std::any_of(kOpen.begin(), kOpen.end(), [&](const char* kind) { return draft.kind == kind; });
  if (draft.pasted && draft.title && !draft.kind.empty() && !open && !draft.to)
    report.add(rule, draft.title->place, fmt::format("{}没有主送机关", draft.kind),
               "标题之下写主送机关，后加冒号");
}

void check_no_signature(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.to) return;
  const std::string lacks = !draft.date ? "成文日期" : !draft.organ ? "发文机关署名" : "";
  if (!lacks.empty()) report.add(rule, draft.date ? draft.date->place : draft.to->place, "没有" + lacks);
}

void check_signer(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.title || !draft.number) return;
  const bool up = draft.kind == "请示" || draft.kind == "报告";
  const bool may_go_up = up || draft.kind == "意见" || draft.kind == "议案";  // as `notice` allows
  if (up && !draft.signer)
    report.add(rule, draft.number->place, fmt::format("上行文（{}）没有签发人", draft.kind));
  if (!may_go_up && draft.signer && !draft.kind.empty())
    report.add(rule, draft.signer->place, "只有上行文标注签发人", "删去");
}

void check_number_form(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.number) return;  // the loader of sources asks by itself
  if (draft.kind == "命令（令）") return;      // 第6号: command-number
  Diagnostics faults;
  const bool announced = draft.kind == "公告" || draft.kind == "通告", minutes = draft.kind == "纪要";
  const auto check = announced ? check_announcement_number : minutes ? check_minutes_number : check_number;
  if (check(std::string(trim(draft.number->text)), draft.number->place, faults)) return;
  const std::string hint = faults.list()[0].hint;
  std::vector<Fix> fixes;
  const size_t open = hint.find('"'), close = hint.rfind('"');
  if (!draft.number->columns.empty() && open != hint.npos && close > open)
    fixes.push_back({draft.number->at(0), draft.number->columns.back() - draft.number->columns.front() + 1,
                     hint.substr(open + 1, close - open - 1)});
  report.add(rule, draft.number->place, faults.list()[0].message, hint, std::move(fixes));
}

// As pasted: cleaning has already taken zeros out of what is judged here.
void check_date(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.date) return;
  const auto date = chinese::parse_date_text(draft.date->text);
  const int line = draft.date->place.line;
  const bool changed = std::any_of(draft.changes.begin(), draft.changes.end(), [&](const PlacedChange& each) {
    return each.place.line == line &&
           (each.change.rule == "date-padding" || each.change.rule == "date-figures");
  });
  if (!date)
    return report.add(rule, draft.date->place, fmt::format("成文日期不是实际的一天：{}", draft.date->text));
  const std::string right = chinese::to_date_text(*date);
  if (!changed && draft.date->text == right) return;
  std::vector<Fix> fixes;
  if (!changed && !draft.date->columns.empty())
    fixes.push_back({draft.date->at(0), count_characters(draft.date->text), right});
  report.add(rule, draft.date->place, "成文日期用阿拉伯数字，年份写全，月、日不编虚位",
             fmt::format("写作 {}", right), std::move(fixes));
}

// Bare text of a title: without what stands in 《》, which has its own marks.
std::string without_quoted(const std::string& title) {
  std::u32string out;
  int depth = 0;
  for (const char32_t c : to_characters(title)) {
    if (c == U'《') ++depth;
    if (depth == 0 && c != U'\n') out += c;
    if (c == U'》' && depth > 0) --depth;
  }
  return to_utf8(out);
}

void check_title_marks(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto* title : {&draft.title, &draft.issued_title}) {
    if (!*title) continue;
    const std::string bare = without_quoted((*title)->text);
    for (const char32_t c : to_characters(bare))
      if (std::u32string_view(U"，。；：！？").find(c) != std::u32string_view::npos)
        report.add(rule, (*title)->place, fmt::format("标题里有“{}”", to_utf8(c)),
                   "标题除书名号、括号、顿号、引号外一般不用标点");
  }
}

// 机关 + 关于… + 文种.
void check_title_organ(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.title || !draft.organ || draft.kind.empty() || draft.signed_by_person ||
      draft.organs.size() > 1 || has_tag(draft.title->text) || has_tag(draft.organ->text))
    return;
  std::string organ(trim(draft.organ->text));
  if (const size_t note = organ.find("（"); note != organ.npos) organ.resize(note);
  if (!holds(draft.title->text, organ))
    report.add(rule, draft.title->place, fmt::format("标题没有写明发文机关“{}”", organ),
               "标题由 机关＋事由＋文种 组成");
}

void check_title_matter(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.title || draft.kind.empty() || has_tag(draft.title->text)) return;
  constexpr std::array kBare = {"命令（令）", "公告", "通告", "公报", "决议", "纪要"};  // may be a kind alone
  if (std::any_of(kBare.begin(), kBare.end(), [&](const char* kind) { return draft.kind == kind; })) return;
  if (!holds(draft.title->text, "关于"))
    report.add(rule, draft.title->place, fmt::format("标题没有用“关于”引出事由：{}", draft.title->text),
               "写作 机关＋关于……的＋文种");
}

void check_receiver_end(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.to || has_tag(draft.to->text)) return;
  std::u32string to = to_characters(draft.to->text);
  if (to.starts_with(U"主送：") && to.back() == U'。') to.pop_back();  // moved into the 版记
  for (const char32_t c : to)
    if (std::u32string_view(U"；。").find(c) != std::u32string_view::npos)
      return report.add(rule, draft.to->place, fmt::format("主送机关里有“{}”", to_utf8(c)),
                        "机关之间用顿号或逗号，末尾用冒号");
}

void check_note(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.note) return;
  const std::string note(trim(draft.note->text));
  if (note.starts_with("（") && note.ends_with("）")) return;
  const std::string right = "（" + note + (note.ends_with("）") ? "" : "）");
  std::vector<Fix> fixes;
  if (!draft.note->columns.empty() && !note.starts_with("（") && !note.ends_with("。"))
    fixes.push_back({draft.note->at(0), draft.note->columns.back() - draft.note->columns.front() + 1, right});
  report.add(rule, draft.note->place, fmt::format("附注“{}”没有加圆括号", note),
             fmt::format("写作 {}", right), std::move(fixes));
}

// A title that no page holds well; by what is usual a third of it is long.
void check_title_length(const Draft& draft, const Rule& rule, Report& report) {
  constexpr size_t kLongest = 100;
  if (!draft.pasted || !draft.title || draft.title->text.size() <= kLongest) return;
  if (const size_t length = count_characters(draft.title->text); length > kLongest)
    report.add(rule, draft.title->place, fmt::format("标题有{}个字", length),
               "事由写得简明些，细节放在正文里");
}

void check_copy_stop(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted || !draft.copy_to || trim(draft.copy_to->text).ends_with("。")) return;
  std::vector<Fix> fixes;
  if (const auto& columns = draft.copy_to->columns; !columns.empty()) {
    Place after = draft.copy_to->place;
    after.column = static_cast<int>(columns.back()) + 1;
    fixes.push_back({after, 0, "。"});
  }
  report.add(rule, draft.copy_to->place, "抄送机关之后标句号", "在末尾加“。”", std::move(fixes));
}

void check_printed(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.pasted && draft.printed && !trim(draft.printed->text).ends_with("印发"))
    report.add(rule, draft.printed->place, "印发日期后没有“印发”二字", "写作 2024年6月6日印发");
}

template <class Visit>
void visit_lines(const Draft& draft, Visit visit) {
  for (const Text& line : draft.others) visit(line);
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) visit(paragraph.all);
}

void check_subject_words(const Draft& draft, const Rule& rule, Report& report) {
  visit_lines(draft, [&](const Text& line) {
    if (line.text.starts_with("主题词：")) report.add(rule, line.place, "主题词已经取消", "删去这一行");
  });
}

// 秘密★2026年
bool is_year_alone(const std::string& secrecy) {
  const size_t star = secrecy.find("★");
  if (star == secrecy.npos) return false;
  const std::string_view term = trim(std::string_view(secrecy).substr(star + std::string_view("★").size()));
  return term.size() == 4 + std::string_view("年").size() && term.ends_with("年") &&
         std::all_of(term.begin(), term.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
}

void check_secrecy(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.pasted && draft.secrecy && is_year_alone(draft.secrecy->text))
    report.add(rule, draft.secrecy->place,
               fmt::format("保密期限“{}”写的是哪一年，不是多久", draft.secrecy->text),
               "写明到哪一天为止，例如 秘密★2026年6月30日，或写多少年，例如 秘密★1年");
  if (!draft.secrecy || holds(draft.secrecy->text, "★") || has_tag(draft.secrecy->text)) return;
  const std::u32string level = to_characters(draft.secrecy->text).substr(0, 2);
  report.add(rule, draft.secrecy->place, fmt::format("密级“{}”没有标保密期限", draft.secrecy->text),
             fmt::format("例如 {}★1年", to_utf8(level)));
}

void check_urgency(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.urgency || has_tag(draft.urgency->text)) return;
  const std::string word = replace_all(replace_all(draft.urgency->text, "　", ""), " ", "");
  constexpr std::array kWords = {"特急", "加急", "特提", "平急"};
  if (std::none_of(kWords.begin(), kWords.end(), [&](const char* each) { return word == each; }))
    report.add(rule, draft.urgency->place, fmt::format("紧急程度不写“{}”", word), "公文分为 特急、加急");
}

}  // namespace

std::vector<Rule> element_rules() {
  using enum Strength;
  return {
      {"title-missing", required, "条例第九条", "有标题", "各学校：\n请办。",
       "关于举办教师培训班的通知\n各学校：\n请办。", check_no_title},
      {"title-organ", usual, "条例第九条", "标题写明发文机关",
       "关于举办教师培训班的通知\n各学校：\n请办。\n清河县教育局\n2024年6月6日",
       "清河县教育局关于举办教师培训班的通知\n各学校：\n请办。\n清河县教育局\n2024年6月6日",
       check_title_organ},
      {"title-matter", usual, "条例第九条", "标题以“关于”引出事由", "教师培训班通知\n各学校：\n请办。",
       "关于举办教师培训班的通知\n各学校：\n请办。", check_title_matter},
      {"title-marks", habit, "标题的写法", "标题一般不用标点",
       "关于举办教师培训班，加强管理的通知\n各学校：\n请办。",
       "关于举办《语文》教师、校长培训班的通知\n各学校：\n请办。", check_title_marks},
      {"number-missing", required, "条例第九条", "有发文字号", "关于举办教师培训班的通知\n各学校：\n请办。",
       "清教〔2024〕6号\n关于举办教师培训班的通知\n各学校：\n请办。", check_no_number},
      {"number-form", required, "GB/T 9704 7.2.5", "发文字号不加“第”，不编虚位",
       "清教〔2024〕第006号\n关于培训的通知\n各学校：\n请办。",
       "清教〔2024〕6号\n关于培训的通知\n各学校：\n请办。", check_number_form},
      {"receiver-missing", usual, "条例第九条", "有主送机关", "关于举办教师培训班的通知\n请办。",
       "关于举办教师培训班的通知\n各学校：\n请办。", check_no_receiver},
      {"receiver-form", required, "GB/T 9704 7.3.2", "主送机关后用全角冒号", "各学校；局属单位：\n请办。",
       "各学校，局属单位：\n请办。", check_receiver_end},
      {"signature-missing", required, "条例第九条", "有发文机关署名和成文日期",
       "各学校：\n请办。\n2024年6月6日", "各学校：\n请办。\n清河县教育局\n2024年6月6日", check_no_signature},
      {"date-form", required, "GB/T 9704 7.3.5.4", "成文日期写作 2024年6月6日",
       "请办。\n清河县教育局\n二〇二四年六月六日", "请办。\n清河县教育局\n2024年6月6日", check_date},
      {"signer", required, "GB/T 9704 7.2.6", "上行文标注签发人，其他公文不标",
       "清教〔2024〕6号\n关于拨付经费的请示\n县政府：\n请批示。",
       "清教〔2024〕6号\n签发人：何某某\n关于拨付经费的请示\n县政府：\n请批示。", check_signer},
      {"title-length", habit, "GB/T 9704 7.3.1", "标题准确简要",
       "清河县教育局关于进一步加强和改进全县中小学校、幼儿园、特殊教育学校、中等职业学校教师队伍思想政治建设"
       "、师德师风"
       "建设、业务能力建设、信息素养建设和心理健康建设并且建立健全教师培训考核评价长效机制和保障机制以及有关"
       "工作安排的通知"
       "\n各学校：\n请办。",
       "清河县教育局关于加强教师队伍建设的通知\n各学校：\n请办。", check_title_length},
      {"note-brackets", required, "GB/T 9704 7.3.6", "附注加圆括号",
       "请办。\n清河县教育局\n2024年6月6日\n此件公开发布",
       "请办。\n清河县教育局\n2024年6月6日\n（此件公开发布）", check_note},
      {"printing-missing", usual, "条例第九条", "有版记", "各学校：\n请办。",
       "各学校：\n请办。\n抄送：市教育局。", check_no_printing},
      {"copy-to-stop", required, "GB/T 9704 7.4.2", "抄送机关之后标句号", "请办。\n抄送：市教育局",
       "请办。\n抄送：市教育局。", check_copy_stop},
      {"printed-form", required, "GB/T 9704 7.4.3", "印发日期后加“印发”",
       "请办。\n清河县教育局办公室2024年6月6日", "请办。\n清河县教育局办公室2024年6月6日印发", check_printed},
      {"subject-words", required, "GB/T 9704 前言", "不标主题词", "请办。\n主题词：教育 培训 通知", "请办。",
       check_subject_words},
      {"secrecy-form", required, "GB/T 9704 7.2.2", "密级标保密期限",
       "秘密\n关于考试工作的通知\n各学校：\n请办。", "秘密★1年\n关于考试工作的通知\n各学校：\n请办。",
       check_secrecy},
      {"urgency-form", required, "条例第九条", "紧急程度为特急、加急",
       "急件\n关于考试工作的通知\n各学校：\n请办。", "加急\n关于考试工作的通知\n各学校：\n请办。",
       check_urgency},
  };
}

}  // namespace wenshu::notice
