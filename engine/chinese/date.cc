#include "chinese/date.h"

#include <fmt/format.h>

#include "chinese/numeral.h"
#include "chinese/reading.h"

namespace wenshu::chinese {

std::string to_date_text(Date date) {
  return fmt::format("{}年{}月{}日", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string to_numeral_date(Date date) {
  return fmt::format("{}年{}月{}日", to_digit_numeral(static_cast<int>(date.year())),
                     to_numeral(static_cast<unsigned>(date.month())),
                     to_numeral(static_cast<unsigned>(date.day())));
}

namespace {

std::string bill_part(unsigned number, bool zero) { return (zero ? "零" : "") + to_capital_numeral(number); }

}  // namespace

std::string to_bill_date(Date date) {
  std::string year;
  for (const char digit : std::to_string(static_cast<int>(date.year())))
    year += to_capital_numeral(digit - '0');
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  return fmt::format("{}年{}月{}日", year, bill_part(month, month <= 2 || month == 10),
                     bill_part(day, day < 10 || day % 10 == 0));
}

std::string to_weekday(Date date) {
  static constexpr const char* kDays[] = {"日", "一", "二", "三", "四", "五", "六"};
  return std::string("星期") + kDays[std::chrono::weekday(std::chrono::sys_days(date)).c_encoding()];
}

std::optional<Date> parse_date_text(std::string_view text) {
  const auto normal = normalise(text);
  if (!normal) return std::nullopt;
  Reading reading(*normal);
  const auto year = reading.take_number(4);
  if (!year || *year < 1000 || *year > 9999 || !reading.take(U"年")) return std::nullopt;
  const auto month = reading.take_number(2);
  if (!month || !reading.take(U"月")) return std::nullopt;
  const auto day = reading.take_number(2);
  if (!day || !reading.take(U"日") || !reading.at_end()) return std::nullopt;
  const Date date{std::chrono::year(static_cast<int>(*year)),
                  std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

}  // namespace wenshu::chinese
