// 前加签 and 委派: who is asked presses an action of the step, and only advises whoever decides.
#pragma once

#include <string>

#include "workflow/moves.h"

namespace wenshu::workflow {

// 提出意见（赞成） for an `advised` fact, 答复（…） for an `answered` one, "" for all others.
std::string title_of_advice(const Fact& fact);

}  // namespace wenshu::workflow
