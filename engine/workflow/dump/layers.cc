#include "workflow/dump/layers.h"

#include <algorithm>
#include <cstdlib>

#include "workflow/dump/slots.h"

namespace wenshu::workflow::dump {
namespace {

constexpr int kMargin = 24;
constexpr int kLineRoom = 8;                  // on both sides of a line that passes
constexpr int kLabelGap = 6;                  // between a line and its label
constexpr int kLeastGap = 16, kMostGap = 52;  // between two ranks
constexpr int kPorts = 18, kPortsReach = 56;  // between lines at a box; how far from its middle
constexpr size_t kMostSlots = 20'000;         // lines beyond are cut at their labels

// What goes back to where it came from, looking from the start along lines onward first.
class Depth {
 public:
  explicit Depth(const Chart& chart) : chart_(chart), out_(chart.nodes.size()), back_(chart.lines.size()) {
    for (const bool onward : {true, false}) {
      for (size_t i = 0; i < chart.lines.size(); ++i)
        if (chart.lines[i].onward == onward) out_[chart.lines[i].from].push_back(i);
    }
    for (size_t i = 0; i < chart.nodes.size(); ++i) walk(i);
  }

  std::vector<size_t> layers() {
    std::vector<size_t> layers(chart_.nodes.size(), 0);
    for (auto node = finished_.rbegin(); node != finished_.rend(); ++node) {
      for (size_t line : out_[*node]) {
        if (!back_[line]) {
          size_t& below = layers[chart_.lines[line].to];
          below = std::max(below, layers[*node] + 1);
        }
      }
    }
    return layers;
  }
  bool is_back(size_t line) const { return back_[line]; }

 private:
  enum class Seen { no, open, done };

  void walk(size_t start) {
    seen_.resize(chart_.nodes.size(), Seen::no);
    if (seen_[start] != Seen::no) return;
    std::vector<std::pair<size_t, size_t>> way = {{start, 0}};
    seen_[start] = Seen::open;
    while (!way.empty()) {
      const size_t node = way.back().first;
      if (way.back().second == out_[node].size()) {
        seen_[node] = Seen::done;
        finished_.push_back(node);
        way.pop_back();
        continue;
      }
      const size_t line = out_[node][way.back().second++];
      const size_t to = chart_.lines[line].to;
      back_[line] = seen_[to] == Seen::open;
      if (seen_[to] != Seen::no) continue;
      seen_[to] = Seen::open;
      way.emplace_back(to, 0);
    }
  }

  const Chart& chart_;
  std::vector<std::vector<size_t>> out_;  // lines
  std::vector<bool> back_;
  std::vector<Seen> seen_;
  std::vector<size_t> finished_;
};

class Layout {
 public:
  explicit Layout(const Chart& chart) : chart_(chart), depth_(chart), layers_(depth_.layers()) {
    placed_.nodes.resize(chart.nodes.size());
    placed_.lines.resize(chart.lines.size());
    ways_.resize(chart.lines.size());
  }

  Placed run() {
    if (chart_.nodes.empty()) return {};
    make_slots();
    order_slots(slots_, ranks_);
    place_slots(slots_, ranks_);
    set_heights();
    for (size_t i = 0; i < chart_.nodes.size(); ++i) placed_.nodes[i] = {slots_[i].x, middle(slots_[i].rank)};
    for (size_t i = 0; i < chart_.nodes.size(); ++i) set_ports(i);
    for (size_t i = 0; i < chart_.lines.size(); ++i) draw_line(i);
    return std::move(placed_);
  }

 private:
  // A line with the slots it goes through, from the upper box to the lower one.
  struct Way {
    std::vector<size_t> slots;
    int top = 0, bottom = 0;  // where it meets the boxes, from their middles
  };

  size_t add_slot(size_t rank, int left, int right, bool passes) {
    Slot slot;
    slot.rank = rank;
    slot.left = left;
    slot.right = right;
    slot.passes = passes;
    slots_.push_back(slot);
    if (ranks_.size() <= rank) ranks_.resize(rank + 1);
    ranks_[rank].push_back(slots_.size() - 1);
    return slots_.size() - 1;
  }

  void tie(size_t upper, size_t lower, bool straight) {
    slots_[upper].below.push_back(lower);
    slots_[lower].above.push_back(upper);
    if (!straight) return;
    if (slots_[upper].straight_below == Slot::kNone) slots_[upper].straight_below = lower;
    if (slots_[lower].straight_above == Slot::kNone) slots_[lower].straight_above = upper;
  }

  size_t span(size_t i) const {
    const size_t from = layers_[chart_.lines[i].from], to = layers_[chart_.lines[i].to];
    return from > to ? from - to : to - from;
  }

  void make_slots() {
    for (size_t i = 0; i < chart_.nodes.size(); ++i) {
      const int half = chart_.nodes[i].width / 2;
      add_slot(2 * layers_[i], half + kLineRoom, half + kLineRoom, false);
    }
    std::vector<size_t> shortest_first(chart_.lines.size());
    for (size_t i = 0; i < shortest_first.size(); ++i) shortest_first[i] = i;
    std::stable_sort(shortest_first.begin(), shortest_first.end(),
                     [&](size_t a, size_t b) { return span(a) < span(b); });
    size_t room = kMostSlots;
    for (size_t i : shortest_first) {
      const size_t needs = 2 * span(i);
      placed_.lines[i].cut = needs == 0 || needs > room;
      room -= placed_.lines[i].cut ? 0 : needs;
    }
    // Lines that go back come last, so that they begin on the right.
    for (const bool back : {false, true}) {
      for (size_t i = 0; i < chart_.lines.size(); ++i)
        if (depth_.is_back(i) == back) add_way(i);
    }
  }

