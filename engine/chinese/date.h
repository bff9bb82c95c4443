// Dates as documents write them (GB/T 9704-2012 7.3.5.4: Arabic figures, full year, no leading zeros).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace wenshu::chinese {

std::string to_date_text(Date date);     // 2020年7月27日
std::string to_numeral_date(Date date);  // 二〇二〇年七月二十七日, for certificates

// 贰零贰肆年零壹月壹拾伍日, for bills (支付结算办法, annex 1): months 1, 2 and 10, days 1 to 9, 10, 20 and 30
// begin with 零, so that nothing can be put before them.
std::string to_bill_date(Date date);

std::string to_weekday(Date date);  // 星期四

// 2020年7月27日 (leading zeros and full-width figures are read too) or 二〇二〇年七月二十七日; nothing when
// it is not a real day.
std::optional<Date> parse_date_text(std::string_view text);

}  // namespace wenshu::chinese
