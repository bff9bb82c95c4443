// Moves of a case: what may happen, what happens, and why not. Pure: no file, no clock, no store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "directory/directory.h"
#include "form/form.h"
#include "workflow/definition.h"
#include "workflow/marking.h"

namespace wenshu::workflow {

// What every move is judged by: one published version and the office as it is now. REQUIRES: the definition
// passed check_references against this form (and this directory, or an earlier state of it).
struct Rules {
  const Definition& definition;
  const form::Form& form;
  const directory::Directory& directory;
};

// An act that someone wants to do. Ids; `action` as the YAML names it.
struct Act {
  std::string person;
  std::string action;
  std::string opinion;
};

// One thing that happened, for the history: decided, cancelled, not-needed, left, entered, bound, ended.
struct Fact {
  std::string code;
  std::string text;  // 周敏（人事科负责人）同意
  std::map<std::string, std::string> parameters;
};
data::Value to_value(const std::vector<Fact>& facts);  // [{code, text, parameters: {…}}]

struct Move {
  Marking after;
  std::vector<Fact> facts;
  std::vector<Effect> effects;     // to run in this order, in the same transaction; none while seats are open
  std::vector<std::string> binds;  // documents whose text this act signs
};

// Blockers: unknown-person, nobody-can-act.
std::vector<Blocker> find_start_blockers(const Rules& rules, std::string_view initiator);
// The case at its first step. REQUIRES: no start blockers.
Marking start(const Rules& rules, std::string_view initiator);

// Why the act may not happen; empty when it may: case-ended, unknown-person, already-decided, not-your-seat,
// unknown-action, opinion-required, guard-false, guard-failed, nobody-can-act (at the step it would lead to).
// `data` is the case's data after the changes that come with the act.
std::vector<Blocker> find_blockers(const Rules& rules, const Marking& marking, const data::Value& data,
                                   const Act& act);

// REQUIRES: no blockers (throws Failure otherwise). A person who holds several open seats of the step decides
// for all of them by one act.
Move apply(const Rules& rules, const Marking& marking, const data::Value& data, const Act& act);

// Changes of the data that the current step does not allow (`edit`): field-not-editable, one for each path.
std::vector<Blocker> find_edit_blockers(const Rules& rules, const Marking& marking, const data::Value& before,
                                        const data::Value& after);

// `wenshu case why`: sentences. Who holds the case and at which step, why it is not this person's turn, what
// this person may do, and which actions are blocked by what.
std::vector<std::string> explain(const Rules& rules, const Marking& marking, const data::Value& data,
                                 std::string_view person);

}  // namespace wenshu::workflow
