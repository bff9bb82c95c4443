#include "docx/read.h"

#include <gmock/gmock.h>

#include "docx/amend.h"
#include "tests/docx/small_docx.h"

namespace wenshu::docx {
namespace {

using document::Align;
using document::Observed;
using document::ObservedParagraph;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A file with further parts: styles, numbering, theme … by the last word of their relation.
std::string docx_with(const std::string& body, const std::map<std::string, std::string>& parts,
                      const std::string& section = "") {
  const std::string kRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  package::ArchiveWriter writer;
  writer.add("[Content_Types].xml", "<Types/>");
  std::string relations;
  for (const auto& [type, inside] : parts) {
    relations +=
        "<Relationship Id=\"" + type + "\" Type=\"" + kRelation + type + "\" Target=\"" + type + ".xml\"/>";
    writer.add("word/" + type + ".xml", inside);
  }
  writer.add("word/_rels/document.xml.rels", "<Relationships>" + relations + "</Relationships>");
  writer.add("word/document.xml", testing::part("document", "<w:body>" + body + section + "</w:body>"));
  return writer.finish();
}

Observed read(const std::string& bytes) {
  Diagnostics findings;
  auto observed = read_document(bytes, "文.docx", findings);
  EXPECT_TRUE(observed) << to_text(findings);
  return observed ? *std::move(observed) : Observed();
}

std::vector<std::string> texts_of(const Observed& observed) {
  std::vector<std::string> texts;
  for (const ObservedParagraph& paragraph : observed.paragraphs)
    texts.push_back(paragraph.label + paragraph.text());
  return texts;
}

std::string refusal(const std::string& bytes) {
  Diagnostics findings;
  EXPECT_FALSE(read_document(bytes, "文.docx", findings));
  return to_text(findings);
}

TEST(Read, LaysDirectFormattingOverStylesOverDefaults) {
  const std::string styles = testing::part(
      "styles",
      "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia=\"宋体\"/><w:sz "
      "w:val=\"21\"/></w:rPr></w:rPrDefault>"
      "</w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:pPr><w:jc "
      "w:val=\"both\"/></w:pPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/><w:pPr><w:ind "
      "w:firstLineChars=\"200\"/>"
      "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/></w:pPr><w:rPr><w:rFonts w:eastAsia=\"仿宋\"/>"
      "<w:sz w:val=\"32\"/></w:rPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"c\"><w:rPr><w:b/></w:rPr></w:style>");
  const Observed observed = read(docx_with(
      "<w:p><w:pPr><w:pStyle w:val=\"b\"/></w:pPr><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"c\"/>"
      "<w:rFonts w:eastAsia=\"黑体\"/><w:color w:val=\"ff0000\"/></w:rPr><w:t>乙</w:t></w:r></w:p>"
      "<w:p><w:r><w:t>丙</w:t></w:r></w:p>",
      {{"styles", styles}}));
  const ObservedParagraph& first = observed.paragraphs[0];
  EXPECT_EQ(first.align, Align::justify);
  EXPECT_EQ(first.pitch, ObservedParagraph::Pitch::exact);
  EXPECT_EQ(first.pitch_pt, 28);
  EXPECT_EQ(first.first_line_pt, 32) << "two characters of 16 pt";
  EXPECT_EQ(first.runs[0].wide_family, "仿宋");
  EXPECT_EQ(first.runs[0].size_pt, 16);
  EXPECT_EQ(first.runs[1].wide_family, "黑体");
  EXPECT_EQ(first.runs[1].colour, "FF0000");
  EXPECT_TRUE(first.runs[1].bold);
  EXPECT_EQ(observed.paragraphs[1].runs[0].size_pt, 10.5);
}

TEST(Read, TakesAutomaticColourForBlack) {
  const Observed observed =
      read(docx_with("<w:p><w:r><w:rPr><w:color w:val=\"auto\"/></w:rPr><w:t>甲</w:t></w:r>"
                     "<w:r><w:rPr><w:color w:val=\"c00000\"/></w:rPr><w:t>乙</w:t></w:r></w:p>",
                     {}));
  EXPECT_EQ(observed.paragraphs[0].runs[0].colour, "");
  EXPECT_EQ(observed.paragraphs[0].runs[1].colour, "C00000");
}

TEST(Read, TakesFamiliesFromTheTheme) {
  const std::string theme =
      "<a:theme xmlns:a=\"x\"><a:themeElements><a:fontScheme><a:minorFont><a:latin "
      "typeface=\"Calibri\"/><a:ea "
      "typeface=\"\"/><a:font script=\"Hans\" "
      "typeface=\"等线\"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>";
  const Observed observed =
      read(docx_with("<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme=\"minorEastAsia\" "
                     "w:asciiTheme=\"minorHAnsi\"/></w:rPr><w:t>甲</w:t>"
                     "</w:r></w:p>",
                     {{"theme", theme}}));
  EXPECT_EQ(observed.paragraphs[0].runs[0].wide_family, "等线");
  EXPECT_EQ(observed.paragraphs[0].runs[0].narrow_family, "Calibri");
}

TEST(Read, EndsStylesThatAreBasedOnOneAnother) {
  const std::string styles =
      testing::part("styles",
                    "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style>"
                    "<w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>");
  EXPECT_THAT(
      texts_of(read(docx_with("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
                              {{"styles", styles}}))),
      ElementsAre("甲"));
}

TEST(Read, CountsNumbersThatWordSetsByItself) {
  const auto level = [](int n, const std::string& format, const std::string& text) {
    return "<w:lvl w:ilvl=\"" + std::to_string(n) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format +
           "\"/><w:lvlText w:val=\"" + text + "\"/></w:lvl>";
  };
  const std::string numbering = testing::part(
      "numbering", "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "chineseCounting", "%1、") +
                       level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%1.%3") +
                       level(3, "bullet", "●") +
                       "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
  std::string body;
  for (const int n : {0, 1, 1, 2, 0, 1, 3})
    body += "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + std::to_string(n) +
            "\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
  EXPECT_THAT(texts_of(read(docx_with(body, {{"numbering", numbering}}))),
              ElementsAre("一、甲", "（一）甲", "（二）甲", "一.1甲", "二、甲", "（一）甲", "甲"));
}

TEST(Read, LeavesOutWhatIsDeletedAndTakesWhatIsInserted) {
  const Observed observed =
      read(testing::docx("<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></"
                         "w:del><w:ins><w:r><w:t>丙</w:t></w:r>"
                         "</w:ins><w:r><w:tab/><w:t>丁</w:t><w:br/></w:r></w:p>"));
  EXPECT_THAT(texts_of(observed), ElementsAre("甲丙\t丁\n"));
}

TEST(Read, KnowsWhereCellsAndBoxesStand) {
  const std::string box =
      "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:positionH relativeFrom=\"page\">"
      "<wp:posOffset>720000</wp:posOffset></wp:positionH><wp:positionV "
      "relativeFrom=\"page\"><wp:posOffset>1080000"
      "</wp:posOffset></wp:positionV><wp:extent cx=\"3600000\" cy=\"360000\"/><w:txbxContent>" +
      testing::paragraph("清河县教育局文件") +
      "</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" +
      testing::paragraph("清河县教育局文件") +
      "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>";
  const Observed observed =
      read(testing::docx(box + testing::table({{testing::paragraph("甲"), testing::paragraph("乙")}})));
  EXPECT_THAT(texts_of(observed), ElementsAre("清河县教育局文件", "正文", "甲", "乙"));
  EXPECT_EQ(observed.paragraphs[0].spot, "第1段的文本框第1段");
  ASSERT_TRUE(observed.paragraphs[0].box);
  EXPECT_EQ(*observed.paragraphs[0].box->x_mm, 20);
  EXPECT_EQ(*observed.paragraphs[0].box->y_mm, 30);
  EXPECT_EQ(observed.paragraphs[3].spot, "第1个表格第1行第2列");
  EXPECT_EQ(observed.tables[0].rows, 1u);
}

TEST(Read, GivesEachSectionItsPageAndTheFooterOfTheOneBefore) {
  const std::string footer = testing::part(
      "ftr",
      "<w:p><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE "
      "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r>"
      "<w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t> —</w:t></w:r></w:p>");
  const Observed observed = read(docx_with(
      "<w:p><w:pPr><w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" "
      "w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:left=\"1588\" w:right=\"1474\" w:bottom=\"1985\" "
      "w:footer=\"1420\"/>"
      "</w:sectPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
      {{"footer", footer}},
      "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgNumType "
      "w:start=\"1\"/></w:sectPr>"));
  ASSERT_EQ(observed.sections.size(), 2u);
  EXPECT_NEAR(observed.sections[0].page.top_mm, 37, 0.05);
  EXPECT_NEAR(observed.sections[0].page.width_mm, 210, 0.1);
  EXPECT_TRUE(observed.sections[1].page.landscape);
  EXPECT_TRUE(observed.sections[1].restarts_numbers);
  ASSERT_TRUE(observed.sections[1].footer);
  EXPECT_TRUE(observed.sections[1].footer->has_page_number());
  EXPECT_EQ(observed.sections[0].footer->paragraphs[0].text(), "— 1 —");
  EXPECT_EQ(observed.paragraphs[1].section, 1u);
  EXPECT_TRUE(observed.paragraphs[1].breaks_page);
}

TEST(Read, CountsAPageBreakForTheParagraphBehindIt) {
  const Observed observed =
      read(testing::docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/></w:r>"
                         "</w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p><w:p><w:r><w:t>丙</w:t></w:r></w:p>"));
  EXPECT_FALSE(observed.paragraphs[0].breaks_page);
  EXPECT_TRUE(observed.paragraphs[2].breaks_page);
  EXPECT_FALSE(observed.paragraphs[3].breaks_page);
}

TEST(Read, RefusesWhatItCannotRead) {
  EXPECT_THAT(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest of a file with a password"),
              HasSubstr("word-locked-or-old"));
  EXPECT_THAT(refusal(""), HasSubstr("not-a-zip"));
  package::ArchiveWriter empty;
  empty.add("a.txt", "x");
  EXPECT_THAT(refusal(empty.finish()), HasSubstr("not-a-docx"));
  package::ArchiveWriter doctype;
  doctype.add("word/document.xml", "<!DOCTYPE x><w:document><w:body/></w:document>");
  EXPECT_THAT(refusal(doctype.finish()), HasSubstr("xml-doctype"));
}

TEST(Read, WarnsOfMacros) {
  package::ArchiveWriter writer;
  writer.add("word/document.xml", testing::part("document", "<w:body><w:p/></w:body>"));
  writer.add("word/vbaProject.bin", "x");
  Diagnostics findings;
  EXPECT_TRUE(read_document(writer.finish(), "文.docm", findings));
  EXPECT_THAT(to_text(findings), HasSubstr("warning[has-macros]"));
}

// ---- amending

std::string amended(const std::string& body, const document::Amendments& amendments) {
  Diagnostics findings;
  const auto archive = package::open_archive(amend_document(testing::docx(body), amendments), "", findings);
  const std::string main = archive->read("word/document.xml");
  const size_t begin = main.find("<w:body>") + 8;
  return main.substr(begin, main.find("<w:sectPr>") - begin);
}

document::Amendments texts(std::vector<document::TextChange> changes) {
  document::Amendments amendments;
  amendments.texts = std::move(changes);
  return amendments;
}

TEST(Amend, ChangesTextThatStandsInSeveralRuns) {
  EXPECT_EQ(
      amended("<w:p><w:r><w:t>请办,</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>[谢]谢.</w:t></w:r></w:p>",
              texts({{0, 2, 1, "，"}, {0, 3, 3, "多"}, {0, 7, 1, "。"}, {0, 8, 0, "（完）"}})),
      "<w:p><w:r><w:t xml:space=\"preserve\">请办，</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t "
      "xml:space=\"preserve\">多谢。（完）</w:t></w:r></w:p>");
}

TEST(Amend, ChangesTextAcrossTwoRunsIntoTheFirst) {
  EXPECT_EQ(
      amended("<w:p><w:r><w:t>甲-</w:t></w:r><w:r><w:t>-乙</w:t></w:r></w:p>", texts({{0, 1, 2, "——"}})),
      "<w:p><w:r><w:t xml:space=\"preserve\">甲——</w:t></w:r><w:r><w:t "
      "xml:space=\"preserve\">乙</w:t></w:r></w:p>");
}

TEST(Amend, LeavesDeletedTextAndFieldCodesAlone) {
  EXPECT_EQ(
      amended("<w:p><w:del><w:r><w:delText>甲,</w:delText></w:r></w:del><w:r><w:t>乙,</w:t></w:r></w:p>",
              texts({{0, 1, 1, "，"}})),
      "<w:p><w:del><w:r><w:delText>甲,</w:delText></w:r></w:del><w:r><w:t "
      "xml:space=\"preserve\">乙，</w:t></w:r></w:p>");
}

TEST(Amend, SplitsARunWhereItsLookChanges) {
  document::Amendments amendments;
  amendments.runs.push_back(
      {.paragraph = 0, .begin = 1, .end = 3, .face = document::Face::heiti, .size_pt = 16});
  EXPECT_EQ(
      amended("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>", amendments),
      "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">甲</w:t></w:r><w:r><w:rPr><w:rFonts "
      "w:ascii=\"黑体\" w:hAnsi=\"黑体\" w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"32\"/><w:szCs "
      "w:val=\"32\"/></w:rPr>"
      "<w:t xml:space=\"preserve\">乙</w:t><w:br/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>丙</w:t></w:r></w:p>");
}

TEST(Amend, PutsPropertiesWhereTheSchemaWantsThem) {
  document::Amendments amendments;
  amendments.paragraphs.push_back({.paragraph = 0,
                                   .align = Align::centre,
                                   .first_line = 2,
                                   .left = 0,
                                   .pitch_pt = 28.95,
                                   .breaks_page = true});
  EXPECT_EQ(
      amended("<w:p><w:pPr><w:keepNext/><w:ind w:hanging=\"20\"/><w:rPr/></w:pPr></w:p>", amendments),
      "<w:p><w:pPr><w:keepNext/><w:pageBreakBefore w:val=\"1\"/><w:snapToGrid w:val=\"0\"/><w:spacing "
      "w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:leftChars=\"0\" w:left=\"0\" w:firstLineChars=\"200\" "
      "w:firstLine=\"640\"/><w:jc w:val=\"center\"/><w:rPr/></w:pPr></w:p>");
}

TEST(Amend, CarriesAllElseOver) {
  const std::string before = testing::docx(testing::paragraph("请办,"), testing::paragraph("页眉,"));
  const std::string after = amend_document(before, texts({{0, 2, 1, "，"}}));
  Diagnostics findings;
  const auto old = package::open_archive(before, "", findings),
             now = package::open_archive(after, "", findings);
  EXPECT_EQ(old->names(), now->names());
  for (const std::string& name : old->names())
    EXPECT_EQ(old->read(name) == now->read(name), name != "word/document.xml") << name;
}

}  // namespace
}  // namespace wenshu::docx
