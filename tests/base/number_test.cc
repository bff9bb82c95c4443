#include <gtest/gtest.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"

namespace wenshu {
namespace {

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, KeepsWhatWasWrittenWithoutIdleZeros) {
  EXPECT_EQ(decimal("-12.50").to_text(), "-12.5");
  EXPECT_EQ(decimal("+4").to_text(), "4");
  EXPECT_EQ(decimal("0.05").to_text(), "0.05");
  EXPECT_EQ(decimal("-0.5").to_text(), "-0.5");
  EXPECT_EQ(decimal("007.0").to_text(), "7");
  EXPECT_EQ(decimal("-0").to_text(), "0");
  EXPECT_EQ(decimal("3.00").to_integer(), 3);
  EXPECT_EQ(decimal("3.10").to_integer(), std::nullopt);
}

TEST(Decimal, RefusesWhatIsNoPlainNumber) {
  for (const char* text : {"", "-", ".5", "5.", "1e3", "1,000", " 1", "1 ", "１", "--1", "1.2.3", "0x1",
                           "1234567890123456789", "1.1234567891"}) {
    EXPECT_EQ(Decimal::parse(text), std::nullopt) << text;
  }
}

TEST(Decimal, AddsWithoutBinaryFractions) {
  EXPECT_EQ(decimal("0.1") + decimal("0.2"), decimal("0.3"));
  EXPECT_EQ(decimal("1.5") * decimal("4"), Decimal(6));
  EXPECT_EQ(decimal("1") - decimal("1.000000001"), decimal("-0.000000001"));
  EXPECT_LT(decimal("-2.5"), decimal("-2.49"));
  EXPECT_EQ(decimal("999999999999999999") <=> decimal("0.000000001"), std::strong_ordering::greater);
}

TEST(Decimal, FailsInsteadOfWrapping) {
  Decimal most = decimal("999999999999999999");
  EXPECT_THROW(most + Decimal(1), Failure);
  EXPECT_THROW(most * most, Failure);
  EXPECT_THROW(decimal("0.000000001") * decimal("0.1"), Failure);
  EXPECT_THROW(most + decimal("0.1"), Failure);
}

TEST(Date, KnowsRealDays) {
  EXPECT_EQ(to_text(parse_date("2020-02-29").value()), "2020-02-29");
  for (const char* text : {"2021-02-29", "2020-13-01", "2020-00-10", "2020-1-1", "2020/01/01", "20200101", "",
                           "2020-01-01 ", "2020-01-0１"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Time, ReadsEveryFormAndPrintsBothClocks) {
  Time time = parse_time("2020-07-27T01:00:00Z").value();
  EXPECT_EQ(parse_time("2020-07-27T09:00:00+08:00"), time);
  EXPECT_EQ(parse_time("2020-07-27 09:00"), time);
  EXPECT_EQ(to_text(time), "2020-07-27T01:00:00Z");
  EXPECT_EQ(to_china_text(time), "2020-07-27 09:00");
  EXPECT_EQ(to_text(parse_time("2020-07-27").value()), "2020-07-26T16:00:00Z");
  EXPECT_EQ(to_text(china_date(parse_time("2020-07-26T16:00:00Z").value())), "2020-07-27");
  for (const char* text : {"2020-07-27T24:00", "2020-07-27T09:60", "2020-07-27T09", "2020-07-27T09:00Q",
                           "2020-07-27T09:00+0800", "2020-02-30 09:00"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wenshu
