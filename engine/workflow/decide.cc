#include "workflow/decide.h"

#include <algorithm>

namespace wenshu::workflow {
namespace {

struct Tally {
  long long yes = 0, no = 0, abstained = 0, open = 0;  // weights
  bool waits = false;                                  // for a seat that was added and must decide
  long long all() const { return yes + no + abstained + open; }
  long long cast() const { return yes + no + abstained; }
};

Tally count(const Step& step, const std::vector<Seat>& seats, const std::vector<char>& mine,
            const Action& last) {
  Tally tally;
  for (size_t i = 0; i < seats.size(); ++i) {
    const Seat& seat = seats[i];
    if (seat.more && !seat.more->before.empty()) continue;
    if (seat.decision == kDropped) continue;
    const bool now = mine[i] && (!seat.more || seat.more->principal.empty());
    if (!now && (seat.is_open() || seat.decision == kWaiting)) {
      tally.open += seat.weight;
      tally.waits = tally.waits || (seat.more && !seat.more->after.empty());
      continue;
    }
    const Action* action = now ? &last : step.find_action(seat.decision);
    const ActionKind kind = action ? action->kind : ActionKind::forward;
    (kind == ActionKind::reject    ? tally.no
     : kind == ActionKind::abstain ? tally.abstained
                                   : tally.yes) += seat.weight;
  }
  return tally;
}

const Action* outcome_of_votes(const Step& step, const Tally& tally) {
  const Decide& decide = step.decide;
  const long long needed = needed_votes(decide, tally.all());
  const bool may_end = decide.early || tally.open == 0;
  if (tally.yes >= needed && tally.cast() >= decide.quorum && may_end)
    return find_kind(step, ActionKind::forward);
  const bool hopeless = tally.yes + tally.open < needed || tally.cast() + tally.open < decide.quorum;
  return hopeless && may_end ? find_kind(step, ActionKind::reject) : nullptr;
}

}  // namespace

SeatRole role_of(const Seat& seat) {
  if (!seat.more) return SeatRole::counting;
  if (!seat.more->principal.empty()) return SeatRole::helper;
  return seat.more->before.empty() ? SeatRole::counting : SeatRole::adviser;
}

const Action* find_kind(const Step& step, ActionKind kind) {
  auto found =
      std::find_if(step.actions.begin(), step.actions.end(), [&](const Action& a) { return a.kind == kind; });
  return found == step.actions.end() ? nullptr : &*found;
}

long long needed_votes(const Decide& decide, long long all) {
  if (decide.of_all == 0) return decide.threshold;
  return (decide.threshold * all + decide.of_all - 1) / decide.of_all;
}

const Action* find_outcome(const Step& step, const std::vector<Seat>& seats, const std::vector<char>& mine,
                           const Action& last) {
  if (last.kind == ActionKind::back) return &last;
  bool counts = false;
  for (size_t i = 0; i < seats.size(); ++i)
    counts = counts || (mine[i] && role_of(seats[i]) == SeatRole::counting);
  if (!counts) return nullptr;
  const Tally tally = count(step, seats, mine, last);
  if (step.decide.rule == DecideRule::votes) return tally.waits ? nullptr : outcome_of_votes(step, tally);
  const bool against = last.kind == ActionKind::reject;
  if (step.decide.rule == DecideRule::one) return tally.waits && !against ? nullptr : &last;
  if (against && step.decide.on_reject == OnReject::veto) return &last;
  if (tally.open > 0) return nullptr;
  const bool refused = tally.no > 0 && step.decide.on_reject == OnReject::count;
  if (refused) return find_kind(step, ActionKind::reject);
  return last.kind == ActionKind::forward ? &last : find_kind(step, ActionKind::forward);
}

void open_next(const Step& step, std::vector<Seat>& seats) {
  auto decided = [&](const std::string& key) {
    return std::any_of(seats.begin(), seats.end(), [&](const Seat& seat) {
      return seat.key == key && !seat.is_open() && seat.decision != kWaiting;
    });
  };
  auto is_advised = [&](const std::string& key) {
    return std::any_of(seats.begin(), seats.end(), [&](const Seat& seat) {
      return seat.more->before == key && (seat.is_open() || seat.decision == kWaiting);
    });
  };
  if (std::none_of(seats.begin(), seats.end(), [](const Seat& seat) { return seat.decision == kWaiting; }))
    return;
  const bool in_order = step.decide.rule == DecideRule::in_order;
  for (Seat& seat : seats) {
    if (seat.decision != kWaiting || is_advised(seat.key)) continue;
    const bool has_advisers = std::any_of(seats.begin(), seats.end(),
                                          [&](const Seat& other) { return other.more->before == seat.key; });
    if (!seat.more->after.empty() ? decided(seat.more->after) : has_advisers) seat.decision.clear();
  }
  if (!in_order) return;
  if (std::any_of(seats.begin(), seats.end(), [](const Seat& seat) { return seat.is_open(); })) return;
  for (Seat& seat : seats) {
    if (seat.decision != kWaiting || is_advised(seat.key)) continue;
    seat.decision.clear();
    return;
  }
}

}  // namespace wenshu::workflow
