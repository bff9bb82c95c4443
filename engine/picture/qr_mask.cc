#include "picture/qr_mask.h"

#include <algorithm>
#include <array>
#include <cstdlib>
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

// All eight masks are tried side by side: a number for each, which the processor works on together.
typedef uint64_t Eight __attribute__((vector_size(kMasks * sizeof(uint64_t))));

// The modules of one line, `Words` times 64 bits for each mask. Bit i + kMargin is module i.
template <size_t Words>
struct Line {
  std::array<Eight, Words> words{};
};
constexpr size_t kMargin = 4;  // light modules before and behind a line, that finders may stand beside

template <size_t Words, class Operation>
Line<Words> each(const Line<Words>& a, const Line<Words>& b, Operation operation) {
  Line<Words> made;
  for (size_t i = 0; i < Words; ++i) operation(made.words[i], a.words[i], b.words[i]);
  return made;
}
template <size_t Words>
Line<Words> operator&(const Line<Words>& a, const Line<Words>& b) {
  return each(a, b, [](Eight& made, const Eight& x, const Eight& y) { made = x & y; });
}
template <size_t Words>
Line<Words> operator|(const Line<Words>& a, const Line<Words>& b) {
  return each(a, b, [](Eight& made, const Eight& x, const Eight& y) { made = x | y; });
}
template <size_t Words>
Line<Words> operator^(const Line<Words>& a, const Line<Words>& b) {
  return each(a, b, [](Eight& made, const Eight& x, const Eight& y) { made = x ^ y; });
}
template <size_t Words>
Line<Words> operator~(const Line<Words>& a) {
  return each(a, a, [](Eight& made, const Eight& x, const Eight&) { made = ~x; });
}
template <size_t Words>
Line<Words> operator>>(const Line<Words>& a, int by) {
  Line<Words> made;
  for (size_t i = 0; i < Words; ++i) {
    made.words[i] = a.words[i] >> by;
    if (i + 1 < Words) made.words[i] |= a.words[i + 1] << (64 - by);
  }
  return made;
}
template <size_t Words>
Line<Words> operator<<(const Line<Words>& a, int by) {
  Line<Words> made;
  for (size_t i = 0; i < Words; ++i) {
    made.words[i] = a.words[i] << by;
    if (i > 0) made.words[i] |= a.words[i - 1] >> (64 - by);
  }
  return made;
}

// Counts bits, for each mask: in bytes first, as adding up the bytes of a word takes longer than counting.
class Tally {
 public:
  template <size_t Words>
  void add(const Line<Words>& line) {
    for (Eight bits : line.words) {
      bits -= bits >> 1 & 0x5555555555555555u;
      bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
      bytes_ += (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
      if (++held_ == kMost) add_up();
    }
  }
  int of(int mask) {
    add_up();
    return static_cast<int>(total_[mask]);
  }

 private:
  static constexpr int kMost = 255 / 8;
  void add_up() {
    Eight sums = (bytes_ & 0x00FF00FF00FF00FFu) + (bytes_ >> 8 & 0x00FF00FF00FF00FFu);
    sums += sums >> 16;
    sums += sums >> 32;
    total_ += sums & 0xFFFFu;
    bytes_ ^= bytes_;
    held_ = 0;
  }
  Eight bytes_{}, total_{};
  int held_ = 0;
};

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

// What the masks change in a code of one size that has mask 0: data and the two copies of the format.
template <size_t Words>
class Masks {
 public:
  std::vector<Line<Words>> rows, columns;
  Line<Words> inside, pairs;  // all modules of a line; those with another behind

  Masks(const uint8_t* modules, int side)
      : rows(static_cast<size_t>(side)), columns(static_cast<size_t>(side)) {
    for (int mask = 0; mask < kMasks; ++mask) {
      for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
          if (!(modules[y * side + x] & 0x80) && is_inverted(mask, x, y) != is_inverted(0, x, y))
            change(x, y, mask);
      std::vector<std::pair<int, int>> dark;  // as mask 0 has it
      visit_format(0, side, [&](int x, int y, bool is_dark) {
        if (is_dark) dark.emplace_back(x, y);
      });
      visit_format(mask, side, [&](int x, int y, bool is_dark) {
        const bool was = std::find(dark.begin(), dark.end(), std::pair(x, y)) != dark.end();
        if (is_dark != was) change(x, y, mask);
      });
      for (int i = 0; i < side; ++i) flip(inside, i, mask);
      for (int i = 0; i + 1 < side; ++i) flip(pairs, i, mask);
    }
  }

