// Which seats an act is about, and what it does to them.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/act_parts.h"
#include "workflow/actor.h"
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
  const bool claimed = seat.more && !seat.more->claimed.empty();
  return claimed ? seat.more->claimed == person : seat.candidates.contains(person);
}

// "" in his own right, else the principal's id; nothing when he may not.
std::optional<Symbol> acts_for(const Seat& seat, Symbol person, const std::vector<std::string>& principals) {
  if (holds(seat, person)) return Symbol();
  for (const std::string& principal : principals) {
    if (holds(seat, principal)) return Symbol(principal);
  }
  return std::nullopt;
}

bool counts(const Seat& seat) { return role_of(seat) == SeatRole::counting; }

// Himself, or somebody who stood in for him.
bool has_decided(const Token& token, Symbol person) {
  return std::any_of(token.seats.begin(), token.seats.end(), [&](const Seat& seat) {
    if (seat.by.empty()) return false;
    const Symbol whose = !seat.more || seat.more->for_whom.empty() ? seat.by : seat.more->for_whom;
    return whose == person && counts(seat);
  });
}

// For whom the person acts by one of the step's own actions; "" when nobody is named.
Symbol named_in(const Act& act) {
  return act.people.empty() || find_act(act.action) ? Symbol() : Symbol(act.people.front());
}

// One person at the steps where a case stands: his own seats, and those of whom he stands in for.
class Standing {
 public:
  Standing(const Rules& rules, const Marking& marking, Symbol person, std::string_view date)
      : rules_(rules), marking_(marking), person_(person), principals_(principals_of(rules, person, date)) {}

  bool stands_in() const { return !principals_.empty(); }

  bool sits_at(const Token& token) const {
    bool any = false;
    for (const Seat& seat : token.seats) any = any || acts_for(seat, person_, principals_).has_value();
    if (!any || (principals_.empty() && !has_decided(token, person_))) return any;
    return sits_himself(token) || !principals_at(token).empty();
  }

  bool sits_himself(const Token& token) const { return takes_any(token, person_); }

  // Whom he stands in for at a seat that is open; nobody's where he would judge his own case.
  std::vector<Symbol> principals_at(const Token& token) const {
    std::vector<Symbol> found;
    if (principals_.empty()) return found;
    if (person_ == marking_.initiator && rules_.definition.find_step(token.step)->not_initiator) return found;
    for (const std::string& principal : principals_) {
      if (takes_any(token, principal)) found.emplace_back(principal);
    }
    return found;
  }

  std::vector<char> mark(const Token& token, Symbol named) const {
    std::vector<char> mine(token.seats.size());
    Symbol who = person_;
    if (!principals_.empty()) {
      const std::vector<Symbol> principals = principals_at(token);
      if (std::find(principals.begin(), principals.end(), named) != principals.end())
        who = named;
      else if (!sits_himself(token) && !principals.empty())
        who = principals.front();
    }
    size_t counting = 0;
    for (size_t i = 0; i < mine.size(); ++i) {
      mine[i] = takes(token, token.seats[i], who);
      counting += mine[i] && counts(token.seats[i]);
    }
    if (counting > 1) keep_one(token, who, mine);
    return mine;
  }

 private:
  // Who has decided at the step takes another seat only where all who could take it have decided already.
  static bool takes(const Token& token, const Seat& seat, Symbol who) {
    if (!holds(seat, who)) return false;
    if (!counts(seat) || !has_decided(token, who)) return true;
    return std::all_of(seat.candidates.begin(), seat.candidates.end(),
                       [&](Symbol person) { return has_decided(token, person); });
  }
  static bool takes_any(const Token& token, Symbol who) {
    return std::any_of(token.seats.begin(), token.seats.end(),
                       [&](const Seat& seat) { return takes(token, seat, who); });
  }

  // Those that nobody else could take; where there is none, the one that he has claimed, else the first.
  static void keep_one(const Token& token, Symbol who, std::vector<char>& mine) {
    const auto rank = [&](const Seat& seat) {
      return seat.candidates.size() == 1 ? 0 : seat.more->claimed == who ? 1 : 2;
    };
    size_t best = mine.size();
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!mine[i] || !counts(token.seats[i])) continue;
      if (best == mine.size() || rank(token.seats[i]) < rank(token.seats[best])) best = i;
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      const Seat& seat = token.seats[i];
      if (mine[i] && i != best && counts(seat) && rank(seat) > 0) mine[i] = false;
    }
  }

  const Rules& rules_;
  const Marking& marking_;
  Symbol person_;
  std::vector<std::string> principals_;
};

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
  const Standing standing(rules, marking, person, date);
  std::vector<const Token*> tokens;
  for (const Token& token : marking.tokens) {
    if (standing.sits_at(token)) tokens.push_back(&token);
  }
  return tokens;
}

