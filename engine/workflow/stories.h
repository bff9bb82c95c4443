// Stories that a workflow can go through: short ways that together come by as many of its steps, branches, actions and seats
// as can be found. For a first scenario file (app/scenario_draft.h); the proof that all is well is check/check.h.
#pragma once

#include <string>
#include <vector>

#include "workflow/coverage.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

struct StoryAct {
  Act act;
  PeopleOfSteps seats;  // after it: who may act at each open step
  std::string ended;    // the end where the case has come, or ""
};

struct Story {
  std::string initiator;
  data::Value data;
  std::vector<StoryAct> acts;
  std::vector<std::string> news;  // what it comes by first, in a clerk's words: 动作“退回”
};

// By the records given, each begun by the first of `people` who may begin. Effects and cases of other workflows are not
// run: a story ends where it would wait for one. Marks what its stories come by in `coverage`. Looks at a few thousand
// states at most.
std::vector<Story> find_stories(const Rules& rules, const std::vector<data::Value>& records,
                                const std::vector<std::string>& people, Coverage& coverage);

}  // namespace wenshu::workflow
