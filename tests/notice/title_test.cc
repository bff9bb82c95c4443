#include "notice/title.h"

#include <gtest/gtest.h>

namespace wenshu::notice {
namespace {

TEST(Title, StaysWhenItFitsOneLineOrHasBreaks) {
  EXPECT_EQ(balance_title("关于做好培训的通知"), "关于做好培训的通知");
  EXPECT_EQ(balance_title("甲\n乙"), "甲\n乙");
}

TEST(Title, BreaksWhereTheSenseAllows) {
  EXPECT_EQ(balance_title("清河县教育体育局关于印发2020年教师校园长培训计划的通知"),
            "清河县教育体育局关于印发\n2020年教师校园长培训计划的通知");
}

TEST(Title, NeverBeginsALineWithDe) {
  const std::string title =
      balance_title("清河县教育体育局关于做好全县中小学幼儿园教师暑期集中培训工作的通知");
  EXPECT_NE(title.find('\n'), std::string::npos);
  EXPECT_EQ(title.find("\n的"), std::string::npos);
}

TEST(Title, StaysWholeWhenNoLineCanHoldIt) {
  const std::string word(60, 'x');
  EXPECT_EQ(balance_title(word), word);
}

}  // namespace
}  // namespace wenshu::notice
