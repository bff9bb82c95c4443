// Acts upon a whole case: 拿回 撤销 挂起 激活 终止 作废 唤醒 跳转 移交, and the door to those upon seats.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "workflow/act_parts.h"
#include "workflow/act_seats.h"
#include "workflow/decide.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

Fact fact_of(std::string_view code, const Act& act) {
  Fact fact;
  fact.code = code;
  fact.person = act.person;
  fact.opinion = act.opinion;
  return fact;
}

Attempt refuse(std::string code, std::string text, std::map<std::string, std::string> parameters = {}) {
  return {{{std::move(code), std::move(text), std::move(parameters)}}, {}};
}

// At an end of its own: no seats, no branches; the step where it stood stays known.
void stop(Marking& marking, Status status) {
  Token last;
  last.step = marking.step();
  marking.tokens = {std::move(last)};
  marking.waits.clear();
  marking.sent.reset();
  marking.status = status;
}

Attempt stop_with(Marking& marking, const Act& act, Status status) {
  Attempt result;
  Fact fact = fact_of("stopped", act);
  fact.other = find_act(act.action)->title;
  result.move.facts.push_back(std::move(fact));
  stop(marking, status);
  return result;
}

bool has_acted(const Token& token, bool also_read) {
  return std::any_of(token.seats.begin(), token.seats.end(), [&](const Seat& seat) {
    return (!seat.by.empty() && !seat.by_itself) || !seat.more->added_by.empty() ||
           !seat.more->claimed.empty() || !seat.more->principal.empty() ||
           (also_read && !seat.more->read_by.empty());
  });
}

// What the step's seats had added to those who have agreed goes with the act: one entry for each seat that was decided.
void forget_agreed(const Rules& rules, Marking& marking, const Act& act) {
  const bool remembers = std::any_of(rules.definition.steps.begin(), rules.definition.steps.end(),
                                     [](const Step& one) { return one.same_person == SamePerson::earlier; });
  if (!remembers || marking.agreed.empty()) return;
  const Token& before = marking.sent->before;
  const std::vector<char> mine = held_seats(rules, marking, before, act);
  std::vector<Symbol> added;
  for (size_t i = 0; i < before.seats.size(); ++i) {
    const Seat& seat = before.seats[i];
    if (!seat.by.empty()) added.push_back(seat.by);
    if (seat.by.empty() && mine[i]) added.push_back(act.person);
  }
  std::vector<Symbol>& agreed = marking.agreed;
  if (added.size() <= agreed.size() &&
      std::equal(added.begin(), added.end(), agreed.end() - static_cast<std::ptrdiff_t>(added.size())))
    agreed.resize(agreed.size() - added.size());
  else
    std::erase(agreed, act.person);
}

Attempt recall(const Rules& rules, Marking& marking, const Act& act) {
  const Sent& sent = *marking.sent;
  const Step& step = *rules.definition.find_step(sent.before.step);
  for (Symbol id : sent.entered) {
    const Token* token = marking.find(id);
    const Step& next = *rules.definition.find_step(id);
    if (!token || has_acted(*token, false))
      return refuse("already-acted", fmt::format("“{}”环节已经办理，不能拿回", next.title), {{"step", id}});
    if (step.recall == Recall::unread && has_acted(*token, true))
      return refuse("already-read", fmt::format("“{}”环节已经阅看，不能拿回", next.title), {{"step", id}});
  }
  Attempt result;
  forget_agreed(rules, marking, act);
  Sent taken = *marking.sent;
  marking.sent.reset();
  std::erase_if(marking.tokens, [&](const Token& token) {
    return std::find(taken.entered.begin(), taken.entered.end(), token.step) != taken.entered.end();
  });
  marking.tokens.insert(marking.tokens.begin(), std::move(taken.before));
  marking.waits = std::move(taken.waits);
  marking.status = &step == &rules.definition.steps.front() ? Status::draft : Status::running;
  Fact fact = fact_of("recalled", act);
  fact.step = &step;
  result.move.facts.push_back(std::move(fact));
  return result;
}

