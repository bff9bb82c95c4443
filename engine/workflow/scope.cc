#include "workflow/scope.h"

#include <algorithm>
#include <map>

namespace wenshu::workflow {
namespace {

// Marks what is reached from `from` over edges that `follow` allows.
template <class Follow>
void spread(std::vector<char>& reached, std::vector<size_t> from,
            const std::vector<std::vector<size_t>>& next, Follow follow) {
  for (size_t step : from) reached[step] = true;
  while (!from.empty()) {
    size_t at = from.back();
    from.pop_back();
    for (size_t to : next[at]) {
      if (reached[to] || !follow(to)) continue;
      reached[to] = true;
      from.push_back(to);
    }
  }
}

struct Neighbours {
  std::vector<std::vector<size_t>> next, onward, back_onward;
  Neighbours(size_t count, const std::vector<Edge>& edges) : next(count), onward(count), back_onward(count) {
    for (const Edge& edge : edges) {
      next[edge.from].push_back(edge.to);
      if (!edge.onward()) continue;
      onward[edge.from].push_back(edge.to);
      back_onward[edge.to].push_back(edge.from);
    }
  }
};

Regions regions(const Definition& definition, const Neighbours& near, size_t split) {
  const size_t count = definition.steps.size();
  const size_t join = join_of(definition, split);
  const Step& step = definition.steps[split];
  std::vector<char> outside(count);
  spread(outside, {split}, near.back_onward, [&](size_t to) { return to != join; });
  if (join < count) spread(outside, {join}, near.onward, [&](size_t to) { return to != split; });
  Regions found;
  for (const Branch& branch : step.branches) {
    std::vector<char> reached(count);
    size_t first = definition.index_of(branch.to.name);
    auto inside = [&](size_t to) { return !outside[to] && !definition.steps[to].end(); };
    if (first < count && inside(first)) spread(reached, {first}, near.next, inside);
    auto& steps = found.branches.emplace_back();
    for (size_t i = 0; i < count; ++i) {
      if (reached[i]) steps.push_back(i);
    }
  }
  return found;
}

}  // namespace

std::vector<Edge> edges_of(const Definition& definition) {
  std::map<std::string_view, size_t> index;
  for (size_t i = 0; i < definition.steps.size(); ++i) index.emplace(definition.steps[i].id, i);
  std::vector<Edge> edges;
  auto add = [&](size_t from, const std::string& to, const Action* action, size_t branch) {
    if (auto found = index.find(to); found != index.end())
      edges.push_back({from, found->second, action, branch});
  };
  for (size_t i = 0; i < definition.steps.size(); ++i) {
    const Step& step = definition.steps[i];
    for (const Action& action : step.actions) {
      if (action.target == Target::step && action.kind != ActionKind::abstain)
        add(i, action.to.name, &action, 0);
    }
    for (size_t b = 0; b < step.branches.size(); ++b) add(i, step.branches[b].to.name, nullptr, b);
    if (step.kind == StepKind::automatic) add(i, step.to.name, nullptr, 0);
  }
  return edges;
}

size_t join_of(const Definition& definition, size_t split) {
  const std::string& id = definition.steps[split].id;
  auto found = std::find_if(definition.steps.begin(), definition.steps.end(),
                            [&](const Step& step) { return step.join && step.join->name == id; });
  return static_cast<size_t>(found - definition.steps.begin());
}

Regions regions_of(const Definition& definition, const std::vector<Edge>& edges, size_t split) {
  return regions(definition, Neighbours(definition.steps.size(), edges), split);
}

std::vector<Scope> find_scopes(const Definition& definition) {
  const size_t count = definition.steps.size();
  std::vector<Scope> scopes(count);
  std::vector<size_t> splits;
  for (size_t i = 0; i < count; ++i) {
    if (definition.steps[i].kind == StepKind::split && definition.steps[i].route != Route::one)
      splits.push_back(i);
  }
  if (splits.empty()) return scopes;
  const Neighbours near(count, edges_of(definition));
  // A split that holds another has more steps: the widest first gives the order from the outside in.
  std::vector<std::pair<size_t, Regions>> found;
  for (size_t split : splits) found.emplace_back(split, regions(definition, near, split));
  auto width = [](const Regions& one) {
    size_t steps = 0;
    for (const auto& branch : one.branches) steps += branch.size();
    return steps;
  };
  std::stable_sort(found.begin(), found.end(),
                   [&](const auto& a, const auto& b) { return width(a.second) > width(b.second); });
  for (const auto& [split, inside] : found) {
    for (size_t branch = 0; branch < inside.branches.size(); ++branch) {
      for (size_t step : inside.branches[branch]) {
        if (scopes[step].empty() || scopes[step].back().split != split)
          scopes[step].push_back({split, branch});
      }
    }
  }
  return scopes;
}

bool is_prefix(const Scope& outer, const Scope& inner) {
  return outer.size() <= inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

}  // namespace wenshu::workflow
