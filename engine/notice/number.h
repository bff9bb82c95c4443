// 发文字号: 代字 〔full year〕 serial 号 (GB/T 9704 7.2.5): 清教〔2020〕18号.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace wenshu::notice {

// Adds number-brackets when the year stands in other brackets, number-form for any other fault; the hint
// gives the number as it should be where that can be told. True when there was none.
bool check_number(const std::string& number, const Place& place, Diagnostics& findings);

// 公告 and 通告 are often counted by themselves, without 代字: 2024年第2号, 第2号.
bool check_announcement_number(const std::string& number, const Place& place, Diagnostics& findings);

// 令号 (10.2): 第3号. 纪要 count as they like (10.3): 第5期, 第5号, 〔2024〕5号, or like any other number.
bool check_command_number(const std::string& number, const Place& place, Diagnostics& findings);
bool check_minutes_number(const std::string& number, const Place& place, Diagnostics& findings);

}  // namespace wenshu::notice
