// 在途迁移: a running case moves to another version of its workflow by a map of steps.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "workflow/moves.h"

namespace wenshu::workflow {

// Where each step of the old version goes; a step that is not named keeps its id.
using StepMap = std::map<std::string, std::string>;

struct Migration {
  std::vector<Blocker> blockers;  // step-gone, step-kind, branch-differs, nobody-can-act, choose-people
  Marking after;
  std::vector<std::string> facts;  // in words: what changes for the case
};

// Seats go on as they are where both versions seat the same people by the same rule; else they are opened anew, and
// what was decided in this round stays in the history alone. The case is judged by its data, which do not change.
Migration migrate(const Rules& from, const Rules& to, const Marking& marking, const data::Value& data,
                  const StepMap& steps);

// Names in a map that neither version has, or that lead to a step where nobody sits.
std::vector<Blocker> find_map_blockers(const Definition& from, const Definition& to, const StepMap& steps);

}  // namespace wenshu::workflow
