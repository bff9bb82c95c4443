#include "base/date.h"

#include <fmt/format.h>

namespace wenshu {
namespace {

using namespace std::chrono;

constexpr hours kChinaOffset{8};  // no summer time since 1991

// Exactly `digits` digits at the front, taken off.
std::optional<int> take_number(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  auto y = take_number(text, 4);
  if (!y || !take(text, '-')) return std::nullopt;
  auto m = take_number(text, 2);
  if (!m || !take(text, '-')) return std::nullopt;
  auto d = take_number(text, 2);
  if (!d) return std::nullopt;
  Date date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  return date;
}

// "09:00" or "09:00:30", below 24 hours.
std::optional<seconds> take_clock(std::string_view& text) {
  auto h = take_number(text, 2);
  if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
  auto m = take_number(text, 2);
  if (!m || *m > 59) return std::nullopt;
  int s = 0;
  if (take(text, ':')) {
    auto read = take_number(text, 2);
    if (!read || *read > 59) return std::nullopt;
    s = *read;
  }
  return hours(*h) + minutes(*m) + seconds(s);
}

// "Z", "+08:00", or nothing at all, which means China time.
std::optional<seconds> take_offset(std::string_view& text) {
  if (text.empty()) return kChinaOffset;
  if (take(text, 'Z')) return seconds(0);
  int sign = text.front() == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  auto h = take_number(text, 2);
  if (!h || *h > 14 || !take(text, ':')) return std::nullopt;
  auto m = take_number(text, 2);
  if (!m || *m > 59) return std::nullopt;
  return sign * (hours(*h) + minutes(*m));
}

struct Parts {
  Date date;
  hh_mm_ss<seconds> clock;
};

Parts split_time(Time time) {
  auto day_start = floor<days>(time);
  return {Date(day_start), hh_mm_ss<seconds>(time - day_start)};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  auto date = take_date(text);
  return date && text.empty() ? date : std::nullopt;
}

std::string to_text(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<Time> parse_time(std::string_view text) {
  auto date = take_date(text);
  if (!date) return std::nullopt;
  Time midnight = sys_days(*date);
  if (text.empty()) return midnight - kChinaOffset;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return midnight + *clock - *offset;
}

std::string to_text(Time time) {
  Parts parts = split_time(time);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_text(parts.date), parts.clock.hours().count(),
                     parts.clock.minutes().count(), parts.clock.seconds().count());
}

std::string to_china_text(Time time) {
  Parts parts = split_time(time + kChinaOffset);
  return fmt::format("{} {:02}:{:02}", to_text(parts.date), parts.clock.hours().count(),
                     parts.clock.minutes().count());
}

Date china_date(Time time) { return Date(floor<days>(time + kChinaOffset)); }

Time SystemClock::now() const { return floor<seconds>(system_clock::now()); }

}  // namespace wenshu
