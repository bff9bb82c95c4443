// The functions behind the table of formatter.cc. Each gives null and a sentence in `fault` for a value that it
// cannot take; an argument has been checked against its kind.
#pragma once

#include <string>

#include "data/value.h"

namespace wenshu::templates {

using Apply = data::Value (*)(const data::Value& value, const std::string& argument, std::string& fault);

bool is_blank(const data::Value& value);      // null, empty text, no items
std::string shown(const data::Value& value);  // for a fault: at most 20 characters

// 1,234.50 without its commas, which programs of sheets write into CSV; other texts as they are.
std::string without_grouping(const std::string& text);

// formatter_date.cc. Dates are read as 2020-07-27, 2020/7/27, 2020年7月27日 and 二〇二〇年七月二十七日.
data::Value as_date(const data::Value& value, const std::string& pattern, std::string& fault);
data::Value as_numeral_date(const data::Value& value, const std::string&, std::string& fault);
data::Value as_bill_date(const data::Value& value, const std::string&, std::string& fault);
data::Value as_weekday(const data::Value& value, const std::string& prefix, std::string& fault);
std::string check_date_pattern(const std::string& pattern);  // a sentence, or ""

// formatter_number.cc
data::Value as_numeral(const data::Value& value, const std::string&, std::string& fault);
data::Value as_capital(const data::Value& value, const std::string&, std::string& fault);
data::Value as_digits(const data::Value& value, const std::string&, std::string& fault);
data::Value as_counting(const data::Value& value, const std::string&, std::string& fault);
data::Value as_money(const data::Value& value, const std::string& prefix, std::string& fault);
data::Value as_decimals(const data::Value& value, const std::string& places, std::string& fault);
data::Value as_thousands(const data::Value& value, const std::string& places, std::string& fault);
data::Value as_percent(const data::Value& value, const std::string& places, std::string& fault);
data::Value as_padded(const data::Value& value, const std::string& digits, std::string& fault);

// formatter_list.cc
data::Value sum(const data::Value& value, const std::string&, std::string& fault);
data::Value least(const data::Value& value, const std::string&, std::string& fault);
data::Value most(const data::Value& value, const std::string&, std::string& fault);
data::Value count(const data::Value& value, const std::string&, std::string& fault);
data::Value join_items(const data::Value& value, const std::string& separator, std::string& fault);
data::Value unique(const data::Value& value, const std::string&, std::string& fault);
data::Value first(const data::Value& value, const std::string&, std::string& fault);
data::Value last(const data::Value& value, const std::string&, std::string& fault);

// formatter_text.cc
data::Value or_default(const data::Value& value, const std::string& text, std::string& fault);
data::Value or_line(const data::Value& value, const std::string& length, std::string& fault);
data::Value with_prefix(const data::Value& value, const std::string& text, std::string& fault);
data::Value with_suffix(const data::Value& value, const std::string& text, std::string& fault);
data::Value as_yes_no(const data::Value& value, const std::string&, std::string& fault);
data::Value as_check(const data::Value& value, const std::string& wanted, std::string& fault);
data::Value masked_identity(const data::Value& value, const std::string&, std::string& fault);
data::Value masked_telephone(const data::Value& value, const std::string&, std::string& fault);
data::Value masked_name(const data::Value& value, const std::string&, std::string& fault);
data::Value full_width(const data::Value& value, const std::string&, std::string& fault);
data::Value half_width(const data::Value& value, const std::string&, std::string& fault);
data::Value spread_out(const data::Value& value, const std::string& characters, std::string& fault);

}  // namespace wenshu::templates
