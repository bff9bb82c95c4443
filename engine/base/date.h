// Days and instants. Stored in UTC, printed in China time (fixed +8).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu {

using Date = std::chrono::year_month_day;
using Time = std::chrono::sys_seconds;  // UTC

// "2020-07-27"; nothing when it is not a real day.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);  // 2020-07-27

// "2020-07-27T01:00:00Z", "2020-07-27T09:00:00+08:00", "2020-07-27 09:00" or "2020-07-27" (both China time).
std::optional<Time> parse_time(std::string_view text);
std::string to_text(Time time);        // 2020-07-27T01:00:00Z, as stored
std::string to_china_text(Time time);  // 2020-07-27 09:00
Date china_date(Time time);

// Where the present comes from; tests and rehearsals give a fixed one.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};
class SystemClock : public Clock {
 public:
  Time now() const override;
};
class FixedClock : public Clock {
 public:
  explicit FixedClock(Time time) : time_(time) {}
  Time now() const override { return time_; }

 private:
  Time time_;
};

}  // namespace wenshu
