#include "workflow/seating.h"

#include <algorithm>

#include "base/text.h"

namespace wenshu::workflow {
namespace {

Seat make_seat(const Rules& rules, const SeatRule& rule, std::string_view initiator) {
  Seat seat;
  switch (rule.kind) {
    case SeatRule::Kind::initiator:
      seat.title = "经办人";
      seat.candidates = {std::string(initiator)};
      break;
    case SeatRule::Kind::person: {
      directory::Match match = directory::find_person(rules.directory, rule.person.name);
      seat.title = match.person ? match.person->name : rule.person.name;
      if (match.person) seat.candidates = {match.person->id};
      break;
    }
    case SeatRule::Kind::post: {
      const directory::Department* department = nullptr;
      if (rule.of_initiator) department = rules.directory.department_of(initiator);
      if (rule.of) department = rules.directory.department(rule.of->name);
      seat.title = (department ? department->title : rule.of ? rule.of->name : "") + rule.post.name;
      if (department) {
        seat.candidates = directory::holders(rules.directory, rule.post.name, department->id);
      } else if (!rule.of && !rule.of_initiator) {
        seat.candidates = directory::holders(rules.directory, rule.post.name);
      }
      break;
    }
  }
  return seat;
}

const Action* find_kind(const Step& step, ActionKind kind) {
  auto found =
      std::find_if(step.actions.begin(), step.actions.end(), [&](const Action& a) { return a.kind == kind; });
  return found == step.actions.end() ? nullptr : &*found;
}

// By which action the decided seats leave the step. `last` is the act that has just been done.
const Action* outcome(const Step& step, const Action& last, const std::vector<Seat>& seats) {
  if (last.kind == ActionKind::back || step.decide == DecideRule::one) return &last;
  if (last.kind == ActionKind::reject && step.on_reject == OnReject::veto) return &last;
  if (std::any_of(seats.begin(), seats.end(), [](const Seat& seat) { return seat.is_open(); }))
    return nullptr;
  const Action* reject = find_kind(step, ActionKind::reject);
  bool rejected = reject && std::any_of(seats.begin(), seats.end(),
                                        [&](const Seat& seat) { return seat.decision == reject->name; });
  return rejected ? reject : &last;
}

}  // namespace

std::vector<Seat> make_seats(const Rules& rules, const Step& step, std::string_view initiator) {
  std::vector<Seat> seats;
  for (const SeatRule& rule : step.seats) {
    seats.push_back(make_seat(rules, rule, initiator));
    seats.back().key = std::to_string(seats.size());
  }
  return seats;
}

Decision decide(const Step& step, const Marking& marking, const Act& act) {
  Decision decision;
  decision.seats = marking.seats;
  const Action& action = *step.find_action(act.action);
  for (Seat& seat : decision.seats) {
    bool mine =
        std::find(seat.candidates.begin(), seat.candidates.end(), act.person) != seat.candidates.end();
    if (!seat.is_open() || !mine) continue;
    seat.decision = act.action;
    seat.by = act.person;
    seat.opinion = act.opinion;
  }
  decision.leave = outcome(step, action, decision.seats);
  if (!decision.leave) return decision;
  bool against = decision.leave->kind != ActionKind::forward;
  for (Seat& seat : decision.seats) {
    if (seat.is_open()) seat.decision = against ? kCancelled : kNotNeeded;
  }
  return decision;
}

std::string names_of(const directory::Directory& directory, const std::vector<std::string>& people) {
  std::vector<std::string> names;
  for (const std::string& person : people) names.push_back(directory.name_of(person));
  return join(names, "或");
}

std::string describe_open(const directory::Directory& directory, const Marking& marking) {
  std::vector<std::string> parts;
  for (const Seat* seat : open_seats(marking)) {
    std::string names = seat->candidates.empty() ? "无人" : names_of(directory, seat->candidates);
    parts.push_back(names == seat->title ? names : names + "（" + seat->title + "）");
  }
  return join(parts, "、");
}

}  // namespace wenshu::workflow
