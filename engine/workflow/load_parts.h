// The parts of a workflow file, from trees of the right shape. Used inside workflow/ only.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "workflow/definition.h"

namespace wenshu::workflow {

inline Reference read_reference(const data::Value& value) { return {value.text(), value.place()}; }
std::vector<Reference> read_references(const data::Value& list);

Step read_step(const data::Value::Entry& entry, Diagnostics& findings);
Action read_action(const data::Value::Entry& entry, Diagnostics& findings);
std::vector<Effect> read_effects(const data::Value& list, Diagnostics& findings);
std::optional<expression::Guard> read_guard(const data::Value* when, Diagnostics& findings);

SeatRule read_seat(const data::Value& source, Diagnostics& findings);
std::vector<SeatRule> read_seat_list(const data::Value& list, Diagnostics& findings);
// `actions` tells whether the seats can vote against.
Decide read_decide(const data::Value& source, const data::Value& actions, Diagnostics& findings);

}  // namespace wenshu::workflow
