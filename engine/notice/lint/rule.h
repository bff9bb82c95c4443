// The table of rules: what each says, by which clause, how strongly, and an example for each side.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "notice/lint/draft.h"

namespace wenshu::notice {

// The words of the standard: 规定 is an error, 一般/推荐/可以 a warning, 习惯 (and what a program can only
// suspect) a hint.
enum class Strength { habit, usual, required };

Severity severity_of(Strength strength);

// `length` characters at `where` (line and column of the file) become `after`.
struct Fix {
  Place where;
  size_t length = 0;
  std::string after;
};

// Both kinds of fixes are empty where the right form is not certain.
struct Finding {
  Diagnostic diagnostic;
  std::vector<Fix> fixes;           // of a text file
  document::Amendments amendments;  // of a Word file; paragraphs by ObservedParagraph::number

  bool is_mended() const { return !fixes.empty() || !amendments.empty(); }
};

// What an example is.
enum class Example {
  text,  // pasted text
  word,  // a Word file described line by line (RULES.md says how)
};

class Report;

struct Rule {
  const char* code;
  Strength strength;
  const char* clause;
  const char* title;
  const char* failing;  // in which the rule finds something
  const char* passing;  // … and in which it does not
  void (*check)(const Draft& draft, const Rule& rule, Report& report);
  Example example = Example::text;
};

class Report {
 public:
  void add(const Rule& rule, Place where, std::string message, std::string hint = {},
           std::vector<Fix> fixes = {}, document::Amendments amendments = {});
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  std::vector<Finding> findings_;
};

// What cleaning changed under the rule's code. One finding a line: how often, the first spot, and all fixes.
void report_changes(const Draft& draft, const Rule& rule, Report& report);

// In the order of RULES.md; codes are unique.
const std::vector<Rule>& rules();

// The parts of the table.
std::vector<Rule> text_rules();       // punctuation, blanks, dates inside the text
std::vector<Rule> day_rules();        // days and times that do not exist
std::vector<Rule> web_rules();        // what a page of the web leaves behind
std::vector<Rule> element_rules();    // head, title, receivers, signature, 版记
std::vector<Rule> structure_rules();  // levels, lists of items
std::vector<Rule> annex_rules();      // 附件说明, annexes, citations
std::vector<Rule> routing_rules();    // kinds and who may write to whom
std::vector<Rule> amount_rules();     // sums of money in capital numerals
std::vector<Rule> page_rules();       // Word files: paper, grid, page numbers
std::vector<Rule> head_rules();       // … mark, number, signer, red rule, formats of chapter 10
std::vector<Rule> body_rules();       // … title, body, levels, 附件说明
std::vector<Rule> closing_rules();    // … signature, date, note, annexes, 版记

}  // namespace wenshu::notice
