#include "docx/fill.h"

#include <gmock/gmock.h>

#include "data/load.h"
#include "package/archive.h"
#include "tests/docx/filling.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

using testing::docx;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::paragraph;
using testing::table;

using testing::fill;
using testing::fill_bytes;
using testing::Filled;
using testing::yaml;

std::vector<std::string> faults(const std::string& body) { return testing::load_faults(body); }

const char* const kPlan = R"(
plan:
  title: 计划
  groups:
    - title: 甲组
      classes: [{title: 一班, hours: 30}, {title: 二班, hours: 6}]
    - title: 乙组
      classes: [{title: 三班, hours: ~}]
    - {title: 丙组, classes: []}
)";

TEST(Fill, FindsATagThatWordHasSplit) {
  const std::string split =
      "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>题：{</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"
      "<w:r w:rsidR=\"00A1\"><w:t>{pl</w:t></w:r><w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>"
      "<w:bookmarkEnd w:id=\"0\"/><w:r><w:rPr><w:i/></w:rPr><w:t>an.ti</w:t></w:r><w:proofErr "
      "w:type=\"spellEnd\"/>"
      "<w:r><w:lastRenderedPageBreak/><w:t>tle}</w:t></w:r><w:r><w:t>}。</w:t></w:r></w:p>";
  const Filled filled = fill(split, kPlan);
  EXPECT_EQ(filled.text, "题：计划。/");
  EXPECT_THAT(filled.body, HasSubstr("<w:b/></w:rPr><w:t xml:space=\"preserve\">题：计划</w:t>"));
  EXPECT_THAT(filled.body, Not(HasSubstr("<w:i/>")));
}

TEST(Fill, EscapesValuesAndBreaksLines) {
  const Filled filled = fill(paragraph("[{{a}}]"), "a: \"1 & <2>\\n\\t三\"");
  EXPECT_EQ(filled.text, "[1 & <2>↵→三]/");
}

TEST(Fill, RepeatsTextInsideAParagraph) {
  const std::string runs =
      "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>始{{#a}}第{{@index}}</w:t><w:tab/></"
      "w:r><w:r><w:t>项{{.}}{{^@last}}、{{/@last}}"
      "{{/a}}终</w:t></w:r></w:p>";
  EXPECT_EQ(fill(runs, "a: [甲, 乙]").text, "始第1→项甲、第2→项乙终/");
  EXPECT_EQ(fill(runs, "a: []").text, "始终/");
}

TEST(Fill, RepeatsParagraphsAndTakesTheTagParagraphsAway) {
  const std::string body = paragraph("前") + paragraph("{{#plan.groups}}") + paragraph("{{title}}") +
                           paragraph("{{#classes}}") + paragraph("　{{title}}") +
                           paragraph("{{/classes}}{{/plan.groups}}") + paragraph("后");
  EXPECT_EQ(fill(body, kPlan).text, "前/甲组/　一班/　二班/乙组/　三班/丙组/后/");
}

TEST(Fill, RepeatsRowsInGroups) {
  const std::string body = table({{paragraph("组"), paragraph("学时")},
                                  {paragraph("{{#plan.groups}}{{@index | chinese}}"), paragraph("{{title}}")},
                                  {paragraph("{{#classes}}{{title}}"), paragraph("{{hours}}{{/classes}}")},
                                  {paragraph("小计"), paragraph("{{classes.hours | sum}}{{/plan.groups}}")},
                                  {paragraph("合计"), paragraph("{{plan.groups.classes.hours | sum}}")}});
  EXPECT_EQ(fill(body + paragraph(""), kPlan).text,
            "组/|学时/|;一/|甲组/|;一班/|30/|;二班/|6/|;小计/|36/|;二/|乙组/|;三班/|/|;小计/|0/|;三/|丙组/"
            "|;小计/|0/|;"
            "合计/|36/|;/");
}

TEST(Fill, TakesRowsAwayThatHoldOnlySectionTags) {
  const std::string body = table({{paragraph("头"), paragraph("头")},
                                  {paragraph("{{#plan.groups}}"), paragraph("")},
                                  {paragraph("{{title}}"), paragraph("甲")},
                                  {paragraph("{{/plan.groups}}"), paragraph("")}});
  EXPECT_EQ(fill(body + paragraph(""), kPlan).text, "头/|头/|;甲组/|甲/|;乙组/|甲/|;丙组/|甲/|;/");
}

