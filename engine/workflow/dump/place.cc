// Brandes and Köpf, Fast and Simple Horizontal Coordinate Assignment (2002): four times slots are tied into straight
// blocks and pushed together, from the top or the bottom and to the left or the right; each slot's x is the middle of
// the four. Blocks are pushed along the longest ways between them, which holds for slots of any width.
#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "workflow/dump/slots.h"

namespace wenshu::workflow::dump {
namespace {

constexpr int kApart = 10;

using Pair = std::pair<size_t, size_t>;  // the upper slot, the lower one

// Lines that cross one that passes through two ranks: they give way to it.
std::set<Pair> find_conflicts(const std::vector<Slot>& slots, const Ranks& ranks) {
  std::set<Pair> conflicts;
  for (size_t r = 0; r + 1 < ranks.size(); ++r) {
    const auto& lower = ranks[r + 1];
    size_t from = 0, scanned = 0;
    for (size_t i = 0; i < lower.size(); ++i) {
      const Slot& slot = slots[lower[i]];
      const bool inner = slot.passes && slot.above.size() == 1 && slots[slot.above[0]].passes;
      if (!inner && i + 1 < lower.size()) continue;
      const size_t to = inner ? slots[slot.above[0]].order : ranks[r].size();
      for (; scanned <= i; ++scanned) {
        for (size_t above : slots[lower[scanned]].above) {
          if (slots[above].order < from || slots[above].order > to) conflicts.emplace(above, lower[scanned]);
        }
      }
      from = to;
    }
  }
  return conflicts;
}

// One of the four, as if seen from the top left.
class Alignment {
 public:
  Alignment(const std::vector<Slot>& slots, const Ranks& ranks, const std::set<Pair>& conflicts,
            bool from_below, bool from_right)
      : slots_(slots),
        conflicts_(conflicts),
        from_below_(from_below),
        from_right_(from_right),
        ranks_(ranks) {
    if (from_below) std::reverse(ranks_.begin(), ranks_.end());
    if (from_right)
      for (auto& rank : ranks_) std::reverse(rank.begin(), rank.end());
    for (size_t i = 0; i < slots.size(); ++i) {
      root_.push_back(i);
      align_.push_back(i);
    }
  }

  std::vector<int> run() {
    for (size_t r = 1; r < ranks_.size(); ++r) align_rank(ranks_[r], ranks_[r - 1].size());
    push_together();
    std::vector<int> x(slots_.size());
    for (size_t i = 0; i < x.size(); ++i) x[i] = (from_right_ ? -1 : 1) * at_[root_[i]];
    return x;
  }

 private:
  long order(size_t slot, size_t width) const {
    const size_t order = slots_[slot].order;
    return static_cast<long>(from_right_ ? width - 1 - order : order);
  }

  // Whom a slot would stand under, best first: the one it should, else the one or two in the middle.
  std::vector<size_t> wanted(const Slot& slot, size_t width) const {
    std::vector<size_t> tied = from_below_ ? slot.below : slot.above;
    const size_t straight = from_below_ ? slot.straight_below : slot.straight_above;
    if (straight != Slot::kNone) return {straight};
    // Not where another should stand.
    std::erase_if(tied, [&](size_t u) {
      return (from_below_ ? slots_[u].straight_above : slots_[u].straight_below) != Slot::kNone;
    });
    if (tied.empty()) return {};
    std::sort(tied.begin(), tied.end(),
              [&](size_t a, size_t b) { return order(a, width) < order(b, width); });
    const size_t low = (tied.size() - 1) / 2, high = tied.size() / 2;
    if (low == high) return {tied[low]};
    return {tied[low], tied[high]};
  }

  void align_rank(const std::vector<size_t>& rank, size_t width) {
    long reached = -1;
    for (size_t v : rank) {
      for (size_t u : wanted(slots_[v], width)) {
        const Pair pair = from_below_ ? Pair{v, u} : Pair{u, v};
        if (align_[v] != v || conflicts_.contains(pair) || reached >= order(u, width)) continue;
        align_[u] = v;
        root_[v] = root_[u];
        align_[v] = root_[v];
        reached = order(u, width);
      }
    }
  }

  int apart(size_t a, size_t b) const {
    return kApart + (from_right_ ? slots_[a].left + slots_[b].right : slots_[a].right + slots_[b].left);
  }

  struct Tie {
    size_t other;
    int apart;
  };

  // Blocks as far to the left as those left of them let them; then back to the right as far as nothing is moved.
  void push_together() {
    const size_t count = slots_.size();
    std::vector<std::vector<Tie>> before(count), behind(count);
    std::vector<size_t> waits(count, 0);
    for (const auto& rank : ranks_) {
      for (size_t i = 1; i < rank.size(); ++i) {
        const size_t a = root_[rank[i - 1]], b = root_[rank[i]];
        const int distance = apart(rank[i - 1], rank[i]);
        behind[a].push_back({b, distance});
        before[b].push_back({a, distance});
        ++waits[b];
      }
    }
    std::vector<size_t> sequence;
    for (size_t i = 0; i < count; ++i)
      if (root_[i] == i && waits[i] == 0) sequence.push_back(i);
    at_.assign(count, 0);
    for (size_t i = 0; i < sequence.size(); ++i) {
      for (const Tie& tie : behind[sequence[i]]) {
        at_[tie.other] = std::max(at_[tie.other], at_[sequence[i]] + tie.apart);
        if (--waits[tie.other] == 0) sequence.push_back(tie.other);
      }
    }
    for (auto block = sequence.rbegin(); block != sequence.rend(); ++block) {
      int room = std::numeric_limits<int>::max();
      for (const Tie& tie : behind[*block]) room = std::min(room, at_[tie.other] - tie.apart);
      if (room != std::numeric_limits<int>::max()) at_[*block] = std::max(at_[*block], room);
    }
  }

  const std::vector<Slot>& slots_;
  const std::set<Pair>& conflicts_;
  bool from_below_, from_right_;
  Ranks ranks_;
  std::vector<size_t> root_, align_;
  std::vector<int> at_;
};

}  // namespace

void place_slots(std::vector<Slot>& slots, const Ranks& ranks) {
  const std::set<Pair> conflicts = find_conflicts(slots, ranks);
  std::array<std::vector<int>, 4> all;
  std::array<int, 4> low{}, high{};
  size_t narrowest = 0;
  for (size_t i = 0; i < 4; ++i) {
    all[i] = Alignment(slots, ranks, conflicts, i / 2 == 1, i % 2 == 1).run();
    low[i] = std::numeric_limits<int>::max();
    high[i] = std::numeric_limits<int>::min();
    for (size_t slot = 0; slot < slots.size(); ++slot) {
      low[i] = std::min(low[i], all[i][slot] - slots[slot].left);
      high[i] = std::max(high[i], all[i][slot] + slots[slot].right);
    }
    if (high[i] - low[i] < high[narrowest] - low[narrowest]) narrowest = i;
  }
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    std::array<int, 4> x{};
    for (size_t i = 0; i < 4; ++i) {
      const int shift = i % 2 == 0 ? low[narrowest] - low[i] : high[narrowest] - high[i];
      x[i] = all[i][slot] + shift;
    }
    std::sort(x.begin(), x.end());
    slots[slot].x = (x[1] + x[2]) / 2;
  }
}

}  // namespace wenshu::workflow::dump
