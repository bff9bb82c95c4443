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

// Each decimal digit by itself: 2020 -> 二〇二〇 (〇 is U+3007). REQUIRES: n >= 0.
std::string to_digit_numeral(long long n);

}  // namespace wenshu::chinese