TEST(Fill, TakesATableWithoutRowsAway) {
  const Filled filled =
      fill(table({{paragraph("{{#a}}{{.}}"), paragraph("{{/a}}")}}) + paragraph("后"), "a: []");
  EXPECT_EQ(filled.text, "后/");
  EXPECT_THAT(filled.body, Not(HasSubstr("w:tbl")));
}

TEST(Fill, EndsEveryCellInAParagraph) {
  const std::string body =
      table({{paragraph("{{#a}}") + paragraph("{{.}}") + paragraph("{{/a}}"), paragraph("乙")}});
  EXPECT_EQ(fill(body + paragraph(""), "a: []").text, "/|乙/|;/");
  EXPECT_EQ(fill(body + paragraph(""), "a: [1, 2]").text, "1/2/|乙/|;/");
}

TEST(Fill, FillsHeadersAndTextBoxes) {
  const Filled header =
      fill_bytes(docx(paragraph("x"), paragraph("{{plan.title}}")), yaml(kPlan), "word/header1.xml");
  EXPECT_EQ(header.text, "计划/");
  const std::string box = "<w:p><w:r><w:pict><w:txbxContent>" + paragraph("{{#plan.groups}}") +
                          paragraph("{{title}}") + paragraph("{{/plan.groups}}") +
                          "</w:txbxContent></w:pict></w:r></w:p>";
  EXPECT_EQ(fill(box, kPlan).text, "甲组/乙组/丙组//");
}

TEST(Fill, KeepsIdsUniqueInClones) {
  const std::string repeated =
      paragraph("{{#a}}") +
      "<w:p w14:paraId=\"1A2B3C4D\"><w:bookmarkStart w:id=\"4\" "
      "w:name=\"甲\"/><w:r><w:t>{{.}}</w:t></w:r><w:bookmarkEnd "
      "w:id=\"4\"/><w:r><w:drawing><wp:inline><wp:docPr id=\"7\" "
      "name=\"图\"/></wp:inline></w:drawing></w:r></w:p>" +
      paragraph("{{/a}}") +
      "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图\"/></wp:inline></w:drawing></w:r></w:p>";
  const std::string body = fill(repeated, "a: [1, 2, 3]").body;
  for (const char* once :
       {"docPr id=\"7\"", "docPr id=\"1\"", "docPr id=\"2\"", "docPr id=\"3\"",
        "bookmarkStart w:id=\"4\" w:name=\"甲\"", "bookmarkStart w:id=\"1\" w:name=\"甲_2\"",
        "bookmarkStart w:id=\"2\" w:name=\"甲_3\"", "bookmarkEnd w:id=\"2\""}) {
    const size_t at = body.find(once);
    EXPECT_NE(at, std::string::npos) << once;
    EXPECT_EQ(body.find(once, at + 1), std::string::npos) << once;
  }
  EXPECT_THAT(body, Not(HasSubstr("1A2B3C4D")));
}

