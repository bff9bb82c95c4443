// Dates as documents write them (GB/T 9704-2012 7.3.5.4: Arabic figures, full year, no leading zeros).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace wenshu::chinese {

std::string to_date_text(Date date);     // 2020年7月27日
std::string to_numeral_date(Date date);  // 二〇二〇年七月二十七日, for certificates

// 2020年7月27日 (leading zeros and full-width figures are read too) or 二〇二〇年七月二十七日; nothing when
// it is not a real day.
std::optional<Date> parse_date_text(std::string_view text);

}  // namespace wenshu::chinese
