// Who sits where when a step opens, and what an act does to the seats. Used inside workflow/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/marking.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// The open seats of a step for a case of this initiator; a seat that nobody holds has no candidates.
std::vector<Seat> make_seats(const Rules& rules, const Step& step, std::string_view initiator);

// The seats after an act, and the action by which the case then leaves the step; null while other seats must
// decide.
struct Decision {
  std::vector<Seat> seats;
  const Action* leave = nullptr;
};
// REQUIRES: the person holds an open seat and the step has the action.
Decision decide(const Step& step, const Marking& marking, const Act& act);

// 周敏或蒋涛
std::string names_of(const directory::Directory& directory, const std::vector<std::string>& people);
// 孙月华（人事科负责人）、周敏或徐磊（文印）: who may act on open seats.
std::string describe_open(const directory::Directory& directory, const Marking& marking);

}  // namespace wenshu::workflow
