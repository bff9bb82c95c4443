// Integers in Chinese numerals: 一 二十 一百零五, as headings, dates and lists write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wenshu::chinese {

// 零 一 十 十一 二十 一百零五 一万零三百 …; a leading 一十 is written 十. REQUIRES: 0 <= n < 10^16.
std::string to_numeral(long long n);

// The inverse for forms with units (二十七, 一百零五, 两百) and for plain digit rows (二〇二〇). Nothing for
// anything else.
std::optional<long long> parse_numeral(std::string_view text);

// 零 壹 壹拾 贰拾壹 壹佰零伍 …, which nobody can alter: for money and bills. Of 10 the 壹 stays (支付结算办法,
// annex 1). REQUIRES: 0 <= n < 10^16.
std::string to_capital_numeral(long long n);

// Each decimal digit by itself: 2020 -> 二〇二〇 (〇 is U+3007). REQUIRES: n >= 0.
std::string to_digit_numeral(long long n);

}  // namespace wenshu::chinese
