#include <algorithm>

#include "workflow/dump/slots.h"

namespace wenshu::workflow::dump {
namespace {

constexpr int kSweeps = 24, kSweepsOfMany = 4;
constexpr size_t kMany = 5000;

// Crossings between a rank and the next: pairs that stand one way above and the other way below, counted as inversions
// by a Fenwick tree.
size_t crossings(const std::vector<Slot>& slots, const std::vector<size_t>& upper, size_t lower) {
  std::vector<size_t> tree(lower + 1, 0);
  size_t seen = 0, crossed = 0;
  std::vector<size_t> ends;
  for (size_t slot : upper) {
    ends.clear();
    for (size_t other : slots[slot].below) ends.push_back(slots[other].order);
    std::sort(ends.begin(), ends.end());
    for (size_t end : ends) {
      size_t not_beyond = 0;
      for (size_t i = end + 1; i > 0; i &= i - 1) not_beyond += tree[i];
      crossed += seen - not_beyond;
    }
    for (size_t end : ends)
      for (size_t i = end + 1; i <= lower; i += i & (~i + 1)) ++tree[i];
    seen += ends.size();
  }
  return crossed;
}

size_t all_crossings(const std::vector<Slot>& slots, const Ranks& ranks) {
  size_t crossed = 0;
  for (size_t i = 0; i + 1 < ranks.size(); ++i) crossed += crossings(slots, ranks[i], ranks[i + 1].size());
  return crossed;
}

void number(std::vector<Slot>& slots, const std::vector<size_t>& rank) {
  for (size_t i = 0; i < rank.size(); ++i) slots[rank[i]].order = i;
}

// Each slot to the middle of what it is tied to on one side; what is tied to nothing there keeps its place.
void sort_rank(std::vector<Slot>& slots, std::vector<size_t>& rank, bool by_above) {
  std::vector<std::pair<double, size_t>> wanted;
  for (size_t slot : rank) {
    const auto& tied = by_above ? slots[slot].above : slots[slot].below;
    double sum = 0;
    for (size_t other : tied) sum += static_cast<double>(slots[other].order);
    wanted.emplace_back(
        tied.empty() ? static_cast<double>(slots[slot].order) : sum / static_cast<double>(tied.size()), slot);
  }
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < rank.size(); ++i) rank[i] = wanted[i].second;
  number(slots, rank);
}

}  // namespace

void order_slots(std::vector<Slot>& slots, Ranks& ranks) {
  for (const auto& rank : ranks) number(slots, rank);
  Ranks best = ranks;
  size_t fewest = all_crossings(slots, ranks);
  const int sweeps = slots.size() > kMany ? kSweepsOfMany : kSweeps;
  for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
    const bool down = sweep % 2 == 0;
    for (size_t i = 1; i < ranks.size(); ++i) sort_rank(slots, ranks[down ? i : ranks.size() - 1 - i], down);
    const size_t crossed = all_crossings(slots, ranks);
    if (crossed >= fewest) continue;
    fewest = crossed;
    best = ranks;
  }
  ranks = std::move(best);
  for (const auto& rank : ranks) number(slots, rank);
}

}  // namespace wenshu::workflow::dump
