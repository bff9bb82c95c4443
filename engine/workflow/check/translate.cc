#include "workflow/check/translate.h"

#include <algorithm>
#include <map>

namespace wenshu::workflow::check {
namespace {

bool is_parallel(const Step& step) { return step.kind == StepKind::split && step.route != Route::one; }

class Translator {
 public:
  Translator(const Definition& definition, const std::vector<Edge>& edges)
      : flow_(definition), edges_(edges), before_(definition, edges) {
    for (size_t i = 0; i < definition.steps.size(); ++i) add_place(i, definition.steps[i].end());
    for (size_t i = 0; i < definition.steps.size(); ++i) {
      if (is_parallel(definition.steps[i])) add_split_places(i);
    }
  }

  Flow run() {
    result_.net.initial = {0};
    for (const Edge& edge : edges_) {
      const Step& step = flow_.steps[edge.from];
      if (step.kind == StepKind::split && step.route != Route::one) continue;
      if (!step.join) add_edge(edge.from, edge.to, edge.action);
    }
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      const Step& step = flow_.steps[i];
      for (const Action& action : step.actions) {
        if (action.target == Target::step) continue;
        for (size_t before : before_.steps(i)) add_edge(i, before, &action);
      }
      if (is_parallel(step)) add_split(i);
      if (step.join) add_join(i);
    }
    return std::move(result_);
  }

 private:
  Index add_place(size_t step, bool end) {
    result_.step_of.push_back(step);
    result_.net.final_place.push_back(end);
    return result_.net.places++;
  }

  // For each branch of a split: that it has arrived at the join, and (each) that it is not decided yet.
  void add_split_places(size_t split) {
    Split& places = splits_[split];
    places.join = join_of(flow_, split);
    for (size_t b = 0; b < flow_.steps[split].branches.size(); ++b) {
      if (places.join < flow_.steps.size()) places.arrived.push_back(add_place(places.join, false));
      if (flow_.steps[split].route == Route::each) places.undecided.push_back(add_place(split, false));
    }
  }

  void add(std::vector<Index> in, std::vector<Index> out, std::vector<Index> reset, Way way) {
    for (auto* list : {&in, &out, &reset}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    result_.net.transitions.push_back({std::move(in), std::move(out), std::move(reset)});
    result_.ways.push_back(way);
  }

  // The place that is marked when a case comes from inside `scope` to `to`.
  Index entry(const Scope& scope, size_t to) {
    const Step& step = flow_.steps[to];
    if (!step.join) return static_cast<Index>(to);
    const size_t split = flow_.index_of(step.join->name);
    for (const ScopeLevel& level : scope) {
      if (level.split == split && level.branch < splits_[split].arrived.size())
        return splits_[split].arrived[level.branch];
    }
    // From outside the split: nothing takes it from there.
    auto [found, fresh] = astray_.emplace(to, 0);
    if (fresh) found->second = add_place(to, false);
    return found->second;
  }

  // All that is inside a split's branches.
  std::vector<Index> inside(size_t split) {
    std::vector<Index> places;
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      const Scope& scope = flow_.scopes[i];
      const bool in =
          std::any_of(scope.begin(), scope.end(), [&](const ScopeLevel& l) { return l.split == split; });
      if (in) places.push_back(static_cast<Index>(i));
      if (auto found = splits_.find(i); found != splits_.end() && (in || i == split)) {
        for (const auto* list : {&found->second.arrived, &found->second.undecided})
          places.insert(places.end(), list->begin(), list->end());
      }
    }
    return places;
  }

  void add_edge(size_t from, size_t to, const Action* action) {
    const Scope &here = flow_.scopes[from], &there = flow_.scopes[to];
    const Index target = entry(here, to);
    std::vector<Index> reset;
    const bool leaves = here.size() > there.size() && is_prefix(there, here) && target == to;
    if (leaves && action && action->kind != ActionKind::forward) reset = inside(here[there.size()].split);
    add({static_cast<Index>(from)}, {target}, std::move(reset), {from, action, to});
  }

  void add_split(size_t split) {
    const Step& step = flow_.steps[split];
    const Split& places = splits_[split];
    const size_t none = flow_.steps.size();
    std::vector<Index> starts;
    for (size_t b = 0; b < step.branches.size(); ++b) {
      Scope scope = flow_.scopes[split];
      scope.push_back({split, b});
      const size_t to = flow_.index_of(step.branches[b].to.name);
      const Index start = entry(scope, to);
      if (step.route == Route::all) {
        if (std::find(starts.begin(), starts.end(), start) == starts.end()) starts.push_back(start);
        continue;
      }
      starts.push_back(places.undecided[b]);
      add({places.undecided[b]}, {start}, {}, {split, nullptr, to});
      // Passed over: as good as arrived.
      if (b < places.arrived.size() && start != places.arrived[b])
        add({places.undecided[b]}, {places.arrived[b]}, {}, {split, nullptr, none});
    }
    add({static_cast<Index>(split)}, std::move(starts), {}, {split, nullptr, none});
  }

  void add_join(size_t join) {
    const Step& step = flow_.steps[join];
    const size_t to = flow_.index_of(step.to.name);
    const auto& arrived = splits_[flow_.index_of(step.join->name)].arrived;
    // Through the join's own place, so that it counts as reached.
    add(arrived, {static_cast<Index>(join)}, {}, {join, nullptr, join});
    add_edge(join, to, nullptr);
  }

  struct Split {
    size_t join = 0;
    std::vector<Index> arrived, undecided;
  };
  const Definition& flow_;
  const std::vector<Edge>& edges_;
  Before before_;
  std::map<size_t, Split> splits_;
  std::map<size_t, Index> astray_;  // by join
  Flow result_;
};

}  // namespace

Before::Before(const Definition& definition, const std::vector<Edge>& edges)
    : definition_(definition), sources_(definition.steps.size()) {
  for (const Edge& edge : edges) {
    if (edge.onward()) sources_[edge.to].push_back(edge.from);
  }
  // What is before a join is inside branches: the way goes on before their split.
  for (size_t i = 0; i < definition.steps.size(); ++i) {
    if (definition.steps[i].join) sources_[i] = {definition.index_of(definition.steps[i].join->name)};
  }
}

std::vector<size_t> Before::steps(size_t step) const {
  const Definition& definition = definition_;
  const size_t count = definition.steps.size();
  std::vector<char> seen(count);
  std::vector<size_t> open = {step}, found;
  while (!open.empty()) {
    const size_t at = open.back();
    open.pop_back();
    for (size_t source : sources_[at]) {
      if (source >= count || seen[source]) continue;
      seen[source] = true;
      if (definition.steps[source].kind != StepKind::human) {
        open.push_back(source);
      } else if (source != step && is_prefix(definition.scopes[source], definition.scopes[step])) {
        found.push_back(source);
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

Flow translate(const Definition& definition, const std::vector<Edge>& edges) {
  return Translator(definition, edges).run();
}

}  // namespace wenshu::workflow::check
