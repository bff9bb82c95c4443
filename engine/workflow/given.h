// What people may not write when a case begins.
#pragma once

#include <vector>

#include "workflow/moves.h"

namespace wenshu::workflow {

// number-given: numbers, and the days on which they are taken, that effects of the workflow write. `given`: what the
// initiator wrote, without defaults.
std::vector<Blocker> find_given_blockers(const Rules& rules, const data::Value& given);

}  // namespace wenshu::workflow
