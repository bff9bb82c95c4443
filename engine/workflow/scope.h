// How steps lead to one another, and inside which branches of a split each stands. Used inside workflow/ only.
#pragma once

#include <string>
#include <vector>

#include "workflow/definition.h"

namespace wenshu::workflow {

// One way from a step to another as the file writes it; `to: previous` and `to: any` are not among them.
struct Edge {
  size_t from = 0, to = 0;
  const Action* action = nullptr;  // of a person; null for what happens by itself
  size_t branch = 0;               // of a split
  bool onward() const { return !action || action->kind == ActionKind::forward; }
};
// In the order of steps; edges to unknown steps are left out.
std::vector<Edge> edges_of(const Definition& definition);

// The step at which the branches of a split meet, or steps.size().
size_t join_of(const Definition& definition, size_t split);

// Steps inside a split's branches: reached from them, before the join, neither before the split nor an end.
struct Regions {
  std::vector<std::vector<size_t>> branches;  // for each branch its steps, ascending
};
Regions regions_of(const Definition& definition, const std::vector<Edge>& edges, size_t split);

// Where branches of one split share a step, it counts for the first; the checker reports it (S5).
std::vector<Scope> find_scopes(const Definition& definition);

// True when `outer` holds all of `inner`'s splits from the outside in, or fewer.
bool is_prefix(const Scope& outer, const Scope& inner);

}  // namespace wenshu::workflow
