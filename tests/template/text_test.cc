#include "template/text.h"

#include <gmock/gmock.h>

#include "data/load.h"

namespace wenshu::templates {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

data::Value yaml(const std::string& text) {
  Diagnostics findings;
  const auto value = data::parse_yaml(text, "data.yaml", findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value ? *value : data::Value();
}

std::string fill(const std::string& text, const std::string& data) {
  Diagnostics findings;
  const auto filled = fill_text(text, yaml(data), {"t.txt", 1, 1, ""}, findings);
  return filled ? *filled : "FAULT " + to_text(findings);
}

std::vector<std::string> faults(const std::string& text) {
  Diagnostics findings;
  EXPECT_FALSE(check_text(text, {"t.txt", 1, 1, ""}, findings));
  std::vector<std::string> codes;
  for (const Diagnostic& finding : findings) {
    codes.push_back(finding.code + "@" + std::to_string(finding.where.line) + ":" +
                    std::to_string(finding.where.column));
  }
  return codes;
}

const char* const kPlan = R"(
plan:
  title: 教师培训
  year: 2020
  groups:
    - title: 中西部项目
      classes:
        - {title: 甲班, hours: 30, count: 32人, modes: [短期集中, 导师带教]}
        - {title: 乙班, hours: 0.5, count: 40人左右, note: ~}
    - title: 幼儿国培
      classes:
        - {title: 丙班, hours: ~, count: 见附件}
)";

TEST(FillText, PutsValuesIn) {
  EXPECT_EQ(fill("{{plan.year}}年{{ plan.title }}计划", kPlan), "2020年教师培训计划");
}

TEST(FillText, ReadsFullWidthBracesAndSigils) {
  EXPECT_EQ(fill("｛｛plan.year｝｝｛｛＃plan.groups｝｝{{title ｜ default 无}}，{{／plan.groups}}", kPlan),
            "2020中西部项目，幼儿国培，");
}

TEST(FillText, NumbersRecordsThroughTheDocument) {
  EXPECT_EQ(fill("{{#plan.groups}}{{#classes}}{{@index}}-{{@number}} {{/classes}}{{/plan.groups}}", kPlan),
            "1-1 2-2 1-3 ");
  EXPECT_EQ(
      fill("{{#plan.groups}}{{@number}}{{/plan.groups}}{{#plan.groups}}{{@number}}{{/plan.groups}}", kPlan),
      "1212");
}

TEST(FillText, ReadsNamesStretchedByBlanks) {
  EXPECT_EQ(fill("{{姓 名}}{{#姓　名}}是{{/姓 名}}", "姓名: 王芳"), "王芳是");
  EXPECT_EQ(faults("{{a b}}").size(), 1u);
}

TEST(FillText, NamesAColumnWithARemarkThatNoTagCanName) {
  EXPECT_THAT(fill("{{学时}}", "学时（小时）: 8"), HasSubstr("把列名改为“学时”"));
}

TEST(FillText, LeavesHtmlAndBracesAlone) {
  EXPECT_EQ(fill("{{{a}} {{a}}}", "a: <b>&\"'"), "FAULT " + fill("{{{a}} {{a}}}", "a: 1").substr(6));
  EXPECT_EQ(fill("{ {{a}} } {x}", "a: \"<b>&'\""), "{ <b>&' } {x}");
  EXPECT_EQ(fill("{｛｛a}}}", "a: 1"), "{1}");
}

TEST(FillText, RepeatsSectionsAndLooksOutwards) {
  EXPECT_EQ(
      fill(
          "{{#plan.groups}}{{@index | chinese}}、{{title}}：{{#classes}}{{@index}}.{{title}}（{{plan.year}}）"
          "{{^@last}}；{{/@last}}{{/classes}}。{{/plan.groups}}",
          kPlan),
      "一、中西部项目：1.甲班（2020）；2.乙班（2020）。二、幼儿国培：1.丙班（2020）。");
}

TEST(FillText, TakesAwayLinesThatHoldOnlyASectionTagOrARemark) {
  EXPECT_EQ(fill("始\n{{#items}}\n- {{.}}\n{{/items}}\n  {{! 说明 }}\n终\n", "items: [甲, 乙]"),
            "始\n- 甲\n- 乙\n终\n");
  EXPECT_EQ(fill("始\r\n{{#items}}\r\n- {{.}}\r\n{{/items}}\r\n终", "items: [甲]"), "始\r\n- 甲\r\n终");
}

TEST(FillText, ShowsInvertedSectionsWhenThereIsNothing) {
  const char* text = "{{#a}}有{{/a}}{{^a}}无{{/a}}";
  EXPECT_EQ(fill(text, "a: []"), "无");
  EXPECT_EQ(fill(text, "a: ~"), "无");
  EXPECT_EQ(fill(text, "a: false"), "无");
  EXPECT_EQ(fill(text, "a: \"\""), "无");
  EXPECT_EQ(fill(text, "a: 0"), "有");
  EXPECT_EQ(fill(text, "a: [1, 2]"), "有有");
}

TEST(FillText, FlattensPathsThroughLists) {
  EXPECT_EQ(fill("{{plan.groups.classes.hours | sum}}学时", kPlan), "30.5学时");
  EXPECT_EQ(fill("{{plan.groups.classes.count | sum}}", kPlan), "约72人（另有1项人数未定）");
  EXPECT_EQ(fill("{{plan.groups.classes | count}}个班", kPlan), "3个班");
  EXPECT_EQ(fill("{{#plan.groups.classes}}{{title}}{{/plan.groups.classes}}", kPlan), "甲班乙班丙班");
}

TEST(FillText, PrintsNullAsNothingButReportsAnAbsentName) {
  EXPECT_EQ(fill("[{{note}}]", "note: ~"), "[]");
  EXPECT_THAT(fill("{{plan.titel}}", kPlan), HasSubstr("error[missing-value]"));
  EXPECT_THAT(fill("{{plan.titel}}", kPlan), HasSubstr("\"title\""));
  EXPECT_THAT(fill("{{#plan.group}}{{/plan.group}}", kPlan), HasSubstr("\"groups\""));
  EXPECT_EQ(fill("[{{nothing | default}}][{{nothing | default 待定}}]", kPlan), "[][待定]");
}

TEST(Text, TellsOnceOfAColumnThatNoRecordHas) {
  const std::string rows = "rows:\n- {姓名: 甲, '备注*': x}\n- {姓名: 乙}\n- {姓名: 丙}\n";
  const std::string none = fill("{{#rows}}{{学时}}{{/rows}}", rows);
  EXPECT_THAT(none, HasSubstr("数据里没有“学时”（rows各项都没有）"));
  EXPECT_EQ(none.find("missing-value"), none.rfind("missing-value"));
  EXPECT_THAT(fill("{{#rows}}{{备注}}{{/rows}}", rows), HasSubstr("数据里这一列叫“备注*”，把列名改为“备注”"));
}

TEST(FillText, DoesNotTakeAMissingFieldOfARecordFromFurtherOut) {
  const char* data = "note: 外\nitems: [{note: 内}, {other: 1}]";
  EXPECT_EQ(fill("{{#items}}[{{note | default}}]{{/items}}", data), "[内][]");
  EXPECT_THAT(fill("{{#items}}[{{note}}]{{/items}}", data), HasSubstr("items第2项"));
}

TEST(FillText, ReportsAllFaultsOfTheDataInOneRun) {
  Diagnostics findings;
  EXPECT_FALSE(fill_text("{{a}}\n{{b}}{{c | date}}", yaml("c: x"), {"t.txt", 1, 1, ""}, findings));
  EXPECT_EQ(findings.size(), 3u);
}

TEST(FillText, RefusesControlCharactersNamingTheField) {
  Diagnostics findings;
  data::Value data = data::Value::map();
  data.set("name", std::string("张\x01三"));
  EXPECT_FALSE(fill_text("{{name}}", data, {"t.txt", 1, 1, ""}, findings));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.list()[0].code, "forbidden-character");
  EXPECT_THAT(findings.list()[0].message, HasSubstr("name"));
  EXPECT_THAT(findings.list()[0].message, HasSubstr("U+0001"));
}

