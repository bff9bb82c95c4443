// What a clock of working time says: which days are worked, and when a span of time is over.
#pragma once

#include <limits>

#include "calendar/calendar.h"

namespace wenshu::calendar {

// "2 workdays", "4 workhours", "3 days", "12 hours"; 1 to 1000.
struct Span {
  enum class Unit { hours, workhours, days, workdays };
  int amount = 0;
  Unit unit = Unit::workdays;
};
std::optional<Span> parse_span(std::string_view text);
std::string to_text(const Span& span);  // as people read it: 2 个工作日

// While a case is suspended its clock stands still. Without an end the case is suspended now.
struct Pause {
  Time from;
  std::optional<Time> to;
};

// An office with the years that it uses; national holidays alone when there is no office.
class WorkingTime {
 public:
  // REQUIRES: check_uses(office, all) was true.
  WorkingTime(const Calendar& office, const std::map<std::string, const Calendar*>& all);

  bool knows(int year) const { return years_.contains(year); }
  // REQUIRES of both: knows the year.
  bool is_workday(Date date) const { return !hours_of(date).empty(); }
  const std::vector<Hours>& hours_of(Date date) const;
  std::string title_of(Date date) const;  // 春节, 春节调休上班, 教师节; "" for a day like any other

 private:
  struct Year {
    std::map<Date, std::string> off, worked;
  };
  std::map<int, Year> years_;
  std::vector<Hours> hours_;
  std::vector<Season> seasons_;
  std::map<Date, SpecialDay> days_;
};

struct Deadline {
  enum class State {
    known,         // `at`
    stopped,       // the clock stands still, and no deadline lies before the pause
    unknown_year,  // `year` is in no calendar
  };
  State state = State::known;
  Time at;
  int year = 0;
};

// When `span` that began at `start` is over (民法典 201 and 203):
//   hours      so many hours later
//   workhours  so many office hours later
//   days       the day of the start does not count; the end of the office hours of the last day, and when that is
//              no workday, of the next workday
//   workdays   the same, and only workdays count
// Time inside a pause counts for hours and workhours not at all; a day counts when the clock runs at the moment at
// which the office closes. `pauses` may overlap and need no order.
Deadline due_after(Time start, const Span& span, const WorkingTime& calendar,
                   const std::vector<Pause>& pauses = {});

// The moment that lies a span before `due`: so many hours or office hours earlier, or so many days or workdays earlier at
// the same time of the day. Nothing when a year on the way is in no calendar.
std::optional<Time> ahead_of(Time due, const Span& span, const WorkingTime& calendar);

}  // namespace wenshu::calendar
