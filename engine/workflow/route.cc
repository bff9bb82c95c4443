#include "workflow/route.h"

#include <fmt/format.h>

#include <algorithm>

#include "workflow/decide.h"
#include "workflow/scope.h"
#include "workflow/seating.h"

namespace wenshu::workflow {

using data::Value;

namespace {

// P3 of a case: the rows of a table gave fewer seats than the vote asks for.
std::optional<Blocker> find_votes_blocker(const Step& step, const std::vector<Seat>& seats) {
  if (step.decide.rule != DecideRule::votes) return std::nullopt;
  long long all = 0;
  for (const Seat& seat : seats) all += seat.weight;
  const long long needed = std::max<long long>(needed_votes(step.decide, all), step.decide.quorum);
  if (needed <= all) return std::nullopt;
  return Blocker{"votes-out-of-reach",
                 fmt::format("“{}”要 {} 票，现在一共只有 {} 票，怎么投都通不过：请把该参加的人填全",
                             step.title, needed, all),
                 {{"step", step.id}, {"votes", std::to_string(all)}}};
}

}  // namespace

Router::Router(const Rules& rules, Marking& marking, const Value& data, const Act& act)
    : waits_before(marking.waits),
      rules_(rules),
      marking_(marking),
      data_(data),
      act_(act),
      old_round_(marking.round),
      old_status_(marking.status),
      old_agreed_(marking.agreed) {}

void Router::note(std::string_view code, const Step& step, const std::string& other) {
  Fact& fact = facts.emplace_back();
  fact.code = code;
  fact.step = &step;
  if (!other.empty()) fact.other = other;
  fact.action = action_;
  fact.round = marking_.round;
}

void Router::go(const Step& from, const Step& to, const Action& action) {
  const Definition& flow = rules_.definition;
  action_ = &action;
  const size_t source = static_cast<size_t>(&from - flow.steps.data());
  const size_t target = static_cast<size_t>(&to - flow.steps.data());
  // The first leave of this act: the token that goes is kept, and all of them where others may be stopped.
  const auto leaves = [&](const Token& token) { return token.step == from.id; };
  if (!left_) {
    auto goes = std::find_if(marking_.tokens.begin(), marking_.tokens.end(), leaves);
    if (marking_.tokens.size() > 1) old_tokens_ = marking_.tokens;
    left_ = std::move(*goes);
    marking_.tokens.erase(goes);
  } else {
    std::erase_if(marking_.tokens, leaves);
  }
  const bool backward = action.kind == ActionKind::back || target <= source;
  if (backward) {
    ++marking_.round;
    marking_.agreed.clear();
  }
  const bool back = action.kind == ActionKind::back;
  const auto& been = left_->way;
  const auto cut = std::find(been.begin(), been.end(), back ? to.id : from.id);
  std::vector<Symbol> way;
  way.reserve(been.size() + 1);
  way.assign(been.begin(), cut);
  if (!back) way.push_back(from.id);
  effects.insert(effects.end(), action.effects.begin(), action.effects.end());
  note("left", from);
  arrive(target, flow.scopes[source], std::move(way));
}

void Router::place(const Step& to) {
  old_tokens_ = std::move(marking_.tokens);
  marking_.tokens.clear();
  marking_.waits.clear();
  ++marking_.round;
  marking_.agreed.clear();
  enter(static_cast<size_t>(&to - rules_.definition.steps.data()), {});
}

void Router::undo() {
  if (!old_tokens_.empty()) {
    marking_.tokens = std::move(old_tokens_);
  } else if (left_) {
    marking_.tokens.clear();
    marking_.tokens.push_back(std::move(*left_));
  }
  marking_.waits = std::move(waits_before);
  marking_.round = old_round_;
  marking_.status = old_status_;
  marking_.agreed = std::move(old_agreed_);
}

// A branch has reached the join of its split. True when it was the last.
bool Router::meet(size_t join, Scope& from, std::vector<Symbol>& way) {
  const Step& step = rules_.definition.steps[join];
  const size_t split = rules_.definition.index_of(step.join->name);
  auto level =
      std::find_if(from.begin(), from.end(), [&](const ScopeLevel& one) { return one.split == split; });
  if (level == from.end()) throw Failure(fmt::format("办件不经分支就到了汇合处 {}", step.id));
  const int branch = static_cast<int>(level->branch);
  from.erase(level, from.end());
  auto wait = std::find_if(marking_.waits.begin(), marking_.waits.end(),
                           [&](const Wait& one) { return one.split == step.join->name; });
  if (wait == marking_.waits.end()) throw Failure(fmt::format("汇合处 {} 没有要等的分支", step.id));
  std::erase(wait->running, branch);
  if (!wait->running.empty()) return false;
  way = std::move(wait->way);
  marking_.waits.erase(wait);
  return true;
}

void Router::leave_branches(const Scope& outside, const Scope& inside) {
  const size_t split = inside[outside.size()].split;
  const Definition& flow = rules_.definition;
  auto is_inside = [&](Symbol step) {
    const Scope& scope = flow.scopes[flow.index_of(step)];
    return std::any_of(scope.begin(), scope.end(), [&](const ScopeLevel& one) { return one.split == split; });
  };
  for (const Token& token : marking_.tokens) {
    if (!is_inside(token.step)) continue;
    cancelled_others = true;
    for (const Seat& seat : token.seats) {
      if (!seat.is_open() && seat.decision != kWaiting) continue;
      note("cancelled", *flow.find_step(token.step));
      facts.back().seat = seat.title;
    }
  }
  std::erase_if(marking_.tokens, [&](const Token& token) { return is_inside(token.step); });
  std::erase_if(marking_.waits, [&](const Wait& wait) {
    return wait.split == flow.steps[split].id || is_inside(wait.split);
  });
}

bool Router::holds(const Branch& branch) {
  if (!branch.when) return true;
  const auto result =
      rules_.type ? expression::holds(*branch.when, data_, *rules_.type, rules_.ledgers)
                  : expression::holds(*branch.when, data_, form::type_of(rules_.form), rules_.ledgers);
  if (!result) blockers_.push_back(*find_guard_blocker(rules_, *branch.when, "分流", data_));
  return result.value_or(false);
}

void Router::split(size_t at, const std::vector<Symbol>& way) {
  const Step& step = rules_.definition.steps[at];
  std::vector<int> chosen;
  std::optional<int> otherwise;
  for (size_t i = 0; i < step.branches.size(); ++i) {
    const Branch& branch = step.branches[i];
    if (step.route != Route::all && !branch.when) {
      otherwise = static_cast<int>(i);
    } else if (holds(branch)) {
      chosen.push_back(static_cast<int>(i));
      if (step.route == Route::one) break;
    }
  }
  if (chosen.empty() && otherwise) chosen.push_back(*otherwise);
  if (chosen.empty() && blockers_.empty())
    blockers_.push_back({"no-branch",
                         fmt::format("“{}”没有一支的条件成立，办件到那里无路可走", step.title),
                         {{"step", step.id}}});
  if (!blockers_.empty()) return;
  auto to = [&](int branch) {
    return rules_.definition.index_of(step.branches[static_cast<size_t>(branch)].to.name);
  };
  if (step.route == Route::one) return arrive(to(chosen.front()), rules_.definition.scopes[at], way);
  marking_.waits.push_back({step.id, chosen, way});
  for (int branch : chosen) {
    Scope scope = rules_.definition.scopes[at];
    scope.push_back({at, static_cast<size_t>(branch)});
    arrive(to(branch), std::move(scope), way);
  }
}

void Router::arrive(size_t to, Scope from, std::vector<Symbol> way) {
  const Definition& flow = rules_.definition;
  for (;;) {
    if (!blockers_.empty()) return;
    if (++passed_ > 4 * flow.steps.size() + 16) throw Failure("自动环节绕成了圈");
    const Step& step = flow.steps[to];
    if (step.join) {
      if (!meet(to, from, way)) return;
    } else if (flow.scopes[to] != from && is_prefix(flow.scopes[to], from)) {
      leave_branches(flow.scopes[to], from);
    }
    if (step.kind == StepKind::human || step.kind == StepKind::end) return enter(to, std::move(way));
    if (step.kind == StepKind::child) return wait_for_child(step, std::move(way));
    note("passed", step);
    if (step.start) starts.push_back(&step);
    if (step.kind == StepKind::split) return split(to, way);
    effects.insert(effects.end(), step.effects.begin(), step.effects.end());
    from = flow.scopes[to];
    to = flow.index_of(step.to.name);
  }
}

// The seats of a step are agreed without asking when their only holders have agreed already; true when all are,
// and the case can go on at once.
bool Router::agree_by_itself(const Step& step, Token& token) {
  if (step.same_person == SamePerson::ask || !step.binds.empty() || step.decide.rule == DecideRule::votes)
    return false;
  const Action* agree = find_kind(step, ActionKind::forward);
  if (!agree) return false;
  auto has_agreed = [&](const Seat& seat) {
    if (seat.candidates.size() != 1) return false;
    const Symbol person = seat.candidates.front();
    const bool just_now = action_ && action_->kind == ActionKind::forward && person == act_.person;
    const auto& earlier = marking_.agreed;
    return just_now || (step.same_person == SamePerson::earlier &&
                        std::find(earlier.begin(), earlier.end(), person) != earlier.end());
  };
  std::vector<char> mine(token.seats.size());
  bool any = false;
  for (size_t i = 0; i < token.seats.size(); ++i) {
    mine[i] = token.seats[i].decision != kDropped && has_agreed(token.seats[i]);
    any = any || mine[i];
  }
  if (!any) return false;
  const bool leaves = find_outcome(step, token.seats, mine, *agree) != nullptr;
  const bool may_leave = !agree->opinion_required && agree->effects.empty() && step.require.empty() &&
                         (!agree->when || !find_guard_blocker(rules_, *agree->when, agree->title, data_));
  if (leaves && !may_leave) return false;
  for (size_t i = 0; i < token.seats.size(); ++i) {
    if (!mine[i]) continue;
    Seat& seat = token.seats[i];
    seat.decision = agree->name;
    seat.by = seat.candidates.front();
    seat.by_itself = true;
    note("by-itself", step);
    facts.back().seat = seat.title;
    facts.back().person = seat.by;
    facts.back().action = agree;
  }
  open_next(step, token.seats);
  return leaves;
}

// No seats: the case that begins here takes the token on when it ends.
void Router::wait_for_child(const Step& step, std::vector<Symbol> way) {
  note("entered", step);
  if (marking_.find(step.id))
    throw Failure(fmt::format("“{}”环节已经有子流程在办，不能再开一次", step.title));
  marking_.status = Status::running;
  Token token;
  token.step = step.id;
  token.way = std::move(way);
  token.sender = act_.person;
  marking_.tokens.push_back(std::move(token));
  starts.push_back(&step);
}

void Router::enter(size_t to, std::vector<Symbol> way) {
  const Definition& flow = rules_.definition;
  const Step& step = flow.steps[to];
  note("entered", step);
  Token token;
  token.step = step.id;
  if (step.end()) {
    marking_.status = Status::ended;
    note("ended", step);
    marking_.tokens.clear();
    marking_.tokens.push_back(std::move(token));
    return;
  }
  if (marking_.find(step.id)) throw Failure(fmt::format("“{}”环节已经有人在办，不能再开一次", step.title));
  marking_.status = to == 0 ? Status::draft : Status::running;
  const Arrival arrival{marking_, data_, act_.person, &act_.choices};
  token.way = std::move(way);
  token.sender = act_.person;
  auto choices = find_choice_blockers(rules_, step, arrival);
  blockers_.insert(blockers_.end(), choices.begin(), choices.end());
  if (!choices.empty()) return;
  token.seats = make_seats(rules_, step, arrival);
  if (token.seats.empty()) token.seats.push_back({.key = "1", .title = "席位"});
  for (const Seat& seat : token.seats) {
    if (!seat.candidates.empty()) continue;
    const auto by_field = std::find_if(step.seats.begin(), step.seats.end(), [](const SeatRule& rule) {
      return rule.kind == SeatRule::Kind::field;
    });
    const std::string way_out = by_field == step.seats.end()
                                    ? "请先在通讯录中写明"
                                    : "请先填好 " + rules_.form.title_of(by_field->field.name);
    blockers_.push_back({"nobody-can-act",
                         fmt::format("“{}”环节的席位 {} 没有人担任，办件到了那里无人可办；{}", step.title,
                                     seat.title, way_out),
                         {{"step", step.id}, {"seat", seat.title}}});
  }
  if (auto blocker = find_votes_blocker(step, token.seats)) blockers_.push_back(std::move(*blocker));
  if (!blockers_.empty()) return;
  entered.push_back(step.id);
  const bool goes_on = agree_by_itself(step, token);
  if (!goes_on) {
    marking_.tokens.push_back(std::move(token));
    return;
  }
  std::vector<Symbol> onward = std::move(token.way);
  const Action& agree = *find_kind(step, ActionKind::forward);
  entered.pop_back();
  onward.push_back(step.id);
  arrive(flow.index_of(agree.to.name), flow.scopes[to], std::move(onward));
}

}  // namespace wenshu::workflow
