// Acts upon the seats of one step, and reading. Used inside workflow/ only.
#pragma once

#include "workflow/acts.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

bool allows(const Step& step, std::string_view act);

// 加签 减签 转办 委派 认领 退领 暂存. REQUIRES: the person has an open seat at the token.
Attempt attempt_on_seats(const Rules& rules, const Marking& marking, Token& token, const Step& step,
                         const Act& act, const ActWord& word);

// 抄送 传阅 已阅.
Attempt attempt_reading(const Rules& rules, Marking& marking, const Act& act);

}  // namespace wenshu::workflow
