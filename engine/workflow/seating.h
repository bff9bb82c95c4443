// Who sits where when a step opens. Used inside workflow/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/marking.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// What seats depend on besides the rules.
struct Arrival {
  const Marking& marking;
  const data::Value& data;
  Symbol sender;                                                   // whose act brings the case here
  const std::map<std::string, std::vector<std::string>>* choices;  // that came with it; may be null
};

// The seats of a step, open or waiting for their turn; a seat that nobody holds has no candidates.
std::vector<Seat> make_seats(const Rules& rules, const Step& step, const Arrival& arrival);

// People (ids) of one rule; `title` says who is meant.
std::vector<std::string> people_of(const Rules& rules, const SeatRule& rule, const Arrival& arrival,
                                   const std::string& step, std::string& title);

// A `chosen_by` seat of the step for which the choice is missing or not among `from`: choose-people.
std::vector<Blocker> find_choice_blockers(const Rules& rules, const Step& step, const Arrival& arrival);

// 周敏或蒋涛
std::string names_of(const directory::Directory& directory, const People& people,
                     std::string_view between = "或");
// 孙月华（人事科负责人）、周敏或徐磊（文印）: who may act on open seats.
std::string describe_open(const directory::Directory& directory, const Marking& marking);
std::string describe_open(const directory::Directory& directory, const Token& token);
// 由 孙月华（人事科负责人） 办理, 等子流程 seal-use-1 办结
std::string describe_turn(const directory::Directory& directory, const Token& token);

}  // namespace wenshu::workflow
