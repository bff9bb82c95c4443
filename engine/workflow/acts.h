// Acts that every workflow knows without writing them at each step: 转办, 加签, 催办, 撤回 … What a step's
// own actions do (送审, 同意, 退回 …) stands in moves.h; how an act of either kind is tried, there too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/symbol.h"

namespace wenshu::workflow {

// Who may do it.
enum class Doer {
  holder,     // who has an open seat, everywhere
  allowed,    // who has an open seat, where the step's `allow` names the act
  previous,   // who sent the case to where it stands
  initiator,  // who began it
  around,     // who began it, has acted on it or manages it
  planner,    // who began it or manages it
  manager,    // `managers` of the workflow
  reader,     // whom the case was sent to for reading, or who has an open seat
};

struct ActWord {
  std::string_view name;
  std::string_view title;
  Doer doer;
  bool needs_people;   // --people
  bool needs_step;     // --to STEP
  bool needs_opinion;  // the reason
};
const std::vector<ActWord>& act_words();
const ActWord* find_act(Symbol name);       // nullptr when there is none
std::vector<std::string> allowable_acts();  // what `allow` may name

}  // namespace wenshu::workflow
