#include "notice/lint/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"

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

void Report::add(const Rule& rule, Place where, std::string message, std::string hint,
                 std::vector<Fix> fixes) {
  message += fmt::format("（{}，{}）", rule.clause, word_of(rule.strength));
  findings_.push_back(
      {{severity_of(rule.strength), rule.code, std::move(where), std::move(message), std::move(hint)},
       std::move(fixes)});
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> all;
    for (const auto& part :
         {element_rules(), structure_rules(), annex_rules(), routing_rules(), text_rules()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return kRules;
}

std::vector<Finding> lint(const Draft& draft) {
  Report report;
  for (const Rule& rule : rules()) rule.check(draft, rule, report);
  std::vector<Finding> findings = report.findings();
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    const Place &p = a.diagnostic.where, &q = b.diagnostic.where;
    return std::pair(p.line, p.column) < std::pair(q.line, q.column);
  });
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

std::string rules_table() {
  std::string table =
      "# 校核规则\n\n"
      "`wenshu lint --rules` "
      "由程序里的规则表生成本页，不要手改。力度：规定为错误，一般（含推荐、可以）为警告，"
      "习惯为提示。“⏎” 表示换行。\n\n"
      "| 代码 | 力度 | 依据 | 规则 | 不合格 | 合格 |\n|---|---|---|---|---|---|\n";
  for (const Rule& rule : rules())
    table += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", rule.code, word_of(rule.strength),
                         rule.clause, rule.title, cell(rule.failing), cell(rule.passing));
  return table;
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
    item.set("failing", rule.failing);
    item.set("passing", rule.passing);
    list.add(std::move(item));
  }
  return list;
}

}  // namespace wenshu::notice
