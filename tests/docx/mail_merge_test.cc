#include "docx/mail_merge.h"

#include <gmock/gmock.h>

#include "small_docx.h"
#include "template/text.h"

namespace wenshu::docx {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::paragraph;

std::string run(const std::string& inside) { return "<w:r><w:rPr><w:b/></w:rPr>" + inside + "</w:r>"; }
std::string mark(const std::string& type) { return run("<w:fldChar w:fldCharType=\"" + type + "\"/>"); }
std::string code(const std::string& text) {
  return run("<w:instrText xml:space=\"preserve\">" + text + "</w:instrText>");
}
// As Word writes it: begin, instruction, separate, result, end.
std::string field(const std::string& instruction, const std::string& shown = "«x»") {
  return mark("begin") + instruction + mark("separate") + run("<w:t>" + shown + "</w:t>") + mark("end");
}
std::string merge_field(const std::string& rest) { return field(code(" MERGEFIELD " + rest + " ")); }
std::string in_paragraph(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }

struct Result {
  std::vector<std::string> tags, findings;
  std::string xml;
};

Result convert(const std::string& body) {
  Diagnostics findings;
  const auto converted = convert_mail_merge(testing::docx(body), "old.docx", findings);
  Result result;
  for (const Diagnostic& finding : findings) result.findings.push_back(finding.code);
  if (!converted) return result;
  for (const ConvertedField& each : converted->fields) result.tags.push_back(each.tag);
  Diagnostics none;
  result.xml = package::open_archive(converted->bytes, "new.docx", none)->read("word/document.xml");
  return result;
}

TEST(MailMerge, TurnsFieldsOfBothKindsIntoTags) {
  const auto result = convert(in_paragraph(merge_field("姓名 \\* MERGEFORMAT")) +
                              in_paragraph("<w:fldSimple w:instr=\" MERGEFIELD &quot;单位&quot; "
                                           "\"><w:r><w:t>«单位»</w:t></w:r></w:fldSimple>"));
  EXPECT_THAT(result.tags, ElementsAre("{{姓名}}", "{{单位}}"));
  EXPECT_THAT(result.xml,
              HasSubstr("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{{姓名}}</w:t></w:r>"));
  EXPECT_THAT(result.xml, Not(HasSubstr("fldChar")));
  EXPECT_THAT(result.xml, Not(HasSubstr("«")));
}

TEST(MailMerge, ReadsAnInstructionCutOverRuns) {
  EXPECT_THAT(convert(in_paragraph(field(code(" MERGE") + code("FIELD 学") + code("时 ")))).tags,
              ElementsAre("{{学时}}"));
  const std::string one_run =
      run("<w:fldChar w:fldCharType=\"begin\"/><w:instrText> MERGEFIELD 甲 </w:instrText><w:fldChar "
          "w:fldCharType=\"end\"/>");
  EXPECT_THAT(convert(in_paragraph(one_run)).tags, ElementsAre("{{甲}}"));
}

TEST(MailMerge, TurnsSwitchesIntoFormatters) {
  const std::vector<std::pair<std::string, std::string>> kSwitches = {
      {"x \\* CHINESENUM1 \\* MERGEFORMAT", "{{x | ChineseNum1}}"},
      {"x \\*ChineseNum3", "{{x | ChineseNum3}}"},
      {"x \\@ \"yyyy年M月d日\"", "{{x | date yyyy年M月d日}}"},
      {"x \\@ \"yyyy'年'M'月'\"", "{{x | date yyyy年M月}}"},
      {"x \\@ \"EEEE年O月A日\"", "{{x | date-cn}}"},
      {"x \\# \"0.00\"", "{{x | decimals 2}}"},
      {"x \\# \"¥#,##0.00元\"", "{{x | thousands 2 | before ¥ | after 元}}"},
      {"x \\# \"￥,0.00\"", "{{x | thousands 2 | before ￥}}"},
      {"x \\# 000", "{{x | pad 3}}"},
      {"x \\b \"（\" \\f \"）\"", "{{x | before （ | after ）}}"},
  };
  for (const auto& [written, tag] : kSwitches) {
    const auto result = convert(in_paragraph(merge_field(written)));
    EXPECT_THAT(result.tags, ElementsAre(tag)) << written;
    EXPECT_TRUE(result.findings.empty()) << written;
  }
}

TEST(MailMerge, SaysWhichSwitchAndWhichNameItCouldNotKeep) {
  const auto result = convert(in_paragraph(merge_field("\"姓 名\" \\* Upper")));
  EXPECT_THAT(result.tags, ElementsAre("{{姓_名}}"));
  EXPECT_THAT(result.findings, ElementsAre("field-renamed", "switch-dropped"));
}

TEST(MailMerge, TurnsAnIfOnAnEmptyFieldIntoSections) {
  const std::string asked = merge_field("备注");
  EXPECT_THAT(convert(in_paragraph(field(code(" IF ") + asked + code(" &lt;&gt; \"\" \"备注：") + asked +
                                         code("\" \"无\" "))))
                  .tags,
              ElementsAre("{{#备注}}备注：{{备注}}{{/备注}}{{^备注}}无{{/备注}}"));
  EXPECT_THAT(convert(in_paragraph(field(code(" IF \"") + asked + code("\"=\"\" \"缺\" \"\" ")))).tags,
              ElementsAre("{{^备注}}缺{{/备注}}"));
}

TEST(MailMerge, TurnsAnIfThatComparesIntoAConditionThatFills) {
  const std::string sex = merge_field("性别"), hours = merge_field("学时");
  const auto result = convert(in_paragraph(field(code(" IF ") + sex + code(" = \"女\" \"女士\" \"先生\" "))) +
                              in_paragraph(field(code(" IF ") + hours + code(" &gt;= 24 \"合格\" "))));
  EXPECT_THAT(
      result.tags,
      ElementsAre("{{#性别 == '女' | missing blank}}女士{{/}}{{^性别 == '女' | missing blank}}先生{{/}}",
                  "{{#学时 >= 24 | missing blank}}合格{{/}}"));
  std::string filled;
  for (const std::string& tag : result.tags) {
    Diagnostics findings;
    data::Value data = data::Value::map();
    data.set("性别", "男");
    data.set("学时", "30");
    filled += templates::fill_text(tag, data, {"t.txt", 1, 1}, findings).value_or(to_text(findings)) + ";";
  }
  EXPECT_EQ(filled, "先生;合格;");
  EXPECT_THAT(convert(in_paragraph(field(code(" IF ") + merge_field("A-1") + code(" > 3 \"x\" ")))).findings,
              ElementsAre("field-not-converted"));
}

TEST(MailMerge, RefusesWhatNoTagCanSayAllAtOnce) {
  const std::string asked = merge_field("性别");
  const auto result = convert(
      in_paragraph(field(code(" NEXT "))) + in_paragraph(field(code(" SKIPIF ") + asked + code("=\"女\""))) +
      in_paragraph(field(code(" IF ") + asked + code(" = \"女*\" \"先生\" \"女士\" "))) +
      in_paragraph(field(code(" = ") + asked + code(" * 2 "))) + in_paragraph(field(code(" MERGEREC "))));
  EXPECT_EQ(result.findings, std::vector<std::string>(5, "field-not-converted"));
}

TEST(MailMerge, LeavesOtherFieldsAloneAndWantsAtLeastOneOfItsOwn) {
  const auto result = convert(in_paragraph(field(code(" PAGE "), "1")) + in_paragraph(merge_field("x")));
  EXPECT_THAT(result.tags, ElementsAre("{{x}}"));
  EXPECT_THAT(result.xml, HasSubstr("PAGE"));
  EXPECT_THAT(convert(paragraph("无域")).findings, ElementsAre("no-merge-fields"));
}

}  // namespace
}  // namespace wenshu::docx
