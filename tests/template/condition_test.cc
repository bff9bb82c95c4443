// Conditions and what else a tag may say besides a name: guards, {{? x}}, {{/}}, missing, delimiters.
#include <gmock/gmock.h>

#include "data/load.h"
#include "template/text.h"

namespace wenshu::templates {
namespace {

using testing::HasSubstr;

data::Value yaml(const std::string& text) {
  Diagnostics findings;
  const auto value = data::parse_yaml(text, "data.yaml", findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value ? *value : data::Value();
}

std::string fill(const std::string& text, const std::string& data, const Filling& filling = {}) {
  Diagnostics findings;
  const auto result = fill_text(text, yaml(data), {"t.txt", 1, 1}, findings, filling);
  return result ? *result : to_text(findings);
}

TEST(Condition, ComparesWhatThePlaceSees) {
  const char* data = "least: 24\nrows: [{name: 甲, hours: 30}, {name: 乙, hours: 6}]";
  EXPECT_EQ(fill("{{#rows}}{{name}}{{#hours >= 24}}合格{{/}}{{^hours >= 24}}补学{{/}};{{/rows}}", data),
            "甲合格;乙补学;");
  EXPECT_EQ(fill("{{#size(rows) > 1 || least == 3}}多{{/size(rows) > 1 || least == 3}}", data), "多");
  EXPECT_EQ(fill("{{#rows}}{{#hours > 10 && name != ''}}{{name}}{{/}}{{/rows}}", data), "甲");
}

TEST(Condition, ReadsWhatWordAndKeyboardsMakeOfOperators) {
  EXPECT_EQ(fill("{{＃系部 ＝＝ “教务处” }}是{{／}}{{#人数≥30}}大班{{/}}", "系部: 教务处\n人数: 32"),
            "是大班");
}

TEST(Condition, ReadsTheCountersOfTheListAround) {
  const char* data = "rows: [{n: 甲}, {n: 乙}, {n: 丙}]";
  EXPECT_EQ(fill("{{#rows}}{{#@index > 1}}；{{/}}{{n}}{{#@last && @count == 3}}。{{/}}{{/rows}}", data),
            "甲；乙；丙。");
  EXPECT_EQ(fill("{{#rows}}{{#n == '@index'}}x{{/}}{{^＠index % 2 == 1}}{{n}}{{/}}{{/rows}}", data), "乙");
  EXPECT_THAT(fill("{{#@index > 1}}x{{/}}", data), HasSubstr("@index 只能用在列表区段里面"));
  EXPECT_THAT(fill("{{#rows}}{{#@indx > 1}}x{{/}}{{/rows}}", data), HasSubstr("error[bad-tag]"));
}

TEST(Condition, AsksWithoutChangingTheScope) {
  for (const char* end : {"{{/}}", "{{/note}}", "{{/?note}}"})
    EXPECT_EQ(fill("{{? plan}}{{title}}{{/}}{{? note}}有" + std::string(end) + "{{^note}}无{{/}}",
                   "title: 甲\nplan: {title: 乙}\nnote: ''"),
              "甲无");
}

TEST(Condition, TellsItsFaultsAtTheTag) {
  EXPECT_THAT(fill("甲{{#hours >= }}x{{/}}", "hours: 3"), HasSubstr("t.txt:1:2: error[bad-condition]"));
  EXPECT_THAT(fill("{{#rows}}{{#hour >= 24}}x{{/}}{{/rows}}", "rows: [{hours: 3}]"), HasSubstr("hours"));
  EXPECT_THAT(fill("{{#name > 24}}x{{/}}", "name: 甲"), HasSubstr("error[bad-condition]"));
  EXPECT_THAT(fill("{{#a >= 24}}x{{/b}}{{/}}", "a: 1"), HasSubstr("stray-section-end"));
}

TEST(Condition, FindsNothingInAFieldThatOnlyThisRecordLacks) {
  const char* data = "rows: [{hours: 30}, {name: 乙}]";
  EXPECT_THAT(fill("{{#rows}}{{#hours >= 24}}x{{/}}{{/rows}}", data), HasSubstr("missing-value"));
  EXPECT_EQ(fill("{{#rows}}{{#hours >= 24 | missing blank}}x{{/}};{{/rows}}", data), "x;;");
}

TEST(Condition, IsListedAsTheValuesItReads) {
  const auto tags = list_tags("{{#rows}}{{#hours >= least}}{{name}}{{/}}{{/rows}}", {"t.txt", 1, 1});
  std::string listed;
  for (const auto& tag : tags) listed += tag.inside + "/" + tag.path + " ";
  EXPECT_EQ(listed, "/rows rows/hours rows/least rows/name ");
}

TEST(Missing, IsSaidByOneTagForItself) {
  EXPECT_EQ(fill("{{a | missing blank}}-{{b | missing line}}-{{c | missing keep}}", "x: 1"),
            "-________-{{c | missing keep}}");
  EXPECT_THAT(fill("{{a}}{{b | missing error}}", "a: ''\nb: ''", {Missing::blank, nullptr}),
              HasSubstr("“b”没有填"));
  EXPECT_THAT(fill("{{a | missing perhaps}}", "a: 1"), HasSubstr("error[bad-argument]"));
}

TEST(Delimiters, AreTwoShortStringsOfPunctuation) {
  EXPECT_EQ(parse_delimiters("{ }")->close, "}");
  EXPECT_EQ(parse_delimiters("<% %>")->open, "<%");
  for (const char* wrong : {"", "{", "{ ", " }", "a b", "{{{{{ }"})
    EXPECT_FALSE(parse_delimiters(wrong)) << wrong;
}

}  // namespace
}  // namespace wenshu::templates
