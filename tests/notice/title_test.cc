#include "notice/title.h"

#include <gtest/gtest.h>

#include <algorithm>

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

TEST(Title, IsATrapezoidOrARhombus) {
  EXPECT_EQ(balance_title("关于转发《江苏省教育厅关于进一步加强中小学幼儿园教师培训工作的实施意见》的通知"),
            "关于转发《江苏省教育厅\n关于进一步加强中小学幼儿园\n教师培训工作的实施意见》的通知");
  EXPECT_EQ(balance_title(
                "清河县教育体育局关于同意清河县第一中学承办2020年高中语文骨干教师省级培训班有关事项的批复"),
            "清河县教育体育局关于同意\n清河县第一中学承办2020年高中\n语文骨干教师省级培训班有关事项的批复");
}

TEST(Title, KeepsNamesWhole) {
  EXPECT_EQ(balance_title(
                "清河县教育体育局清河县财政局关于下达2020年义务教育薄弱环节改善与能力提升补助资金预算的通知",
                {"清河县教育体育局", "清河县财政局"}),
            "清河县教育体育局清河县财政局\n关于下达2020年义务教育薄弱环节\n改善与能力提升补助资金预算的通知");
  EXPECT_EQ(balance_title("清河县人民政府关于任命张三同志职务和免去李四同志职务的决定"),
            "清河县人民政府关于任命张三同志\n职务和免去李四同志职务的决定");
}

TEST(Title, KeepsDatesAndSchoolYearsWhole) {
  EXPECT_EQ(balance_title("清河县教育局关于印发《2024—2025学年度中小学（幼儿园）教学工作计划》的通知"),
            "清河县教育局关于印发《2024—2025学年度\n中小学（幼儿园）教学工作计划》的通知");
  EXPECT_EQ(balance_title("清河县教育局关于2024年9月1日至2025年1月17日秋季学期教学工作安排的通知"),
            "清河县教育局关于2024年9月1日至\n2025年1月17日秋季学期教学工作安排的通知");
}

TEST(Title, KeepsOrdinalsAndWordsThatNoDictionaryHasWhole) {
  const auto breaks_inside = [](const std::string& title, const std::string& whole) {
    return balance_title(title).find(whole) == std::string::npos;
  };
  EXPECT_FALSE(breaks_inside(
      "清河县教育体育局关于公布第十二届“三题”比赛（小学组、初中组、高中组、幼儿园组）获奖名单的通报",
      "第十二届"));
  EXPECT_FALSE(breaks_inside("清河县教育体育局关于举办第十五届校园艺术节的通知", "第十五届"));
  EXPECT_FALSE(breaks_inside("清河县教育体育局关于加强寄宿制学校管理的紧急通知", "寄宿制"));
  EXPECT_FALSE(breaks_inside("清河县教育体育局关于落实首问负责制有关要求的通知", "首问"));
}

TEST(Title, NeverPartsAnOrgan) {
  const std::vector<std::string> organs = {"清河县市场监督管理局", "清河县住房和城乡建设局", "清河县公安局",
                                           "清河县人力资源和社会保障局", "清河县卫生健康局"};
  std::string title;
  for (const auto& organ : organs) title += organ + " ";
  const std::string made = balance_title(title + "关于做好食堂工作的通知", organs);
  for (const auto& organ : organs) EXPECT_NE(made.find(organ), std::string::npos) << made;
}

TEST(Title, GivesCapitalsTheirWidth) {
  const std::string made = balance_title("清河县教育局关于开展WINDOWS和OFFICE办公软件应用培训的通知");
  EXPECT_NE(made.find("WINDOWS和OFFICE"), std::string::npos) << made;
  EXPECT_LT(title_width("Illinois"), 4);
  EXPECT_GT(title_width("WORKSHOP"), 6);
}

TEST(Title, LivesWithTwoHundredCharacters) {
  std::string title;
  for (int i = 0; i < 20; ++i) title += "加强中小学教师培训和";
  const std::string made = balance_title(title);
  EXPECT_GE(std::count(made.begin(), made.end(), '\n'), 9);
  EXPECT_EQ(made.find("\n和"), std::string::npos);
  for (int i = 0; i < 30; ++i) title += title.substr(0, 300);
  EXPECT_EQ(balance_title(title), title) << "that is no title";
}

TEST(Title, StaysWholeWhenNoLineCanHoldIt) {
  const std::string word(60, 'x');
  EXPECT_EQ(balance_title(word), word);
}

}  // namespace
}  // namespace wenshu::notice
