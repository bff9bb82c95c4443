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
template <class Word>
struct Lanes;
template <>
struct Lanes<uint32_t> {
  typedef uint32_t Eight __attribute__((vector_size(kMasks * sizeof(uint32_t))));
};
template <>
struct Lanes<uint64_t> {
  typedef uint64_t Eight __attribute__((vector_size(kMasks * sizeof(uint64_t))));
};

// The modules of one line for each mask, bit i being module i: in one word where they have room.
template <class W, size_t N>
struct Line {
  using Word = W;
  using Eight = typename Lanes<Word>::Eight;
  static constexpr size_t kWords = N, kBits = 8 * sizeof(Word);
  std::array<Eight, N> words{};
};

template <class L, class Operation>
L each(const L& a, const L& b, Operation operation) {
  L made;
  for (size_t i = 0; i < L::kWords; ++i) operation(made.words[i], a.words[i], b.words[i]);
  return made;
}
template <class W, size_t N>
Line<W, N> operator&(const Line<W, N>& a, const Line<W, N>& b) {
  return each(a, b, [](auto& made, const auto& x, const auto& y) { made = x & y; });
}
template <class W, size_t N>
Line<W, N> operator|(const Line<W, N>& a, const Line<W, N>& b) {
  return each(a, b, [](auto& made, const auto& x, const auto& y) { made = x | y; });
}
template <class W, size_t N>
Line<W, N> operator^(const Line<W, N>& a, const Line<W, N>& b) {
  return each(a, b, [](auto& made, const auto& x, const auto& y) { made = x ^ y; });
}
template <class W, size_t N>
Line<W, N> operator~(const Line<W, N>& a) {
  return each(a, a, [](auto& made, const auto& x, const auto&) { made = ~x; });
}
template <class W, size_t N>
Line<W, N> operator>>(const Line<W, N>& a, int by) {
  Line<W, N> made;
  for (size_t i = 0; i < N; ++i) {
    made.words[i] = a.words[i] >> by;
    if (i + 1 < N) made.words[i] |= a.words[i + 1] << (static_cast<int>(Line<W, N>::kBits) - by);
  }
  return made;
}
template <class W, size_t N>
Line<W, N> operator<<(const Line<W, N>& a, int by) {
  Line<W, N> made;
  for (size_t i = 0; i < N; ++i) {
    made.words[i] = a.words[i] << by;
    if (i > 0) made.words[i] |= a.words[i - 1] >> (static_cast<int>(Line<W, N>::kBits) - by);
  }
  return made;
}

// Counts bits, for each mask: in bytes first, as adding up the bytes of a word takes longer than counting.
template <class L>
class Tally {
 public:
  void add(const L& line) {
    for (auto bits : line.words) {
      bits -= bits >> 1 & Word(0x5555555555555555u);
      bits = (bits & Word(0x3333333333333333u)) + (bits >> 2 & Word(0x3333333333333333u));
      bytes_ += (bits + (bits >> 4)) & Word(0x0F0F0F0F0F0F0F0Fu);
      if (++held_ == kMost) add_up();
    }
  }
  int of(int mask) {
    add_up();
    return static_cast<int>(total_[mask]);
  }

 private:
  using Word = typename L::Word;
  static constexpr int kMost = 255 / 8;
  void add_up() {
    auto sums = (bytes_ & Word(0x00FF00FF00FF00FFu)) + (bytes_ >> 8 & Word(0x00FF00FF00FF00FFu));
    for (int by = 16; by < static_cast<int>(L::kBits); by *= 2) sums += sums >> by;
    total_ += sums & Word(0xFFFF);
    bytes_ ^= bytes_;
    held_ = 0;
  }
  typename L::Eight bytes_{}, total_{};
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
template <class L>
class Masks {
 public:
  std::vector<L> rows, columns;
  L inside, pairs;  // all modules of a line; those with another behind

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
  static void flip(L& line, int i, int mask) {
    const auto bit = static_cast<size_t>(i);
    line.words[bit / L::kBits][mask] ^= typename L::Word{1} << bit % L::kBits;
  }
  void change(int x, int y, int mask) {
    flip(rows[static_cast<size_t>(y)], x, mask);
    flip(columns[static_cast<size_t>(x)], y, mask);
  }
};

template <class L>
const Masks<L>& masks_of(const uint8_t* modules, int side) {
  static std::mutex mutex;
  static std::map<int, std::unique_ptr<Masks<L>>> known;
  const std::lock_guard lock(mutex);
  auto& masks = known[side];
  if (!masks) masks = std::make_unique<Masks<L>>(modules, side);
  return *masks;
}

// What speaks against each mask.
template <class L>
class Judge {
 public:
  explicit Judge(const Masks<L>& masks) : masks_(masks) {}