// 跳转 and 唤醒: the case stands at one step of people, outside all branches.
Attempt place(const Rules& rules, Marking& marking, const Value& data, const Act& act,
              std::string_view code) {
  const Definition& flow = rules.definition;
  const Step* to = flow.find_step(act.to);
  const bool good = to && to->kind == StepKind::human && flow.scopes[flow.index_of(act.to)].empty();
  if (!good) {
    std::vector<std::string> steps;
    for (size_t i = 0; i < flow.steps.size(); ++i) {
      if (flow.steps[i].kind == StepKind::human && flow.scopes[i].empty())
        steps.push_back(fmt::format("{}（{}）", flow.steps[i].id, flow.steps[i].title));
    }
    return refuse(
        "choose-step",
        fmt::format("不能{}到 {}，可以到 {}", find_act(act.action)->title, act.to, join(steps, "、")),
        {{"to", act.to}});
  }
  Attempt result;
  Router router(rules, marking, data, act);
  router.place(*to);
  if (!router.blockers().empty()) {
    result.blockers = router.blockers();
    router.undo();
    return result;
  }
  Fact fact = fact_of(code, act);
  fact.step = to;
  result.move.facts.push_back(std::move(fact));
  std::move(router.facts.begin(), router.facts.end(), std::back_inserter(result.move.facts));
  marking.sent.reset();
  return result;
}

Attempt cancel(const Rules& rules, Marking& marking, const Value& data, const Act& act) {
  if (act.to.empty()) return stop_with(marking, act, Status::withdrawn);
  if (act.to != rules.definition.steps.front().id)
    return refuse("choose-step",
                  fmt::format("撤销只能回到“{}”，或就此撤下", rules.definition.steps.front().title),
                  {{"to", act.to}});
  return place(rules, marking, data, act, "moved");
}

Attempt hold(Marking& marking, const Act& act, bool suspend, const Rules& rules) {
  Attempt result;
  if (!suspend && marking.with_parent)
    return refuse("parent-suspended", "办件随上级办件挂起，上级激活时一同激活");
  if (!act.time.empty() && suspend) marking.stops.push_back({act.time, ""});
  if (!act.time.empty() && !suspend && !marking.stops.empty()) marking.stops.back().to = act.time;
  marking.status = suspend                                               ? Status::suspended
                   : marking.step() == rules.definition.steps.front().id ? Status::draft
                                                                         : Status::running;
  result.move.facts.push_back(fact_of(suspend ? "suspended" : "resumed", act));
  return result;
}

// 改未来环节: who shall sit at a step that the case has not reached. Who began the case may change only what he chose.
Attempt assign(const Rules& rules, Marking& marking, const Value& data, const Act& act) {
  const Step* step = rules.definition.find_step(act.to);
  if (!step || step->kind != StepKind::human)
    return refuse("choose-step", "改派要写明以后的一个环节", {{"to", act.to}});
  if (std::set<std::string>(act.people.begin(), act.people.end()).size() < act.people.size())
    return refuse("already-seated", "改派的名单里一个人写了两次", {{"step", act.to}});
  if (marking.find(act.to))
    return refuse("already-open", fmt::format("办件已在“{}”环节，请用转办", step->title), {{"step", act.to}});
  if (is_manager(rules, marking, act.person)) {
    marking.assigned.edit()[act.to] = act.people;
  } else {
    const bool his = std::all_of(step->seats.begin(), step->seats.end(), [](const SeatRule& rule) {
      return rule.kind == SeatRule::Kind::chosen && !rule.by_previous;
    });
    if (!his)
      return refuse("not-manager", fmt::format("“{}”由谁办理不是经办人选的，只有管理人能改派", step->title),
                    {{"person", act.person}});
    Marking changed = marking;
    changed.choices.edit()[act.to] = act.people;
    auto blockers = find_choice_blockers(rules, *step, {changed, data, act.person, nullptr});
    if (!blockers.empty()) return {std::move(blockers), {}};
    marking.choices.edit()[act.to] = act.people;
  }
  Attempt result;
  Fact fact = fact_of("assigned", act);
  fact.step = step;
  fact.other = names_of(rules.directory, act.people, "、");
  result.move.facts.push_back(std::move(fact));
  return result;
}

// A seat that only the leaver could take goes to nobody who has one there already or must not judge the case.
std::optional<Blocker> find_heir_blocker(const Rules& rules, const Marking& marking, Symbol from, Symbol to) {
  for (const Token& token : marking.tokens) {
    const Step* step = rules.definition.find_step(token.step);
    for (const Seat& seat : token.seats) {
      const bool pending = seat.is_open() || seat.decision == kWaiting;
      if (!step || !pending || seat.candidates != People{from} || role_of(seat) != SeatRole::counting)
        continue;
      if (auto barred = find_seating_blocker(rules, marking, token, to)) return barred;
      const bool seated = std::any_of(token.seats.begin(), token.seats.end(), [&](const Seat& other) {
        const bool open = other.is_open() || other.decision == kWaiting;
        return open && other.candidates == People{to} && role_of(other) == SeatRole::counting;
      });
      if (seated && step->decide.rule != DecideRule::one)
        return Blocker{"already-seated",
                       fmt::format("{} 在“{}”环节已有席位，一人不能办两席：请移交给别人，或先转办",
                                   rules.directory.name_of(to), step->title),
                       {{"person", to}, {"step", step->id}}};
    }
  }
  return std::nullopt;
}

