#include "chinese/period.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace wenshu::chinese {
namespace {

// "2020-07-21/2020-07-31" of a plan of 2020.
std::string days_of(const char* text) {
  const auto period = parse_period(text);
  if (!period) return "none";
  EXPECT_EQ(period->text(), text);
  const auto days = period->days(2020);
  return days ? to_text(days->first) + "/" + to_text(days->last) : "open";
}

TEST(Period, KnowsMonthsAndTheirParts) {
  EXPECT_EQ(days_of("9月"), "2020-09-01/2020-09-30");
  EXPECT_EQ(days_of("2月"), "2020-02-01/2020-02-29");
  EXPECT_EQ(days_of("7月下旬"), "2020-07-21/2020-07-31");
  EXPECT_EQ(days_of("8月上旬"), "2020-08-01/2020-08-10");
  EXPECT_EQ(days_of("10月中下旬"), "2020-10-11/2020-10-31");
  EXPECT_EQ(days_of("十月中旬"), "2020-10-11/2020-10-20");
  EXPECT_EQ(days_of("6月底"), "2020-06-21/2020-06-30");
}

TEST(Period, KnowsRangesWithAnyDash) {
  EXPECT_EQ(days_of("9月—12月"), "2020-09-01/2020-12-31");
  EXPECT_EQ(days_of("9-12月"), "2020-09-01/2020-12-31");
  EXPECT_EQ(days_of("2020年1月——3月"), "2020-01-01/2020-03-31");
  EXPECT_EQ(days_of("7月下旬至8月上旬"), "2020-07-21/2020-08-10");
  EXPECT_EQ(days_of("7月上旬—中旬"), "2020-07-01/2020-07-20");
  EXPECT_EQ(days_of("7月20日—25日"), "2020-07-20/2020-07-25");
  EXPECT_EQ(days_of("7月20—25日"), "2020-07-20/2020-07-25");
  EXPECT_EQ(days_of("2019年11月—2020年3月"), "2019-11-01/2020-03-31");
}

TEST(Period, EndsInTheNextYearWhenItsEndIsBeforeItsBeginning) {
  EXPECT_EQ(days_of("11月—3月"), "2020-11-01/2021-03-31");
  EXPECT_EQ(days_of("11月—次年3月"), "2020-11-01/2021-03-31");
  EXPECT_EQ(days_of("秋季学期"), "2020-09-01/2021-01-31");
}

TEST(Period, KnowsPartsOfTheYear) {
  EXPECT_EQ(days_of("全年"), "2020-01-01/2020-12-31");
  EXPECT_EQ(days_of("2021年全年"), "2021-01-01/2021-12-31");
  EXPECT_EQ(days_of("2021年"), "2021-01-01/2021-12-31");
  EXPECT_EQ(days_of("下半年"), "2020-07-01/2020-12-31");
  EXPECT_EQ(days_of("第三季度"), "2020-07-01/2020-09-30");
  EXPECT_EQ(days_of("2020年暑假"), "2020-07-01/2020-08-31");
}

TEST(Period, MayBeOpenButSaysSo) {
  EXPECT_EQ(days_of("待定"), "open");
  EXPECT_EQ(days_of("见附件2"), "open");
}

TEST(Period, RefusesWhatIsNoTime) {
  for (const char* text : {"", "13月", "7月32日", "下个月", "9", "7月下", "2月30日", "9月—", "7月下旬abc",
                           "0月", "\xff", "99999年", "9月—12", "县外"}) {
    EXPECT_EQ(days_of(text), "none") << text;
  }
}

TEST(Period, SortsByFirstThenLastDayWithOpenTimesLast) {
  std::vector<Period> periods;
  for (const char* text : {"待定", "9月—12月", "9月", "7月下旬", "全年", "2019年12月", "9月下旬"}) {
    periods.push_back(*parse_period(text));
  }
  std::sort(periods.begin(), periods.end(),
            [](const Period& a, const Period& b) { return compare(a, b, 2020) < 0; });
  std::string order;
  for (const Period& period : periods) order += period.text() + " ";
  EXPECT_EQ(order, "2019年12月 全年 7月下旬 9月 9月—12月 9月下旬 待定 ");
}

}  // namespace
}  // namespace wenshu::chinese
