#include "notice/lint/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "notice/lint/coverage.h"

namespace wenshu::notice {
namespace {

const char* word_of(Strength strength) {
  switch (strength) {
    case Strength::required:
      return "规定";
    case Strength::usual:
      return "一般";
    case Strength::habit:
      break;
  }
  return "习惯";
}

std::string cell(std::string_view example) {
  return replace_all(replace_all(std::string(example), "|", "\\|"), "\n", " ⏎ ");
}

// A fix of text where the characters stand in the Word file; nothing when they stand in several places, or when it
// would begin a paragraph.
std::optional<document::TextChange> text_change_of(const Sight& sight, const Fix& fix) {
  if (fix.where.line < 1 || fix.where.column < 1 || fix.after.find('\n') != std::string::npos)
    return std::nullopt;
  const auto at = static_cast<size_t>(fix.where.column - 1);
  for (const Piece& piece : sight.line(static_cast<size_t>(fix.where.line)).pieces)
    if (at >= piece.at && at + fix.length <= piece.at + piece.length)
      return document::TextChange{piece.paragraph, piece.character + at - piece.at, fix.length, fix.after};
  return std::nullopt;
}

// From lines of the sight to places and paragraphs of the file.
void settle(const Sight& sight, Finding& finding) {
  for (const Fix& fix : finding.fixes)
    if (const auto change = text_change_of(sight, fix)) finding.amendments.texts.push_back(*change);
  finding.fixes.clear();
  const auto number_of = [&](size_t index) { return sight.file().paragraphs[index].number; };
  for (auto& change : finding.amendments.texts) change.paragraph = number_of(change.paragraph);
  for (auto& change : finding.amendments.runs) change.paragraph = number_of(change.paragraph);
  for (auto& change : finding.amendments.paragraphs) change.paragraph = number_of(change.paragraph);
  Place& where = finding.diagnostic.where;
  if (where.line > 0) where.spot = sight.spot(static_cast<size_t>(where.line));
  where.line = where.column = 0;
}

const char* name_of(Example example) { return example == Example::word ? "word" : "text"; }

}  // namespace

Severity severity_of(Strength strength) {
  switch (strength) {
    case Strength::required:
      return Severity::error;
    case Strength::usual:
      return Severity::warning;
    case Strength::habit:
      break;
  }
  return Severity::hint;
}

void Report::add(const Rule& rule, Place where, std::string message, std::string hint, std::vector<Fix> fixes,
                 document::Amendments amendments) {
  message += fmt::format("（{}，{}）", rule.clause, word_of(rule.strength));
  findings_.push_back(
      {{severity_of(rule.strength), rule.code, std::move(where), std::move(message), std::move(hint)},
       std::move(fixes),
       std::move(amendments)});
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> all;
    for (const auto& part :
         {element_rules(), structure_rules(), annex_rules(), routing_rules(), text_rules(), day_rules(),
          web_rules(), amount_rules(), page_rules(), head_rules(), body_rules(), closing_rules()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return kRules;
}

std::vector<Finding> lint(const Draft& draft) {
  Report report;
  for (const Rule& rule : rules()) rule.check(draft, rule, report);
  std::vector<Finding> findings = report.findings();
  const auto order = [&](const Place& place) {  // cells of a Word file stand where their table does
    const auto number = static_cast<size_t>(std::max(0, place.line));
    const bool seen = draft.sight && number > 0 && number <= draft.sight->count();
    return std::tuple(seen ? draft.sight->line(number).paragraph : 0, place.line, place.column);
  };
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    return order(a.diagnostic.where) < order(b.diagnostic.where);
  });
  if (draft.sight)
    for (Finding& finding : findings) settle(*draft.sight, finding);
  return findings;
}

Diagnostics to_diagnostics(const std::vector<Finding>& findings) {
  Diagnostics all;
  for (const Finding& finding : findings) all.add(finding.diagnostic);
  return all;
}

std::string apply_fixes(std::string_view text, const std::vector<Finding>& findings) {
  std::map<std::pair<int, int>, const Fix*> fixes;  // two at one place: the first rule has its way
  for (const Finding& finding : findings)
    for (const Fix& fix : finding.fixes) fixes.emplace(std::pair(fix.where.line, fix.where.column), &fix);
  std::vector<std::string> lines = split(std::string(text), "\n");
  std::vector<std::string> mended;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::u32string line = to_characters(lines[i]);
    std::u32string indent = line.substr(0, line.find_first_not_of(U' '));
    std::u32string out;
    size_t at = 0;
    const int number = static_cast<int>(i) + 1;
    for (auto it = fixes.lower_bound({number, 0}); it != fixes.end() && it->first.first == number; ++it) {
      const auto begin = static_cast<size_t>(it->first.second - 1);
      if (begin < at || begin + it->second->length > line.size()) continue;
      out += line.substr(at, begin - at);
      out += to_characters(replace_all(it->second->after, "\n", "\n" + to_utf8(indent)));
      at = begin + it->second->length;
    }
    out += line.substr(at);
    const bool is_gone = !line.empty() && at > 0 && trim(to_utf8(out)).empty();
    if (!is_gone) mended.push_back(to_utf8(out));
  }
  return join(mended, "\n");
}

document::Amendments amendments_of(const std::vector<Finding>& findings) {
  document::Amendments all;
  std::map<std::pair<size_t, size_t>, document::TextChange>
      texts;  // two at one place: the first rule has its way
  for (const Finding& finding : findings) {
    const auto& each = finding.amendments;
    for (const auto& change : each.texts) texts.emplace(std::pair(change.paragraph, change.begin), change);
    all.runs.insert(all.runs.end(), each.runs.begin(), each.runs.end());
    all.paragraphs.insert(all.paragraphs.end(), each.paragraphs.begin(), each.paragraphs.end());
    all.pages.insert(all.pages.end(), each.pages.begin(), each.pages.end());
  }
  for (const auto& [place, change] : texts) {
    const bool overlaps = !all.texts.empty() && all.texts.back().paragraph == change.paragraph &&
                          all.texts.back().begin + all.texts.back().length > change.begin;
    if (!overlaps) all.texts.push_back(change);
  }
  return all;
}

std::string rules_table() {
  std::string table =
      "# 校核规则\n\n"
      "`wenshu lint --rules` "
      "由程序里的规则表生成本页，不要手改。力度：规定为错误，一般（含推荐、可以）为警告，"
      "习惯为提示。“⏎” 表示换行。"
      "有〈〉的例子说的是一份 Word 文件：〈〉里是这一段与国标不同的样子，没有写的都合国标；"
      "“⇥”是制表符，“↵”是段内换行，“｜”分开表格的两格。\n\n"
      "| 代码 | 力度 | 依据 | 规则 | 不合格 | 合格 |\n|---|---|---|---|---|---|\n";
  for (const Rule& rule : rules())
    table += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", rule.code, word_of(rule.strength),
                         rule.clause, rule.title, cell(rule.failing), cell(rule.passing));
  return table + coverage_table();
}

data::Value rules_value() {
  auto list = data::Value::list();
  for (const Rule& rule : rules()) {
    auto item = data::Value::map();
    item.set("code", rule.code);
    item.set("severity", std::string(to_text(severity_of(rule.strength))));
    item.set("strength", word_of(rule.strength));
    item.set("clause", rule.clause);
    item.set("title", rule.title);
    item.set("example", name_of(rule.example));
    item.set("failing", rule.failing);
    item.set("passing", rule.passing);
    list.add(std::move(item));
  }
  return list;
}

}  // namespace wenshu::notice