 private:
  static void flip(Line<Words>& line, int i, int mask) {
    const size_t bit = static_cast<size_t>(i) + kMargin;
    line.words[bit / 64][mask] ^= uint64_t{1} << bit % 64;
  }
  void change(int x, int y, int mask) {
    flip(rows[static_cast<size_t>(y)], x, mask);
    flip(columns[static_cast<size_t>(x)], y, mask);
  }
};

template <size_t Words>
const Masks<Words>& masks_of(const uint8_t* modules, int side) {
  static std::mutex mutex;
  static std::map<int, std::unique_ptr<Masks<Words>>> known;
  const std::lock_guard lock(mutex);
  auto& masks = known[side];
  if (!masks) masks = std::make_unique<Masks<Words>>(modules, side);
  return *masks;
}

// What speaks against each mask.
template <size_t Words>
class Judge {
 public:
  explicit Judge(const Masks<Words>& masks) : masks_(masks) {}

  void see_column(const Line<Words>& column) { see_line(column, alike_pairs(column)); }
  void see_row(const Line<Words>& row) {
    const Line<Words> pairs = alike_pairs(row);
    see_line(row, pairs);
    dark_.add(row);
    if (has_above_) {
      const Line<Words> alike = ~(row ^ above_) & masks_.inside;  // with the module above
      blocks_.add(alike & (alike >> 1) & pairs);
    }
    above_ = row;
    has_above_ = true;
  }
  int penalty(int mask, int side) {
    const int percent = 100 * dark_.of(mask) / (side * side);
    return fives_.of(mask) + (kRun - 1) * runs_.of(mask) + kFinder * finders_.of(mask) +
           kBlock * blocks_.of(mask) + kBalance * (std::abs(percent - 50) / 5);
  }

 private:
  Line<Words> alike_pairs(const Line<Words>& line) const { return ~(line ^ (line >> 1)) & masks_.pairs; }
  // Runs of five and more of a colour (3 for five, 1 for each more), and what looks like a finder with four light modules beside it.
  void see_line(const Line<Words>& dark, const Line<Words>& pairs) {
    const Line<Words> threes = pairs & (pairs >> 1), fives = threes & (threes >> 2);  // five from here on
    fives_.add(fives);
    runs_.add(fives & ~(fives << 1));
    const Line<Words> next = dark >> 1, three = dark & next & (dark >> 2);
    const Line<Words> finders = dark & ~next & (three >> 2) & ~(dark >> 5) & (dark >> 6);  // 1011101
    const Line<Words> two = dark | next, four = two | (two >> 2);  // a dark one among four from here on
    finders_.add(finders & ~((four >> 7) & (four << 4)));
  }

  const Masks<Words>& masks_;
  Tally fives_, runs_, finders_, blocks_, dark_;
  Line<Words> above_;
  bool has_above_ = false;
};

template <size_t Words>
using Bits = std::array<uint64_t, Words>;  // of a line with mask 0

template <size_t Words>
Line<Words> changed(const Bits<Words>& line, const Line<Words>& change) {
  Line<Words> made = change;
  for (size_t i = 0; i < Words; ++i) made.words[i] ^= line[i];
  return made;
}

template <size_t Words>
Modules choose(const uint8_t* modules, int side) {
  const Masks<Words>& masks = masks_of<Words>(modules, side);
  const auto count = static_cast<size_t>(side);
  std::vector<Bits<Words>> rows(count), columns(count);
  for (size_t y = 0; y < count; ++y) {
    const size_t word = (y + kMargin) / 64, bit = (y + kMargin) % 64;
    for (size_t x = 0; x < count; ++x) {
      const uint64_t dark = *modules++ & 1u;
      rows[y][(x + kMargin) / 64] |= dark << (x + kMargin) % 64;
      columns[x][word] |= dark << bit;
    }
  }
  Judge<Words> judge(masks);
  for (size_t i = 0; i < count; ++i) {
    judge.see_column(changed<Words>(columns[i], masks.columns[i]));
    judge.see_row(changed<Words>(rows[i], masks.rows[i]));
  }
  int best = 0, least = judge.penalty(0, side);
  for (int mask = 1; mask < kMasks; ++mask)
    if (const int penalty = judge.penalty(mask, side); penalty < least) best = mask, least = penalty;
  Modules chosen;
  chosen.side = side;
  chosen.dark.resize(count * count);
  auto dark = chosen.dark.begin();
  for (size_t y = 0; y < count; ++y)
    for (size_t x = kMargin; x < count + kMargin;) {
      uint64_t bits = (rows[y][x / 64] ^ masks.rows[y].words[x / 64][best]) >> x % 64;
      for (const size_t end = std::min(count + kMargin, (x / 64 + 1) * 64); x < end; ++x, bits >>= 1)
        *dark++ = (bits & 1) != 0;
    }
  return chosen;
}

}  // namespace

Modules choose_mask(const uint8_t* modules, int side) {
  constexpr int kMargins = 2 * static_cast<int>(kMargin);
  if (side + kMargins <= 64) return choose<1>(modules, side);
  if (side + kMargins <= 128) return choose<2>(modules, side);
  return choose<3>(modules, side);  // the largest code has 177 modules a side
}

}  // namespace wenshu::picture
