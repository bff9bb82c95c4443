#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/date.h"
#include "base/text.h"
#include "chinese/date.h"
#include "template/formatter_functions.h"

namespace wenshu::templates {
namespace {

using data::Value;

// 2024/6/6, 2024-6-6 and 2024.6.6: what sheets of a Chinese computer leave in CSV. A time may follow.
std::optional<Date> sheet_date(std::string_view text) {
  const size_t sign = text.find_first_of("/-.");
  if (sign != 4) return std::nullopt;
  const char between = text[sign];
  const size_t day = text.find(between, sign + 1);
  if (day == std::string_view::npos) return std::nullopt;
  const size_t end = std::min(text.find_first_not_of("0123456789", day + 1), text.size());
  if (end < text.size() && text[end] != ' ') return std::nullopt;
  const auto figures = [&](size_t begin, size_t stop) -> std::optional<int> {
    int number = 0;
    const auto [at, error] = std::from_chars(text.data() + begin, text.data() + stop, number);
    return error == std::errc() && at == text.data() + stop && number >= 0 ? std::optional(number)
                                                                           : std::nullopt;
  };
  const auto y = figures(0, sign), m = figures(sign + 1, day), d = figures(day + 1, end);
  if (!y || !m || !d || day - sign > 3 || end - day > 3) return std::nullopt;
  const Date date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                  std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

// A time of day behind the day is not looked at: 2020-07-27 09:00.
std::optional<Date> date_of(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  if (const auto date = sheet_date(trim(value.text()))) return date;
  if (const auto date = parse_date(value.text())) return date;
  if (const auto date = chinese::parse_date_text(value.text())) return date;
  const auto time = parse_time(value.text());
  return time ? std::optional(china_date(*time)) : std::nullopt;
}

template <class Print>
Value format_date(const Value& value, std::string& fault, Print print) {
  if (is_blank(value)) return {};
  if (const auto date = date_of(value)) return print(*date);
  fault = fmt::format("“{}”不是日期（应如 2020-07-27、2020/7/27 或 2020年7月27日）", shown(value));
  return {};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// One run of the same letter, as Word's date pictures have them; nothing for one that means nothing here.
std::optional<std::string> date_part(std::string_view run, Date date) {
  const auto year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month()), day = static_cast<unsigned>(date.day());
  if (run == "yyyy") return fmt::format("{:04}", year);
  if (run == "yy") return fmt::format("{:02}", year % 100);
  if (run == "M") return fmt::format("{}", month);
  if (run == "MM") return fmt::format("{:02}", month);
  if (run == "d") return fmt::format("{}", day);
  if (run == "dd") return fmt::format("{:02}", day);
  if (run == "dddd") return chinese::to_weekday(date);
  if (run == "ddd") return replace_all(chinese::to_weekday(date), "星期", "周");
  return std::nullopt;
}

// The date in its pattern; `unknown` gets the letters that are none.
std::string print_pattern(std::string_view pattern, Date date, std::string& unknown) {
  std::string text;
  for (size_t i = 0; i < pattern.size();) {
    if (!is_letter(pattern[i])) {
      text += pattern[i++];
      continue;
    }
    const size_t end = std::min(pattern.find_first_not_of(pattern[i], i), pattern.size());
    const auto part = date_part(pattern.substr(i, end - i), date);
    if (part) text += *part;
    if (!part && unknown.empty()) unknown = pattern.substr(i, end - i);
    i = end;
  }
  return text;
}

}  // namespace

std::string check_date_pattern(const std::string& pattern) {
  constexpr Date kAnyDay = std::chrono::year(2000) / 1 / 1;
  std::string unknown;
  print_pattern(pattern, kAnyDay, unknown);
  if (unknown.empty()) return "";
  return fmt::format("日期格式里不认识“{}”，可用 yyyy yy M MM d dd ddd dddd", unknown);
}

Value as_date(const Value& value, const std::string& pattern, std::string& fault) {
  return format_date(value, fault, [&](Date date) {
    std::string unknown;
    return pattern.empty() ? chinese::to_date_text(date) : print_pattern(pattern, date, unknown);
  });
}

Value as_numeral_date(const Value& value, const std::string&, std::string& fault) {
  return format_date(value, fault, chinese::to_numeral_date);
}

Value as_bill_date(const Value& value, const std::string&, std::string& fault) {
  return format_date(value, fault, chinese::to_bill_date);
}

Value as_weekday(const Value& value, const std::string& prefix, std::string& fault) {
  return format_date(value, fault, [&](Date date) {
    const std::string day = chinese::to_weekday(date);
    return prefix.empty() ? day : replace_all(day, "星期", prefix);
  });
}

}  // namespace wenshu::templates
