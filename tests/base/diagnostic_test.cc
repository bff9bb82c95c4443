#include "base/diagnostic.h"

#include <gmock/gmock.h>

namespace wenshu {
namespace {

using testing::ElementsAre;

TEST(Diagnostics, PrintAsTheContractSays) {
  Diagnostics findings;
  findings.error("unknown-field", {"templates/notice.yaml", 12, 5, {}}, "未知字段 \"titel\"",
                 "是否为 \"title\"?");
  EXPECT_EQ(
      to_text(findings),
      "templates/notice.yaml:12:5: error[unknown-field]: 未知字段 \"titel\"\n  建议: 是否为 \"title\"?\n");
}

TEST(Diagnostics, PrintSpotsWhereThereAreNoLines) {
  EXPECT_EQ(to_text(Place{"a.docx", 0, 0, "第2个表格"}), "a.docx: 第2个表格");
  EXPECT_EQ(to_text(Place{}), "");
  EXPECT_EQ(to_text(Diagnostic{Severity::warning, "late", {}, "迟了", ""}), "warning[late]: 迟了");
}

TEST(Diagnostics, SortByPlaceAndDropRepeats) {
  Diagnostics findings;
  findings.error("b", {"x", 10, 1, {}}, "乙");
  findings.error("c", {"x", 9, 1, {}}, "丙");
  findings.error("d", {"x", 10, 1, {}}, "丁");
  findings.error("b", {"x", 10, 1, {}}, "乙");
  findings.hint("a", {"w", 99, 1, {}}, "甲");
  findings.sort();
  std::vector<std::string> codes;
  for (const Diagnostic& finding : findings) codes.push_back(finding.code);
  EXPECT_THAT(codes, ElementsAre("a", "c", "b", "d"));
}

TEST(Diagnostics, OnlyErrorsCountAsErrors) {
  Diagnostics findings;
  findings.warning("w", {}, "");
  findings.hint("h", {}, "");
  EXPECT_FALSE(findings.has_errors());
  findings.append(findings);
  EXPECT_EQ(findings.size(), 4u);
}

TEST(NearName, FindsOneTypingErrorInThreeCharacters) {
  std::vector<std::string> fields = {"title", "number", "date", "负责人"};
  EXPECT_EQ(near_name("titel", fields), "title");  // neighbours swapped
  EXPECT_EQ(near_name("titl", fields), "title");   // one lost
  EXPECT_EQ(near_name("dat", fields), "date");
  EXPECT_EQ(near_name("numbber", fields), "number");
  EXPECT_EQ(near_name("负责任", fields), "负责人");
  EXPECT_EQ(near_name("banana", fields), "");
  EXPECT_EQ(near_name("甲", {"乙"}), "");
  EXPECT_EQ(near_name("", fields), "");
  EXPECT_EQ(near_name_hint("titel", fields), "是否为 \"title\"?");
}

}  // namespace
}  // namespace wenshu
