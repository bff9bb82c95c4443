// Instants and spans of time in guards, as CEL has them: 0001-01-01 to 9999-12-31, to the nanosecond. A date of
// a form has no clock and no zone; it is kept as the midnight of that day, UTC.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu::expression {

// Seconds since 1970-01-01T00:00:00Z, or the length of a span; 0 <= nanos < 1,000,000,000 also when seconds are
// below zero.
struct Moment {
  int64_t seconds = 0;
  int32_t nanos = 0;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

std::optional<Moment> parse_timestamp(std::string_view text);  // 2020-07-27T09:00:00.5+08:00
std::optional<Moment> parse_duration(std::string_view text);   // 36h, 1h30m, -1.5s, 100ms
std::optional<Moment> parse_day(std::string_view text);        // 2020-07-27
std::string timestamp_text(Moment moment);                     // 2020-07-27T01:00:00.5Z
std::string duration_text(Moment span);                        // 5400s, -1.5s
std::string day_text(Moment day);                              // 2020-07-27

// Nothing when the result leaves the range: the years 1 to 9999 for timestamps, 292 years for durations.
std::optional<Moment> add_to_timestamp(Moment moment, Moment span);
std::optional<Moment> add_spans(Moment a, Moment b);
Moment opposite(Moment span);
bool is_timestamp_range(Moment moment);

// The parts of getFullYear() …; months, days of the month and of the year count from 0 as in CEL, but getDate().
struct Parts {
  int64_t year, month, day_of_month, day_of_week, day_of_year, hours, minutes, seconds, milliseconds;
};
Parts split_moment(Moment moment);
// "+08:00", "-02:30", "02:00", "UTC" or "Asia/Shanghai" (+8, China time; no summer time), in seconds.
std::optional<int64_t> parse_zone(std::string_view text);

}  // namespace wenshu::expression
