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

// 支付结算办法, annex 1, 正确填写票据和结算凭证的基本规定, 五.
TEST(BillDate, LeavesNoRoomBeforeItsNumbers) {
  EXPECT_EQ(to_bill_date(year(2024) / month(1) / day(15)), "贰零贰肆年零壹月壹拾伍日");
  EXPECT_EQ(to_bill_date(year(2024) / month(10) / day(20)), "贰零贰肆年零壹拾月零贰拾日");
  EXPECT_EQ(to_bill_date(year(2005) / month(2) / day(9)), "贰零零伍年零贰月零玖日");
  EXPECT_EQ(to_bill_date(year(2024) / month(11) / day(30)), "贰零贰肆年壹拾壹月零叁拾日");
  EXPECT_EQ(to_bill_date(year(2024) / month(3) / day(31)), "贰零贰肆年叁月叁拾壹日");
  EXPECT_EQ(to_bill_date(year(2024) / month(12) / day(10)), "贰零贰肆年壹拾贰月零壹拾日");
}

TEST(Weekday, IsThatOfTheCalendar) {
  EXPECT_EQ(to_weekday(year(2024) / month(6) / day(6)), "星期四");
  EXPECT_EQ(to_weekday(year(2024) / month(6) / day(9)), "星期日");
  EXPECT_EQ(to_weekday(year(2000) / month(2) / day(29)), "星期二");
}

}  // namespace
}  // namespace wenshu::chinese
