#include "notice/levels.h"

#include <gtest/gtest.h>

namespace wenshu::notice {
namespace {

BodyParagraph first(const std::string& body) { return parse_body(body).at(0); }

TEST(Levels, KnowsTheFourMarkersOfTheStandard) {
  EXPECT_EQ(first("一、指导思想").level, 1);
  EXPECT_EQ(first("（二）压实责任").level, 2);
  EXPECT_EQ(first("3.抓好培训").level, 3);
  EXPECT_EQ(first("（4）留存记录").level, 4);
  EXPECT_EQ(first("十一、附则").level, 1);
}

TEST(Levels, ToleratesHalfWidthMarkers) {
  EXPECT_EQ(first("(一)压实责任").level, 2);
  EXPECT_EQ(first("(12)留存记录").level, 4);
  EXPECT_EQ(first("1．抓好培训").level, 3);
  EXPECT_EQ(first("　　一、指导思想").level, 1);
}

TEST(Levels, TakesNoMarkerFromOrdinaryText) {
  for (const char* text :
       {"一个单位一个方案", "（示例）", "1.5倍以上", "2020年共安排五类培训", "（）", "一", "12", "①青年教师"})
    EXPECT_EQ(first(text).level, 0) << text;
}

TEST(Levels, SplitsARunInHeadingAtItsFullStop) {
  const auto paragraph = first("（一）压实主体责任。各学校要把教师培训列入日程。定期研究。");
  EXPECT_EQ(paragraph.heading, "（一）压实主体责任。");
  EXPECT_EQ(paragraph.text, "各学校要把教师培训列入日程。定期研究。");
}

TEST(Levels, ASentenceThatSaysSomethingIsNoHeading) {
  auto paragraph = first("一、会议传达学习了全国教育大会精神，研究了贯彻意见。");
  EXPECT_EQ(paragraph.level, 1);
  EXPECT_EQ(paragraph.heading, "");
  paragraph = first("一、放假时间：1月18日—2月16日。");
  EXPECT_EQ(paragraph.heading, "一、放假时间：");
  EXPECT_EQ(paragraph.text, "1月18日—2月16日。");
  EXPECT_EQ(first("（一）加强组织领导，压实责任。").text, "") << "short";
  EXPECT_EQ(first("1.各校要列入日程，认真组织。").text, "") << "third and fourth level look like text";
}

TEST(Levels, NeighboursOfALevelLookAlike) {
  const auto body = parse_body(
      "一、会议传达学习了全国教育大会精神，研究了意见。\n二、会议听取了汇报。会议要求抓好安全。\n三、其他");
  EXPECT_EQ(body[0].heading, "");
  EXPECT_EQ(body[1].heading, "");
  EXPECT_EQ(body[1].text, "二、会议听取了汇报。会议要求抓好安全。");
  EXPECT_EQ(body[2].heading, "三、其他") << "stands alone";
  const auto apart = parse_body(
      "一、甲\n（一）各学校要认真做好教师培训工作，按时报送有关材料。\n二、乙\n（一）加强领导。定期研究。");
  EXPECT_EQ(apart[1].heading, "");
  EXPECT_EQ(apart[3].heading, "（一）加强领导。") << "of another parent";
}

TEST(Levels, AParagraphThatIsOnlyAHeadingHasNoText) {
  const auto paragraph = first("二、主要工作");
  EXPECT_EQ(paragraph.heading, "二、主要工作");
  EXPECT_EQ(paragraph.text, "");
}

TEST(Levels, LeavesNumbersThatRunOnAsWritten) {
  const auto body = parse_body("（一）甲\n1.子\n2.丑\n（二）乙\n3.寅");
  ASSERT_EQ(body.size(), 5u);
  EXPECT_EQ(body[4].heading, "3.寅");
}

TEST(Levels, BlankLinesMakeNoParagraph) {
  EXPECT_EQ(parse_body("甲\n\n   \n　\n乙\n").size(), 2u);
  EXPECT_TRUE(parse_body("").empty());
}

}  // namespace
}  // namespace wenshu::notice