TEST(CheckText, FindsEveryFaultWithLineAndColumn) {
  EXPECT_THAT(faults("甲{{#a}}\n{{/b}}"), ElementsAre("stray-section-end@2:1", "unclosed-section@1:2"));
  EXPECT_THAT(faults("{{#a}}{{#b}}{{/a}}{{/b}}"), ElementsAre("crossed-sections@1:13"));
  EXPECT_THAT(faults("一{{a\n二{{b}} }}"), ElementsAre("unclosed-tag@1:2", "stray-braces@2:8"));
  EXPECT_THAT(faults("{{a | dat}}{{a..b}}{{}}"),
              ElementsAre("unknown-formatter@1:1", "bad-tag@1:12", "bad-tag@1:20"));
  EXPECT_THAT(faults("{{@nummer}}{{#a | sum}}{{/a}}"), testing::Contains("bad-tag@1:1"));
}

TEST(CheckText, NamesTheNearestFormatter) {
  Diagnostics findings;
  check_text("{{a | dafault}}", {}, findings);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings.list()[0].hint, HasSubstr("default"));
}

TEST(CheckText, KeepsThePlaceOfAYamlValueAndSaysTheRestInWords) {
  Diagnostics findings;
  check_text("一\n二{{#a}}", {"n.yaml", 12, 5, ""}, findings);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.list()[0].where.line, 12);
  EXPECT_EQ(findings.list()[0].where.spot, "文字第2行第2列");
}

