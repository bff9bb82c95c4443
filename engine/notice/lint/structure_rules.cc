// Levels of the body (GB/T 9704 7.3.3) and lists of items that should say the same things.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "chinese/numeral.h"
#include "notice/lint/rule.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

constexpr int kDeepest = 5;

std::string right_marker(int level, long long number) {
  switch (level) {
    case 1:
      return chinese::to_numeral(number) + "、";
    case 2:
      return "（" + chinese::to_numeral(number) + "）";
    case 3:
      return std::to_string(number) + ".";
    case 4:
      return "（" + std::to_string(number) + "）";
    default:
      return "";
  }
}

// 1． for 1. is the same mark in another width.
bool is_right(const Paragraph& paragraph) {
  const std::string right = right_marker(paragraph.level, paragraph.number);
  return right.empty() || paragraph.marker == right || paragraph.marker == replace_all(right, ".", "．");
}

// 三 保障措施 after 二、: the numeral that comes next, a blank and a short heading.
bool lacks_mark(const Paragraph& paragraph, long long last) {
  if (paragraph.level != 0 || last == 0) return false;
  const std::string numeral = chinese::to_numeral(last + 1);
  const std::u32string rest = paragraph.all.text.starts_with(numeral)
                                  ? to_characters(std::string_view(paragraph.all.text).substr(numeral.size()))
                                  : std::u32string();
  return rest.size() > 2 && rest.size() <= 30 && is_space(rest[0]) && is_chinese(rest[1]) &&
         rest.find_first_of(U"，；") == rest.npos;
}

void check_missing_mark(const std::vector<Paragraph>& body, const Rule& rule, Report& report) {
  long long last = 0;
  for (const Paragraph& paragraph : body) {
    if (paragraph.level == 1) last = paragraph.number;
    if (!lacks_mark(paragraph, last)) continue;
    ++last;
    const size_t length = count_characters(chinese::to_numeral(last));
    std::vector<Fix> fixes;
    if (!paragraph.all.columns.empty()) fixes.push_back({paragraph.all.at(length), 1, "、"});
    report.add(rule, paragraph.all.at(0),
               fmt::format("层次序数“{}”之后没有顿号：{}", chinese::to_numeral(last), paragraph.all.text),
               fmt::format("写作“{}、”", chinese::to_numeral(last)), std::move(fixes));
  }
}

void check_form(const Draft& draft, const Rule& rule, Report& report) {
  report_changes(draft, rule, report);  // 一.提高认识 and （一）、
  for (const auto& body : draft.bodies) check_missing_mark(body, rule, report);
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) {
      if (paragraph.level == 0 || is_right(paragraph)) continue;
      const std::string right = right_marker(paragraph.level, paragraph.number);
      std::vector<Fix> fixes;
      if (!paragraph.all.columns.empty())
        fixes.push_back({paragraph.all.at(0), count_characters(paragraph.marker), right});
      report.add(rule, paragraph.all.at(0), fmt::format("层次序数“{}”的写法不对", paragraph.marker),
                 fmt::format("写作“{}”", right), std::move(fixes));
    }
}

// 第二部分　重点任务: the numbers below it begin again.
bool is_part(const Paragraph& paragraph) {
  if (paragraph.level != 0 || !paragraph.all.text.starts_with("第")) return false;
  const std::u32string text = to_characters(paragraph.all.text);
  const size_t end = text.find_first_not_of(U"一二三四五六七八九十0123456789", 1);
  if (end == text.npos || end == 1 || text.size() > 40 || text.find(U'。') != text.npos) return false;
  const std::u32string_view rest = std::u32string_view(text).substr(end);
  return rest.starts_with(U"部分") || rest[0] == U'章' || rest[0] == U'篇' || rest[0] == U'编';
}

// 报送要求： with 1. below it.
bool introduces(const Paragraph& paragraph) {
  return paragraph.level == 0 && paragraph.all.text.ends_with("：");
}

// A level below the one before by more than one: 一、 then （1）. A level that the text uses elsewhere is missed; one
// that it never uses is left out on purpose.
template <class Visit>
void visit_skips(const Draft& draft, Visit visit) {
  for (const auto& body : draft.bodies) {
    std::array<bool, kDeepest + 1> used{};
    for (const Paragraph& paragraph : body) used[static_cast<size_t>(paragraph.level)] = true;
    int above = 0;
    for (const Paragraph& paragraph : body) {
      if (is_part(paragraph)) above = 0;
      if (paragraph.level == 0 || paragraph.level == kDeepest) continue;
      if (above > 0 && paragraph.level > above + 1)
        visit(paragraph, above, used[static_cast<size_t>(above) + 1]);
      above = paragraph.level;
    }
  }
}

