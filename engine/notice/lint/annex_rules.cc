// 附件说明, the annexes and what the text says of them (GB/T 9704 7.3.4, 7.3.7).
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "notice/lint/rule.h"

namespace wenshu::notice {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

constexpr int kMostAnnexes = 200;  // a greater number is no annex of ours

using Citations = std::map<int, Place>;  // the first place where each number is cited

// 《通知》（清教〔2024〕3号）附件5 belongs to the document named before it.
bool is_of_another(std::u32string_view before) {
  if (before.ends_with(U'的')) before.remove_suffix(1);
  return before.ends_with(U'》') || before.ends_with(U'号') || before.ends_with(U"号）") ||
         before.ends_with(U"号文");
}

// 附件3份, 附件2张。 tell how many.
bool is_count(std::u32string_view behind) {
  constexpr std::u32string_view kSure = U"份套", kMeasures = U"个件张页册", kEnds = U"，。；、：）";
  if (behind.empty()) return false;
  return kSure.find(behind[0]) != kSure.npos || (kMeasures.find(behind[0]) != kMeasures.npos &&
                                                 (behind.size() == 1 || kEnds.find(behind[1]) != kEnds.npos));
}

// “附件1-报名表.xlsx”: the name of a file.
bool is_file_name(std::u32string_view behind) {
  constexpr std::u32string_view kJoints = U"-—_.：: ";
  if (behind.empty() || kJoints.find(behind[0]) == kJoints.npos) return false;
  const std::u32string_view name = behind.substr(0, behind.find_first_of(U"，。；”》"));
  for (const std::u32string_view suffix : {U".doc", U".docx", U".xls", U".xlsx", U".pdf", U".zip", U".rar",
                                           U".wps", U".et", U".ppt", U".pptx", U".jpg"})
    if (name.ends_with(suffix)) return true;
  return false;
}

// 见附件1、2 and 附件3—5; without a number it says nothing of which.
void add_citations(const Text& text, Citations& found) {
  if (text.text.find("附件") == std::string::npos) return;
  const std::u32string& all = text.characters();
  for (size_t i = all.find(U"附件"); i != all.npos; i = all.find(U"附件", i + 2)) {
    size_t at = i + 2;
    const size_t figures = std::min(all.find_first_not_of(U"0123456789", at), all.size());
    const std::u32string_view whole = all;
    if (is_of_another(whole.substr(0, i)) || is_count(whole.substr(figures)) ||
        is_file_name(whole.substr(figures)))
      continue;
    int last = 0;
    bool through = false;
    while (at < all.size() && is_digit(all[at])) {
      int number = 0;
      const size_t begin = at;
      while (at < all.size() && is_digit(all[at]) && at - begin < 4)
        number = number * 10 + static_cast<int>(all[at++] - U'0');
      if (number > kMostAnnexes) break;
      for (int k = through ? last + 1 : number; k <= number; ++k) found.emplace(k, text.at(i));
      last = number;
      if (at + 1 >= all.size() || !is_digit(all[at + 1])) break;
      const char32_t joint = all[at];
      through = joint == U'—' || joint == U'～' || joint == U'至';
      if (!through && std::u32string_view(U"、，和及").find(joint) == std::u32string_view::npos) break;
      ++at;
    }
  }
}

Citations read_citations(const Draft& draft) {
  Citations found;
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) add_citations(paragraph.all, found);
  return found;
}

