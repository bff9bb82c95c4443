// wenshu case due, case clock: what is due, and the act that does what deadlines ask for.
#pragma once

#include <string>
#include <vector>

#include "app/context.h"
#include "data/value.h"

namespace wenshu::app {

struct DueLine {
  std::string id, title;  // of the case
  std::string step, step_title;
  std::string seat;                 // its title
  std::vector<std::string> people;  // names
  std::string due;                  // UTC; "" while no calendar has the year
  bool overdue = false;
  bool no_calendar = false;  // `due` is "" because the store has no calendar at all
};
// All open seats with a deadline, soonest first; of context.person alone when one is named.
std::vector<DueLine> list_due(const Context& context);

// What one alarm did, or why it could not.
struct ClockLine {
  std::string id, title;
  std::string step_title;
  std::string kind;  // remind overdue again uncounted
  std::string at;    // UTC: when it was due
  std::vector<std::string> facts;
  std::string fault;  // "" when it was done
};
// Does what has become due by now: each alarm in its own transaction and event, once for good, however often and late
// this runs. A fault of one leaves the others alone.
std::vector<ClockLine> run_clocks(const Context& context);

data::Value to_value(const std::vector<DueLine>& lines);
data::Value to_value(const std::vector<ClockLine>& lines);

}  // namespace wenshu::app
