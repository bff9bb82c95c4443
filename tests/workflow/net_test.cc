// The explorer and its reductions against one that tries everything in the plainest way.
#include "workflow/check/net.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/workflow/plain_explorer.h"

namespace wenshu::workflow::check {
namespace {

// Numbers that are the same on every machine.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed * 2654435761u + 1) {}
  Index roll(Index sides) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<Index>((state_ >> 33) % sides);
  }
  std::vector<Index> some(Index least, Index most, Index sides) {
    std::set<Index> chosen;
    const Index count = least + roll(most - least + 1);
    while (chosen.size() < std::min(count, sides)) chosen.insert(roll(sides));
    return {chosen.begin(), chosen.end()};
  }

 private:
  uint64_t state_;
};

// Wild nets: any transition between any places, some with resets.
Net wild_net(Dice& dice) {
  Net net;
  net.places = 3 + dice.roll(8);
  net.final_place.assign(net.places, false);
  net.final_place[net.places - 1] = true;
  net.initial = {0};
  const Index count = 2 + dice.roll(12);
  for (Index i = 0; i < count; ++i) {
    const Index most = dice.roll(3) == 0 ? 2 : 1;
    Transition one{dice.some(1, most, net.places), dice.some(1, most, net.places), {}};
    if (dice.roll(6) == 0) one.reset = dice.some(1, 3, net.places);
    net.transitions.push_back(std::move(one));
  }
  return net;
}

// Nets grown from a sound one by refining a place or a transition, then, half of the time, spoiled by one more arc or
// transition: near to what people write.
Net grown_net(Dice& dice) {
  Net net;
  net.places = 2;
  net.initial = {0};
  net.transitions = {{{0}, {1}, {}}};
  auto new_place = [&] { return net.places++; };
  for (Index rounds = 1 + dice.roll(7); rounds > 0; --rounds) {
    const Index t = dice.roll(static_cast<Index>(net.transitions.size()));
    const Transition old = net.transitions[t];
    switch (dice.roll(4)) {
      case 0: {  // one after the other
        const Index between = new_place();
        net.transitions[t].out = {between};
        net.transitions.push_back({{between}, old.out, {}});
        break;
      }
      case 1:  // one or the other
        net.transitions.push_back(old);
        break;
      case 2: {  // side by side
        const Index a = new_place(), b = new_place(), c = new_place(), d = new_place();
        net.transitions[t].out = {a, b};
        net.transitions.push_back({{a}, {c}, {}});
        net.transitions.push_back({{b}, {d}, {}});
        net.transitions.push_back({{c, d}, old.out, {}});
        break;
      }
      default: {  // again
        const Index between = new_place();
        net.transitions[t].out = {between};
        net.transitions.push_back({{between}, old.out, {}});
        if (old.in.size() == 1) net.transitions.push_back({{between}, old.in, {}});
      }
    }
  }
  net.final_place.assign(net.places, false);
  net.final_place[1] = true;
  if (dice.roll(2) == 0) {
    const Index t = dice.roll(static_cast<Index>(net.transitions.size()));
    switch (dice.roll(3)) {
      case 0:
        net.transitions[t].out = dice.some(1, 2, net.places);
        break;
      case 1:
        net.transitions.push_back({dice.some(1, 2, net.places), dice.some(1, 2, net.places), {}});
        break;
      default:
        net.transitions[t].reset = dice.some(1, 2, net.places);
    }
  }
  return net;
}

void compare(const Net& net, const Verdict& verdict, const Plain& plain, const std::string& name) {
  ASSERT_TRUE(verdict.decided) << name;
  ASSERT_EQ(!verdict.unsafe, plain.safe) << name;
  if (!plain.safe) return;  // what else happens in such a net is not asked
  EXPECT_EQ(!verdict.improper, plain.proper) << name;
  EXPECT_EQ(verdict.deadlock.has_value(), plain.deadlock) << name;
  EXPECT_EQ(!verdict.trap, plain.always_ends) << name;
  for (Index place = 0; place < net.places; ++place)
    EXPECT_EQ(static_cast<bool>(verdict.reached[place]), plain.reached.contains(place))
        << name << " place " << place;
  for (Index t = 0; t < net.transitions.size(); ++t)
    EXPECT_EQ(static_cast<bool>(verdict.fired[t]), plain.fired.contains(t)) << name << " transition " << t;
}