// People: from whom, to whom.
Attempt hand_over(const Rules& rules, Marking& marking, const Act& act) {
  if (act.people.size() != 2 || act.people[0] == act.people[1])
    return refuse("needs-people", "移交要写明两个人：从谁移交给谁");
  const Symbol from = act.people[0], to = act.people[1];
  if (auto blocker = find_heir_blocker(rules, marking, from, to)) return {{std::move(*blocker)}, {}};
  for (Token& token : marking.tokens) {
    const Step* step = rules.definition.find_step(token.step);
    const bool own = step && step->not_initiator && to == marking.initiator;
    for (Seat& seat : token.seats) {
      const bool others = seat.candidates.contains(to) || own;
      if (others && seat.candidates.size() > 1)
        seat.candidates.erase(from);
      else
        seat.candidates.replace(from, to);
      if (seat.more->claimed == from) seat.more.edit().claimed = to;
      if (seat.more->principal == from) seat.more.edit().principal = to;
    }
  }
  for (Reader& reader : marking.readers) {
    if (reader.person == from && reader.read.empty()) reader.person = to;
  }
  marking.replaced.edit()[from] = to;
  Attempt result;
  Fact fact = fact_of("handed-over", act);
  fact.person = from;
  fact.other = to;
  result.move.facts.push_back(std::move(fact));
  return result;
}

Attempt urge(const Rules& rules, Marking& marking, const Act& act) {
  if (!act.date.empty() && *marking.urged == act.date)
    return refuse("urged-today", fmt::format("今天（{}）已经催办过，一天只催一次", act.date),
                  {{"date", act.date}});
  marking.urged = act.date;
  Attempt result;
  Fact fact = fact_of("urged", act);
  fact.other = describe_open(rules.directory, marking);
  result.move.facts.push_back(std::move(fact));
  return result;
}

bool sits(const Rules& rules, const Marking& marking, const Act& act) {
  return !tokens_of(rules, marking, act.person, act.date).empty();
}

bool is_reader(const Marking& marking, std::string_view person) {
  return std::any_of(marking.readers.begin(), marking.readers.end(),
                     [&](const Reader& reader) { return reader.person == person; });
}

std::optional<Blocker> find_doer_blocker(const Rules& rules, const Marking& marking, const Act& act,
                                         const ActWord& word) {
  const bool may_resume = act.action == "resume" && sits(rules, marking, act);
  switch (word.doer) {
    case Doer::manager:
      if (is_manager(rules, marking, act.person) || may_resume) return std::nullopt;
      return Blocker{
          "not-manager",
          rules.definition.managers.empty()
              ? fmt::format("流程没有写明 managers，没有人能{}", word.title)
              : fmt::format("{} 不是流程的管理人，不能{}", rules.directory.name_of(act.person), word.title),
          {{"person", act.person}}};
    case Doer::planner:
      if (act.person == marking.initiator || is_manager(rules, marking, act.person)) return std::nullopt;
      return Blocker{"not-yours", fmt::format("只有经办人和流程管理人能{}", word.title), {}};
    case Doer::initiator:
      if (act.person == marking.initiator) return std::nullopt;
      return Blocker{"not-initiator", fmt::format("只有经办人能{}", word.title), {{"person", act.person}}};
    case Doer::previous:
      if (marking.sent && marking.sent->person == act.person) return std::nullopt;
      return Blocker{
          "nothing-to-recall",
          fmt::format("{} 没有可以拿回的办理：上一步不是他送来的，或已留下编号、签署、文书，或已有人接着办",
                      rules.directory.name_of(act.person)),
          {{"person", act.person}}};
    case Doer::around:
      if (act.person == marking.initiator || sits(rules, marking, act) ||
          is_manager(rules, marking, act.person))
        return std::nullopt;
      return Blocker{"not-yours", fmt::format("只有经办人、现在的办理人和流程管理人能{}", word.title), {}};
    case Doer::reader:
      if (is_reader(marking, act.person) || sits(rules, marking, act)) return std::nullopt;
      return Blocker{"not-yours", "办件没有送给你阅看", {{"person", act.person}}};
    default:
      if (sits(rules, marking, act)) return std::nullopt;
      return not_your_seat(rules, marking, act);
  }
}