bool is_file_suffix(std::string_view suffix) {
  return !suffix.empty() && suffix.size() <= 4 && std::all_of(suffix.begin(), suffix.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

// A name as it is compared: without the suffix of a file and without the 《》 around it.
std::string plain(std::string_view name) {
  std::string text(trim(name));
  if (const size_t dot = text.rfind('.');
      dot != text.npos && is_file_suffix(std::string_view(text).substr(dot + 1)))
    text.resize(dot);
  if (text.starts_with("《") && text.ends_with("》")) text = text.substr(3, text.size() - 6);
  return text;
}

void check_names(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted) return;  // a source binds annexes to entries by name: the loader asks
  std::map<int, const Attachment*> entries;
  for (const Attachment& entry : draft.listed) entries.emplace(entry.number, &entry);
  for (const Attachment& annex : draft.annexes) {
    const auto entry = entries.find(annex.number);
    if (entry == entries.end() || plain(entry->second->name.text) == plain(annex.name.text)) continue;
    report.add(rule, annex.name.place,
               fmt::format("附件名称与附件说明不一致：“{}”，附件说明为“{}”", annex.name.text,
                           entry->second->name.text),
               "两处用同一个名称");
  }
}

void check_book_marks(const Draft& draft, const Rule& rule, Report& report) {
  for (const Attachment& entry : draft.listed) {
    const std::u32string name = to_characters(entry.name.text);
    if (name.size() < 3 || name.front() != U'《' || name.back() != U'》') continue;
    std::vector<Fix> fixes;
    if (!entry.name.columns.empty())
      fixes = {{entry.name.at(0), 1, ""}, {entry.name.at(name.size() - 1), 1, ""}};
    report.add(rule, entry.name.place, fmt::format("附件说明里的名称不加书名号：{}", entry.name.text),
               "删去书名号", std::move(fixes));
  }
}

void check_stop(const Draft& draft, const Rule& rule, Report& report) {
  for (const Attachment& entry : draft.listed) {
    const std::u32string name = to_characters(entry.name.text);
    if (name.empty() || std::u32string_view(U"。；，、.;,").find(name.back()) == std::u32string_view::npos)
      continue;
    std::vector<Fix> fixes;
    if (!entry.name.columns.empty()) fixes.push_back({entry.name.at(name.size() - 1), 1, ""});
    report.add(rule, entry.name.at(name.size() - 1),
               fmt::format("附件名称“{}”后不加标点符号", entry.name.text), "删去", std::move(fixes));
  }
}

// 1.名单 in a list that is numbered by itself: it would print 附件：1.1.名单.
void check_typed_numbers(const Draft& draft, const Rule& rule, Report& report) {
  for (const Attachment& entry : draft.listed) {
    const std::string number = std::to_string(entry.number);
    if (!entry.name.text.starts_with(number)) continue;
    const std::u32string& name = entry.name.characters();
    const size_t mark = number.size();
    const bool marked =
        mark + 1 < name.size() && (name[mark] == U'.' || name[mark] == U'．' || name[mark] == U'、');
    if (!marked || is_digit(name[mark + 1])) continue;
    const bool bound = std::any_of(draft.annexes.begin(), draft.annexes.end(), [&](const Attachment& annex) {
      return annex.name.text == entry.name.text;
    });
    std::vector<Fix> fixes;
    if (!bound && !entry.name.columns.empty()) fixes.push_back({entry.name.at(0), mark + 1, ""});
    report.add(rule, entry.name.place, fmt::format("附件名称“{}”自带序号，会印成两个序号", entry.name.text),
               bound ? "附件说明和附件标题都删去序号" : "删去序号", std::move(fixes));
  }
}

void check_twice(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto* list : {&draft.listed, &draft.annexes}) {
    std::set<int> numbers;
    for (const Attachment& each : *list)
      if (!numbers.insert(each.number).second)
        report.add(rule, each.name.place,
                   fmt::format("两个附件的序号都是{}：“{}”", each.number, each.name.text));
  }
}

void check_cited_missing(const Draft& draft, const Rule& rule, Report& report) {
  std::set<int> there;
  for (const auto* list : {&draft.listed, &draft.annexes})
    for (const Attachment& each : *list) there.insert(each.number);
  for (const auto& [number, place] : read_citations(draft))
    if (there.count(number) == 0)
      report.add(rule, place, fmt::format("文中引用附件{}，附件说明里没有", number),
                 "在正文之后列出附件说明，或改正序号");
}

