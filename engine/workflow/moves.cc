#include "workflow/moves.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/act_parts.h"
#include "workflow/decide.h"
#include "workflow/scope.h"
#include "workflow/seating.h"
#include "workflow/signatures.h"

namespace wenshu::workflow {
namespace {

using data::Value;

// Where an action leads from here; null with a blocker.
const Step* find_target(const Rules& rules, const Token& token, const Action& action, const Act& act,
                        std::vector<Blocker>& blockers) {
  const Definition& flow = rules.definition;
  if (action.target == Target::step) {
    const Step* back = action.kind == ActionKind::forward ? flow.find_step(token.back_to) : nullptr;
    return back ? back : flow.find_step(action.to.name);
  }
  const std::vector<const Step*> steps = steps_back(rules, token);
  if (steps.empty()) {
    blockers.push_back({"no-step-back", "这之前没有可以退回的环节", {{"step", token.step}}});
    return nullptr;
  }
  if (action.target == Target::previous) return steps.back();
  for (const Step* step : steps) {
    if (step->id == act.to) return step;
  }
  std::vector<std::string> names;
  for (const Step* step : steps) names.push_back(fmt::format("{}（{}）", step->id, step->title));
  blockers.push_back(
      {"choose-step",
       fmt::format("{}{}，可以退回到 {}", action.title,
                   act.to.empty() ? "要说明退到哪个环节" : "不能退到 " + act.to, join(names, "、")),
       {{"step", token.step}, {"to", act.to}}});
  return nullptr;
}

void check_required(const Rules& rules, const Step& step, const Action& action, const Value& data,
                    std::vector<Blocker>& blockers) {
  if (action.kind != ActionKind::forward) return;
  for (const Reference& path : step.require) {
    const Value* value = data.find_path(path.name);
    const bool filled =
        value && !value->is_null() && (value->is_scalar() ? !trim(value->text()).empty() : value->size() > 0);
    if (filled) continue;
    blockers.push_back(
        {"field-required",
         fmt::format("“{}”环节要填好 {} 才能{}", step.title, rules.form.title_of(path.name), action.title),
         {{"step", step.id}, {"field", path.name}}});
  }
}

// What the action itself asks before anybody may do it, or a count of votes may.
void check_action(const Rules& rules, const Step& step, const Action& action, const Value& data,
                  const std::string& opinion, std::vector<Blocker>& blockers) {
  if (action.opinion_required && trim(opinion).empty())
    blockers.push_back(
        {"opinion-required", fmt::format("{}时必须写明意见", action.title), {{"action", action.name}}});
  if (action.when) {
    if (auto blocker = find_guard_blocker(rules, *action.when, action.title, data))
      blockers.push_back(*blocker);
  }
  check_required(rules, step, action, data, blockers);
}

// The case leaves by another action than the one pressed: by the first of its kind that may be done now; by none, with
// what blocks the one that the count has found, when no one may. Opinions were asked of those who pressed it.
const Action* check_outcome(const Rules& rules, const Step& step, const Action& found, const Value& data,
                            std::vector<Blocker>& blockers) {
  for (const Action& action : step.actions) {
    if (action.kind != found.kind) continue;
    std::vector<Blocker> own;
    check_action(rules, step, action, data, "…", own);
    if (own.empty()) return &action;
    if (&action == &found) blockers.insert(blockers.end(), own.begin(), own.end());
  }
  return nullptr;
}

bool is_only_adviser(const Token& token, const std::vector<char>& mine) {
  for (size_t i = 0; i < mine.size(); ++i) {
    if (mine[i] && role_of(token.seats[i]) == SeatRole::counting) return false;
  }
  return true;
}

void keep_choices(const Act& act, Marking& marking) {
  if (act.choices.empty() || act.person != marking.initiator) return;
  for (const auto& [step, people] : act.choices) marking.choices.edit()[step] = people;
}

// 直达: the step that gets the case back once it has been mended.
Symbol returner(const Rules& rules, const Step& from, const Step& to, const Action& action, const Act& act) {
  const bool direct =
      action.resubmit == Resubmit::direct || (action.resubmit == Resubmit::choose && act.direct);
  if (action.kind != ActionKind::back || !direct) return {};
  const auto& flow = rules.definition;
  const bool same = flow.scopes[flow.index_of(from.id)] == flow.scopes[flow.index_of(to.id)];
  return same ? from.id : Symbol();
}

// A seat that was only asked for advice signs nothing.
void note_binds(const Rules& rules, Marking& marking, const Value& data, const Step& step, const Act& act,
                const std::vector<Seat>& seats, const std::vector<char>& mine, Done& move) {
  if (step.binds.empty()) return;
  std::vector<std::string> titles;
  for (size_t i = 0; i < seats.size(); ++i) {
    if (mine[i] && seats[i].by == act.person && role_of(seats[i]) == SeatRole::counting)
      titles.push_back(seats[i].title.text());
  }
  if (titles.empty()) return;
  add_signature(rules, marking, data, act, step, join(titles, "、"));
  for (const Reference& document : step.binds) {
    move.binds.push_back(document.name);
    Fact fact;
    fact.code = "bound";
    fact.step = &step;
    fact.person = act.person;
    fact.other = rules.definition.find_document(document.name)->title;
    move.facts.push_back(std::move(fact));
  }
}

void send_copies(const Rules& rules, Marking& marking, const Value& data, const Step& step, const Act& act,
                 std::vector<Fact>& facts) {
  if (step.copy_to.empty() && step.circulate_to.empty()) return;
  const Arrival arrival{marking, data, act.person, nullptr};
  auto send = [&](const std::vector<SeatRule>& seats, bool duty) {
    for (const SeatRule& rule : seats) {
      std::string title;
      for (const std::string& person : people_of(rules, rule, arrival, step.id, title)) {
        auto has = std::any_of(marking.readers.begin(), marking.readers.end(), [&](const Reader& reader) {
          return reader.person == person && reader.duty == duty;
        });
        if (has) continue;
        marking.readers.push_back({person, duty, act.person});
        Fact fact;
        fact.code = duty ? "circulated" : "copied";
        fact.other = person;
        facts.push_back(std::move(fact));
      }
    }
  };
  send(step.copy_to, false);
  send(step.circulate_to, true);
}

// Commits a decision that leaves the step. Blockers of the way undo it.
void leave(const Rules& rules, Marking& marking, const Value& data, const Act& act, const Step& step,
           const Step& to, const Action& chosen, const Action& leaving, const std::vector<char>& mine,
           Attempt& result) {
  Router router(rules, marking, data, act);
  std::vector<Seat> seats = marking.find(step.id)->seats;
  router.facts = std::move(result.move.facts);  // why it happens by itself, if it does
  router.facts.reserve(router.facts.size() + 4 + seats.size());
  close_seats(rules, step, act, chosen, mine, &leaving, seats, router.facts);
  const auto decided = static_cast<std::ptrdiff_t>(router.facts.size());
  router.go(step, to, leaving);
  if (!router.blockers().empty()) {
    result.blockers = router.blockers();
    router.undo();
    return;
  }
  Done& move = result.move;
  // What left numbers or papers behind, or stopped others, cannot be taken back by the one who sent it.
  const bool may_come_back = !act.person.empty() && router.starts.empty() && router.effects.empty() &&
                             !router.cancelled_others && marking.is_open() && step.recall != Recall::never &&
                             !router.entered.empty();
  move.facts = std::move(router.facts);
  const auto told = static_cast<std::ptrdiff_t>(move.facts.size());
  if (chosen.kind == ActionKind::forward) note_binds(rules, marking, data, step, act, seats, mine, move);
  // What is signed comes with what is decided, before the way.
  std::rotate(move.facts.begin() + decided, move.facts.begin() + told, move.facts.end());
  if (leaving.kind == ActionKind::forward) renew_signatures(marking, step);
  move.effects = std::move(router.effects);
  move.starts = std::move(router.starts);
  if (leaving.kind == ActionKind::forward) {
    const auto& steps = rules.definition.steps;
    const bool remembers = std::any_of(
        steps.begin(), steps.end(), [](const Step& one) { return one.same_person == SamePerson::earlier; });
    for (const Seat& seat : seats) {
      if (remembers && !seat.by.empty()) marking.agreed.push_back(seat.by);
    }
    send_copies(rules, marking, data, step, act, move.facts);
  }
  for (Symbol id : router.entered) {
    Token* token = marking.find(id);
    if (token && id == to.id) token->back_to = returner(rules, step, to, leaving, act);
  }
  if (!may_come_back || !move.binds.empty()) return marking.sent.reset();
  Sent& sent = marking.sent.edit();
  sent.person = act.person;
  sent.before = router.take_before();
  sent.entered = std::move(router.entered);
  sent.waits = std::move(router.waits_before);
}

Attempt attempt_action(const Rules& rules, Marking& marking, const Value& data, const Act& act, Token& token,
                       const Action& action) {
  Attempt result;
  std::vector<Blocker>& blockers = result.blockers;
  const Step& step = *rules.definition.find_step(token.step);
  const std::vector<char> mine = held_seats(rules, marking, token, act);
  if (!rules.directory.stand_ins.empty()) {
    if (auto blocker = find_for_whom_blocker(rules, marking, token, act)) blockers.push_back(*blocker);
  }
  check_action(rules, step, action, data, act.opinion, blockers);
  if (action.kind == ActionKind::back && is_only_adviser(token, mine)) {
    blockers.push_back({"adviser-only",
                        fmt::format("受托提出意见的人不能{}，请写明意见后交还", action.title),
                        {{"action", action.name}}});
  }
  const Action* leaving = blockers.empty() ? find_outcome(step, token.seats, mine, action) : nullptr;
  if (leaving && leaving != &action) leaving = check_outcome(rules, step, *leaving, data, blockers);
  if (leaving) {
    if (const Step* to = find_target(rules, token, *leaving, act, blockers); to && blockers.empty()) {
      keep_choices(act, marking);
      leave(rules, marking, data, act, step, *to, action, *leaving, mine, result);
    }
    return result;
  }
  if (!blockers.empty()) return result;
  keep_choices(act, marking);
  close_seats(rules, step, act, action, mine, nullptr, token.seats, result.move.facts);
  if (action.kind == ActionKind::forward)
    note_binds(rules, marking, data, step, act, token.seats, mine, result.move);
  if (marking.sent) marking.sent.reset();  // the next one has acted
  return result;
}

}  // namespace

std::vector<Blocker> find_start_blockers(const Rules& rules, Symbol initiator, const Value& data) {
  if (auto unknown = find_unknown_person(rules, initiator)) return {*unknown};
  Marking marking;
  marking.initiator = initiator;
  const Step& first = rules.definition.steps.front();
  std::vector<Blocker> blockers;
  for (const Seat& seat : make_seats(rules, first, {marking, data, initiator, nullptr})) {
    if (!seat.candidates.empty()) continue;
    blockers.push_back({"nobody-can-act",
                        fmt::format("“{}”环节的席位 {} 没有人担任，办件到了那里无人可办；请先在通讯录中写明",
                                    first.title, seat.title),
                        {{"step", first.id}, {"seat", seat.title}}});
  }
  return blockers;
}

Marking start(const Rules& rules, Symbol initiator, const Value& data) {
  const Step& first = rules.definition.steps.front();
  Marking marking;
  marking.initiator = initiator;
  Token token;
  token.step = first.id;
  token.seats = make_seats(rules, first, {marking, data, initiator, nullptr});
  marking.tokens.push_back(std::move(token));
  return marking;
}

namespace {

Attempt attempt_act(const Rules& rules, Marking& marking, const Value& data, const Act& act) {
  if (const ActWord* word = find_act(act.action)) return attempt_general(rules, marking, data, act, *word);
  if (!marking.is_open()) {
    const Step* step = rules.definition.find_step(marking.step());
    return {{{"case-ended",
              fmt::format("办件{}（{}），不能再办", to_chinese(marking.status),
                          step ? step->title : marking.step().text()),
              {}}},
            {}};
  }
  if (auto unknown = find_unknown_person(rules, act.person)) return {{*unknown}, {}};
  if (marking.status == Status::suspended)
    return {{{"case-suspended", "办件已挂起，激活以后才能办", {}}}, {}};
  std::vector<Token*> held = held_tokens(rules, marking, act);
  const bool seated = !held.empty();
  // Several steps: the one that knows the action.
  if (held.size() > 1)
    std::erase_if(held, [&](Token* token) {
      return !rules.definition.find_step(token->step)->find_action(act.action);
    });
  if (held.size() > 1) return {{which_step(rules, held, act)}, {}};
  std::vector<Blocker> blockers;
  if (!seated) blockers.push_back(not_your_seat(rules, marking, act));
  Token* token =
      held.empty() ? (act.step.empty() ? &marking.tokens.front() : marking.find(act.step)) : held.front();
  if (!token) return {std::move(blockers), {}};
  const Step& step = *rules.definition.find_step(token->step);
  const Action* action = step.find_action(act.action);
  if (!action) {
    blockers.push_back(unknown_action(step, act.action));
    return {std::move(blockers), {}};
  }
  if (seated) return attempt_action(rules, marking, data, act, *token, *action);
  // All reasons at once, also to who has no seat.
  if (action->opinion_required && trim(act.opinion).empty())
    blockers.push_back(
        {"opinion-required", fmt::format("{}时必须写明意见", action->title), {{"action", action->name}}});
  if (action->when) {
    if (auto blocker = find_guard_blocker(rules, *action->when, action->title, data))
      blockers.push_back(*blocker);
  }
  return {std::move(blockers), {}};
}

Attempt attempt_by_itself(const Rules& rules, Marking& marking, const Value& data,
                          const Automatic& automatic) {
  Token* token = marking.find(automatic.step);
  const Step* step = token ? rules.definition.find_step(automatic.step) : nullptr;
  const Action* action = step ? step->find_action(automatic.action) : nullptr;
  if (!action || !marking.is_live())
    return {{{"not-there",
              fmt::format("办件不在“{}”环节，或那里没有动作 {}", automatic.step, automatic.action),
              {{"step", automatic.step}}}},
            {}};
  Attempt result;
  Act act;
  act.action = automatic.action;
  act.date = automatic.date;
  act.opinion = automatic.why;
  check_action(rules, *step, *action, data, automatic.why, result.blockers);
  if (!result.blockers.empty()) return result;
  std::vector<char> mine(token->seats.size());
  for (size_t i = 0; i < mine.size(); ++i)
    mine[i] = token->seats[i].is_open() && (automatic.seat.empty() || token->seats[i].key == automatic.seat);
  const bool waits = step->kind == StepKind::child;
  const Action* leaving = waits ? action : find_outcome(*step, token->seats, mine, *action);
  if (leaving && leaving != action) {
    leaving = check_outcome(rules, *step, *leaving, data, result.blockers);
    if (!leaving) return result;
  }
  if (waits) {
    Fact fact;
    fact.code = action->kind == ActionKind::forward ? "child-ended" : "child-failed";
    fact.step = step;
    fact.action = action;
    fact.other = automatic.why;
    result.move.facts.push_back(std::move(fact));
  }
  if (leaving) {
    const Step* to = find_target(rules, *token, *leaving, act, result.blockers);
    if (to && result.blockers.empty())
      leave(rules, marking, data, act, *step, *to, *action, *leaving, mine, result);
    return result;
  }
  close_seats(rules, *step, act, *action, mine, nullptr, token->seats, result.move.facts);
  marking.sent.reset();
  return result;
}

// Back to the step whose signature has become void; out of its branches, when it stands in some.
void return_to_signer(const Rules& rules, Marking& marking, const Value& data, const Act& act,
                      const Step& signer, Attempt& result) {
  const Definition& flow = rules.definition;
  const Step* to = &signer;
  if (!flow.scopes[flow.index_of(signer.id)].empty()) {
    to = &flow.steps.front();
    for (const Token& token : marking.tokens) {
      for (const std::string& id : token.way) {
        const size_t at = flow.index_of(id);
        if (at < flow.steps.size() && flow.scopes[at].empty() && leads_through(flow, id, signer.id))
          to = &flow.steps[at];
      }
    }
  }
  Router router(rules, marking, data, act);
  router.place(*to);
  if (!router.blockers().empty()) {
    result.blockers = router.blockers();
    router.undo();
    return;
  }
  marking.sent.reset();
  Fact fact;
  fact.code = "to-signer";
  fact.step = to;
  fact.other = signer.title;
  result.move.facts.push_back(std::move(fact));
  std::move(router.facts.begin(), router.facts.end(), std::back_inserter(result.move.facts));
}

// Whether the case ends because somebody said no: then what was signed comes to nothing anyway.
bool ends_by_refusal(const Rules& rules, const Marking& before, const Marking& after,
                     const std::string& action) {
  if (after.status != Status::ended) return false;
  for (const Token& token : before.tokens) {
    const Step* step = rules.definition.find_step(token.step);
    const Action* taken = step ? step->find_action(action) : nullptr;
    if (taken) return taken->kind != ActionKind::forward;
  }
  return false;
}

// Does an act on a case that has been signed: a signature of a text that has changed since is void, and no way leads
// past it.
template <class Do>
Attempt guard_signatures(const Rules& rules, Marking& marking, const Value& data, const Act& act,
                         const Do& run) {
  Marking before = marking;
  std::vector<Fact> voided;
  if (act.action == "proofread")
    carry_signatures(rules, marking, data);
  else if (act.action != "keep")
    voided = void_changed(rules, marking, data);
  Marking with_void = voided.empty() ? Marking() : marking;
  Attempt result = run();
  if (!result.blockers.empty()) {
    marking = std::move(before);
    return result;
  }
  const Step* passed = find_passed_signature(rules, marking);
  if (passed && ends_by_refusal(rules, before, marking, act.action)) passed = nullptr;
  if (passed && (act.action == "jump" || act.action == "wake")) {
    marking = std::move(before);
    return {{{"signature-void",
              fmt::format("“{}”的签署已因修改作废，要先回到那里重新签署，不能{}到它后面", passed->title,
                          find_act(act.action)->title),
              {{"step", passed->id}}}},
            {}};
  }
  if (passed) {
    marking = voided.empty() ? std::move(before) : std::move(with_void);
    result = {};
    return_to_signer(rules, marking, data, act, *passed, result);
  }
  result.move.facts.insert(result.move.facts.begin(), voided.begin(), voided.end());
  return result;
}

}  // namespace

Attempt attempt(const Rules& rules, Marking& marking, const Value& data, const Act& act) {
  if (marking.signatures.empty()) return attempt_act(rules, marking, data, act);
  return guard_signatures(rules, marking, data, act, [&] { return attempt_act(rules, marking, data, act); });
}

Attempt attempt_automatic(const Rules& rules, Marking& marking, const Value& data,
                          const Automatic& automatic) {
  auto run = [&] { return attempt_by_itself(rules, marking, data, automatic); };
  if (marking.signatures.empty()) return run();
  Act act;
  act.action = automatic.action;
  act.date = automatic.date;
  return guard_signatures(rules, marking, data, act, run);
}

std::vector<Blocker> find_blockers(const Rules& rules, const Marking& marking, const Value& data,
                                   const Act& act) {
  Marking copy = marking;
  return attempt(rules, copy, data, act).blockers;
}

Move apply(const Rules& rules, const Marking& marking, const Value& data, const Act& act) {
  Marking copy = marking;
  Attempt result = attempt(rules, copy, data, act);
  if (!result.blockers.empty()) throw Failure("办理前没有检查：" + result.blockers.front().text);
  return {std::move(result.move), std::move(copy)};
}

}  // namespace wenshu::workflow
