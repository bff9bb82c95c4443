#include <algorithm>
#include <bit>

#include "workflow/check/net.h"

namespace wenshu::workflow::check {
namespace {

using Word = uint64_t;
constexpr Index kNone = ~Index{0};

// States as rows of words in one block, found again by hash.
class States {
 public:
  explicit States(size_t words) : words_(words), slots_(1024, kNone) {}

  const Word* at(Index state) const { return &rows_[state * words_]; }
  size_t size() const { return words_ ? rows_.size() / words_ : count_; }

  // The state's number, and whether it is new.
  std::pair<Index, bool> add(const std::vector<Word>& row) {
    if (size() * 2 >= slots_.size()) grow();
    size_t slot = hash(row.data()) & (slots_.size() - 1);
    while (slots_[slot] != kNone) {
      if (std::equal(row.begin(), row.end(), at(slots_[slot]))) return {slots_[slot], false};
      slot = (slot + 1) & (slots_.size() - 1);
    }
    const Index number = static_cast<Index>(size());
    slots_[slot] = number;
    rows_.insert(rows_.end(), row.begin(), row.end());
    return {number, true};
  }

 private:
  size_t hash(const Word* row) const {
    Word mixed = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < words_; ++i) {
      mixed ^= row[i] + 0x9E3779B97F4A7C15u + (mixed << 6) + (mixed >> 2);
      mixed *= 0xBF58476D1CE4E5B9u;
    }
    return static_cast<size_t>(mixed ^ (mixed >> 31));
  }

  void grow() {
    std::vector<Index> bigger(slots_.size() * 2, kNone);
    for (Index state = 0; state < size(); ++state) {
      size_t slot = hash(at(state)) & (bigger.size() - 1);
      while (bigger[slot] != kNone) slot = (slot + 1) & (bigger.size() - 1);
      bigger[slot] = state;
    }
    slots_ = std::move(bigger);
  }

  size_t words_;
  size_t count_ = 0;
  std::vector<Word> rows_;
  std::vector<Index> slots_;
};

class Explorer {
 public:
  Explorer(const Net& net, size_t most)
      : net_(net), most_(most), words_(std::max<size_t>(1, (net.places + 63) / 64)), states_(words_) {
    for (Index t = 0; t < net.transitions.size(); ++t) {
      // A transition without `in` never fires: nothing brings a case there.
      if (net.transitions[t].in.empty()) continue;
      const Index key = net.transitions[t].in.front();
      if (by_place_.size() <= key) by_place_.resize(key + 1);
      by_place_[key].push_back(t);
    }
    by_place_.resize(net.places);
    verdict_.reached.resize(net.places);
    verdict_.fired.resize(net.transitions.size());
  }

  Verdict run() {
    std::vector<Word> first(words_);
    for (Index place : net_.initial) set(first, place);
    add(first, kNone, kNone);
    verdict_.decided = true;
    for (Index state = 0; state < states_.size(); ++state) {
      if (states_.size() > most_ || work_ > most_ * 160) {
        verdict_.decided = false;
        break;
      }
      look_at(state);
    }
    verdict_.states = states_.size();
    if (verdict_.decided) find_trap();
    return std::move(verdict_);
  }

 private:
  static bool has(const Word* row, Index place) { return (row[place / 64] >> (place % 64)) & 1; }
  static void set(std::vector<Word>& row, Index place) { row[place / 64] |= Word{1} << (place % 64); }
  static void clear(std::vector<Word>& row, Index place) { row[place / 64] &= ~(Word{1} << (place % 64)); }

  void add(const std::vector<Word>& row, Index from, Index by) {
    auto [state, fresh] = states_.add(row);
    if (from != kNone) edges_.push_back({from, state});
    if (!fresh) return;
    parents_.push_back({from, by});
    for_each_mark(row.data(), [&](Index place) { verdict_.reached[place] = true; });
  }

  template <class Visit>
  void for_each_mark(const Word* row, Visit visit) const {
    for (size_t w = 0; w < words_; ++w) {
      for (Word rest = row[w]; rest; rest &= rest - 1)
        visit(static_cast<Index>(w * 64 + static_cast<size_t>(std::countr_zero(rest))));
    }
  }

  Path path_to(Index state, Index last = kNone) const {
    Path path;
    if (last != kNone) path.push_back(last);
    for (; parents_[state].from != kNone; state = parents_[state].from) path.push_back(parents_[state].by);
    std::reverse(path.begin(), path.end());
    return path;
  }

  void keep(std::optional<Path>& fault, Index state, Index last = kNone) {
    if (fault) return;
    fault = path_to(state, last);
    if (!verdict_.stuck.empty()) return;
    for_each_mark(states_.at(state), [&](Index place) { verdict_.stuck.push_back(place); });
  }

  void look_at(Index state) {
    marks_.clear();
    for_each_mark(states_.at(state), [&](Index place) { marks_.push_back(place); });
    const bool end =
        std::any_of(marks_.begin(), marks_.end(), [&](Index place) { return net_.final_place[place]; });
    if (end) {
      ends_.push_back(state);
      if (marks_.size() > 1) keep(verdict_.improper, state);
      return;
    }
    bool any = false;
    for (Index place : marks_) {
      for (Index t : by_place_[place]) any = fire(state, t) || any;
    }
    if (!any) keep(verdict_.deadlock, state);
  }

