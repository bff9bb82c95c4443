#include "data/lines.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace wenshu::data {
namespace {

TEST(Walk, AgreesWithLinesWhereverItStops) {
  const std::string pieces[] = {"a", "\n", "\r", "\r\n", "中", "é", "𠮷", "        ", "培训班（第8期）",
                                "\t"};
  std::mt19937 dice(20200727);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += pieces[dice() % std::size(pieces)];
    const Lines lines(text);
    Walk walk(text);
    for (size_t at = 0; at <= text.size(); at += 1 + dice() % 40) {
      const Position found = walk.at(at), wanted = lines.at(at);
      ASSERT_EQ(found.line, wanted.line) << text << " at " << at;
      ASSERT_EQ(found.column, wanted.column) << text << " at " << at;
    }
  }
}

}  // namespace
}  // namespace wenshu::data
