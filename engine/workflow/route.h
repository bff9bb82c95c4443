// How a case goes on from a step: through automatic steps, splits and joins to people or an end. Used inside
// workflow/ only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflow/marking.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// Moves tokens of a marking; what it did can be undone until the Router goes away.
class Router {
 public:
  Router(const Rules& rules, Marking& marking, const data::Value& data, const Act& act);

  // The token at `from` goes to `to`. With `back` the round grows, and what runs in branches that are left is
  // cancelled. The token itself is kept for take_before().
  void go(const Step& from, const Step& to, const Action& action);
  // A new token out of nowhere, for a case that is moved or reopened: all tokens go.
  void place(const Step& to);
  // Nothing that go() did remains.
  void undo();

  const std::vector<Blocker>& blockers() const { return blockers_; }
  Token take_before() { return std::move(*left_); }  // then undo() is no more
  std::vector<Fact> facts;                           // of the way, in its order
  std::vector<Effect> effects;
  std::vector<Symbol> entered;      // steps of people
  std::vector<const Step*> starts;  // whose sub-workflow begins
  bool cancelled_others = false;
  std::vector<Wait> waits_before;

 private:
  void arrive(size_t to, Scope from, std::vector<Symbol> way);
  void enter(size_t to, std::vector<Symbol> way);
  void wait_for_child(const Step& step, std::vector<Symbol> way);
  void split(size_t at, const std::vector<Symbol>& way);
  bool meet(size_t join, Scope& from, std::vector<Symbol>& way);
  void leave_branches(const Scope& outside, const Scope& inside);
  bool agree_by_itself(const Step& step, Token& token);
  bool holds(const Branch& branch);
  void note(std::string_view code, const Step& step, const std::string& other = {});

  const Rules& rules_;
  Marking& marking_;
  const data::Value& data_;
  const Act& act_;
  const Action* action_ = nullptr;
  size_t passed_ = 0;
  std::vector<Blocker> blockers_;
  std::vector<Token> old_tokens_;
  std::optional<Token> left_;  // the token that went; alone where old_tokens_ is empty
  int old_round_;
  Status old_status_;
  std::vector<Symbol> old_agreed_;
};

// The value of a guard, or a blocker that says why there is none.
std::optional<Blocker> find_guard_blocker(const Rules& rules, const expression::Guard& guard,
                                          const std::string& what, const data::Value& data);

}  // namespace wenshu::workflow
