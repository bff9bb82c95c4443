// Which seats an act is about, and what it does to them.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/act_parts.h"
#include "workflow/decide.h"
#include "workflow/scope.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

// Ids of those for whom the person may act on that day.
std::vector<std::string> principals_of(const Rules& rules, std::string_view person, std::string_view date) {
  if (date.empty() || rules.directory.stand_ins.empty()) return {};
  auto day = parse_date(date);
  if (!day) return {};
  return directory::stood_in_for(rules.directory, person, rules.definition.name, *day);
}

bool holds(const Seat& seat, Symbol person) {
  if (!seat.is_open()) return false;
  return seat.more->claimed.empty() ? seat.candidates.contains(person) : seat.more->claimed == person;
}

// "" in his own right, else the principal's id; nothing when he may not.
std::optional<Symbol> acts_for(const Seat& seat, Symbol person, const std::vector<std::string>& principals) {
  if (holds(seat, person)) return Symbol();
  for (const std::string& principal : principals) {
    if (holds(seat, principal)) return Symbol(principal);
  }
  return std::nullopt;
}

void answer(Seat& seat, const Act& act, const Action& action, Fact& fact) {
  fact.code = "answered";
  fact.person = act.person;
  fact.other = seat.more->principal;
  fact.opinion = act.opinion;
  fact.action = &action;
  seat.candidates = People{seat.more->principal};
  seat.more.edit().principal.clear();
  seat.forget_holder();
}

}  // namespace

bool may_act(const Rules& rules, const Seat& seat, Symbol person, std::string_view date) {
  return acts_for(seat, person, principals_of(rules, person, date)).has_value();
}

std::vector<const Token*> tokens_of(const Rules& rules, const Marking& marking, Symbol person,
                                    std::string_view date) {
  std::vector<const Token*> tokens;
  for (const Token& token : marking.tokens) {
    if (std::any_of(token.seats.begin(), token.seats.end(),
                    [&](const Seat& seat) { return may_act(rules, seat, person, date); }))
      tokens.push_back(&token);
  }
  return tokens;
}

std::vector<Token*> held_tokens(const Rules& rules, Marking& marking, const Act& act) {
  std::vector<Token*> held;
  const std::vector<std::string> principals = principals_of(rules, act.person, act.date);
  for (Token& token : marking.tokens) {
    if (!act.step.empty() && token.step != act.step) continue;
    if (std::any_of(token.seats.begin(), token.seats.end(),
                    [&](const Seat& seat) { return acts_for(seat, act.person, principals).has_value(); }))
      held.push_back(&token);
  }
  return held;
}

std::vector<char> held_seats(const Rules& rules, const Token& token, const Act& act) {
  const std::vector<std::string> principals = principals_of(rules, act.person, act.date);
  std::vector<char> mine(token.seats.size());
  for (size_t i = 0; i < mine.size(); ++i)
    mine[i] = acts_for(token.seats[i], act.person, principals).has_value();
  return mine;
}

void close_seats(const Rules& rules, const Step& step, const Act& act, const Action& action,
                 const std::vector<char>& mine, const Action* leave, std::vector<Seat>& seats,
                 std::vector<Fact>& facts) {
  const std::vector<std::string> principals = principals_of(rules, act.person, act.date);
  for (size_t i = 0; i < seats.size(); ++i) {
    Seat& seat = seats[i];
    const bool pending = seat.is_open() || seat.decision == kWaiting;
    if (!mine[i] && (!leave || !pending)) continue;
    Fact& fact = facts.emplace_back();
    fact.step = &step;
    fact.seat = seat.title;
    if (mine[i] && !leave && role_of(seat) == SeatRole::helper) {
      answer(seat, act, action, fact);
    } else if (mine[i]) {
      fact.code = act.person.empty() ? "automatic" : "decided";
      fact.action = &action;
      fact.person = act.person;
      fact.opinion = act.opinion;
      const Symbol for_whom =
          principals.empty() ? Symbol() : acts_for(seat, act.person, principals).value_or(Symbol());
      if (seat.more || !for_whom.empty() || !act.opinion.empty()) {
        SeatMore& more = seat.more.edit();
        more.for_whom = for_whom;
        more.opinion = act.opinion;
        more.kept.reset();
      }
      fact.other = for_whom;
      seat.automatic = act.person.empty();
      seat.decision = act.action;
      seat.by = act.person;
    } else {
      const bool against = leave->kind != ActionKind::forward;
      seat.decision = against ? kCancelled : kNotNeeded;
      fact.code = against ? "cancelled" : "not-needed";
      fact.action = leave;
    }
  }
  if (!leave) open_next(step, seats);
}

std::vector<const Step*> steps_back(const Rules& rules, const Token& token) {
  const Definition& flow = rules.definition;
  const Scope& here = flow.scopes[flow.index_of(token.step)];
  std::vector<const Step*> steps;
  for (const std::string& id : token.way) {
    const size_t at = flow.index_of(id);
    if (at < flow.steps.size() && id != token.step && is_prefix(flow.scopes[at], here))
      steps.push_back(&flow.steps[at]);
  }
  return steps;
}

}  // namespace wenshu::workflow
