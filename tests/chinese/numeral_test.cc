#include "chinese/numeral.h"

#include <gtest/gtest.h>

namespace wenshu::chinese {
namespace {

TEST(Numeral, WritesWhatDocumentsWrite) {
  EXPECT_EQ(to_numeral(0), "零");
  EXPECT_EQ(to_numeral(1), "一");
  EXPECT_EQ(to_numeral(10), "十");
  EXPECT_EQ(to_numeral(21), "二十一");
  EXPECT_EQ(to_numeral(105), "一百零五");
  EXPECT_EQ(to_numeral(110), "一百一十");
  EXPECT_EQ(to_numeral(2020), "二千零二十");
  EXPECT_EQ(to_numeral(10'300), "一万零三百");
  EXPECT_EQ(to_numeral(100'000'000), "一亿");
  EXPECT_EQ(to_numeral(100'010'000), "一亿零一万");
}

TEST(Numeral, ReadsBackEverythingItWrites) {
  for (long long n = 0; n < 12'000; ++n) EXPECT_EQ(parse_numeral(to_numeral(n)), n) << to_numeral(n);
  for (const long long n : {99'999'999LL, 100'000'001LL, 1'000'000'000'000LL - 1, 120'000'000LL}) {
    EXPECT_EQ(parse_numeral(to_numeral(n)), n) << to_numeral(n);
  }
}

TEST(Numeral, ReadsSpokenAndDigitForms) {
  EXPECT_EQ(parse_numeral("两"), 2);
  EXPECT_EQ(parse_numeral("两百"), 200);
  EXPECT_EQ(parse_numeral("二〇二〇"), 2020);
  EXPECT_EQ(to_digit_numeral(2020), "二〇二〇");
}

TEST(Numeral, ReadsNothingElse) {
  for (const char* text :
       {"", "十十", "一二十", "百", "十百", "甲", "二十a", "12", "一万万", "\xff", "零零五十"}) {
    EXPECT_EQ(parse_numeral(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wenshu::chinese