size_t count_of(const std::string& text, const std::string& wanted) {
  size_t count = 0;
  for (size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

TEST(Fill, NumbersRangesAndTrackedChangesOfEachRound) {
  const std::string body =
      fill(paragraph("{{#a}}") +
               "<w:p><w:permStart w:id=\"7\" w:edGrp=\"everyone\"/><w:r><w:t>{{.}}</w:t></w:r><w:permEnd "
               "w:id=\"7\"/>"
               "<w:ins w:id=\"9\" w:author=\"甲\"><w:r><w:t>新</w:t></w:r></w:ins></w:p>" +
               paragraph("{{/a}}"),
           "a: [1, 2, 3]")
          .body;
  for (const char* once : {"permStart w:id=\"7\"", "permEnd w:id=\"7\"", "permStart w:id=\"1\"",
                           "permEnd w:id=\"1\"", "ins w:id=\"9\"", "ins w:id=\"2\"", "ins w:id=\"4\""})
    EXPECT_EQ(count_of(body, once), 1u) << once << body;
}

TEST(Fill, KeepsACommentAtTheFirstRoundAndWhole) {
  const std::string comment =
      "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>{{.}}</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>"
      "<w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";
  const std::string body = fill(paragraph("{{#a}}") + comment + paragraph("{{/a}}"), "a: [1, 2]").body;
  for (const char* once : {"commentRangeStart", "commentRangeEnd", "commentReference"})
    EXPECT_EQ(count_of(body, once), 1u) << once;
  EXPECT_LT(body.find("commentReference"), body.find(">2<"));
}

TEST(Fill, TakesOutRangesThatASectionTears) {
  for (const char* range : {"bookmark", "perm"}) {
    const std::string start = std::string("<w:") + range + "Start w:id=\"5\" w:name=\"跨\"/>";
    const std::string end = std::string("<w:") + range + "End w:id=\"5\"/>";
    const std::string rows = paragraph("{{#a}}") + start + paragraph("{{.}}") + paragraph("{{/a}}") + end;
    EXPECT_THAT(fill(rows, "a: [1, 2]").body, Not(HasSubstr("w:id=\"5\""))) << range;
    const std::string around = start + paragraph("{{#a}}") + paragraph("{{.}}") + paragraph("{{/a}}") + end;
    EXPECT_EQ(count_of(fill(around, "a: [1, 2]").body, "w:id=\"5\""), 2u) << range;
  }
}

TEST(Fill, GivesTheSameBytesTwiceAndKeepsOtherParts) {
  const std::string bytes = docx(paragraph("{{plan.title}}"));
  const Filled first = fill_bytes(bytes, yaml(kPlan));
  EXPECT_EQ(first.bytes, fill_bytes(bytes, yaml(kPlan)).bytes);
  Diagnostics findings;
  const auto archive = package::open_archive(first.bytes, "o.docx", findings);
  EXPECT_EQ(archive->read("customXml/kept.xml"), "<kept  a='1' ></kept>");
}

TEST(Fill, KeepsAPartWithoutTagsByteForByte) {
  const std::string bytes = docx(paragraph("a &#x4E2D; &gt;"));
  Diagnostics findings;
  const auto before = package::open_archive(bytes, "o.docx", findings);
  EXPECT_EQ(fill_bytes(bytes, yaml("a: 1")).body, before->read("word/document.xml"));
}

TEST(Fill, ReportsMissingNamesWithPlaceAndNearestName) {
  const Filled filled =
      fill(table({{paragraph("{{plan.titel}}"), paragraph("{{x | date}}")}}), "plan: {title: 1}\nx: 早");
  EXPECT_THAT(filled.faults, HasSubstr("t.docx"));
  EXPECT_THAT(filled.faults, HasSubstr("第1个表格第1行第1列"));
  EXPECT_THAT(filled.faults, HasSubstr("是否为 \"title\""));
  EXPECT_THAT(filled.faults, HasSubstr("bad-value"));
}

TEST(Fill, RefusesControlCharactersNamingTheField) {
  data::Value data = data::Value::map();
  data.set("name", std::string("张\x0b三"));
  const Filled filled = fill_bytes(docx(paragraph("{{name}}")), data);
  EXPECT_THAT(filled.faults, HasSubstr("forbidden-character"));
  EXPECT_THAT(filled.faults, HasSubstr("“name”"));
}

TEST(Fill, TakesTenThousandRows) {
  data::Value rows = data::Value::list();
  for (int i = 0; i < 10'000; ++i) {
    data::Value row = data::Value::map();
    row.set("name", "王 & 李" + std::to_string(i));
    rows.add(std::move(row));
  }
  data::Value data = data::Value::map();
  data.set("rows", std::move(rows));
  const std::string body = table({{paragraph("{{#rows}}{{@index}}"), paragraph("{{name}}{{/rows}}")}});
  EXPECT_THAT(fill_bytes(docx(body + paragraph("")), data).body, HasSubstr("王 &amp; 李9999<"));
}

TEST(LoadTemplate, ReportsEveryFaultInOneRunWithItsPlace) {
  EXPECT_THAT(faults(paragraph("x") + paragraph("{{#a}}{{b | dat}}") + paragraph("{{/c}}") +
                     table({{paragraph("{{d"), paragraph("}}")}})),
              ElementsAre("unknown-formatter@第2段", "unclosed-section@第2段", "stray-section-end@第3段",
                          "unclosed-tag@第1个表格第1行第1列", "stray-braces@第1个表格第1行第2列"));
}

TEST(LoadTemplate, RefusesSectionsWhoseEndsHaveNothingToDoWithEachOther) {
  EXPECT_THAT(faults(paragraph("{{#a}}") + table({{paragraph("{{/a}}"), paragraph("")}})),
              ElementsAre("section-spans@第1段"));
  EXPECT_THAT(faults(paragraph("有{{#a}}") + paragraph("{{/a}}")), ElementsAre("section-spans@第1段"));
  EXPECT_THAT(
      faults(table({{paragraph("{{#a}}x"), paragraph("")}}) + table({{paragraph("y{{/a}}"), paragraph("")}})),
      ElementsAre("section-spans@第1个表格第1行第1列"));
  EXPECT_THAT(
      faults(table({{paragraph("{{#a}}x"), paragraph("{{/a}}"), paragraph("{{#b}}"), paragraph("y{{/b}}")}})),
      ::testing::Contains(::testing::StartsWith("section-spans")));
  EXPECT_THAT(faults(paragraph("{{#a}}{{#b}}{{/a}}{{/b}}")),
              ::testing::Contains(::testing::StartsWith("crossed-sections")));
}

TEST(LoadTemplate, RefusesWhatIsNoWordFile) {
  Diagnostics findings;
  EXPECT_FALSE(load_template("no zip at all", "t.docx", findings));
  package::ArchiveWriter writer;
  writer.add("[Content_Types].xml", "<Types/>");
  EXPECT_FALSE(load_template(writer.finish(), "t.docx", findings));
  EXPECT_FALSE(load_template(docx("<w:p></w:q>"), "t.docx", findings));
  package::ArchiveWriter doctype;
  doctype.add("[Content_Types].xml", "<Types/>");
  doctype.add("_rels/.rels", "<Relationships/>");
  doctype.add("word/document.xml", "<!DOCTYPE a [<!ENTITY x \"y\">]><w:document/>");
  EXPECT_FALSE(load_template(doctype.finish(), "t.docx", findings));
  ASSERT_EQ(findings.size(), 4u) << to_text(findings);
  EXPECT_EQ(findings.list()[0].code, "not-a-zip");
  EXPECT_EQ(findings.list()[1].code, "not-a-docx");
  EXPECT_EQ(findings.list()[2].code, "bad-xml");
  EXPECT_EQ(findings.list()[3].code, "xml-doctype");
}

TEST(LoadTemplate, ListsTagsWithTheirPlaces) {
  Diagnostics findings;
  const auto loaded =
      load_template(docx(paragraph("{{a}}") + table({{paragraph(""), paragraph("{{#b}}{{c | sum}}{{/b}}")}}),
                         paragraph("{{h}}")),
                    "t.docx", findings);
  ASSERT_TRUE(loaded) << to_text(findings);
  std::vector<std::string> list;
  for (const auto& tag : loaded->tags()) list.push_back(tag.tag + "@" + tag.place.spot);
  EXPECT_THAT(list, ElementsAre("{{a}}@第1段", "{{#b}}@第1个表格第1行第2列",
                                "{{c | sum}}@第1个表格第1行第2列", "{{h}}@页眉（header1.xml）第1段"));
}

TEST(FillWord, TakesOtherDelimiters) {
  Diagnostics findings;
  const auto loaded =
      load_template(docx(paragraph("{title} ｛title｝ {{title}}")), "t.docx", findings, {"<", ">"});
  ASSERT_TRUE(loaded) << to_text(findings);
  EXPECT_TRUE(loaded->tags().empty());
  const auto braces = load_template(docx(paragraph("{title}｛title｝")), "t.docx", findings, {"{", "}"});
  ASSERT_TRUE(braces) << to_text(findings);
  const auto bytes = braces->fill(yaml("title: 甲"), findings);
  ASSERT_TRUE(bytes) << to_text(findings);
  EXPECT_THAT(package::open_archive(*bytes, "o", findings)->read("word/document.xml"), HasSubstr("甲甲"));
}

TEST(FillWord, ShowsRowsUnderACondition) {
  const auto filled =
      fill(table({{paragraph("{{#rows}}{{#hours >= 24}}{{name}}"), paragraph("{{/}}{{/rows}}")}}),
           "rows: [{name: 甲, hours: 30}, {name: 乙, hours: 6}, {name: 丙, hours: 24}]");
  EXPECT_EQ(filled.text, "甲/|/|;丙/|/|;");
}

}  // namespace
}  // namespace wenshu::docx
