#include "chinese/line_break.h"

#include <gmock/gmock.h>

namespace wenshu::chinese {
namespace {

using testing::ElementsAre;

TEST(LineBreak, NeverPutsAClosingMarkFirst) {
  for (const char32_t c : std::u32string_view(U"、，。：；！？）》”’】〉」』…·～")) {
    EXPECT_FALSE(can_break(U'字', c)) << static_cast<unsigned>(c);
  }
}

TEST(LineBreak, NeverPutsAnOpeningMarkLast) {
  for (const char32_t c : std::u32string_view(U"（《“‘【〈「『〔")) {
    EXPECT_FALSE(can_break(c, U'字')) << static_cast<unsigned>(c);
    EXPECT_TRUE(can_break(U'字', c)) << static_cast<unsigned>(c);
  }
}

TEST(LineBreak, BreaksBetweenAnyTwoCharactersOfText) {
  EXPECT_TRUE(can_break(U'培', U'训'));
  EXPECT_TRUE(can_break(U'。', U'培'));
  EXPECT_TRUE(can_break(U'𬬭', U'字'));
}

TEST(LineBreak, KeepsWordsAndNumbersWhole) {
  EXPECT_THAT(find_breaks(U"共2024个"), ElementsAre(1, 5));
  EXPECT_THAT(find_breaks(U"约98.5%的"), ElementsAre(1, 6));
  EXPECT_THAT(find_breaks(U"用Word字"), ElementsAre(1, 5));
}

TEST(LineBreak, BreaksWordsAfterTheirHyphens) {
  EXPECT_THAT(find_breaks(U"word-processing"), ElementsAre(5));
  for (const char32_t* whole : {U"0319-8162345", U"QH2025-A", U"A-12", U"2024-2025-1"})
    EXPECT_THAT(find_breaks(whole), ElementsAre()) << "a number";
  EXPECT_THAT(find_breaks(U"降到-5度"), ElementsAre(1, 4)) << "a sign stays with its number";
}

TEST(LineBreak, BreaksAddressesAfterTheirSlashes) {
  EXPECT_THAT(find_breaks(U"见http://a.gov.cn/b?c=1。"), ElementsAre(1, 8, 17, 19));
  EXPECT_THAT(find_breaks(U"GB/T"), ElementsAre());
}

TEST(LineBreak, KeepsNumbersWithWhatTheyCountWhereItIsAskedTo) {
  EXPECT_THAT(find_breaks(U"到2024年底"), ElementsAre(1, 5, 6));
  EXPECT_THAT(find_breaks(U"到2024年底", Keep::quantities), ElementsAre(1, 6));
  EXPECT_THAT(find_breaks(U"abc@example.org", Keep::quantities), ElementsAre(4));
  EXPECT_THAT(find_breaks(U"abc@example.org"), ElementsAre());
  EXPECT_THAT(find_breaks(U"拨36万元整", Keep::quantities), ElementsAre(1, 5));
  EXPECT_THAT(find_breaks(U"共3平方米余", Keep::quantities), ElementsAre(1, 5));
  EXPECT_THAT(find_breaks(U"共40学时和", Keep::quantities), ElementsAre(1, 5));
  EXPECT_THAT(find_breaks(U"办第3期班", Keep::quantities), ElementsAre(1, 4));
  EXPECT_THAT(find_breaks(U"教〔2024〕7号", Keep::quantities), ElementsAre(1));
  EXPECT_THAT(find_breaks(U"至2020-06-19止", Keep::quantities), ElementsAre(1, 11));
}

TEST(LineBreak, KnowsTheMarksThatASqueezedLineTakesTheWhiteOf) {
  for (const char32_t c : std::u32string_view(U"，。）”")) EXPECT_TRUE(is_white_after(c));
  for (const char32_t c : std::u32string_view(U"（“")) EXPECT_TRUE(is_white_before(c));
  for (const char32_t c : std::u32string_view(U"字—…·？")) {
    EXPECT_FALSE(is_white_after(c));
    EXPECT_FALSE(is_white_before(c));
  }
}

TEST(LineBreak, KeepsDoubleDashesAndDotsWhole) {
  EXPECT_FALSE(can_break(U'—', U'—'));
  EXPECT_FALSE(can_break(U'…', U'…'));
  EXPECT_THAT(find_breaks(U"甲——乙"), ElementsAre(3));
}

TEST(LineBreak, HangsBlanksOnTheLineBefore) { EXPECT_THAT(find_breaks(U"ab cd"), ElementsAre(3)); }

TEST(LineBreak, KnowsWhatIsWide) {
  for (const char32_t c : std::u32string_view(U"字，（“…—𬬭①")) {
    EXPECT_TRUE(is_wide(c)) << static_cast<unsigned>(c);
  }
  for (const char32_t c : std::u32string_view(U"aZ0,(-")) {
    EXPECT_FALSE(is_wide(c)) << static_cast<unsigned>(c);
  }
}

}  // namespace
}  // namespace wenshu::chinese
