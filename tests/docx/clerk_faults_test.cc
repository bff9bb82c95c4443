// What clerks' templates have shown: content that was wrong or faults that misled, each once.
#include <gmock/gmock.h>

#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using testing::count;
using ::testing::ElementsAre;
using testing::fill;
using ::testing::HasSubstr;
using testing::load_faults;
using ::testing::Not;
using testing::paragraph;
using testing::table;

const std::string kOneCell = table({{paragraph("{{姓名}}")}});

TEST(Tables, RepeatedWholeDoNotGrowTogether) {
  const auto made =
      fill(paragraph("{{#人}}") + kOneCell + paragraph("{{/人}}"), "人: [{姓名: 甲}, {姓名: 乙}]");
  EXPECT_EQ(made.text, "甲/|;/乙/|;");  // the empty paragraph between
  EXPECT_THAT(made.body, HasSubstr("</w:tbl><w:p></w:p><w:tbl>"));
}

TEST(Tables, KeepAParagraphWhereTagsBetweenThemVanish) {
  const auto made =
      fill(kOneCell + paragraph("{{#有}}") + kOneCell + paragraph("{{/有}}"), "{姓名: 甲, 有: 是}");
  EXPECT_EQ(made.text, "甲/|;/甲/|;");
}

TEST(Sections, MayEndInTheParagraphThatEndsTheirPages) {
  const std::string ends =
      "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:pPr><w:r><w:t>";
  const auto made =
      fill(paragraph("{{#人}}") + paragraph("{{.}}") + ends + "{{/人}}</w:t></w:r></w:p>" + paragraph("后"),
           "人: [甲, 乙]");
  EXPECT_EQ(made.text, "甲//乙//后/");
  EXPECT_EQ(count(made.body, "<w:sectPr>"), 3);
  const auto behind =
      fill(ends + "{{#人}}</w:t></w:r></w:p>" + paragraph("{{.}}") + paragraph("{{/人}}"), "人: [甲, 乙]");
  EXPECT_EQ(behind.text, "/甲/乙/");
}

TEST(LoadTemplate, TellsFaultsInTheOrderOfThePages) {
  EXPECT_THAT(
      load_faults(paragraph("{{#a}}") + table({{paragraph("{{x | dat}}")}}) + paragraph("{{y")),
      ElementsAre("unclosed-section@第1段", "unknown-formatter@第1个表格第1行第1列", "unclosed-tag@第2段"));
}

TEST(Sections, TakeTheWordsOfSheetsForNo) {
  const auto shown = [](const std::string& value) {
    return fill(paragraph("{{#住宿}}住{{/住宿}}{{^住宿}}不住{{/住宿}}"), "住宿: " + value).text;
  };
  for (const char* no : {"否", "'false'", "'FALSE'", "''"}) EXPECT_EQ(shown(no), "不住/") << no;
  for (const char* yes : {"是", "'true'", "单间", "无"})
    EXPECT_EQ(shown(yes), "住/") << yes;  // 无 may be a remark
}

TEST(Controls, AreNoLongerHintsOnceFilled) {
  const std::string control =
      "<w:p><w:sdt><w:sdtPr><w:id w:val=\"5\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
      "<w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt></w:p>";
  const auto with = [&](const std::string& text) {
    return std::string(control).replace(control.find("{}"), 2, text);
  };
  EXPECT_THAT(fill(with("{{姓名}}"), "姓名: 甲").body, Not(HasSubstr("showingPlcHdr")));
  EXPECT_THAT(fill(with("点这里") + paragraph("{{姓名}}"), "姓名: 甲").body, HasSubstr("showingPlcHdr"));
}

TEST(LoadTemplate, NamesTagsThatItCannotReach) {
  EXPECT_THAT(
      load_faults(
          "<w:p><w:r><w:ruby><w:rt><w:r><w:t>{{拼音}}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t>"
          "</w:r></w:rubyBase></w:ruby></w:r></w:p>"),
      ElementsAre("tag-out-of-reach@第1段"));
}

