// Tables whose columns depend on the data: columns, timetable.
#include <gmock/gmock.h>

#include "docx/mark.h"
#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using ::testing::ElementsAre;
using testing::fill;
using ::testing::HasSubstr;
using testing::load_faults;
using testing::paragraph;
using testing::table;

// Grid columns, then each row: ^ goes on from above, =N spans N, the width behind @.
std::string shape(const std::string& body) {
  Diagnostics findings;
  const auto tree = xml::parse_part(body, "out.docx", "body", findings);
  const auto made = tree->document_element().child("w:body").child("w:tbl");
  std::string text;
  for (const pugi::xml_node& column : made.child("w:tblGrid").children())
    text += std::string(column.attribute("w:w").value()) + " ";
  text += "\n";
  for (const pugi::xml_node& row : made.children("w:tr")) {
    for (const pugi::xml_node& cell : row.children("w:tc")) {
      const auto properties = cell.child("w:tcPr");
      if (properties.child("w:vMerge") && !properties.child("w:vMerge").attribute("w:val")) text += "^";
      std::string words;
      testing::read(cell, words);
      text += words.substr(0, words.find('/'));
      if (properties.child("w:gridSpan"))
        text += std::string("=") + properties.child("w:gridSpan").attribute("w:val").value();
      text += std::string("@") + properties.child("w:tcW").attribute("w:w").value() + "|";
    }
    text += "\n";
  }
  return text;
}

const std::string kScores =
    table({{paragraph("姓名"), paragraph("成绩")},
           {paragraph("　"), paragraph("{{#科目 | columns}}{{.}}{{/科目}}")},
           {paragraph("{{#人}}{{名}}"), paragraph("{{#分 | columns}}{{.}}{{/分}}{{/人}}")}});

TEST(MarkColumns, SharesTheWidthAndWidensTheHeadAbove) {
  EXPECT_EQ(
      shape(fill(kScores, "科目: [语, 数]\n人: [{名: 甲, 分: [1, 2]}, {名: 乙, 分: [3, 4]}]").body),
      "2000 1000 1000 "
      "\n姓名@2000|成绩=2@2000|\n　@2000|语@1000|数@1000|\n甲@2000|1@1000|2@1000|\n乙@2000|3@1000|4@1000|\n");
  EXPECT_EQ(shape(fill(kScores, "科目: [语]\n人: [{名: 甲, 分: [1]}]").body),
            "2000 2000 \n姓名@2000|成绩@2000|\n　@2000|语@2000|\n甲@2000|1@2000|\n");
  EXPECT_EQ(shape(fill(kScores, "科目: []\n人: [{名: 甲, 分: []}]").body),
            "2000 \n姓名@2000|\n　@2000|\n甲@2000|\n");
}

TEST(MarkColumns, PutsTheValuesOfAMapUnderTheirHeads) {
  EXPECT_EQ(shape(fill(kScores, "科目: [语, 数]\n人: [{名: 甲, 分: {数: 2}}]").body),
            "2000 1000 1000 \n姓名@2000|成绩=2@2000|\n　@2000|语@1000|数@1000|\n甲@2000|@1000|2@1000|\n");
}

TEST(MarkColumns, TellsRowsThatDoNotFitTheHead) {
  const auto faulty = [](const std::string& data) {
    return testing::fill_bytes(testing::docx(kScores), testing::yaml(data)).faults;
  };
  EXPECT_THAT(faulty("科目: [语, 数]\n人: [{名: 甲, 分: [1]}]"),
              HasSubstr("error[column-count]: 字段“分”（人第1项，data.yaml:2:5）：有1项，表头有2列"));
  EXPECT_THAT(faulty("科目: [语, 数]\n人: [{名: 甲, 分: {外: 1}}]"), HasSubstr("error[unknown-column]"));
}

TEST(MarkColumns, RefusesColumnsThatDoNotAlign) {
  EXPECT_THAT(load_faults(paragraph("{{#a | columns}}{{.}}{{/a}}")), ElementsAre("section-spans@第1段"));
  EXPECT_THAT(load_faults(table({{paragraph("{{#人}}{{#分 | columns}}{{.}}{{/分}}"), paragraph("{{/人}}")}})),
              ElementsAre("bad-mark@第1个表格第1行第1列"));
}

