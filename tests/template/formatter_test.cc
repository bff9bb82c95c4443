#include "template/formatter.h"

#include <gtest/gtest.h>

namespace wenshu::templates {
namespace {

data::Value list(std::initializer_list<data::Value> items) {
  data::Value value = data::Value::list();
  for (const data::Value& item : items) value.add(item);
  return value;
}

std::string apply(const data::Value& value, const char* name, const char* argument = "") {
  std::string fault;
  const data::Value result = format(value, {name, argument}, fault);
  return fault.empty() ? print(result).value_or("?") : "fault: " + fault;
}

bool is_fault(const std::string& text) { return text.substr(0, 6) == "fault:"; }

TEST(Formatter, WritesDatesBothWays) {
  EXPECT_EQ(apply("2020-07-27", "date"), "2020年7月27日");
  EXPECT_EQ(apply("2020年7月27日", "date-cn"), "二〇二〇年七月二十七日");
  EXPECT_EQ(apply(data::Value(), "date"), "");
  EXPECT_TRUE(is_fault(apply("2020-02-30", "date")));
  EXPECT_TRUE(is_fault(apply(list({"2020-02-01"}), "date")));
}

TEST(Formatter, WritesNumeralsOfIntegersOnly) {
  EXPECT_EQ(apply("21", "chinese"), "二十一");
  EXPECT_TRUE(is_fault(apply("2.5", "chinese")));
  EXPECT_TRUE(is_fault(apply("-1", "chinese")));
  EXPECT_TRUE(is_fault(apply("甲", "chinese")));
}

TEST(Formatter, AddsNumbersExactly) {
  EXPECT_EQ(apply(list({"0.1", "0.2", "30"}), "sum"), "30.3");
  EXPECT_EQ(apply(list({"36", data::Value(), "4"}), "sum"), "40");
  EXPECT_EQ(apply(list({}), "sum"), "0");
  EXPECT_TRUE(is_fault(apply(list({"999999999999999999", "999999999999999999"}), "sum")));
}

TEST(Formatter, AddsHeadCountsAsFarAsTheyAreKnown) {
  EXPECT_EQ(apply(list({"32人", "40人左右", data::Value()}), "sum"), "约72人（另有1项人数未定）");
  EXPECT_TRUE(is_fault(apply(list({"32人", "很多"}), "sum")));
  EXPECT_TRUE(is_fault(apply(list({"0.5", "32人"}), "sum")));
}

TEST(Formatter, JoinsAndCountsItems) {
  EXPECT_EQ(apply(list({"甲", data::Value(), "乙"}), "join"), "甲、乙");
  EXPECT_EQ(apply(list({"甲", "乙"}), "join", "；"), "甲；乙");
  EXPECT_EQ(apply(list({"甲", "乙"}), "count"), "2");
  EXPECT_TRUE(is_fault(apply(list({data::Value::map()}), "join")));
}

TEST(Formatter, FillsInWhatIsMissing) {
  EXPECT_EQ(apply(data::Value(), "default", "待定"), "待定");
  EXPECT_EQ(apply("", "default", "待定"), "待定");
  EXPECT_EQ(apply("县实小", "default", "待定"), "县实小");
}

TEST(Print, WritesListsOfTextWithCommas) {
  EXPECT_EQ(print(list({"甲", "乙"})), "甲、乙");
  EXPECT_EQ(print(data::Value::map()), std::nullopt);
}

}  // namespace
}  // namespace wenshu::templates