TEST(FillText, FindsATypingErrorEvenBesideADefaultWhenEveryFieldIsThere) {
  auto data = data::Value::map();
  data.set("place", "县实验小学");
  const Place place{"x.txt", 1, 1};
  Diagnostics findings;
  EXPECT_EQ(fill_text("{{plaace | default 待定}}", data, place, findings), "待定");
  EXPECT_TRUE(findings.empty());
  EXPECT_FALSE(fill_text("{{plaace | default 待定}}{{#plaace | default}}x{{/plaace}}", data, place, findings,
                         Fields::all_there));
  EXPECT_EQ(findings.size(), 2u) << to_text(findings);
}

TEST(FillText, StopsWhereListsInsideListsMultiply) {
  auto data = data::Value::map(), names = data::Value::list();
  for (int i = 0; i < 100; ++i) names.add("x");
  data.set("names", std::move(names));
  std::string text = ".";
  for (int i = 0; i < 6; ++i) text = "{{#names}}" + text + "{{/names}}";  // 10^12 rounds
  Diagnostics findings;
  EXPECT_FALSE(fill_text(text, data, {"x.txt", 1, 1}, findings));
  ASSERT_EQ(findings.size(), 1u) << to_text(findings);
  EXPECT_EQ(findings.begin()->code, "too-much-output");
}

TEST(CheckText, RefusesTenThousandNestedSections) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "{{#a}}";
  for (int i = 0; i < 10'000; ++i) text += "{{/a}}";
  EXPECT_THAT(faults(text), testing::Contains(testing::StartsWith("deep-nesting")));
}

TEST(CheckText, StaysLinearOnHostileTexts) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "{{a";
  EXPECT_FALSE(faults(text).empty());
  text.assign(2'000'000, '{');
  EXPECT_FALSE(faults(text).empty());
}

TEST(ListTags, GivesValuesAndSectionsWithPlaces) {
  const auto tags = list_tags("{{a | date}}\n{{! r }}{{#b}}{{.}}{{/b}}", {"t.txt", 1, 1, ""});
  ASSERT_EQ(tags.size(), 3u);
  EXPECT_EQ(tags[0].tag, "{{a | date}}");
  EXPECT_EQ(tags[1].tag, "{{#b}}");
  EXPECT_EQ(tags[1].place.line, 2);
  EXPECT_EQ(tags[2].tag, "{{.}}");
}

TEST(FillText, SaysWhatBecomesOfMissingAndEmptyValues) {
  data::Value root = data::Value::map();
  root.set("名", "王芳");
  root.set("空", data::Value());
  const auto filled = [&](Missing missing, std::vector<Lack>* lacks = nullptr) {
    Diagnostics findings;
    const auto text = fill_text("{{名}}|{{空}}|{{无}}|{{无 | default 待定}}|{{空 | line 3}}", root,
                                {"a.txt", 1, 1}, findings, {missing, lacks});
    std::string codes;
    for (const Diagnostic& finding : findings) codes += finding.code + " ";
    return text.value_or(codes);
  };
  EXPECT_EQ(filled(Missing::names), "missing-value ");
  EXPECT_EQ(filled(Missing::error), "missing-value missing-value ");
  EXPECT_EQ(filled(Missing::blank), "王芳|||待定|___");
  EXPECT_EQ(filled(Missing::keep), "王芳|{{空}}|{{无}}|待定|___");
  EXPECT_EQ(filled(Missing::line), "王芳|________|________|待定|___");
  std::vector<Lack> lacks;
  filled(Missing::blank, &lacks);
  ASSERT_EQ(lacks.size(), 2u);
  EXPECT_EQ(lacks[0].path + lacks[1].path, "空无");
}

TEST(ListTags, KnowTheSectionAroundThem) {
  const auto tags = list_tags("{{a}}{{#rows}}{{b}}{{#c}}{{d}}{{/c}}{{/rows}}{{e}}", {"a.txt", 1, 1});
  std::string told;
  for (const TagPlace& tag : tags) told += tag.inside + "/" + tag.path + (tag.opens ? "# " : " ");
  EXPECT_EQ(told, "/a /rows# rows/b rows/c# c/d /e ");
}

}  // namespace
}  // namespace wenshu::templates