// A story must be playable to its end, and end in what it says.
void play(const Net& net, const Path& path, bool to_second_mark, const std::string& name) {
  State state(net.initial.begin(), net.initial.end());
  for (size_t i = 0; i < path.size(); ++i) {
    const Transition& one = net.transitions[path[i]];
    ASSERT_TRUE(std::includes(state.begin(), state.end(), one.in.begin(), one.in.end()))
        << name << " act " << i;
    for (Index place : one.in) state.erase(place);
    for (Index place : one.reset) state.erase(place);
    bool twice = false;
    for (Index place : one.out) twice = !state.insert(place).second || twice;
    ASSERT_EQ(twice, to_second_mark && i + 1 == path.size()) << name << " act " << i;
  }
}

TEST(Nets, AreJudgedAsTryingEverythingDoes) {
  size_t sound = 0, unsafe = 0, stuck = 0, smaller = 0;
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    Dice dice(seed);
    const Net net = seed % 2 ? wild_net(dice) : grown_net(dice);
    const std::string name = "net " + std::to_string(seed);
    const Plain plain = try_everything(net);
    compare(net, explore(net), plain, name + " as it is");
    const Verdict verdict = judge(net);
    compare(net, verdict, plain, name + " reduced");
    smaller += verdict.states < explore(net).states;
    if (plain.safe) {
      for (const auto& path : {verdict.deadlock, verdict.trap, verdict.improper}) {
        if (path) play(net, *path, false, name);
      }
    }
    sound += plain.safe && !plain.deadlock && plain.proper && plain.always_ends;
    unsafe += !plain.safe;
    stuck += plain.deadlock;
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
  // The dice must not have made one kind only.
  EXPECT_GT(sound, 300u);
  EXPECT_GT(unsafe, 100u);
  EXPECT_GT(stuck, 300u);
  EXPECT_GT(smaller, 300u);
}

TEST(Nets, ReduceAThousandBranchesToNothing) {
  Net net;
  net.places = 2;
  net.initial = {0};
  Transition fork{{0}, {}, {}}, join{{}, {1}, {}};
  for (Index i = 0; i < 1000; ++i) {
    const Index waits = net.places++, arrived = net.places++;
    fork.out.push_back(waits);
    join.in.push_back(arrived);
    net.transitions.push_back({{waits}, {arrived}, {}});
  }
  net.transitions.push_back(fork);
  net.transitions.push_back(join);
  net.final_place.assign(net.places, false);
  net.final_place[1] = true;
  const Verdict verdict = judge(net);
  EXPECT_TRUE(verdict.decided);
  EXPECT_LE(verdict.states, 4u);
  EXPECT_FALSE(verdict.deadlock || verdict.trap || verdict.improper || verdict.unsafe);
  EXPECT_TRUE(std::all_of(verdict.fired.begin(), verdict.fired.end(), [](char fired) { return fired; }));
}

TEST(Nets, SayWhenTheyAreNotDecided) {
  Net net;  // twenty branches, each with two ways to and fro: nothing to reduce, 4^20 states
  net.places = 2;
  net.initial = {0};
  Transition fork{{0}, {}, {}}, join{{}, {1}, {}};
  for (Index i = 0; i < 20; ++i) {
    const Index waits = net.places++, left = net.places++, right = net.places++, arrived = net.places++;
    fork.out.push_back(waits);
    join.in.push_back(arrived);
    for (Index way : {left, right}) {
      net.transitions.push_back({{waits}, {way}, {}});
      net.transitions.push_back({{way}, {waits}, {}});
      net.transitions.push_back({{way}, {arrived}, {}});
    }
    net.transitions.push_back({{left}, {right}, {}});
  }
  net.transitions.push_back(fork);
  net.transitions.push_back(join);
  net.final_place.assign(net.places, false);
  net.final_place[1] = true;
  EXPECT_FALSE(judge(net, 5000).decided);
}

}  // namespace
}  // namespace wenshu::workflow::check