  bool fire(Index state, Index t) {
    const Transition& transition = net_.transitions[t];
    const Word* row = states_.at(state);
    for (Index place : transition.in) {
      if (!has(row, place)) return false;
    }
    work_ += 1 + words_ + transition.in.size() + transition.reset.size() + transition.out.size();
    verdict_.fired[t] = true;
    next_.assign(row, row + words_);
    for (Index place : transition.in) clear(next_, place);
    for (Index place : transition.reset) clear(next_, place);
    for (Index place : transition.out) {
      if (has(next_.data(), place)) {
        keep(verdict_.unsafe, state, t);
        return true;
      }
      set(next_, place);
    }
    add(next_, state, t);
    return true;
  }

  // Backwards from the ends: what is not met cannot end. A state that can only come to a deadlock or to a second mark
  // is told as that.
  void find_trap() {
    std::vector<Index> first(states_.size() + 1), sources(edges_.size());
    for (const auto& edge : edges_) ++first[edge.to + 1];
    for (size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    std::vector<Index> fill(first.begin(), first.end() - 1);
    for (const auto& edge : edges_) sources[fill[edge.to]++] = edge.from;
    std::vector<char> can_end(states_.size());
    std::vector<Index> open = ends_;
    for (Index state : open) can_end[state] = true;
    while (!open.empty()) {
      const Index state = open.back();
      open.pop_back();
      for (Index i = first[state]; i < first[state + 1]; ++i) {
        if (can_end[sources[i]]) continue;
        can_end[sources[i]] = true;
        open.push_back(sources[i]);
      }
    }
    for (Index state = 0; state < states_.size(); ++state) {
      if (can_end[state]) continue;
      keep(verdict_.trap, state);
      return;
    }
  }

  struct Parent {
    Index from, by;
  };
  struct Edge {
    Index from, to;
  };
  const Net& net_;
  size_t most_, words_, work_ = 0;
  States states_;
  std::vector<std::vector<Index>> by_place_;
  std::vector<Parent> parents_;
  std::vector<Edge> edges_;
  std::vector<Index> ends_, marks_;
  std::vector<Word> next_;
  Verdict verdict_;
};

}  // namespace

Verdict explore(const Net& net, size_t most_states) { return Explorer(net, most_states).run(); }

namespace {

bool contains(const std::vector<char>& marks, const std::vector<Index>& places) {
  return std::all_of(places.begin(), places.end(), [&](Index place) { return marks[place]; });
}

// Plays a path of the small net on the old one: transitions that were reduced away fire when they are needed.
class Replay {
 public:
  Replay(const Net& net, const Reduced& small) : net_(net), small_(small), marks_(net.places) {
    for (Index place : net.initial) marks_[place] = true;
  }

  Path play(const Path& path) {
    for (Index transition : path) {
      const Index old = small_.original[transition];
      while (!contains(marks_, net_.transitions[old].in) && push()) {
      }
      fire(old);
    }
    return std::move(path_);
  }

  std::vector<Index> marked() const {
    std::vector<Index> places;
    for (Index place = 0; place < net_.places; ++place) {
      if (marks_[place]) places.push_back(place);
    }
    return places;
  }

 private:
  void fire(Index transition) {
    const Transition& one = net_.transitions[transition];
    for (Index place : one.in) marks_[place] = false;
    for (Index place : one.reset) marks_[place] = false;
    for (Index place : one.out) marks_[place] = true;
    path_.push_back(transition);
  }

  bool push() {
    for (Index t = 0; t < net_.transitions.size(); ++t) {
      if (!small_.gone[t].gone || !contains(marks_, net_.transitions[t].in)) continue;
      if (++pushed_ > net_.transitions.size() * 4) return false;
      fire(t);
      return true;
    }
    return false;
  }

  const Net& net_;
  const Reduced& small_;
  std::vector<char> marks_;
  Path path_;
  size_t pushed_ = 0;
};

}  // namespace

Verdict judge(const Net& net, size_t most_states) {
  const Reduced small = reduce(net);
  Verdict found = explore(small.net, most_states);
  Verdict told;
  told.decided = found.decided;
  told.states = found.states;
  told.fired.resize(net.transitions.size());
  for (Index t = 0; t < small.original.size(); ++t) told.fired[small.original[t]] = found.fired[t];
  // What went refers to what was there when it went: a few rounds settle all.
  for (bool changed = true; changed;) {
    changed = false;
    for (Index t = 0; t < net.transitions.size(); ++t) {
      const auto& gone = small.gone[t];
      if (!gone.gone || told.fired[t]) continue;
      const bool fires = gone.at_once || std::any_of(gone.causes.begin(), gone.causes.end(),
                                                     [&](Index cause) { return told.fired[cause]; });
      if (fires) told.fired[t] = changed = true;
    }
  }
  told.reached.resize(net.places);
  for (Index place : net.initial) told.reached[place] = true;
  for (Index t = 0; t < net.transitions.size(); ++t) {
    for (Index place : net.transitions[t].out) told.reached[place] = told.reached[place] || told.fired[t];
  }
  auto tell = [&](const std::optional<Path>& path, std::optional<Path>& into) {
    if (!path) return;
    Replay replay(net, small);
    into = replay.play(*path);
    if (told.stuck.empty()) told.stuck = replay.marked();
  };
  tell(found.deadlock, told.deadlock);
  tell(found.trap, told.trap);
  tell(found.improper, told.improper);
  tell(found.unsafe, told.unsafe);
  return told;
}

}  // namespace wenshu::workflow::check