std::string skip_text(const Paragraph& paragraph, int above) {
  return fmt::format("层次从“{}”直接到“{}”，跳过了“{}”", right_marker(above, 1),
                     right_marker(paragraph.level, 1), right_marker(above + 1, 1));
}

void check_skips(const Draft& draft, const Rule& rule, Report& report) {
  visit_skips(draft, [&](const Paragraph& paragraph, int above, bool is_used) {
    if (is_used || paragraph.level > above + 2)
      report.add(rule, paragraph.all.at(0), skip_text(paragraph, above), "依次用 一、（一）1.（1）");
  });
}

void check_unused(const Draft& draft, const Rule& rule, Report& report) {
  std::set<int> told;  // once for each level is enough
  visit_skips(draft, [&](const Paragraph& paragraph, int above, bool is_used) {
    if (!is_used && paragraph.level == above + 2 && told.insert(above).second)
      report.add(rule, paragraph.all.at(0), skip_text(paragraph, above) + "，全文都没有用它",
                 "层次少时也依次用 一、（一）");
  });
}

// Numbers of one level: each is one more than the one before, or begins again at 1 under a new parent, a new part or, from
// 1. down, below a line that introduces them; they may also run on across parents.
template <class Visit>
void visit_numbers(const std::vector<Paragraph>& body, Visit visit) {
  std::array<long long, kDeepest + 1> last{}, under_parent{};
  bool introduced = false;
  for (const Paragraph& paragraph : body) {
    if (is_part(paragraph)) under_parent.fill(0);
    const bool anew = introduced && paragraph.level >= 3 && paragraph.number == 1;
    introduced = introduces(paragraph);
    if (paragraph.level == 0) continue;
    const auto level = static_cast<size_t>(paragraph.level);
    if (anew) under_parent[level] = 0;
    visit(paragraph, under_parent[level], last[level]);
    last[level] = under_parent[level] = paragraph.number;
    std::fill(under_parent.begin() + level + 1, under_parent.end(), 0);
  }
}

void check_repeats(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& body : draft.bodies)
    visit_numbers(body, [&](const Paragraph& paragraph, long long sibling, long long) {
      if (sibling > 0 && paragraph.number <= sibling)
        report.add(rule, paragraph.all.at(0),
                   paragraph.number == sibling
                       ? fmt::format("序号“{}”重复", paragraph.marker)
                       : fmt::format("序号“{}”在 {} 之后倒退", paragraph.marker, sibling));
    });
}

void check_gaps(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& body : draft.bodies)
    visit_numbers(body, [&](const Paragraph& paragraph, long long sibling, long long last) {
      const bool goes_on = paragraph.number <= sibling || paragraph.number == sibling + 1;
      const bool runs_on = sibling == 0 && paragraph.number == last + 1;
      if (!goes_on && !runs_on)
        report.add(rule, paragraph.all.at(0),
                   sibling > 0 ? fmt::format("序号“{}”前缺 {}", paragraph.marker, sibling + 1)
                               : fmt::format("序号“{}”不从1开始，也不接上一组", paragraph.marker));
    });
}

// An item of a list: its heading, the labels below it, and whose child it is.
struct Item {
  const Paragraph* heading;
  size_t parent;  // index of the paragraph above it, for siblings
  std::set<std::string> labels;
  std::string text;
};

std::vector<Item> read_items(const std::vector<Paragraph>& body) {
  std::vector<Item> items;
  std::array<size_t, kDeepest + 1> at_level{};
  for (size_t i = 0; i < body.size(); ++i) {
    const Paragraph& paragraph = body[i];
    if (paragraph.level > 0) {
      size_t parent = 0;
      for (int level = 1; level < paragraph.level; ++level) parent = std::max(parent, at_level[level]);
      at_level[paragraph.level] = i + 1;
      std::fill(at_level.begin() + paragraph.level + 1, at_level.end(), 0);
      items.push_back({&paragraph, parent, {}, ""});
    }
    if (items.empty()) continue;
    items.back().text += paragraph.all.text;
    if (paragraph.level > 0) continue;
    for (const std::string& clause : split(paragraph.all.text, "；"))
      if (const auto label = read_paragraph({clause, {}, {}}).label; !label.empty())
        items.back().labels.insert(label);
  }
  std::erase_if(items, [](const Item& item) { return item.labels.empty(); });
  return items;
}

