#include "base/crew.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/packed_texts.h"

namespace wenshu {
namespace {

TEST(Crew, DoesEachOnceWhateverTheNumberOfWorkers) {
  for (const size_t workers : {size_t{1}, size_t{2}, size_t{100'000}}) {
    std::vector<int> done(1000);
    size_t told = 0;
    Crew(done.size(), [&](size_t so_far, size_t) { told = so_far; }).run(workers, [&] {
      return [&done](size_t i) { ++done[i]; };
    });
    EXPECT_EQ(done, std::vector<int>(1000, 1)) << workers;
    EXPECT_EQ(told, 1000u);
  }
}

TEST(Crew, EndsWithTheFirstFaultAndThrowsIt) {
  std::atomic<size_t> done = 0;
  const auto make = [&] {
    return [&done](size_t i) {
      if (i == 40) throw std::runtime_error("here");
      ++done;
    };
  };
  EXPECT_THROW(Crew(100'000).run(2, make), std::runtime_error);
  EXPECT_LT(done, 100'000u);
}

TEST(PackedTexts, GiveBackWhatWasAddedHoweverLong) {
  PackedTexts texts;
  std::vector<std::string> wanted;
  for (size_t i = 0; i < 3000; ++i) wanted.push_back(std::string(i % 500, static_cast<char>('a' + i % 26)));
  wanted.emplace_back(200'000, 'x');  // longer than a block
  wanted.emplace_back("last");
  for (const auto& text : wanted) texts.add(text);
  ASSERT_EQ(texts.size(), wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(texts[i], wanted[i]);
  EXPECT_EQ(texts.back(), "last");
}

}  // namespace
}  // namespace wenshu
