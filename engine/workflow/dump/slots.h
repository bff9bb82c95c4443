// What stands in the layers while they are laid out: boxes at even ranks, labels at odd ones, and lines that pass.
// Used inside workflow/dump/ only.
#pragma once

#include <vector>

#include "workflow/dump/layers.h"

namespace wenshu::workflow::dump {

struct Slot {
  size_t rank = 0, order = 0;                             // order: its place in the rank
  int left = 0, right = 0;                                // how far it reaches from its x
  bool passes = false;                                    // a line, nothing of its own
  std::vector<size_t> above, below;                       // slots it is tied to in the next ranks
  size_t straight_above = kNone, straight_below = kNone;  // the one it should stand under or over
  int x = 0;
  static constexpr size_t kNone = static_cast<size_t>(-1);
};

using Ranks = std::vector<std::vector<size_t>>;  // slots of each rank, from the left

// Sets the order of each rank so that few lines cross.
void order_slots(std::vector<Slot>& slots, Ranks& ranks);
// Sets x so that slots keep their order and distance, and lines run straight where they can.
void place_slots(std::vector<Slot>& slots, const Ranks& ranks);

}  // namespace wenshu::workflow::dump
