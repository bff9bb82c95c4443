// All states of a net in the plainest way: what the checker's explorer is held against, and measured beside.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "workflow/check/net.h"

namespace wenshu::workflow::check {

using State = std::set<Index>;

struct Plain {
  bool safe = true, deadlock = false, proper = true, always_ends = true;
  size_t states = 0;
  std::set<Index> reached, fired;
};

inline bool is_end(const Net& net, const State& state) {
  return std::any_of(state.begin(), state.end(), [&](Index place) { return net.final_place[place]; });
}

inline Plain try_everything(const Net& net) {
  Plain plain;
  std::map<State, std::set<State>> next;
  std::deque<State> open = {State(net.initial.begin(), net.initial.end())};
  next[open.front()];
  while (!open.empty()) {
    const State state = open.front();
    open.pop_front();
    plain.reached.insert(state.begin(), state.end());
    if (is_end(net, state)) {
      plain.proper = plain.proper && state.size() == 1;
      continue;
    }
    bool any = false;
    for (Index t = 0; t < net.transitions.size(); ++t) {
      const Transition& one = net.transitions[t];
      if (!std::includes(state.begin(), state.end(), one.in.begin(), one.in.end())) continue;
      any = true;
      plain.fired.insert(t);
      State after = state;
      for (Index place : one.in) after.erase(place);
      for (Index place : one.reset) after.erase(place);
      bool twice = false;
      for (Index place : one.out) twice = !after.insert(place).second || twice;
      if (twice) {
        plain.safe = false;
        continue;
      }
      next[state].insert(after);
      if (next.emplace(after, std::set<State>()).second) open.push_back(after);
    }
    plain.deadlock = plain.deadlock || !any;
  }
  // What can end: states from which an end is met, found by trying again until nothing changes.
  std::set<State> ending;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [state, after] : next) {
      const bool ends = is_end(net, state) || std::any_of(after.begin(), after.end(),
                                                          [&](const State& s) { return ending.contains(s); });
      changed = (ends && ending.insert(state).second) || changed;
    }
  }
  plain.always_ends = ending.size() == next.size();
  plain.states = next.size();
  return plain;
}

}  // namespace wenshu::workflow::check
