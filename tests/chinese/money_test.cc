#include "chinese/money.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "chinese/numeral.h"

namespace wenshu::chinese {
namespace {

std::string capital(std::string_view amount) {
  return to_capital_money(*Decimal::parse(amount)).value_or("?");
}

// 支付结算办法, annex 1, 正确填写票据和结算凭证的基本规定, 二 and 四.
TEST(Money, IsWrittenAsTheAnnexWritesItsExamples) {
  EXPECT_EQ(capital("1409.50"), "壹仟肆佰零玖元伍角");
  EXPECT_EQ(capital("6007.14"), "陆仟零柒元壹角肆分");
  EXPECT_EQ(capital("1680.32"), "壹仟陆佰捌拾元零叁角贰分");
  EXPECT_EQ(capital("107000.53"), "壹拾万柒仟元零伍角叁分");
  EXPECT_EQ(capital("16409.02"), "壹万陆仟肆佰零玖元零贰分");
  EXPECT_EQ(capital("325.04"), "叁佰贰拾伍元零肆分");
}

TEST(Money, EndsIn整BehindYuanAlone) {
  EXPECT_EQ(capital("0"), "零元整");
  EXPECT_EQ(capital("10"), "壹拾元整");
  EXPECT_EQ(capital("100000000"), "壹亿元整");
  EXPECT_EQ(capital("100010000"), "壹亿零壹万元整");
  EXPECT_EQ(capital("0.50"), "伍角");
  EXPECT_EQ(capital("0.05"), "伍分");
  EXPECT_EQ(capital("0.56"), "伍角陆分");
  EXPECT_EQ(capital("-8"), "负捌元整");
}

TEST(Money, IsRefusedWhereItCannotBePaid) {
  EXPECT_EQ(capital("0.005"), "?");
  EXPECT_EQ(capital("1000000000000"), "?");
  EXPECT_EQ(capital("999999999999.99"), "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分");
}

// Reads an amount back in 分, by a grammar of its own: digits and units, 零 passed over.
long long read_back(std::string_view text) {
  const std::u32string digits = U"零壹贰叁肆伍陆柒捌玖";
  long long total = 0, group = 0, digit = 0;
  for (const char32_t c : to_characters(text)) {
    if (const size_t at = digits.find(c); at != std::u32string::npos) {
      digit = static_cast<long long>(at);
    } else if (c == U'拾' || c == U'佰' || c == U'仟') {
      group += digit * (c == U'拾' ? 10 : c == U'佰' ? 100 : 1000);
      digit = 0;
    } else if (c == U'万' || c == U'亿') {
      total += (group + digit) * (c == U'万' ? 10'000 : 100'000'000);
      group = digit = 0;
    } else if (c == U'元') {
      total = (total + group + digit) * 100;
      group = digit = 0;
    } else if (c == U'角' || c == U'分') {
      total += digit * (c == U'角' ? 10 : 1);
      digit = 0;
    }
  }
  return total;
}

void check_amount(long long fen) {
  const std::string amount = fmt::format("{}.{:02}", fen / 100, fen % 100);
  const std::string text = capital(amount);
  const auto has = [&](const char* part) { return text.find(part) != std::string::npos; };
  const auto ends = [&](const char* part) { return text.ends_with(part); };
  EXPECT_EQ(read_back(text), fen) << amount << " " << text;
  EXPECT_TRUE(ends(fen % 100 == 0 ? "元整" : fen % 10 == 0 ? "角" : "分")) << amount << " " << text;
  for (const char* wrong : {"零零", "零万", "零亿", "零拾", "零佰", "零仟", "零角", "零分", "亿万"})
    EXPECT_FALSE(has(wrong)) << amount << " " << text;
  EXPECT_EQ(has("零元"), fen == 0) << amount << " " << text;
  EXPECT_FALSE(text.starts_with("拾")) << amount << " " << text;
}

TEST(Money, OfEveryAmountHasNoStrayZeroAndReadsBack) {
  for (long long fen = 0; fen < 30'000; ++fen) check_amount(fen);
  for (long long scale = 1; scale <= 999'999'999'999; scale *= 10)
    for (long long digit = 1; digit < 10; ++digit)
      for (long long tail : {0, 1, 10, 99, 100, 101, 1000, 10'010}) check_amount(scale * digit + tail);
  std::mt19937_64 random(20260103);  // fixed
  for (int i = 0; i < 30'000; ++i) check_amount(static_cast<long long>(random() % 1'000'000'000'000));
}

TEST(CapitalNumeral, KeepsEvery壹) {
  EXPECT_EQ(to_capital_numeral(0), "零");
  EXPECT_EQ(to_capital_numeral(11), "壹拾壹");
  EXPECT_EQ(to_capital_numeral(100'005), "壹拾万零伍");
}

}  // namespace
}  // namespace wenshu::chinese