// The small file with one part changed or, where `bytes` is empty, left out.
std::string changed(const std::string& start, const std::string& part, const std::string& bytes) {
  Diagnostics findings;
  const auto archive = package::open_archive(start, "t.docx", findings);
  package::ArchiveWriter writer;
  for (const std::string& name : archive->names())
    if (name != part)
      writer.add(name, archive->packed(name));
    else if (!bytes.empty())
      writer.add(name, bytes);
  return writer.finish();
}

std::string codes(const std::string& bytes) {
  Diagnostics findings;
  EXPECT_FALSE(load_template(bytes, "t.docx", findings));
  std::string list;
  for (const Diagnostic& finding : findings) list += finding.code + " ";
  return list;
}

TEST(LoadTemplate, RefusesAFileThatWordCallsDamaged) {
  const std::string start = testing::docx(paragraph("{{姓名}}"), paragraph("页眉"));
  EXPECT_THAT(codes(changed(start, "word/header1.xml", "")), HasSubstr("missing-part"));
  EXPECT_THAT(codes(changed(start, "_rels/.rels", "")), HasSubstr("not-a-docx"));
  EXPECT_THAT(codes(changed(start, "_rels/.rels", "<!DOCTYPE a><Relationships/>")), HasSubstr("xml-doctype"));
  EXPECT_THAT(
      codes(changed(start, "word/document.xml",
                    "<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                    "<x:body/></x:document>")),
      HasSubstr("unusual-prefix"));
}

TEST(LoadTemplate, TellsASectionInTheWrongPlaceBesideCrossedOnes) {
  EXPECT_THAT(load_faults(paragraph("{{#a}}") + table({{paragraph("{{/a}}")}}) +
                          paragraph("{{#e}}{{#f}}{{/e}}{{/f}}")),
              ::testing::UnorderedElementsAre(::testing::StartsWith("section-spans@"),
                                              ::testing::StartsWith("crossed-sections@")));
}

TEST(LoadTemplate, DoesNotBlameTheEndOfASectionForItsBeginning) {
  EXPECT_THAT(load_faults(paragraph("{{#rows | unheard-of 3}}x{{/rows}}")), ::testing::SizeIs(1));
}

TEST(Delimiters, MayBeChineseBrackets) {
  const auto delimiters = templates::parse_delimiters("【 】");
  ASSERT_TRUE(delimiters);
  Diagnostics findings;
  const auto loaded =
      load_template(testing::docx(paragraph("【姓名】（{{不是}}）")), "t.docx", findings, *delimiters);
  ASSERT_TRUE(loaded) << to_text(findings);
  const auto made = loaded->fill(testing::yaml("姓名: 甲"), findings);
  ASSERT_TRUE(made);
  EXPECT_THAT(package::open_archive(*made, "o.docx", findings)->read("word/document.xml"),
              HasSubstr("甲（{{不是}}）"));
  EXPECT_FALSE(templates::parse_delimiters("姓 名"));
}

// Two rows of which the last cell stands for a day.
const std::string kTimetable = table({{paragraph("节"), paragraph("{{#课 | timetable 节次 星期}}{{星期}}")},
                                      {paragraph("{{节次}}"), paragraph("{{科目}}{{/课}}")}});

TEST(Timetable, TellsAClashOnceAndNamesTheRecordWithoutADay) {
  EXPECT_EQ(count(fill(kTimetable,
                       "课: [{节次: 第一节, 星期: 星期一, 科目: 语}, {节次: 第一节, 星期: 星期一, 科目: 数}]")
                      .faults,
                  "timetable-clash"),
            1);
  const std::string faults = fill(kTimetable,
                                  "课: [{节次: 第一节, 科目: 语}, {节次: 第一节, 星期: 星期二, 科目: 数}, "
                                  "{节次: 第一节, 星期: 星期三, 科目: 英}]")
                                 .faults;
  EXPECT_THAT(faults, HasSubstr("第1项没有“星期”"));
  EXPECT_EQ(count(faults, "error["), 1);
}

}  // namespace
}  // namespace wenshu::docx
