// How several seats become one decision. Used inside workflow/ only.
#pragma once

#include <vector>

#include "workflow/definition.h"
#include "workflow/marking.h"

namespace wenshu::workflow {

// What a decided seat is worth to its step.
enum class SeatRole {
  counting,  // its decision counts
  adviser,   // 前加签: advises the seat that waits for it
  helper,    // 委派: answers, then the seat goes back to its principal
};
SeatRole role_of(const Seat& seat);

const Action* find_kind(const Step& step, ActionKind kind);

// By which action the case leaves the step once the seats marked in `mine` have decided by `last`; null while
// others must decide. One action fires exactly one way on; a vote ends as soon as its result is fixed.
const Action* find_outcome(const Step& step, const std::vector<Seat>& seats, const std::vector<char>& mine,
                           const Action& last);

// After decisions that did not end the step: opens the seats whose turn it is now.
void open_next(const Step& step, std::vector<Seat>& seats);

// Votes needed of `all` votes.
long long needed_votes(const Decide& decide, long long all);

}  // namespace wenshu::workflow
