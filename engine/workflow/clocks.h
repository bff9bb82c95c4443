// 期限 of open seats: when each is reminded and overdue, and what happens then. Times come from outside.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "calendar/working_time.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// Starts the clocks of seats that have just opened and finds due times that are not known yet (a year that was in no
// calendar, a case that was suspended). Clocks of a suspended case have no due time: what is left of it counts on
// when the case is resumed. Without a calendar only `hours` can be counted.
void set_clocks(const Definition& definition, Marking& marking, Time now,
                const calendar::WorkingTime* calendar);

// What will happen by itself to an open seat, at a UTC time.
struct Alarm {
  enum class Kind { remind, overdue, again };  // again: it is overdue and nobody has acted
  std::string step, seat;                      // the seat's key
  Kind kind = Kind::overdue;
  std::string at;
  friend bool operator==(const Alarm&, const Alarm&) = default;
};
std::string_view to_text(Alarm::Kind kind);  // remind overdue again
// Of a live case, by time.
std::vector<Alarm> alarms_of(const Marking& marking);

// Seats whose step has a deadline that no calendar can count yet.
std::vector<const Seat*> uncounted_seats(const Definition& definition, const Marking& marking);

// Does what an alarm asks for, once: reminds, or what the step's `overdue` says. What cannot be done by itself (a
// condition that does not hold) is told as a fact and left to people. REQUIRES: the alarm is one of alarms_of().
Attempt fire(const Rules& rules, Marking& marking, const data::Value& data, const Alarm& alarm, Time now);

}  // namespace wenshu::workflow