  void add_way(size_t i) {
    const Chart::Line& line = chart_.lines[i];
    Way& way = ways_[i];
    const bool back = depth_.is_back(i), cut = placed_.lines[i].cut;
    const size_t top = back && !cut ? line.to : line.from, bottom = back ? line.from : line.to;
    const size_t first = 2 * layers_[top] + 1, end = cut ? first + 1 : 2 * layers_[bottom];
    const size_t labelled = back && !cut ? end - 1 : first;
    way.slots.push_back(top);
    // The main way, as the file has it, stands straight.
    const bool straight = line.onward && !back && !cut && line.to == line.from + 1;
    for (size_t rank = first; rank < end; ++rank) {
      const int label = rank != labelled ? 0 : cut ? line.told : line.label;
      way.slots.push_back(
          add_slot(rank, kLineRoom, kLineRoom + (label > 0 ? kLabelGap + label : 0), label == 0));
      tie(way.slots[way.slots.size() - 2], way.slots.back(), straight);
    }
    if (cut) return;
    tie(way.slots.back(), bottom, straight);
    way.slots.push_back(bottom);
  }

  void set_heights() {
    tops_.resize(ranks_.size());
    heights_.resize(ranks_.size());
    int left = 0, right = 0, y = kMargin;
    for (size_t r = 0; r < ranks_.size(); ++r) {
      int bent = 0;
      for (size_t slot : ranks_[r]) {
        if (slot < chart_.nodes.size()) heights_[r] = std::max(heights_[r], chart_.nodes[slot].height);
        if (slot >= chart_.nodes.size() && !slots_[slot].passes)
          heights_[r] = std::max(heights_[r], kLabelHeight);
        left = std::min(left, slots_[slot].x - slots_[slot].left);
        right = std::max(right, slots_[slot].x + slots_[slot].right);
        for (size_t above : slots_[slot].above)
          bent = std::max(bent, std::abs(slots_[above].x - slots_[slot].x));
      }
      if (r > 0) y += std::clamp(kLeastGap + bent / 8, kLeastGap, kMostGap);
      tops_[r] = y;
      y += heights_[r];
    }
    for (Slot& slot : slots_) slot.x += kMargin - left;
    placed_.width = right - left + 2 * kMargin;
    placed_.height = y + kMargin;
  }

  int middle(size_t rank) const { return tops_[rank] + heights_[rank] / 2; }

  // Lines that leave a box downward, or come to it from above, beside one another in the order of where they go.
  void set_ports(size_t node) {
    for (const bool below : {true, false}) {
      std::vector<std::pair<int, int*>> left, right;
      for (size_t i : lines_at(node)) {
        Way& way = ways_[i];
        const bool at_top = way.slots.front() == node && below;
        const bool at_bottom = way.slots.back() == node && !below && !placed_.lines[i].cut;
        if (!at_top && !at_bottom) continue;
        const size_t next = at_top ? way.slots[1] : way.slots[way.slots.size() - 2];
        const int aside = slots_[next].x - slots_[node].x;
        if (aside < 0) left.emplace_back(-aside, at_top ? &way.top : &way.bottom);
        if (aside > 0) right.emplace_back(aside, at_top ? &way.top : &way.bottom);
      }
      spread(left, -1);
      spread(right, 1);
    }
  }

  static void spread(std::vector<std::pair<int, int*>>& ports, int side) {
    std::stable_sort(ports.begin(), ports.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    const int count = static_cast<int>(ports.size());
    for (int i = 0; i < count; ++i) {
      const int step = std::min(kPorts * (i + 1), kPortsReach * (i + 1) / count);
      *ports[static_cast<size_t>(i)].second = side * std::min(step, ports[static_cast<size_t>(i)].first);
    }
  }

  const std::vector<size_t>& lines_at(size_t node) {
    if (lines_at_.empty()) {
      lines_at_.resize(chart_.nodes.size());
      for (size_t i = 0; i < chart_.lines.size(); ++i) {
        lines_at_[chart_.lines[i].from].push_back(i);
        if (chart_.lines[i].to != chart_.lines[i].from) lines_at_[chart_.lines[i].to].push_back(i);
      }
    }
    return lines_at_[node];
  }

  void draw_line(size_t i) {
    const Way& way = ways_[i];
    Placed::Line& line = placed_.lines[i];
    const size_t top = way.slots.front(), bottom = way.slots.back();
    line.points.push_back({slots_[top].x + way.top, middle(slots_[top].rank) + chart_.nodes[top].height / 2});
    const size_t inner = line.cut ? way.slots.size() : way.slots.size() - 1;
    for (size_t k = 1; k < inner; ++k) {
      const Slot& slot = slots_[way.slots[k]];
      line.points.push_back({slot.x, tops_[slot.rank]});
      line.points.push_back({slot.x, tops_[slot.rank] + heights_[slot.rank]});
      if (!slot.passes) line.label = {slot.x + kLabelGap, middle(slot.rank)};
    }
    if (!line.cut)
      line.points.push_back(
          {slots_[bottom].x + way.bottom, middle(slots_[bottom].rank) - chart_.nodes[bottom].height / 2});
    if (depth_.is_back(i) && !line.cut) std::reverse(line.points.begin(), line.points.end());
  }

  const Chart& chart_;
  Depth depth_;
  std::vector<size_t> layers_;
  std::vector<Slot> slots_;  // the boxes first
  Ranks ranks_;
  std::vector<Way> ways_;
  std::vector<std::vector<size_t>> lines_at_;
  std::vector<int> tops_, heights_;
  Placed placed_;
};

}  // namespace

Placed lay_out(const Chart& chart) { return Layout(chart).run(); }

}  // namespace wenshu::workflow::dump
