#include "data/file_name.h"

#include <gtest/gtest.h>

namespace wenshu::data {
namespace {

std::string check(const std::string& file, const std::string& text) {
  Value name(text);
  name.set_place({file, 1, 11});
  Diagnostics findings;
  check_file_name(name, findings);
  return findings.empty() ? "" : findings.list().front().hint;
}

TEST(FileName, TellsATypingErrorFromAnotherName) {
  EXPECT_EQ(check("workflows/annual-plan.workflow.yaml", "annual-plan"), "");
  EXPECT_EQ(check("workflows/annual-plan.workflow.yaml", "anual-plan"), "是否为 \"annual-plan\"?");
  EXPECT_EQ(check("workflows/annual-plan.workflow.yaml", "leave"), "");
}

TEST(FileName, TakesTheFolderWithOrWithoutItsYear) {
  EXPECT_EQ(check("samples/county-2020/directory.yaml", "county"), "");
  EXPECT_EQ(check("samples/county-2020/demo.yaml", "county-2020"), "");
  EXPECT_EQ(check("samples/county-2020/directory.yaml", "couunty"), "是否为 \"county\"?");
  EXPECT_EQ(check("notice.yaml", "district-2024"), "");
}

}  // namespace
}  // namespace wenshu::data
