#include "picture/qr_mask.h"

#include <bitset>
#include <cstdlib>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace wenshu::picture {
namespace {

constexpr int kMasks = 8;
constexpr int kRun = 3, kBlock = 3, kFinder = 40, kBalance = 10;  // penalties N1 to N4

bool is_inverted(int mask, int x, int y) {
  switch (mask) {
    case 0:
      return (x + y) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (x + y) % 3 == 0;
    case 4:
      return (y / 2 + x / 3) % 2 == 0;
    case 5:
      return x * y % 2 + x * y % 3 == 0;
    case 6:
      return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
      return (x * y % 3 + (x + y) % 2) % 2 == 0;
  }
}

__extension__ typedef unsigned __int128 Wide;
using Long = std::bitset<192>;  // the largest code has 177 modules a side

// Without the processor's own instruction, which not every office has, std::popcount is a call.
int count(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  return static_cast<int>(((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}
int count(Wide bits) { return count(static_cast<uint64_t>(bits)) + count(static_cast<uint64_t>(bits >> 64)); }
int count(const Long& bits) { return static_cast<int>(bits.count()); }

constexpr size_t kMargin = 4;  // light modules before and behind a line, that finders may stand beside

// Bit i + kMargin is module i of a line.
template <class Bits>
struct Lines {
  std::vector<Bits> rows, columns;
  explicit Lines(int side) : rows(static_cast<size_t>(side)), columns(static_cast<size_t>(side)) {}
  void set(int x, int y) {
    rows[static_cast<size_t>(y)] |= Bits(1) << (static_cast<size_t>(x) + kMargin);
    columns[static_cast<size_t>(x)] |= Bits(1) << (static_cast<size_t>(y) + kMargin);
  }
  void clear(int x, int y) {
    rows[static_cast<size_t>(y)] &= ~(Bits(1) << (static_cast<size_t>(x) + kMargin));
    columns[static_cast<size_t>(x)] &= ~(Bits(1) << (static_cast<size_t>(y) + kMargin));
  }
};

// What the masks do to a code of one size.
template <class Bits>
struct Masks {
  std::vector<Lines<Bits>> inverted;  // by mask
  explicit Masks(const uint8_t* modules, int side) {
    for (int mask = 0; mask < kMasks; ++mask) {
      Lines<Bits>& lines = inverted.emplace_back(side);
      for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
          if (!(modules[y * side + x] & 0x80) && is_inverted(mask, x, y)) lines.set(x, y);
    }
  }
};

template <class Bits>
const Masks<Bits>& masks_of(const uint8_t* modules, int side) {
  static std::mutex mutex;
  static std::map<int, std::unique_ptr<Masks<Bits>>> known;
  const std::lock_guard lock(mutex);
  auto& masks = known[side];
  if (!masks) masks = std::make_unique<Masks<Bits>>(modules, side);
  return *masks;
}

// Level M is 00; ten bits of a Bose-Chaudhuri-Hocquenghem code follow (7.9.1).
unsigned format_bits(int mask) {
  unsigned rest = static_cast<unsigned>(mask) << 10;
  for (int bit = 14; bit >= 10; --bit)
    if (rest >> bit & 1) rest ^= 0x537u << (bit - 10);
  return (static_cast<unsigned>(mask) << 10 | rest) ^ 0x5412u;
}

// Calls place(x, y, dark) for both copies of the format.
template <class PlaceBit>
void visit_format(int mask, int side, PlaceBit place) {
  const unsigned bits = format_bits(mask);
  for (int i = 0; i < 15; ++i) {
    const bool dark = bits >> i & 1;
    if (i < 8) {
      place(side - 1 - i, 8, dark);
      place(8, i < 6 ? i : i + 1, dark);
    } else {
      place(8, side - 15 + i, dark);
      place(i == 8 ? 7 : 14 - i, 8, dark);
    }
  }
}

// Of one line: runs of five and more of a colour, and what looks like a finder with four light modules beside it.
template <class Bits>
int line_penalty(const Bits& dark, const Bits& all) {
  int penalty = 0;
  const Bits light = all & ~dark;
  for (const Bits* colour : {&dark, &light}) {
    const Bits pairs = *colour & (*colour >> 1);
    const Bits fives = pairs & (pairs >> 2) & (*colour >> 4);                   // five from here on
    penalty += count(fives) + count(Bits(fives & ~(fives << 1))) * (kRun - 1);  // 3 for five, 1 for each more
  }
  // 1011101 from here on.
  const Bits finders =
      dark & ~(dark >> 1) & (dark >> 2) & (dark >> 3) & (dark >> 4) & ~(dark >> 5) & (dark >> 6);
  if (finders == Bits(0)) return penalty;
  const Bits clear_after = ~((dark >> 7) | (dark >> 8) | (dark >> 9) | (dark >> 10));
  const Bits clear_before = ~((dark << 1) | (dark << 2) | (dark << 3) | (dark << 4));
  return penalty + kFinder * count(Bits(finders & (clear_after | clear_before)));
}

// Or a part of it that is more than `most` already.
template <class Bits>
int penalty_of(const Lines<Bits>& code, const Bits& all, int side, int most) {
  int penalty = 0, dark = 0;
  for (const Bits& column : code.columns) penalty += line_penalty(column, all);
  if (penalty > most) return penalty;
  for (size_t y = 0; y < code.rows.size(); ++y) {
    const Bits& row = code.rows[y];
    penalty += line_penalty(row, all);
    dark += count(row);
    if (y == 0) continue;
    const Bits alike = ~(row ^ code.rows[y - 1]) & all;  // with the module above
    const Bits blocks = alike & (alike >> 1) & ~(row ^ (row >> 1));
    penalty += kBlock * count(blocks);
  }
  const int percent = 100 * dark / (side * side);
  return penalty + kBalance * (std::abs(percent - 50) / 5);
}

template <class Bits>
Modules choose(const uint8_t* modules, int side) {
  const Masks<Bits>& masks = masks_of<Bits>(modules, side);
  Lines<Bits> plain(side);  // mask 0 taken off again
  for (size_t y = 0; y < plain.rows.size(); ++y) {
    Bits row(0);
    for (size_t x = 0; x < plain.columns.size(); ++x) {
      const Bits dark(*modules++ & 1u);
      row |= dark << (x + kMargin);
      plain.columns[x] |= dark << (y + kMargin);
    }
    plain.rows[y] = row;
  }
  Bits all(0);
  for (int i = 0; i < side; ++i) all |= Bits(1) << (static_cast<size_t>(i) + kMargin);

  Lines<Bits> best(side), tried(side);
  int least = std::numeric_limits<int>::max();
  for (int mask = 0; mask < kMasks; ++mask) {
    const auto& invert = masks.inverted[static_cast<size_t>(mask)];
    for (size_t i = 0; i < plain.rows.size(); ++i) {
      tried.rows[i] = plain.rows[i] ^ masks.inverted.front().rows[i] ^ invert.rows[i];
      tried.columns[i] = plain.columns[i] ^ masks.inverted.front().columns[i] ^ invert.columns[i];
    }
    visit_format(mask, side, [&](int x, int y, bool dark) { dark ? tried.set(x, y) : tried.clear(x, y); });
    const int penalty = penalty_of(tried, all, side, least);
    if (penalty >= least) continue;
    least = penalty;
    std::swap(best, tried);
  }
  Modules chosen;
  chosen.side = side;
  chosen.dark.resize(static_cast<size_t>(side * side));
  auto dark = chosen.dark.begin();
  for (Bits row : best.rows) {
    row >>= kMargin;
    for (int x = 0; x < side; ++x, row >>= 1) *dark++ = (row & Bits(1)) != Bits(0);
  }
  return chosen;
}

}  // namespace

Modules choose_mask(const uint8_t* modules, int side) {
  constexpr int kMargins = 2 * static_cast<int>(kMargin);
  if (side + kMargins <= 64) return choose<uint64_t>(modules, side);
  if (side + kMargins <= 128) return choose<Wide>(modules, side);
  return choose<Long>(modules, side);
}

}  // namespace wenshu::picture