std::optional<Blocker> find_status_blocker(const Rules& rules, const Marking& marking, const ActWord& word) {
  const std::string_view name = word.name;
  const bool wake = name == "wake";
  const bool any_time = name == "read" || name == "copy" || name == "circulate" || name == "annul";
  if (wake && marking.status == Status::voided)
    return Blocker{"case-voided", "办件已经作废，编号不再使用，不能唤醒：请另办一件", {}};
  if (wake && marking.is_open()) return Blocker{"case-open", "办件没有办结，不用唤醒", {}};
  if (!wake && !any_time && !marking.is_open()) {
    const Step* step = rules.definition.find_step(marking.step());
    return Blocker{
        "case-ended",
        fmt::format("办件{}（{}），不能{}", to_chinese(marking.status), step ? step->title : "", word.title),
        {}};
  }
  if (name == "annul" && marking.status == Status::voided) return Blocker{"case-ended", "办件已经作废", {}};
  const bool while_held =
      name == "resume" || name == "terminate" || name == "cancel" || name == "hand-over" || name == "assign";
  if (marking.status == Status::suspended && !while_held && !any_time)
    return Blocker{"case-suspended", "办件已挂起，激活以后才能办", {}};
  if (name == "resume" && marking.status != Status::suspended)
    return Blocker{"case-open", "办件没有挂起", {}};
  return std::nullopt;
}

std::vector<Blocker> find_general_blockers(const Rules& rules, const Marking& marking, const Act& act,
                                           const ActWord& word) {
  if (auto unknown = find_unknown_person(rules, act.person)) return {*unknown};
  if (auto status = find_status_blocker(rules, marking, word)) return {*status};
  std::vector<Blocker> blockers;
  if (auto doer = find_doer_blocker(rules, marking, act, word)) blockers.push_back(*doer);
  if (word.needs_opinion && trim(act.opinion).empty())
    blockers.push_back(
        {"opinion-required", fmt::format("{}时必须写明原因", word.title), {{"action", act.action}}});
  if (word.needs_people && act.people.empty())
    blockers.push_back({"needs-people", fmt::format("{}要写明给谁", word.title), {{"action", act.action}}});
  for (const std::string& person : act.people) {
    if (auto unknown = find_unknown_person(rules, person)) blockers.push_back(*unknown);
  }
  return blockers;
}

}  // namespace

Attempt attempt_general(const Rules& rules, Marking& marking, const Value& data, const Act& act,
                        const ActWord& word) {
  if (auto blockers = find_general_blockers(rules, marking, act, word); !blockers.empty())
    return {std::move(blockers), {}};
  const std::string_view name = word.name;
  if (name == "recall") return recall(rules, marking, act);
  if (name == "cancel") return cancel(rules, marking, data, act);
  if (name == "suspend") return hold(marking, act, true, rules);
  if (name == "resume") return hold(marking, act, false, rules);
  if (name == "terminate") return stop_with(marking, act, Status::terminated);
  if (name == "annul") return stop_with(marking, act, Status::voided);
  if (name == "wake") return place(rules, marking, data, act, "reopened");
  if (name == "jump") return place(rules, marking, data, act, "moved");
  if (name == "hand-over") return hand_over(rules, marking, act);
  if (name == "urge") return urge(rules, marking, act);
  if (name == "assign") return assign(rules, marking, data, act);
  if (name == "copy" || name == "circulate" || name == "read") return attempt_reading(rules, marking, act);
  std::vector<Token*> held = held_tokens(rules, marking, act);
  if (word.doer == Doer::allowed && held.size() > 1)
    std::erase_if(held, [&](const Token* token) {
      return !allows(*rules.definition.find_step(token->step), word.name);
    });
  if (held.size() > 1) return {{which_step(rules, held, act)}, {}};
  const Token* first = held.empty() ? nullptr : held.front();
  const Step* step = first ? rules.definition.find_step(first->step) : nullptr;
  if (!step || (word.doer == Doer::allowed && !allows(*step, word.name)))
    return refuse("not-allowed-here", fmt::format("这一环节不允许{}", word.title), {{"action", act.action}});
  if (name == "hold") return hold(marking, act, true, rules);
  if (name == "proofread") {
    Attempt proof;
    Fact fact = fact_of("proofread", act);
    fact.step = step;
    proof.move.facts.push_back(std::move(fact));
    return proof;
  }
  Attempt result = attempt_on_seats(rules, marking, *held.front(), *step, act, word);
  if (result.blockers.empty() && word.doer == Doer::allowed) marking.sent.reset();  // the next one has acted
  return result;
}

}  // namespace wenshu::workflow
