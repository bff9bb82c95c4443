#include "register/check_character.h"

#include <gtest/gtest.h>

#include <string>

namespace wenshu::registers {
namespace {

// Vectors published with implementations of ISO/IEC 7064, and the resident identity number of GB 11643's
// example.
TEST(CheckCharacter, AgreesWithPublishedVectors) {
  EXPECT_EQ(check_character(CheckSystem::mod_11_2, "0794"), '0');
  EXPECT_EQ(check_character(CheckSystem::mod_11_2, "079"), 'X');
  EXPECT_EQ(check_character(CheckSystem::mod_11_2, "11010519491231002"), 'X');
  EXPECT_EQ(check_character(CheckSystem::mod_37_36, "A12425GABC1234002"), 'M');
}

TEST(CheckCharacter, RefusesWhatTheAlphabetLacks) {
  EXPECT_FALSE(check_character(CheckSystem::mod_11_2, "12A"));
  EXPECT_FALSE(check_character(CheckSystem::mod_37_36, "ab"));
  EXPECT_FALSE(check_character(CheckSystem::mod_37_36, "号1"));
  EXPECT_FALSE(check_character(CheckSystem::mod_37_36, ""));
  EXPECT_FALSE(has_valid_check(CheckSystem::mod_37_36, ""));
  EXPECT_FALSE(has_valid_check(CheckSystem::mod_37_36, "A"));
}

TEST(CheckCharacter, FindsEachSingleWrongCharacter) {
  const std::string kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string number = "QHJX2020ZX010001";
  number += *check_character(CheckSystem::mod_37_36, number);
  ASSERT_TRUE(has_valid_check(CheckSystem::mod_37_36, number));
  for (size_t i = 0; i < number.size(); ++i) {
    for (char c : kAlphabet) {
      std::string wrong = number;
      wrong[i] = c;
      EXPECT_EQ(has_valid_check(CheckSystem::mod_37_36, wrong), wrong == number) << wrong;
    }
  }
}

int count_missed_swaps(CheckSystem system, int& swaps) {
  int missed = 0;
  for (int serial = 1; serial < 2000; ++serial) {
    std::string number = std::to_string(20200000 + serial);
    number += *check_character(system, number);
    for (size_t i = 0; i + 1 < number.size(); ++i) {
      std::string wrong = number;
      std::swap(wrong[i], wrong[i + 1]);
      if (wrong == number) continue;
      ++swaps;
      if (has_valid_check(system, wrong)) ++missed;
    }
  }
  return missed;
}

// The pure system finds each swap of neighbours, the hybrid one nearly each.
TEST(CheckCharacter, FindsSwappedNeighbours) {
  int swaps = 0;
  EXPECT_EQ(count_missed_swaps(CheckSystem::mod_11_2, swaps), 0);
  swaps = 0;
  int missed = count_missed_swaps(CheckSystem::mod_37_36, swaps);
  EXPECT_LT(missed * 50, swaps) << "more than 2 in 100 of " << swaps;
}

TEST(CheckCharacter, NamesItsSystems) {
  for (CheckSystem system : {CheckSystem::mod_11_2, CheckSystem::mod_37_36}) {
    EXPECT_EQ(parse_check_system(to_text(system)), system);
  }
  EXPECT_FALSE(parse_check_system("mod-97"));
}

}  // namespace
}  // namespace wenshu::registers
