#include "workflow/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

bool is_same_rule(const Decide& a, const Decide& b) {
  return a.rule == b.rule && a.on_reject == b.on_reject && a.threshold == b.threshold &&
         a.of_all == b.of_all && a.quorum == b.quorum && a.early == b.early;
}

class Mover {
 public:
  Mover(const Rules& from, const Rules& to, const Marking& marking, const Value& data, const StepMap& steps)
      : from_(from), to_(to), before_(marking), data_(data), steps_(steps) {
    result_.after = marking;
  }

  Migration run() {
    Marking& after = result_.after;
    after.tokens.clear();
    after.sent.reset();
    for (const Token& token : before_.tokens) move_token(token);
    move_waits();
    after.choices.reset();
    for (const auto& [step, people] : *before_.choices)
      if (to_.definition.find_step(target(step))) after.choices.edit()[target(step)] = people;
    after.assigned.reset();
    for (const auto& [step, people] : *before_.assigned)
      if (to_.definition.find_step(target(step))) after.assigned.edit()[target(step)] = people;
    for (Signature& signature : after.signatures) signature.step = target(signature.step);
    const bool suspended = before_.status == Status::suspended;
    if (before_.is_open() && !suspended && after.tokens.size() == 1)
      after.status =
          to_.definition.index_of(after.tokens.front().step) == 0 ? Status::draft : Status::running;
    if (!result_.blockers.empty()) result_.after = before_;
    return std::move(result_);
  }

 private:
  std::string target(const std::string& step) const {
    const auto found = steps_.find(step);
    return found == steps_.end() ? step : found->second;
  }

  void refuse(const char* code, std::string text, const std::string& step) {
    result_.blockers.push_back({code, std::move(text), {{"step", step}}});
  }

  // The splits inside whose branches a step stands, by id, as the new version calls them.
  std::set<std::string> splits_around(const Definition& flow, const std::string& step, bool mapped) const {
    std::set<std::string> around;
    for (const ScopeLevel& level : flow.scopes[flow.index_of(step)]) {
      const std::string& id = flow.steps[level.split].id;
      around.insert(mapped ? target(id) : id);
    }
    return around;
  }

  void move_token(const Token& token) {
    const Step* old = from_.definition.find_step(token.step);
    const std::string id = target(token.step);
    const Step* step = to_.definition.find_step(id);
    if (!old)
      return refuse("step-gone", fmt::format("办件所在的环节 {} 在旧版里也没有", std::string(token.step)),
                    token.step);
    if (!step)
      return refuse(
          "step-gone",
          fmt::format("办件在“{}”环节（{}），新版没有这个环节，要写明转到哪里", old->title, old->id),
          token.step);
    if (step->kind != old->kind)
      return refuse("step-kind", fmt::format("“{}”环节在新版里是另一种环节（{}），不能转去", old->title, id),
                    id);
    if (splits_around(from_.definition, token.step, true) != splits_around(to_.definition, id, false))
      return refuse("branch-differs",
                    fmt::format("“{}”环节与新版的“{}”不在同样的分支里，不能转去", old->title, step->title),
                    id);
    Token moved = token;
    moved.step = id;
    moved.way.clear();
    for (const auto& passed : token.way) move_way(passed, moved);
    if (!token.back_to.empty() && !to_.definition.find_step(target(token.back_to))) moved.back_to = {};
    if (!std::string(moved.back_to).empty()) moved.back_to = target(token.back_to);
    if (id != std::string(token.step) || old->title != step->title)
      result_.facts.push_back(fmt::format("“{}”转到“{}”", old->title, step->title));
    if (step->kind == StepKind::human) seat(*old, *step, token, moved);
    result_.after.tokens.push_back(std::move(moved));
  }

  void move_way(const std::string& passed, Token& moved) const {
    const Step* step = to_.definition.find_step(target(passed));
    if (step && step->kind == StepKind::human &&
        std::find(moved.way.begin(), moved.way.end(), step->id) == moved.way.end())
      moved.way.push_back(step->id);
  }

  bool knows_decisions(const Step& step, const Token& token) const {
    return std::all_of(token.seats.begin(), token.seats.end(), [&](const Seat& seat) {
      return seat.is_open() || seat.by.empty() || seat.decision == kWaiting ||
             step.find_action(seat.decision);
    });
  }

  void seat(const Step& old, const Step& step, const Token& token, Token& moved) {
    const Arrival arrival{before_, data_, token.sender, nullptr};
    const auto was = make_seats(from_, old, arrival);
    auto now = make_seats(to_, step, {result_.after, data_, token.sender, nullptr});
    const auto same = [](const Seat& a, const Seat& b) {
      return a.candidates == b.candidates && a.weight == b.weight;
    };
    const bool keeps = is_same_rule(old.decide, step.decide) && knows_decisions(step, token) &&
                       std::equal(was.begin(), was.end(), now.begin(), now.end(), same);
    if (keeps) return;
    for (Blocker& blocker : find_choice_blockers(to_, step, {result_.after, data_, token.sender, nullptr}))
      result_.blockers.push_back(std::move(blocker));
    for (const Seat& one : now)
      if (one.candidates.empty())
        refuse("nobody-can-act",
               fmt::format("“{}”环节的席位 {} 没有人担任", step.title, std::string(one.title)), step.id);
    moved.seats = std::move(now);
    result_.facts.push_back(
        fmt::format("“{}”的席位重新送出：{}", step.title, describe_open(to_.directory, moved)));
  }

  void move_waits() {
    const Definition& flow = to_.definition;
    for (Wait& wait : result_.after.waits) {
      const std::string id = target(wait.split);
      const size_t split = flow.index_of(id);
      if (split == flow.steps.size() || flow.steps[split].kind != StepKind::split) {
        refuse("branch-differs", fmt::format("新版没有分支环节 {}", id), id);
        continue;
      }
      wait.split = id;
      std::set<int> running;
      for (const Token& token : result_.after.tokens)
        for (const ScopeLevel& level : flow.scopes[flow.index_of(token.step)])
          if (level.split == split) running.insert(static_cast<int>(level.branch));
      wait.running.assign(running.begin(), running.end());
      std::erase_if(wait.way, [&](const auto& step) { return !flow.find_step(target(step)); });
      for (auto& step : wait.way) step = target(step);
    }
  }

  const Rules& from_;
  const Rules& to_;
  const Marking& before_;
  const Value& data_;
  const StepMap& steps_;
  Migration result_;
};

}  // namespace

Migration migrate(const Rules& from, const Rules& to, const Marking& marking, const Value& data,
                  const StepMap& steps) {
  return Mover(from, to, marking, data, steps).run();
}

std::vector<Blocker> find_map_blockers(const Definition& from, const Definition& to, const StepMap& steps) {
  std::vector<Blocker> blockers;
  const auto names = [](const Definition& flow) {
    std::vector<std::string> list;
    for (const Step& step : flow.steps) list.push_back(step.id);
    return list;
  };
  const auto check = [&](const Definition& flow, const std::string& id, const char* which) {
    if (flow.find_step(id)) return;
    const std::string near = near_name_hint(id, names(flow));
    blockers.push_back({"unknown-step",
                        fmt::format("{}没有环节 {}{}", which, id, near.empty() ? "" : "，" + near),
                        {{"step", id}}});
  };
  for (const auto& [old, now] : steps) {
    if (&from != &to) check(from, old, "旧版");
    check(to, now, "新版");
  }
  return blockers;
}

}  // namespace wenshu::workflow
