#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "docx/amend.h"
#include "docx/read.h"
#include "notice/lint/lint.h"
#include "tests/app/word_example.h"

namespace wenshu::app {
namespace {

using ::testing::Contains;
using ::testing::Not;

std::vector<notice::Finding> findings_in(const std::string& docx) {
  Diagnostics faults;
  auto observed = docx::read_document(docx, "文.docx", faults);
  EXPECT_TRUE(observed) << to_text(faults);
  return observed ? notice::lint(notice::read_observed(*std::move(observed), "文.docx"))
                  : std::vector<notice::Finding>();
}

std::vector<std::string> codes_of(const std::vector<notice::Finding>& findings) {
  std::vector<std::string> codes;
  for (const notice::Finding& finding : findings) codes.push_back(finding.diagnostic.code);
  return codes;
}

std::vector<notice::Rule> word_rules() {
  std::vector<notice::Rule> rules = notice::rules();
  std::erase_if(rules, [](const notice::Rule& rule) { return rule.example != notice::Example::word; });
  return rules;
}

class EachWordRule : public ::testing::TestWithParam<notice::Rule> {};

TEST_P(EachWordRule, FindsItsFailingExampleAndNotItsPassingOne) {
  const notice::Rule& rule = GetParam();
  EXPECT_THAT(codes_of(findings_in(testing::WordExample::to_docx(rule.failing))), Contains(rule.code));
  EXPECT_THAT(codes_of(findings_in(testing::WordExample::to_docx(rule.passing))), Not(Contains(rule.code)));
}

TEST_P(EachWordRule, MendsItsFailingExampleWhereTheFixIsCertain) {
  const notice::Rule& rule = GetParam();
  const std::string docx = testing::WordExample::to_docx(rule.failing);
  std::vector<notice::Finding> own;
  for (const notice::Finding& finding : findings_in(docx))
    if (finding.diagnostic.code == rule.code && finding.is_mended()) own.push_back(finding);
  if (own.empty()) return;
  const std::string mended = docx::amend_document(docx, notice::amendments_of(own));
  EXPECT_THAT(codes_of(findings_in(mended)), Not(Contains(rule.code)));
}

INSTANTIATE_TEST_SUITE_P(Lint, EachWordRule, ::testing::ValuesIn(word_rules()), [](const auto& given) {
  std::string name = given.param.code;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace wenshu::app