std::vector<Token*> held_tokens(const Rules& rules, Marking& marking, const Act& act) {
  std::vector<Token*> held;
  const Standing standing(rules, marking, act.person, act.date);
  for (Token& token : marking.tokens) {
    if (!act.step.empty() && token.step != act.step) continue;
    if (standing.sits_at(token)) held.push_back(&token);
  }
  return held;
}

std::vector<char> held_seats(const Rules& rules, const Marking& marking, const Token& token, const Act& act) {
  return Standing(rules, marking, act.person, act.date).mark(token, named_in(act));
}

Symbol find_actor(const Rules& rules, const Marking& marking, const Token& token) {
  for (const Seat& seat : token.seats) {
    if (!seat.is_open()) continue;
    if (!seat.more->claimed.empty()) return seat.more->claimed;
    for (Symbol person : seat.candidates) {
      if (Standing(rules, marking, person, "").sits_at(token)) return person;
    }
  }
  return {};
}

std::optional<Blocker> find_for_whom_blocker(const Rules& rules, const Marking& marking, const Token& token,
                                             const Act& act) {
  const Standing standing(rules, marking, act.person, act.date);
  if (!standing.stands_in()) return std::nullopt;
  const std::vector<Symbol> principals = standing.principals_at(token);
  std::vector<std::string> names;
  for (Symbol principal : principals) names.push_back(rules.directory.name_of(principal));
  const Symbol named = named_in(act);
  const std::string name = rules.directory.name_of(act.person);
  if (!named.empty() && named != act.person &&
      std::find(principals.begin(), principals.end(), named) == principals.end())
    return Blocker{"for-whom",
                   fmt::format("{} 在这里不能代 {} 办理{}", name, rules.directory.name_of(named),
                               names.empty() ? "" : "，能代的有 " + join(names, "、")),
                   {{"person", act.person}}};
  if (!named.empty() || standing.sits_himself(token) || principals.empty()) return std::nullopt;
  const bool again = has_decided(token, act.person);
  if (principals.size() < 2 && !again) return std::nullopt;
  return Blocker{"for-whom",
                 fmt::format("{}{}能代 {} 办理，要写明代谁（--people {}）", name,
                             again ? " 自己已经办过，还" : " ", join(names, "、"), principals.front()),
                 {{"person", act.person}}};
}

std::optional<Blocker> find_seating_blocker(const Rules& rules, const Marking& marking, const Token& token,
                                            Symbol person) {
  const Step& step = *rules.definition.find_step(token.step);
  const std::string name = rules.directory.name_of(person);
  if (step.not_initiator && person == marking.initiator)
    return Blocker{"initiator-barred",
                   fmt::format("{} 是经办人，“{}”环节不能由本人审本人的件", name, step.title),
                   {{"person", person}, {"step", step.id}}};
  // Two signatures of one person are no countersign of two.
  const bool decided = std::any_of(token.seats.begin(), token.seats.end(), [&](const Seat& seat) {
    return counts(seat) && (seat.by == person || (!seat.by.empty() && seat.more->for_whom == person));
  });
  if (step.decide.rule != DecideRule::one && decided)
    return Blocker{"already-seated",
                   fmt::format("{} 在“{}”环节已经办过，不能再替别人办", name, step.title),
                   {{"person", person}, {"step", step.id}}};
  return std::nullopt;
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
      fact.code = act.person.empty() ? "automatic" : counts(seat) ? "decided" : "advised";
      fact.action = &action;
      fact.person = act.person;
      if (!act.opinion.empty()) fact.opinion = act.opinion;
      const Symbol named = principals.empty() ? Symbol() : named_in(act);
      const bool for_named = !named.empty() && named != act.person && holds(seat, named);
      const Symbol for_whom = for_named ? named
                              : principals.empty()
                                  ? Symbol()
                                  : acts_for(seat, act.person, principals).value_or(Symbol());
      if (seat.more || !for_whom.empty() || !act.opinion.empty()) {
        SeatMore& more = seat.more.edit();
        more.for_whom = for_whom;
        more.opinion = act.opinion;
        more.kept.reset();
      }
      if (!for_whom.empty()) fact.other = for_whom;
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
