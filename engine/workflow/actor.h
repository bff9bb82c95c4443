// Who could act next. Used inside workflow/ only.
#pragma once

#include "workflow/moves.h"

namespace wenshu::workflow {

// The first who may decide at the token now, having a seat of his own there; "" when there is none.
Symbol find_actor(const Rules& rules, const Marking& marking, const Token& token);

}  // namespace wenshu::workflow
