#include <algorithm>
#include <map>

#include "workflow/check/net.h"

namespace wenshu::workflow::check {
namespace {

void erase(std::vector<Index>& list, Index one) {
  list.erase(std::remove(list.begin(), list.end(), one), list.end());
}

void replace(std::vector<Index>& list, Index old, Index now) {
  for (Index& one : list) one = one == old ? now : one;
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool has(const std::vector<Index>& list, Index one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

class Reducer {
 public:
  explicit Reducer(const Net& net)
      : net_(net), alive_(net.transitions.size(), true), is_initial_(net.places) {
    result_.gone.resize(net.transitions.size());
    for (Index place : net.initial) is_initial_[place] = true;
  }

  Reduced run() {
    for (bool changed = true; changed;) {
      look_around();
      changed = fuse_rows();
      if (changed) look_around();
      changed = drop_twin_places() || changed;
      changed = drop_twin_transitions() || changed;
    }
    for (Index t = 0; t < net_.transitions.size(); ++t) {
      if (!alive_[t]) continue;
      result_.net.transitions.push_back(std::move(net_.transitions[t]));
      result_.original.push_back(t);
    }
    result_.net.places = net_.places;
    result_.net.final_place = net_.final_place;
    for (Index place = 0; place < net_.places; ++place) {
      if (is_initial_[place]) result_.net.initial.push_back(place);
    }
    return std::move(result_);
  }

 private:
  void look_around() {
    makers_.assign(net_.places, {});
    takers_.assign(net_.places, {});
    clearers_.assign(net_.places, {});
    for (Index t = 0; t < net_.transitions.size(); ++t) {
      if (!alive_[t]) continue;
      for (Index place : net_.transitions[t].out) makers_[place].push_back(t);
      for (Index place : net_.transitions[t].in) takers_[place].push_back(t);
      for (Index place : net_.transitions[t].reset) clearers_[place].push_back(t);
    }
  }

  // p → t → q where a mark on p can do nothing but go to q: both become q.
  bool fuse_rows() {
    std::vector<char> touched(net_.places);
    bool any = false;
    for (Index p = 0; p < net_.places; ++p) {
      if (takers_[p].size() != 1 || net_.final_place[p] || touched[p]) continue;
      const Index t = takers_[p].front();
      const Transition& step = net_.transitions[t];
      if (!alive_[t] || step.in.size() != 1 || step.out.size() != 1 || !step.reset.empty()) continue;
      const Index q = step.out.front();
      if (q == p || net_.final_place[q] || touched[q] || (is_initial_[p] && is_initial_[q])) continue;
      if (clearers_[p] != clearers_[q]) continue;
      // Nor where a case ends at the very moment at which p is marked: then t never fires.
      const bool both = std::any_of(makers_[p].begin(), makers_[p].end(), [&](Index maker) {
        const auto& out = net_.transitions[maker].out;
        return has(out, q) ||
               std::any_of(out.begin(), out.end(), [&](Index o) { return net_.final_place[o]; });
      });
      if (both) continue;
      result_.gone[t] = {true, static_cast<bool>(is_initial_[p]), makers_[p]};
      alive_[t] = false;
      for (Index maker : makers_[p]) replace(net_.transitions[maker].out, p, q);
      for (Index clearer : clearers_[p]) erase(net_.transitions[clearer].reset, p);
      if (is_initial_[p]) is_initial_[q] = true;
      is_initial_[p] = false;
      touched[p] = touched[q] = true;
      any = true;
    }
    return any;
  }

  bool drop_twin_places() {
    std::map<std::vector<Index>, Index> seen;
    bool any = false;
    for (Index p = 0; p < net_.places; ++p) {
      if (net_.final_place[p] || (makers_[p].empty() && takers_[p].empty())) continue;
      std::vector<Index> key = {is_initial_[p] ? Index{1} : Index{0}};
      for (const auto* list : {&makers_[p], &takers_[p], &clearers_[p]}) {
        key.push_back(static_cast<Index>(list->size()));
        key.insert(key.end(), list->begin(), list->end());
      }
      if (seen.emplace(std::move(key), p).second) continue;
      for (Index t : makers_[p]) erase(net_.transitions[t].out, p);
      for (Index t : takers_[p]) erase(net_.transitions[t].in, p);
      for (Index t : clearers_[p]) erase(net_.transitions[t].reset, p);
      is_initial_[p] = false;
      any = true;
    }
    return any;
  }

  bool drop_twin_transitions() {
    std::map<std::vector<Index>, Index> seen;
    bool any = false;
    for (Index t = 0; t < net_.transitions.size(); ++t) {
      if (!alive_[t]) continue;
      std::vector<Index> key;
      const Transition& one = net_.transitions[t];
      for (const auto* list : {&one.in, &one.out, &one.reset}) {
        key.push_back(static_cast<Index>(list->size()));
        key.insert(key.end(), list->begin(), list->end());
      }
      auto [found, fresh] = seen.emplace(std::move(key), t);
      if (fresh) continue;
      alive_[t] = false;
      result_.gone[t] = {true, false, {found->second}};
      any = true;
    }
    return any;
  }

  Net net_;
  Reduced result_;
  std::vector<char> alive_, is_initial_;
  std::vector<std::vector<Index>> makers_, takers_, clearers_;
};

}  // namespace

Reduced reduce(const Net& net) { return Reducer(net).run(); }

}  // namespace wenshu::workflow::check
