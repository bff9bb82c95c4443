// A workflow as a net: a place for each step, and for each branch that a join waits for.
#pragma once

#include <vector>

#include "workflow/check/net.h"
#include "workflow/definition.h"
#include "workflow/scope.h"

namespace wenshu::workflow::check {

// What a transition of the net is in the workflow.
struct Way {
  size_t step = 0;
  const Action* action = nullptr;  // of a person; null for what happens by itself
  size_t to = 0;                   // steps.size() where branches begin or are passed over
};

struct Flow {
  Net net;
  std::vector<Way> ways;        // one for each transition
  std::vector<size_t> step_of;  // for each place; the join for a branch that has arrived
};

// Steps of people that a case may come from, straight or through automatic steps: where 退回上一步 leads.
class Before {
 public:
  Before(const Definition& definition, const std::vector<Edge>& edges);
  std::vector<size_t> steps(size_t step) const;

 private:
  const Definition& definition_;
  std::vector<std::vector<size_t>> sources_;
};

// REQUIRES: every step that is named is there.
Flow translate(const Definition& definition, const std::vector<Edge>& edges);

}  // namespace wenshu::workflow::check
