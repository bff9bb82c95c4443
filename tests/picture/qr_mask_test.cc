#include "picture/qr_mask.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

namespace wenshu::picture {
namespace {

using Grid = std::vector<std::vector<int>>;  // rows of 0 and 1

// ISO/IEC 18004:2015, table 10.
bool inverts(int mask, int i, int j) {
  const int rules[] = {(i + j) % 2,
                       i % 2,
                       j % 3,
                       (i + j) % 3,
                       (i / 2 + j / 3) % 2,
                       i * j % 2 + i * j % 3,
                       (i * j % 2 + i * j % 3) % 2,
                       ((i + j) % 2 + i * j % 3) % 2};
  return rules[mask] == 0;
}

// Table C.1 for level M, masks 0 to 7.
constexpr int kFormats[] = {0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0};

std::vector<std::pair<int, int>> format_places(int side, int bit) {  // figure 25: row, column
  if (bit < 8) return {{8, side - 1 - bit}, {bit < 6 ? bit : bit + 1, 8}};
  return {{side - 15 + bit, 8}, {8, bit == 8 ? 7 : 14 - bit}};
}

int line_penalty(const std::vector<int>& line) {
  int penalty = 0;
  const int side = static_cast<int>(line.size());
  for (int from = 0; from < side;) {
    int to = from;
    while (to < side && line[static_cast<size_t>(to)] == line[static_cast<size_t>(from)]) ++to;
    if (to - from >= 5) penalty += to - from - 2;
    from = to;
  }
  const auto light = [&](int from) {  // four modules, those beyond the edge among them
    for (int i = from; i < from + 4; ++i)
      if (i >= 0 && i < side && line[static_cast<size_t>(i)]) return false;
    return true;
  };
  const std::vector<int> finder = {1, 0, 1, 1, 1, 0, 1};
  for (int at = 0; at + 7 <= side; ++at)
    if (std::equal(finder.begin(), finder.end(), line.begin() + at) && (light(at - 4) || light(at + 7)))
      penalty += 40;
  return penalty;
}

// Clause 7.8.3, a module at a time.
int penalty_of(const Grid& grid) {
  int penalty = 0, dark = 0;
  const size_t side = grid.size();
  for (size_t i = 0; i < side; ++i) {
    std::vector<int> column;
    for (size_t k = 0; k < side; ++k) column.push_back(grid[k][i]), dark += grid[k][i];
    penalty += line_penalty(grid[i]) + line_penalty(column);
  }
  for (size_t i = 0; i + 1 < side; ++i)
    for (size_t k = 0; k + 1 < side; ++k)
      if (const int sum = grid[i][k] + grid[i + 1][k] + grid[i][k + 1] + grid[i + 1][k + 1]; sum % 4 == 0)
        penalty += 3;
  const int percent = 100 * dark / static_cast<int>(side * side);
  return penalty + 10 * (std::abs(percent - 50) / 5);
}

// The four widths of a line that the choice has, and both sides of their borders. No real code has these sides: what the masks change in a
// code of one size is worked out once.
TEST(QrMask, IsTheOneOfLeastPenalty) {
  std::mt19937 random(7);
  for (const int side : {23, 30, 34, 63, 66, 127, 130, 175})
    for (int round = 0; round < 3; ++round) {
      const auto count = static_cast<size_t>(side);
      Grid data(count, std::vector<int>(count)), fixed = data;
      for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < count; ++k) {
          data[i][k] = random() % (i % 7 == 0 ? 9 : 2) == 0;  // some lines are nearly of one colour
          fixed[i][k] = i < 9 && k < 9;
        }
      for (int bit = 0; bit < 15; ++bit)
        for (const auto& [row, column] : format_places(side, bit))
          fixed[static_cast<size_t>(row)][static_cast<size_t>(column)] = 1;
      std::vector<Grid> masked;
      for (int mask = 0; mask < 8; ++mask) {
        Grid& grid = masked.emplace_back(data);
        for (int i = 0; i < side; ++i)
          for (int k = 0; k < side; ++k)
            if (!fixed[static_cast<size_t>(i)][static_cast<size_t>(k)])
              grid[static_cast<size_t>(i)][static_cast<size_t>(k)] ^= inverts(mask, i, k);
        for (int bit = 0; bit < 15; ++bit)
          for (const auto& [row, column] : format_places(side, bit))
            grid[static_cast<size_t>(row)][static_cast<size_t>(column)] = kFormats[mask] >> bit & 1;
      }
      std::vector<uint8_t> modules;
      for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < count; ++k)
          modules.push_back(static_cast<uint8_t>(masked[0][i][k] | (fixed[i][k] ? 0x80 : 0)));
      const auto best = std::min_element(masked.begin(), masked.end(), [](const Grid& a, const Grid& b) {
        return penalty_of(a) < penalty_of(b);
      });
      const Modules chosen = choose_mask(modules.data(), side);
      ASSERT_EQ(chosen.side, side);
      Grid got(count, std::vector<int>(count));
      for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < count; ++k)
          got[i][k] = chosen.is_dark(static_cast<int>(k), static_cast<int>(i));
      EXPECT_EQ(got, *best) << side << " modules: penalty " << penalty_of(got) << ", least "
                            << penalty_of(*best);
    }
}

}  // namespace
}  // namespace wenshu::picture