const std::string kTimetable =
    table({{paragraph("课程表"), paragraph("　")},
           {paragraph("节次"), paragraph("{{#课表 | timetable 节次 星期}}{{星期}}")},
           {paragraph("{{节次}}"), paragraph("{{课程}}{{教师}}{{/课表}}")}});

TEST(MarkTimetable, MakesTheGridOfRecords) {
  const std::string data =
      "课表:\n- {星期: 星期二, 节次: 2, 课程: 数, 教师: 王}\n- {星期: 星期一, 节次: 1, 课程: 语, 教师: 李}\n"
      "- {星期: 星期一, 节次: 2, 课程: 语, 教师: 李}\n- {节次: 午休, 课程: 午休}\n- {星期: 星期一, 节次: 3, "
      "课程: 语, 教师: 李}\n";
  const auto filled = fill(kTimetable, data);
  EXPECT_EQ(shape(filled.body),
            "2000 1000 1000 "
            "\n课程表@2000|　=2@2000|\n节次@2000|星期一@1000|星期二@1000|\n1@2000|语李@1000|—@1000|\n"
            "2@2000|^@1000|数王@1000|\n午休@2000|午休=2@2000|\n3@2000|语李@1000|—@1000|\n");
  EXPECT_EQ(testing::count(filled.body, "<w:tblHeader/>"), 1);
}

TEST(MarkTimetable, JoinsNoLessonsOverPeriodsThatNobodyHas) {
  const auto joined = [](const std::string& one, const std::string& other, const std::string& more = "") {
    const auto filled = fill(kTimetable, "课表:\n- {星期: 一, 节次: " + one +
                                             ", 课程: 英, 教师: 赵}\n- {星期: 一, 节次: " + other +
                                             ", 课程: 英, 教师: 赵}\n" + more);
    return shape(filled.body).find('^') != std::string::npos;
  };
  EXPECT_FALSE(joined("第4节", "第10节"));
  EXPECT_FALSE(joined("第二节", "第四节"));
  EXPECT_FALSE(joined("2", "4"));
  EXPECT_TRUE(joined("第4节", "第5节"));
  EXPECT_TRUE(joined("8:00", "10:00"));
  EXPECT_TRUE(joined("上午第4节", "下午第1节"));
}

TEST(MarkTimetable, TakesDaysAndPeriodsFromListsToo) {
  const std::string body =
      table({{paragraph("节次"), paragraph("{{#课表 | timetable 节次 星期 节 天}}{{星期}}")},
             {paragraph("{{节次}}"), paragraph("{{课程}}{{/课表}}")}});
  EXPECT_EQ(
      shape(fill(body, "节: [一, 二]\n天: [周五, 周一]\n课表: [{星期: 周一, 节次: 二, 课程: 语}]").body),
      "2000 1000 1000 \n节次@2000|周五@1000|周一@1000|\n一@2000|—@1000|—@1000|\n二@2000|—@1000|语@1000|\n");
}

TEST(MarkTimetable, TellsEveryClashAndGap) {
  const auto faulty = testing::fill_bytes(
      testing::docx(kTimetable), testing::yaml("课表:\n- {星期: 一, 节次: 1, 课程: a, 教师: b}\n- {星期: 一, "
                                               "节次: 1, 课程: c, 教师: d}\n- {星期: 一, 课程: e}\n"));
  EXPECT_THAT(faulty.faults, HasSubstr("error[timetable-clash]: 字段“课表”：一1已经有课，第2项又排了一次"));
  EXPECT_THAT(faulty.faults, HasSubstr("error[no-period]: 字段“课表”：第3项没有“节次”"));
  EXPECT_THAT(load_faults(table({{paragraph("{{#a | timetable 节 天}}{{天}}{{/a}}")}})),
              ElementsAre("bad-mark@第1个表格第1行第1列"));
}

}  // namespace
}  // namespace wenshu::docx
