// What of an act its action never looks at: said instead of silently passed over, because who wrote it meant something.
#pragma once

#include <vector>

#include "base/error.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// Blockers unused-option, one for each detail of the act (to, people, choices, step, direct, again) that its action does
// not read; none for a word that is no action. `before` is where the case stood, `after` where the act brought it, nullptr
// when it was refused: then what only shows by where the case came is not judged.
std::vector<Blocker> find_unused(const Rules& rules, const Marking& before, const Act& act,
                                 const Marking* after);

}  // namespace wenshu::workflow