// Asked only where the text cites by number: numbers up to the greatest one known.
void check_never_cited(const Draft& draft, const Rule& rule, Report& report) {
  const Citations cited = read_citations(draft);
  if (cited.empty()) return;
  const auto& [greatest, last_place] = *cited.rbegin();
  int most = greatest;
  std::map<int, Place> places;
  for (const Attachment& each : draft.listed) {
    most = std::max(most, std::min(each.number, kMostAnnexes));
    places[each.number] = each.name.place;
  }
  for (int number = 1; number <= most; ++number)
    if (cited.count(number) == 0)
      report.add(rule, places.count(number) > 0 ? places[number] : last_place,
                 fmt::format("附件{}没有在文中引用", number), fmt::format("在相应处写明“见附件{}”", number));
}

void check_missing_annex(const Draft& draft, const Rule& rule, Report& report) {
  if (draft.annexes.empty()) return;
  for (const Attachment& entry : draft.listed)
    if (std::none_of(draft.annexes.begin(), draft.annexes.end(),
                     [&](const Attachment& annex) { return annex.number == entry.number; }))
      report.add(rule, entry.name.place,
                 fmt::format("附件说明列有附件{}“{}”，文后没有", entry.number, entry.name.text));
}

void check_unlisted(const Draft& draft, const Rule& rule, Report& report) {
  if (!draft.pasted) return;
  for (const Attachment& annex : draft.annexes)
    if (std::none_of(draft.listed.begin(), draft.listed.end(),
                     [&](const Attachment& entry) { return entry.number == annex.number; }))
      report.add(rule, annex.name.place,
                 fmt::format("附件{}“{}”没有列入附件说明", annex.number, annex.name.text));
}

}  // namespace

std::vector<Rule> annex_rules() {
  using enum Strength;
  return {
      {"attachment-names-differ", required, "GB/T 9704 7.3.7", "附件标题与附件说明一致",
       "请办。\n附件：培训安排\n附件：教师培训安排.docx", "请办。\n附件：培训安排\n附件：培训安排.docx",
       check_names},
      {"attachment-punctuation", required, "GB/T 9704 7.3.4", "附件名称后不加标点符号",
       "请办。\n附件：培训安排表。", "请办。\n附件：培训安排表", check_stop},
      {"attachment-book-marks", habit, "GB/T 9704 7.3.4", "附件名称不加书名号",
       "请办。\n附件：《培训安排表》", "请办。\n附件：培训安排表", check_book_marks},
      {"attachment-numbered", usual, "GB/T 9704 7.3.4", "附件名称里不再写序号",
       "请办。\n附件：1.1.名单\n2.2.安排表", "请办。\n附件：1.名单\n2.安排表", check_typed_numbers},
      {"annex-number-twice", required, "GB/T 9704 7.3.4", "一个序号只有一个附件",
       "请办。\n附件：1.名单\n1.安排表", "请办。\n附件：1.名单\n2.安排表", check_twice},
      {"annex-missing", usual, "GB/T 9704 7.3.4", "文中引用的附件列入附件说明", "时间见附件2。\n附件：1.名单",
       "时间见附件1。\n附件：1.名单", check_cited_missing},
      {"annex-not-cited", usual, "GB/T 9704 7.3.4", "按序号引用附件时，每个附件都引用到",
       "时间见附件1，名单见附件3。", "时间见附件1，名单见附件2、3。", check_never_cited},
      {"annex-not-attached", habit, "GB/T 9704 7.3.7", "列出的附件都在文后，单独成册的除外",
       "请办。\n附件：1.名单\n2.安排表\n附件1\n名单",
       "请办。\n附件：1.名单\n2.安排表\n附件1\n名单\n附件2\n安排表", check_missing_annex},
      {"annex-not-listed", required, "GB/T 9704 7.3.4", "有附件就有附件说明", "请办。\n附件1\n名单",
       "请办。\n附件：名单\n附件1\n名单", check_unlisted},
  };
}

}  // namespace wenshu::notice
