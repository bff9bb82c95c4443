// Marks in tags of Word templates: what all have in common, and the two patterns.
#include "docx/mark.h"

#include <gmock/gmock.h>

#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using ::testing::ElementsAre;
using testing::fill;
using ::testing::HasSubstr;
using testing::load_faults;
using testing::paragraph;
using testing::table;

TEST(Mark, MergesEqualNeighboursDown) {
  const auto filled = fill(table({{paragraph("{{#rows}}{{dept | merge}}"), paragraph("{{name}}{{/rows}}")}}),
                           "rows: [{dept: 甲, name: a}, {dept: 甲, name: b}, {dept: 乙, name: c}, "
                           "{dept: '', name: d}, {dept: '', name: e}]");
  EXPECT_EQ(filled.text, "甲/|a/|;/|b/|;乙/|c/|;/|d/|;/|e/|;");
  EXPECT_EQ(testing::count(filled.body, "<w:vMerge w:val=\"restart\"/>"), 4);
  EXPECT_EQ(testing::count(filled.body, "<w:vMerge/>"), 1);
  EXPECT_THAT(filled.body, HasSubstr("<w:tcW w:w=\"2000\" w:type=\"dxa\"/><w:vMerge"));
}

TEST(Mark, MergesWithinOneTableOnly) {
  const auto filled = fill(paragraph("{{#groups}}") +
                               table({{paragraph("{{#rows}}{{dept | merge}}"), paragraph("{{/rows}}")}}) +
                               paragraph("{{/groups}}"),
                           "groups: [{rows: [{dept: 甲}, {dept: 甲}]}, {rows: [{dept: 甲}]}]");
  EXPECT_EQ(filled.text, "甲/|/|;/|/|;/甲/|/|;");
}

TEST(Mark, SeparatesTheItemsOfALine) {
  EXPECT_EQ(fill(paragraph("{{#names | separator 、}}{{.}}{{/names}}"), "names: [甲, 乙, 丙]").text,
            "甲、乙、丙/");
}

TEST(Mark, RefusesAMarkWhereItHasNoMeaning) {
  EXPECT_THAT(load_faults(paragraph("{{dept | merge}}")), ElementsAre("bad-mark@第1段"));
  EXPECT_THAT(load_faults(paragraph("{{#a | separator 、}}") + paragraph("{{/a}}")),
              ElementsAre("bad-mark@第1段"));
}

TEST(Mark, NamesTheNearestMark) {
  Diagnostics findings;
  EXPECT_FALSE(load_template(testing::docx(paragraph("{{a | merg}} {{#a | seperator 、}}{{/a}}")), "t.docx",
                             findings));
  EXPECT_THAT(to_text(findings), HasSubstr("merge"));
  EXPECT_THAT(to_text(findings), HasSubstr("separator"));
}

TEST(Mark, RefusesWrongArgumentsAndPlaces) {
  EXPECT_THAT(load_faults(paragraph("{{a | merge sideways}}")), ElementsAre("bad-argument@第1段"));
  EXPECT_THAT(load_faults(paragraph("{{#a | merge}}{{/a}}")), ::testing::Contains("bad-tag@第1段"));
  EXPECT_THAT(load_faults(paragraph("{{a | new-page}}")), ElementsAre("bad-tag@第1段"));
}

}  // namespace
}  // namespace wenshu::docx