size_t longest_common(const std::u32string& a, const std::u32string& b) {
  size_t best = 0;
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t length = best + 1; i + length <= a.size(); ++length)
      if (b.find(a.substr(i, length)) != b.npos) best = length;
  return best;
}

class Labels {
 public:
  explicit Labels(const std::vector<Item>& items) : items_(items) {}

  // Those that a third of the items have, with how many have them.
  std::map<std::string, size_t> usual() const {
    std::map<std::string, size_t> times;
    for (const Item& item : items_)
      for (const std::string& label : item.labels) ++times[label];
    std::erase_if(times,
                  [&](const auto& each) { return each.second < 2 || each.second * 3 < items_.size(); });
    return times;
  }

  // Another word for the same: shares two characters and never stands beside it in one item (时间安排, 培训时间).
  bool is_variant(const std::string& a, const std::string& b) const {
    const auto [known, is_new] = variants_.try_emplace({a, b}, false);
    if (!is_new) return known->second;
    return known->second = longest_common(to_characters(a), to_characters(b)) >= 2 &&
                           std::none_of(items_.begin(), items_.end(), [&](const Item& item) {
                             return item.labels.count(a) > 0 && item.labels.count(b) > 0;
                           });
  }

  // By this label, by another word for it, or in a sentence (培训地点和课时见附件1).
  bool says(const Item& item, const std::string& label) const {
    if (item.labels.count(label) > 0 || says_in_words(item, label)) return true;
    return std::any_of(item.labels.begin(), item.labels.end(),
                       [&](const std::string& other) { return is_variant(label, other); });
  }

 private:
  static bool says_in_words(const Item& item, const std::string& label) {
    const std::u32string word = to_characters(label);
    const size_t enough = std::max<size_t>(2, word.size() - 1);
    for (size_t begin = 0; begin + enough <= word.size(); ++begin)
      if (item.text.find(to_utf8(word.substr(begin, enough))) != std::string::npos) return true;
    return false;
  }

  const std::vector<Item>& items_;
  mutable std::map<std::pair<std::string, std::string>, bool> variants_;
};

// A label that two thirds of all items have, and a sibling too, is missed where it lacks.
void check_labels(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& body : draft.bodies) {
    const std::vector<Item> items = read_items(body);
    const Labels labels(items);
    for (const auto& [label, times] : labels.usual()) {
      std::set<size_t> parents;  // with a child that has it
      std::vector<const Item*> lacking;
      for (const Item& item : items) {
        if (item.labels.count(label) > 0) parents.insert(item.parent);
        if (!labels.says(item, label)) lacking.push_back(&item);
      }
      const size_t having = items.size() - lacking.size();
      if (having * 3 < items.size() * 2) continue;
      for (const Item* item : lacking)
        if (parents.count(item->parent) > 0)
          report.add(rule, item->heading->all.at(0),
                     fmt::format("“{}”没有写“{}”，{}项中有{}项写了", item->heading->all.text, label,
                                 items.size(), having),
                     fmt::format("补上“{}：”", label));
    }
  }
}

}  // namespace

std::vector<Rule> structure_rules() {
  using enum Strength;
  return {
      {"level-form", usual, "GB/T 9704 7.3.3", "层次序数写作 一、（一）1.（1）", "1、提高认识。",
       "1.提高认识。", check_form},
      {"level-skipped", usual, "GB/T 9704 7.3.3", "层次依次用，不越级",
       "一、总体要求\n（一）提高认识。\n二、主要任务\n1.组织培训。",
       "一、总体要求\n（一）提高认识。\n二、主要任务\n（一）组织培训。", check_skips},
      {"level-unused", habit, "GB/T 9704 7.3.3", "层次少时也依次用", "一、总体要求\n1.提高认识。",
       "一、总体要求\n（一）提高认识。", check_unused},
      {"level-repeated", usual, "GB/T 9704 7.3.3", "同一层次的序号不重复、不倒退",
       "一、总体要求\n一、主要任务", "一、总体要求\n二、主要任务", check_repeats},
      {"level-gap", usual, "GB/T 9704 7.3.3", "同一层次的序号连续，可以跨上级连排",
       "一、总体要求\n三、主要任务", "（一）甲\n1.子\n（二）乙\n2.丑", check_gaps},
      {"label-missing", usual, "各项一致", "并列各项写明同样的内容",
       "1.甲班\n培训时间：3月\n培训对象：教师\n2.乙班\n培训时间：4月\n3.丙班\n培训时间：5月\n培训对象：校长",
       "1.甲班\n培训时间：3月\n培训对象：教师\n2.乙班\n培训时间：4月\n培训对象：园长", check_labels},
  };
}

}  // namespace wenshu::notice
