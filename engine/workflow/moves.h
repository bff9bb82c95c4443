// Moves of a case: what may happen, what happens, and why not. Pure: no file, no clock, no store.
#pragma once

#include <map>
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
struct SeatMemo;
struct Rules {
  const Definition& definition;
  const form::Form& form;
  const directory::Directory& directory;
  const expression::Type* type = nullptr;             // of the form, when the caller has it at hand
  const std::map<std::string, int>* loads = nullptr;  // open seats of each person, for pick: least_loaded
  int turn = 0;                                       // the case's serial, for pick: in_turn
  const expression::Ledgers* ledgers = nullptr;       // what guards may ask of registers
  // Hashes of the files that `documents` name, by document: part of what a signature judges.
  const std::map<std::string, std::string>* papers = nullptr;
  SeatMemo* memo = nullptr;  // for callers that do many acts by these same rules, one thread at a time
};

// Who has been found to sit where: what follows from the rules, and at most from who began the case.
struct SeatMemo {
  struct Found {
    Symbol initiator;
    std::vector<Seat> seats;
  };
  std::vector<std::vector<Found>> steps;  // by place in the definition
};

// An act that someone wants to do. Ids; `action` as the YAML names it, or an act of acts.h.
struct Act {
  Symbol person;
  Symbol action;
  std::string opinion;
  std::string date = {};  // 2020-07-27; needed by 代理, 催办 and 已阅
  std::string time = {};  // UTC; needed by 挂起 and 激活 where steps have deadlines
  std::string step = {};  // at which of several steps; needed only where the person sits at several
  std::string to = {};    // the step for `to: any`, 跳转, 唤醒
  std::vector<std::string> people = {};                          // for 转办, 加签, 抄送 …
  std::map<std::string, std::vector<std::string>> choices = {};  // by step: who shall sit there (chosen_by)
  bool direct = false;                                           // 退回 with resubmit: choose
  bool again = false;                                            // 抄送 also to those who have one
  Rare<data::Value> kept = {};                                   // 暂存: changes of the data, not sent yet
};

// One thing that happened, for the history. `code`: decided, cancelled, not-needed, by-itself, left, entered, passed,
// bound, ended, added, dropped, transferred, delegated, answered, claimed, released, recalled, moved, suspended,
// resumed, stopped, reopened, copied, circulated, read, urged, kept, handed-over, assigned, proofread, voided, to-signer,
// child-started, child-ended, child-failed, reminded, reminded-again, escalated, expired, automatic, not-automatic.
struct Fact {
  std::string_view code;
  const Step* step = nullptr;      // of the definition
  const Action* action = nullptr;  // of the definition
  Symbol seat = {};                // its title
  Symbol person = {};              // id
  std::string other = {};          // id of another person, or what else the fact names
  std::string opinion = {};
  int round = 0;
};
std::string to_text(const Rules& rules, const Fact& fact);  // 周敏（人事科负责人）同意

struct Done {
  std::vector<Fact> facts;
  std::vector<Effect> effects;     // to run in this order, in the same transaction; none while seats are open
  std::vector<std::string> binds;  // documents whose text this act signs
  std::vector<const Step*> starts;  // steps whose sub-workflow begins, in this order
};
struct Move : Done {
  Marking after;
};

// Blockers: unknown-person, nobody-can-act.
std::vector<Blocker> find_start_blockers(const Rules& rules, Symbol initiator, const data::Value& data = {});
// The case at its first step. REQUIRES: no start blockers.
Marking start(const Rules& rules, Symbol initiator, const data::Value& data = {});

// Does the act, or says why not and leaves the marking as it was.
// Blockers: case-ended, case-suspended, unknown-person, already-decided, not-your-seat, unknown-action,
// which-step, opinion-required, field-required, guard-false, guard-failed, no-branch, nobody-can-act (at the step
// it would lead to), choose-people, not-allowed-here, adviser-only, and those of each act (acts.h).
// `data` is the case's data after the changes that come with the act. Changes after a signature void it: the act is
// then done only as far as the case comes by the signer again; else the case goes back to him at once and nothing else
// is done (fact to-signer), or, for 跳转 and 唤醒, the blocker is signature-void.
struct Attempt {
  std::vector<Blocker> blockers;
  Done move;
};
Attempt attempt(const Rules& rules, Marking& marking, const data::Value& data, const Act& act);

// What happens without a person: a clock runs out, a case that the step waits for ends. The step's open seats are
// decided by `action` (of `seat` alone where one is named); facts say that it happened by itself.
// Blockers as of attempt().
struct Automatic {
  std::string step;
  std::string action;
  std::string seat = {};  // its key
  std::string why = {};   // for the history
  std::string date = {};
};
Attempt attempt_automatic(const Rules& rules, Marking& marking, const data::Value& data,
                          const Automatic& automatic);

// The same on a copy. apply() REQUIRES no blockers (throws Failure otherwise).
std::vector<Blocker> find_blockers(const Rules& rules, const Marking& marking, const data::Value& data,
                                   const Act& act);
Move apply(const Rules& rules, const Marking& marking, const data::Value& data, const Act& act);

// Whether the person may act on a seat: in his own right, or (with a date) standing in for a candidate.
bool may_act(const Rules& rules, const Seat& seat, Symbol person, std::string_view date);
// Steps at which the person has an open seat.
std::vector<const Token*> tokens_of(const Rules& rules, const Marking& marking, Symbol person,
                                    std::string_view date);
bool is_manager(const Rules& rules, const Marking& marking, Symbol person);

// Changes of the data that the person's step does not allow (`edit`, `require`): field-not-editable, one for each
// path. Looks at the first step at which the person sits; at the first of all when he sits at none.
std::vector<Blocker> find_edit_blockers(const Rules& rules, const Marking& marking, const data::Value& before,
                                        const data::Value& after, const Act& act = {});

// Paths that this person is not shown: hidden at each step at which he sits, and he neither began the case nor
// manages it.
std::vector<std::string> hidden_from(const Rules& rules, const Marking& marking, Symbol person);

// `wenshu case why`: sentences. Who holds the case and at which step, why it is not this person's turn, what
// this person may do, which actions are blocked by what, and where each would lead.
std::vector<std::string> explain(const Rules& rules, const Marking& marking, const data::Value& data,
                                 std::string_view person, std::string_view date = {});

}  // namespace wenshu::workflow
