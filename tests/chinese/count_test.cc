#include "chinese/count.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace wenshu::chinese {
namespace {

// "40", "~40" approximate, "40+" open, "40t" person-times, "none".
std::string read(const std::string& text) {
  const auto count = parse_count(text);
  if (!count) return "none";
  EXPECT_EQ(count->text(), text);
  return (count->approximate() ? "~" : "") + std::to_string(count->known()) + (count->open() ? "+" : "") +
         (count->person_times() ? "t" : "");
}

std::string sum(const std::vector<std::string>& texts) {
  CountSum total;
  for (const std::string& text : texts) {
    const auto count = parse_count(text);
    EXPECT_TRUE(count) << text;
    if (count) total.add(*count);
  }
  return total.to_text();
}

TEST(Count, ReadsExactNumbers) {
  EXPECT_EQ(read("32人"), "32");
  EXPECT_EQ(read("32"), "32");
  EXPECT_EQ(read("３２名"), "32");
  EXPECT_EQ(read("三十二人"), "32");
  EXPECT_EQ(read("40人次"), "40t");
  EXPECT_EQ(read("40人＋30人"), "70");
  EXPECT_EQ(read("40+30人"), "70");
  EXPECT_EQ(read("体育教师40人；美术、书法教师30人"), "70");
  EXPECT_EQ(read("2020年公办中小学新招录教师32人"), "32");
}

TEST(Count, KnowsWhatIsAbout) {
  EXPECT_EQ(read("40人左右"), "~40");
  EXPECT_EQ(read("约40人"), "~40");
  EXPECT_EQ(read("40余人"), "~40");
  EXPECT_EQ(read("30—40人"), "~40");
}

TEST(Count, KnowsWhatIsOpen) {
  EXPECT_EQ(read(""), "0+");
  EXPECT_EQ(read("XXXX人"), "0+");
  EXPECT_EQ(read("见附件"), "0+");
  EXPECT_EQ(read("见附件1、2"), "0+");
  EXPECT_EQ(read("全体教师"), "0+");
  EXPECT_EQ(read("30人加全体"), "30+");
  EXPECT_EQ(read("6人加两届"), "6+");
  EXPECT_EQ(read("30人，XX镇中心小学全体教师"), "30+");
  EXPECT_EQ(read("每校2人"), "2+");
}

TEST(Count, RefusesWhatIsNoNumberOfPeople) {
  for (const char* text :
       {"很多", "人", "三月", "12345678901人", "30人+", "2020年", "\xff\xfe", "999999999人"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(CountSum, AddsExactly) {
  EXPECT_EQ(sum({"32人", "40人＋30人", "4人"}), "106人");
  EXPECT_EQ(sum({}), "0人");
}

TEST(CountSum, SaysWhatItCannotKnow) {
  EXPECT_EQ(sum({"32人", "40人左右", "XXXX人", "", "30人加全体"}), "约102人（另有3项人数未定）");
  EXPECT_EQ(sum({"XXXX人", "见附件"}), "人数未定");
  EXPECT_EQ(sum({"40人次"}), "40人次");
}

TEST(Count, OrdersTotally) {
  std::vector<Count> counts;
  for (const char* text : {"40人左右", "见附件", "40人", "32人", "30人加全体"})
    counts.push_back(*parse_count(text));
  std::sort(counts.begin(), counts.end());
  std::string order;
  for (const Count& count : counts) order += count.text() + " ";
  EXPECT_EQ(order, "见附件 30人加全体 32人 40人 40人左右 ");
}

}  // namespace
}  // namespace wenshu::chinese
