// A workflow as places and transitions (a Petri net with resets), and what exploring all its states says. Knows
// nothing of steps and people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace wenshu::workflow::check {

using Index = uint32_t;

// Fires when all of `in` are marked: takes their marks, clears `reset`, then marks `out`. Each list is ascending and
// holds an index once.
struct Transition {
  std::vector<Index> in, out, reset;
  friend bool operator==(const Transition&, const Transition&) = default;
};

struct Net {
  Index places = 0;
  std::vector<Transition> transitions;
  std::vector<Index> initial;
  std::vector<char> final_place;  // one for each place: marking one ends the case
};

// A way from the initial state: transitions in their order.
using Path = std::vector<Index>;

struct Verdict {
  bool decided = false;  // false: the cap was met, and only what was found is certain
  size_t states = 0;
  std::vector<char> reached;  // places that were ever marked
  std::vector<char> fired;    // transitions that could ever fire
  // The shortest way to each kind of fault, if there is one.
  std::optional<Path> deadlock;  // nothing can fire, and it is no end
  std::optional<Path> trap;      // no end can be reached any more, though something can always fire
  std::optional<Path> improper;  // an end with other marks left
  std::optional<Path> unsafe;    // its last transition marks a place that is marked already
  std::vector<Index> stuck;      // the marked places of the first of these
};

// At most so many states are looked at (and forty times as many firings).
inline constexpr size_t kMostStates = 200'000;

// Explores the net as it is. A state with a final place marked is an end, whatever else is marked.
Verdict explore(const Net& net, size_t most_states = kMostStates);

// A smaller net with the same faults: of two places in a row with nothing to choose between them one is left, and one
// of several places or transitions that are always marked or fire alike.
struct Reduced {
  Net net;                      // with the places of the old one; those that went are in no transition
  std::vector<Index> original;  // for each new transition its number in the old net
  // For each old transition that went: it fires when one of `causes` does, or at once when `at_once`.
  struct Gone {
    bool gone = false, at_once = false;
    std::vector<Index> causes;
  };
  std::vector<Gone> gone;
};
Reduced reduce(const Net& net);

// reduce(), explore(), and the verdict told of the net that was given. Where a place can be marked twice, that is
// certain; what else happens in such a net is not explored to its end.
Verdict judge(const Net& net, size_t most_states = kMostStates);

}  // namespace wenshu::workflow::check
