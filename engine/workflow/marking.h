// Where a case stands: step, round, seats and what was decided at each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::workflow {

enum class Status { draft, running, ended };  // draft: stands at the first step
std::string_view to_text(Status status);      // draft running ended
std::string_view to_chinese(Status status);   // 草拟 办理中 已办结

struct Seat {
  std::string key;                      // "1", "2", …: its place in the step's `seats`
  std::string title;                    // 人事科负责人
  std::vector<std::string> candidates;  // ids of people; any of them may act
  std::string decision;                 // "" while open, the action's name, or kCancelled, kNotNeeded
  std::string by;                       // id of the person who decided
  std::string opinion;

  bool is_open() const { return decision.empty(); }
};
inline constexpr std::string_view kCancelled = "cancelled";   // 因退回而取消
inline constexpr std::string_view kNotNeeded = "not-needed";  // another seat decided for all

struct Marking {
  std::string initiator;  // id of a person
  std::string step;
  int round = 1;  // grows by one whenever the case goes back
  Status status = Status::draft;
  std::vector<Seat> seats;  // of the current step; none when ended

  friend bool operator==(const Marking& a, const Marking& b);
};

// {initiator, step, round, status, seats: [{key, title, candidates, decision, by, opinion}]}
data::Value to_value(const Marking& marking);
// Nothing, with findings, when the value is no marking.
std::optional<Marking> parse_marking(const data::Value& value, Diagnostics& findings);

// Open seats, and those that a person may act on.
std::vector<const Seat*> open_seats(const Marking& marking);
std::vector<const Seat*> open_seats_of(const Marking& marking, std::string_view person);

}  // namespace wenshu::workflow
