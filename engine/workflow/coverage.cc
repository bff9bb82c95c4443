#include "workflow/coverage.h"

#include <fmt/format.h>

#include <algorithm>

#include "workflow/route.h"
#include "workflow/seating.h"

namespace wenshu::workflow {

std::string_view to_chinese(Coverage::Kind kind) {
  static constexpr std::string_view kWords[] = {"环节", "分支", "动作", "席位"};
  return kWords[static_cast<size_t>(kind)];
}

Coverage::Coverage(const Definition& definition) : definition_(&definition) {
  auto add = [&](Kind kind, size_t step, size_t index, std::string text, const Place& place) {
    items_.push_back({kind, std::move(text), place});
    keys_.push_back({kind, step, index});
  };
  for (size_t s = 0; s < definition.steps.size(); ++s) {
    const Step& step = definition.steps[s];
    add(Kind::step, s, 0, fmt::format("环节“{}”（{}）没有到过", step.title, step.id), step.place);
    for (size_t i = 0; i < step.branches.size(); ++i)
      add(Kind::branch, s, i,
          fmt::format("“{}”的第 {} 支（到 {}）没有走过", step.title, i + 1, step.branches[i].to.name),
          step.branches[i].place);
    if (step.seats.size() > 1)  // a single seat is covered by its actions
      for (size_t i = 0; i < step.seats.size(); ++i)
        add(Kind::seat, s, i, fmt::format("“{}”的第 {} 个席位没有人办过", step.title, i + 1),
            step.seats[i].place);
    for (size_t i = 0; i < step.actions.size(); ++i)
      add(Kind::action, s, i,
          fmt::format("“{}”的动作“{}”（{}）没有办过", step.title, step.actions[i].title,
                      step.actions[i].name),
          step.actions[i].place);
  }
}

void Coverage::cover(Kind kind, size_t step, size_t index) {
  const auto found = std::find(keys_.begin(), keys_.end(), Key{kind, step, index});
  if (found != keys_.end()) items_[static_cast<size_t>(found - keys_.begin())].covered = true;
}

void Coverage::note_start(const Rules&, const Marking& marking) {
  for (const Token& token : marking.tokens) cover(Kind::step, definition_->index_of(token.step));
}

void Coverage::note(const Rules& rules, const Marking& before, const data::Value& data, const Act& act,
                    const Done& move) {
  const Arrival arrival{before, data, act.person, &act.choices};
  for (const Fact& fact : move.facts) {
    if (!fact.step) continue;
    const size_t at = definition_->index_of(fact.step->id);  // the rules may have loaded their own copy
    cover(Kind::step, at);
    if (fact.code == "passed") note_branches(rules, at, data);
    if (fact.code == "entered" && fact.step->kind == StepKind::split) note_branches(rules, at, data);
    static constexpr std::string_view kActions[] = {"decided",   "advised",     "by-itself",
                                                    "automatic", "child-ended", "child-failed"};
    if (std::find(std::begin(kActions), std::end(kActions), fact.code) == std::end(kActions)) continue;
    for (size_t i = 0; i < fact.step->actions.size(); ++i)
      if (fact.action && fact.action->name == fact.step->actions[i].name) cover(Kind::action, at, i);
    for (size_t i = 0; i < fact.step->seats.size(); ++i) {
      std::string title;
      for (const std::string& person : people_of(rules, fact.step->seats[i], arrival, fact.step->id, title))
        if (person == fact.person || person == fact.other) cover(Kind::seat, at, i);
    }
  }
}

void Coverage::note_branches(const Rules& rules, size_t at, const data::Value& data) {
  const Step& step = definition_->steps[at];
  bool any = false;
  size_t otherwise = step.branches.size();
  for (size_t i = 0; i < step.branches.size(); ++i) {
    const Branch& branch = step.branches[i];
    if (step.route != Route::all && !branch.when) {
      otherwise = i;
      continue;
    }
    if (branch.when && find_guard_blocker(rules, *branch.when, "", data)) continue;
    cover(Kind::branch, at, i);
    any = true;
    if (step.route == Route::one) return;
  }
  if (!any && otherwise < step.branches.size()) cover(Kind::branch, at, otherwise);
}

size_t Coverage::covered(Kind kind) const {
  return static_cast<size_t>(std::count_if(
      items_.begin(), items_.end(), [&](const Item& item) { return item.kind == kind && item.covered; }));
}

size_t Coverage::all(Kind kind) const {
  return static_cast<size_t>(
      std::count_if(items_.begin(), items_.end(), [&](const Item& item) { return item.kind == kind; }));
}

}  // namespace wenshu::workflow
