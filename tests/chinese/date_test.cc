#include "chinese/date.h"

#include <gtest/gtest.h>

namespace wenshu::chinese {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

TEST(DateText, HasNoLeadingZeros) {
  EXPECT_EQ(to_date_text(year(2024) / month(6) / day(6)), "2024年6月6日");
  EXPECT_EQ(to_date_text(year(2020) / month(12) / day(27)), "2020年12月27日");
}

TEST(DateText, WritesTheRoundZeroInNumerals) {
  EXPECT_EQ(to_numeral_date(year(2020) / month(7) / day(27)), "二〇二〇年七月二十七日");
  EXPECT_EQ(to_numeral_date(year(2000) / month(10) / day(10)), "二〇〇〇年十月十日");
}

TEST(DateText, IsReadInBothForms) {
  const Date date = year(2020) / month(7) / day(27);
  for (const char* text : {"2020年7月27日", "2020年07月27日", " 2020 年 7 月 27 日 ", "２０２０年７月２７日",
                           "二〇二〇年七月二十七日", "二○二○年七月二十七日"}) {
    EXPECT_EQ(parse_date_text(text), date) << text;
  }
}

TEST(DateText, IsRefusedWhenThereIsNoSuchDay) {
  for (const char* text : {"2021年2月29日", "2020年13月1日", "2020年7月", "7月27日", "2020-07-27",
                           "2020年7月27日星期一", "20年7月27日", "", "\xc3"}) {
    EXPECT_EQ(parse_date_text(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wenshu::chinese
