#include "template/formatter.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "data/load.h"
#include "template/mark.h"
#include "template/text.h"

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
  for (const char* of_a_sheet : {"2024/6/6", "2024-6-6", "2024.6.6", "2024/06/06 8:30"})
    EXPECT_EQ(apply(of_a_sheet, "date"), "2024年6月6日") << of_a_sheet;
  for (const char* none : {"2024/6", "2024/13/1", "2024/6-6", "24/6/6", "2024/6/6日"})
    EXPECT_TRUE(is_fault(apply(none, "date"))) << none;
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
  EXPECT_EQ(apply(list({"1,200", "300", "-1,000,000.5"}), "sum"), "-998500.5");
  EXPECT_EQ(apply(list({"1,200人", "300人"}), "sum"), apply(list({"1200人", "300人"}), "sum"));
  EXPECT_EQ(apply(list({"1,200", "999"}), "max"), "1200");
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

TEST(Formatter, DoesWhatItsLineInTheTableSays) {
  const data::Value table = formatters_value();
  for (const data::Value& line : table.items()) {
    const std::string name = line["name"].text();
    Diagnostics findings;
    const auto sample = data::parse_json("{\"x\":" + line["data"].text() + "}", "a.json", findings);
    ASSERT_TRUE(sample) << name;
    const auto text = fill_text(line["tag"].text(), *sample, {"a.txt", 1, 1}, findings);
    EXPECT_EQ(text.value_or(to_text(findings)), line["result"].text()) << name;
  }
}

TEST(Formatter, ThePageOfFormattersIsTheTable) {
  EXPECT_EQ(read_file(WENSHU_SOURCE_DIR "/engine/template/FORMATTERS.md"), formatters_page())
      << "wenshu tags --formatters > engine/template/FORMATTERS.md";
}

TEST(Mark, ThePageOfMarksIsTheTable) {
  EXPECT_EQ(read_file(WENSHU_SOURCE_DIR "/engine/template/MARKS.md"), marks_page())
      << "wenshu tags --marks > engine/template/MARKS.md";
}

TEST(Formatter, WritesDatesInThePatternsOfWord) {
  EXPECT_EQ(apply("2024-06-06", "date", "yyyy-MM-dd"), "2024-06-06");
  EXPECT_EQ(apply("2024年6月6日", "date", "M月d日（dddd）"), "6月6日（星期四）");
  EXPECT_EQ(apply("2024-06-06", "date", "yy/M/d ddd"), "24/6/6 周四");
  EXPECT_EQ(apply("2024-06-06 09:00", "date"), "2024年6月6日");
  EXPECT_EQ(apply("2024-06-06", "weekday", "周"), "周四");
  EXPECT_NE(check_argument({"date", "yyyy年HH时"}), "");
}

TEST(Formatter, WritesAmountsHoweverTheyWereTyped) {
  for (const char* amount : {"1409.5", "1,409.50", "￥1409.50", "人民币1409.50元", " 1409.50 "})
    EXPECT_EQ(apply(amount, "money-cn", "plain"), "壹仟肆佰零玖元伍角") << amount;
  EXPECT_TRUE(is_fault(apply("十元", "money-cn")));
  EXPECT_TRUE(is_fault(apply("0.001", "money-cn")));
  EXPECT_TRUE(is_fault(apply(list({"1"}), "money-cn")));
}

TEST(Formatter, RoundsExactly) {
  EXPECT_EQ(apply("0.125", "decimals"), "0.13");
  EXPECT_EQ(apply("-0.125", "decimals"), "-0.13");
  EXPECT_EQ(apply("-0.001", "decimals"), "0.00");
  EXPECT_EQ(apply("99.995", "decimals"), "100.00");
  EXPECT_EQ(apply("9.5", "decimals", "0"), "10");
  EXPECT_EQ(apply("1", "decimals", "3"), "1.000");
  EXPECT_EQ(apply("0.1549", "percent", "1"), "15.5%");
  EXPECT_EQ(apply("15%", "percent"), "15%");
  EXPECT_EQ(apply("-1234567", "thousands"), "-1,234,567");
  EXPECT_EQ(apply("123", "thousands"), "123");
  EXPECT_EQ(apply("-7", "pad", "3"), "-007");
}

TEST(Formatter, ReadsTheNamesOfWordInAnyCase) {
  EXPECT_TRUE(is_formatter("CHINESENUM2"));
  EXPECT_EQ(apply("105", "CHINESENUM1"), "一〇五");
  EXPECT_EQ(apply("99", "chinesenum1"), "九十九");
}

TEST(Formatter, LeavesWhatIsEmptyEmpty) {
  for (const std::string& name : formatter_names()) {
    const std::vector<std::string> exceptions = {"default", "line", "sum", "count", "check"};
    if (std::find(exceptions.begin(), exceptions.end(), name) != exceptions.end()) continue;
    EXPECT_EQ(apply(data::Value(), name.c_str(), "1"), "") << name;
    EXPECT_EQ(apply("", name.c_str(), "1"), "") << name;
  }
}

TEST(Formatter, ChecksWhatStandsBehindItsName) {
  EXPECT_NE(check_argument({"sum", "元"}), "");
  EXPECT_NE(check_argument({"decimals", "二"}), "");
  EXPECT_NE(check_argument({"decimals", "10"}), "");
  EXPECT_NE(check_argument({"pad", ""}), "");
  EXPECT_NE(check_argument({"after", ""}), "");
  EXPECT_EQ(check_argument({"decimals", ""}), "");
  Diagnostics findings;
  EXPECT_FALSE(check_text("{{x | decimals 二}}", {"a.txt", 1, 1}, findings));
  EXPECT_EQ(findings.begin()->code, "bad-argument");
}

TEST(Formatter, TicksWhatWasChosen) {
  EXPECT_EQ(apply("否", "check"), "☐");
  EXPECT_EQ(apply("女", "check", "男"), "☐");
  EXPECT_EQ(apply(list({"语文", "数学"}), "check", "数学"), "☑");
  EXPECT_EQ(apply(data::Value(), "check", "男"), "☐");
  EXPECT_TRUE(is_fault(apply("也许", "check")));
  EXPECT_EQ(apply("无", "yes-no"), "否");
}

TEST(Print, WritesListsOfTextWithCommas) {
  EXPECT_EQ(print(list({"甲", "乙"})), "甲、乙");
  EXPECT_EQ(print(data::Value::map()), std::nullopt);
}

}  // namespace
}  // namespace wenshu::templates
