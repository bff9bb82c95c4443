// What the files that do acts share. Used inside workflow/ only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflow/acts.h"
#include "workflow/moves.h"
#include "workflow/route.h"

namespace wenshu::workflow {

// An act of acts.h on an open or ended case.
Attempt attempt_general(const Rules& rules, Marking& marking, const data::Value& data, const Act& act,
                        const ActWord& word);

// Blockers told at several places.
std::optional<Blocker> find_unknown_person(const Rules& rules, std::string_view person);
Blocker not_your_seat(const Rules& rules, const Marking& marking, const Act& act);
Blocker which_step(const Rules& rules, const std::vector<Token*>& tokens, const Act& act);
Blocker unknown_action(const Step& step, const std::string& action);

// The tokens at which the act's person has an open seat; only the one that the act names, if it names one.
std::vector<Token*> held_tokens(const Rules& rules, Marking& marking, const Act& act);
// Marks the seats that the act is about: of those whose decision counts one, and others only where nobody else could take
// them (nobody decides twice at one step). In his own right where the person has such a seat, else for somebody else;
// `people` of one of the step's own actions names for whom.
std::vector<char> held_seats(const Rules& rules, const Marking& marking, const Token& token, const Act& act);
// Several could be meant for whom the person decides: for-whom.
std::optional<Blocker> find_for_whom_blocker(const Rules& rules, const Marking& marking, const Token& token,
                                             const Act& act);
// Why a person must not get a seat whose decision counts: he has decided at the step already (already-seated), or began
// the case where nobody judges his own (initiator-barred).
std::optional<Blocker> find_seating_blocker(const Rules& rules, const Marking& marking, const Token& token,
                                            Symbol person);

// The token's seats as the act leaves them, as facts: decided, cancelled, not-needed, answered.
void close_seats(const Rules& rules, const Step& step, const Act& act, const Action& action,
                 const std::vector<char>& mine, const Action* leave, std::vector<Seat>& seats,
                 std::vector<Fact>& facts);

// Steps to which `to: any` and `to: previous` may lead from a token: on its way, and not inside a branch that the
// token is not in.
std::vector<const Step*> steps_back(const Rules& rules, const Token& token);

}  // namespace wenshu::workflow