  void see_column(const L& column) { see_line(column, alike_pairs(column)); }
  void see_row(const L& row) {
    const L pairs = alike_pairs(row);
    see_line(row, pairs);
    dark_.add(row);
    if (has_above_) {
      const L alike = ~(row ^ above_) & masks_.inside;  // with the module above
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
  L alike_pairs(const L& line) const { return ~(line ^ (line >> 1)) & masks_.pairs; }
  // Runs of five and more of a colour (3 for five, 1 for each more), and what looks like a finder with four light modules beside it.
  void see_line(const L& dark, const L& pairs) {
    const L threes = pairs & (pairs >> 1), fives = threes & (threes >> 2);  // five from here on
    fives_.add(fives);
    runs_.add(fives & ~(fives << 1));
    const L next = dark >> 1, three = dark & next & (dark >> 2);
    const L finders = dark & ~next & (three >> 2) & ~(dark >> 5) & (dark >> 6);  // 1011101
    // A dark one among four, behind the pattern and before it; off the code all is light.
    const L two = dark | next, behind = (two | (two >> 2)) >> 7;
    const L pair = dark | (dark << 1), before = (pair | (pair << 2)) << 1;
    finders_.add(finders & ~(behind & before));
  }

  const Masks<L>& masks_;
  Tally<L> fives_, runs_, finders_, blocks_, dark_;
  L above_;
  bool has_above_ = false;
};

template <class L>
using Bits = std::array<typename L::Word, L::kWords>;  // of a line with mask 0

template <class L>
L changed(const Bits<L>& line, const L& change) {
  L made = change;
  for (size_t i = 0; i < L::kWords; ++i) made.words[i] ^= line[i];
  return made;
}

// Each byte the other way round: the first module in the highest bit.
template <class Word>
Word first_high(Word bits) {
  bits = (bits >> 1 & Word(0x5555555555555555u)) | (bits & Word(0x5555555555555555u)) << 1;
  bits = (bits >> 2 & Word(0x3333333333333333u)) | (bits & Word(0x3333333333333333u)) << 2;
  return (bits >> 4 & Word(0x0F0F0F0F0F0F0F0Fu)) | (bits & Word(0x0F0F0F0F0F0F0F0Fu)) << 4;
}

template <class L>
Modules choose(const uint8_t* modules, int side) {
  using Word = typename L::Word;
  const Masks<L>& masks = masks_of<L>(modules, side);
  const auto count = static_cast<size_t>(side);
  std::vector<Bits<L>> rows(count), columns(count);
  // Two loops, each of which the processor does for many modules at once.
  for (size_t y = 0; y < count; ++y, modules += side) {
    for (size_t x = 0; x < count; ++x) rows[y][x / L::kBits] |= Word(modules[x] & 1u) << x % L::kBits;
    for (size_t x = 0; x < count; ++x)
      columns[x][y / L::kBits] |= (Word{0} - Word(modules[x] & 1u)) & Word{1} << y % L::kBits;
  }
  Judge<L> judge(masks);
  for (size_t i = 0; i < count; ++i) {
    judge.see_column(changed<L>(columns[i], masks.columns[i]));
    judge.see_row(changed<L>(rows[i], masks.rows[i]));
  }
  int best = 0, least = judge.penalty(0, side);
  for (int mask = 1; mask < kMasks; ++mask)
    if (const int penalty = judge.penalty(mask, side); penalty < least) best = mask, least = penalty;
  Modules chosen;
  chosen.side = side;
  chosen.rows.resize(count * chosen.row_bytes());
  auto byte = chosen.rows.begin();
  for (size_t y = 0; y < count; ++y)
    for (size_t x = 0; x < count;) {
      auto bits = first_high(rows[y][x / L::kBits] ^ masks.rows[y].words[x / L::kBits][best]);
      for (const size_t end = std::min(count, x + L::kBits); x < end; x += 8, bits >>= 8)
        *byte++ = static_cast<uint8_t>(bits);
    }
  return chosen;
}

}  // namespace

Modules choose_mask(const uint8_t* modules, int side) {
  if (side <= 32) return choose<Line<uint32_t, 1>>(modules, side);
  if (side <= 64) return choose<Line<uint64_t, 1>>(modules, side);
  if (side <= 128) return choose<Line<uint64_t, 2>>(modules, side);
  return choose<Line<uint64_t, 3>>(modules, side);  // the largest code has 177 modules a side
}

}  // namespace wenshu::picture
