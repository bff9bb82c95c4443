// Calendars as people write them: a year's holidays with the days worked in their place (调休), and the hours of an
// office with its own days.
//
//   calendar: cn-2026                  # the name ends in the year
//   title: 2026年法定节假日
//   source: 国务院办公厅关于2026年部分节假日安排的通知
//   year: 2026
//   holidays:
//     - {title: 春节, from: 2026-02-15, to: 2026-02-23, work: [2026-02-14, 2026-02-28]}
//
//   calendar: office
//   title: 县教育局作息
//   uses: [cn-2025, cn-2026]
//   hours: [08:30-12:00, 14:00-17:30]
//   seasons:                           # other hours from a day of the year to another, both included
//     - {title: 夏季作息, from: 05-01, to: 09-30, hours: [08:00-12:00, 14:30-17:30]}
//   days:                              # single days, whatever the rest says: a half day, a day off, a day worked
//     - {date: 2026-02-14, title: 节前半天, hours: [08:30-12:00]}
//     - {date: 2026-09-10, title: 教师节, hours: []}
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::calendar {

// From an instant of the day to another, China time; 0 <= from < to <= 24 hours.
struct Hours {
  std::chrono::minutes from{}, to{};
  friend bool operator==(const Hours&, const Hours&) = default;
};

struct Holiday {
  std::string title;
  Date from, to;
  std::vector<Date> work;  // Saturdays and Sundays that are worked for it
};

struct Season {
  std::string title;
  std::chrono::month_day from, to;  // may run over the turn of the year
  std::vector<Hours> hours;
};

struct SpecialDay {
  std::string title;
  std::vector<Hours> hours;  // empty: nobody works
};

struct Reference {
  std::string name;
  Place place;
};

// One file. Either a year of holidays, or an office that uses such years.
struct Calendar {
  std::string name;
  std::string title;
  std::string source;       // the notice that a year follows; may be empty
  std::optional<int> year;  // of a year of holidays
  std::vector<Holiday> holidays;
  std::vector<Reference> uses;
  std::vector<Hours> hours;
  std::vector<Season> seasons;
  std::map<Date, SpecialDay> days;
};

// Every fault that the file alone shows: unknown keys, days that do not exist or lie outside the year, a holiday
// before its beginning, a day both off and worked, a "worked" day that is worked anyway, hours that overlap.
std::optional<Calendar> load_calendar(const data::Value& source, Diagnostics& findings);

// The years that an office uses: unknown-calendar with a near name, a calendar that is no year, one year twice.
// True when there was no fault.
bool check_uses(const Calendar& office, const std::map<std::string, const Calendar*>& all,
                Diagnostics& findings);

}  // namespace wenshu::calendar
