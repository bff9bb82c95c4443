#include "docx/write.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <regex>

#include "base/error.h"
#include "base/file.h"
#include "package/archive.h"

namespace wenshu::docx {
namespace {

namespace fs = std::filesystem;
using document::Block;
using document::Cell;
using document::Document;
using document::Paragraph;
using document::Row;
using document::Run;
using testing::HasSubstr;
using testing::Not;

Block paragraph(const std::string& style, const std::string& text) {
  Block block;
  block.paragraph.style = style;
  block.paragraph.runs.emplace_back();
  block.paragraph.runs[0].text = text;
  return block;
}

Cell cell(const std::string& text) {
  Cell made;
  made.paragraphs.push_back(paragraph("表文", text).paragraph);
  return made;
}

Row row(const std::vector<std::string>& texts) {
  Row made;
  for (const auto& text : texts) made.cells.push_back(cell(text));
  return made;
}

// Everything the writer knows: a mark in red, a number over a rule, a body of two pages, a table, a foot.
Document everything() {
  Document document;
  document.title = "标题<&>";
  document.date = *parse_date("2020-06-19");
  document.sections.emplace_back();
  auto& blocks = document.sections[0].blocks;

  Block mark = paragraph("发文机关标志", "清河县教育体育局文件");
  mark.paragraph.runs[0].face = document::Face::xiaobiaosong;
  mark.paragraph.runs[0].size_pt = 40;
  mark.paragraph.runs[0].tracking_pt = 0;
  mark.paragraph.runs[0].colour = document::Colour::red;
  mark.paragraph.align = document::Align::centre;
  mark.paragraph.line_pitch_pt = 44;
  mark.paragraph.space_before_pt = 35 * 72 / 25.4;
  blocks.push_back(mark);

  Block number = paragraph("发文字号", "清教〔2020〕18号");
  number.paragraph.align = document::Align::centre;
  number.paragraph.rule_below = true;
  number.paragraph.rule_colour = document::Colour::red;
  blocks.push_back(number);

  for (int i = 0; i < 30; ++i) {
    blocks.push_back(
        paragraph("正文", "各学校要把“培训”列入日程……认真组织实施——不得走过场，做到工作和培训两不误。"));
    blocks.back().paragraph.first_line_indent = 2;
  }

  Block table;
  table.kind = Block::Kind::table;
  table.table.column_mm = {30, 60, 66};
  table.table.rows = {row({"序号", "班次", "对象"}), row({"1", "甲班", "教师"}), row({"", "乙班", "校长"})};
  table.table.rows[0].repeats = true;
  table.table.rows[2].cells[0].continues_above = true;
  table.table.rows.push_back(row({"合计"}));
  table.table.rows[3].cells[0].columns = 3;
  blocks.push_back(table);

  Block foot;
  foot.kind = Block::Kind::foot;
  foot.foot.table.column_mm = {100, 56};
  foot.foot.table.rows = {row({"清河县教育体育局办公室", "2020年6月19日印发"})};
  foot.foot.table.upright_rules = false;
  blocks.push_back(foot);
  return document;
}

std::string part(const std::string& bytes, const std::string& name) {
  Diagnostics findings;
  const auto archive = package::open_archive(bytes, "test.docx", findings);
  EXPECT_TRUE(archive) << to_text(findings);
  return archive ? archive->read(name) : "";
}

std::string main_part(const Document& document) {
  return part(write_document(document), "word/document.xml");
}

TEST(WriteDocument, GivesTheSameBytesTwice) {
  EXPECT_EQ(write_document(everything()), write_document(everything()));
}

TEST(WriteDocument, TakesItsTimesFromTheDocument) {
  const std::string core = part(write_document(everything()), "docProps/core.xml");
  EXPECT_THAT(core, HasSubstr("2020-06-19T00:00:00Z</dcterms:created>"));
  EXPECT_THAT(core, HasSubstr("标题&lt;&amp;&gt;"));
  Document timeless = everything();
  timeless.date.reset();
  EXPECT_THAT(part(write_document(timeless), "docProps/core.xml"), Not(HasSubstr("created")));
}

TEST(WriteDocument, NamesTheOfficesFamiliesAndWhatElseTheyAreCalled) {
  const std::string bytes = write_document(everything());
  EXPECT_THAT(part(bytes, "word/styles.xml"), HasSubstr("w:eastAsia=\"方正小标宋简体\""));
  const std::string fonts = part(bytes, "word/fontTable.xml");
  EXPECT_THAT(fonts, HasSubstr("<w:font w:name=\"仿宋_GB2312\"><w:altName w:val=\"仿宋\"/>"));
}

TEST(WriteDocument, SetsThePageOfTheStandard) {
  const std::string text = main_part(everything());
  EXPECT_THAT(text, HasSubstr("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
  EXPECT_THAT(text, HasSubstr("w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""));
  EXPECT_THAT(text, HasSubstr("<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>"));
}

TEST(WriteDocument, BreaksLinesByChineseRules) {
  const std::string styles = part(write_document(everything()), "word/styles.xml");
  for (const char* wanted :
       {"<w:kinsoku w:val=\"1\"/>", "<w:overflowPunct w:val=\"0\"/>", "<w:autoSpaceDE w:val=\"0\"/>",
        "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>", "<w:spacing w:val=\"-5\"/>"})
    EXPECT_THAT(styles, HasSubstr(wanted));
}

TEST(WriteDocument, KeepsQuotesAndDashesInTheChineseFont) {
  EXPECT_THAT(main_part(everything()), HasSubstr("<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>"));
}

TEST(WriteDocument, LaterParagraphsOfAStyleCarryOnlyWhatDiffers) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("主送机关", "甲"), paragraph("主送机关", "乙")};
  document.sections[0].blocks[1].paragraph.keep_with_next = true;
  const std::string text = main_part(document);
  EXPECT_THAT(text,
              HasSubstr("<w:p><w:pPr><w:pStyle w:val=\"p1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">甲"));
  EXPECT_THAT(text, HasSubstr("<w:pStyle w:val=\"p1\"/><w:keepNext w:val=\"1\"/></w:pPr>"));
}

TEST(WriteDocument, MergesCellsAndRepeatsHeadRows) {
  const std::string text = main_part(everything());
  EXPECT_THAT(text, HasSubstr("<w:tblHeader/>"));
  EXPECT_THAT(text, HasSubstr("<w:vMerge w:val=\"restart\"/>"));
  EXPECT_THAT(text, HasSubstr("<w:vMerge w:val=\"continue\"/>"));
  EXPECT_THAT(text, HasSubstr("<w:gridSpan w:val=\"3\"/>"));
}

TEST(WriteDocument, EndsASectionInsideItsLastParagraph) {
  Document document;
  document.sections.resize(2);
  document.sections[0].blocks = {paragraph("正文", "纵")};
  document.sections[1].blocks = {paragraph("正文", "横")};
  document.sections[1].page = {297, 210, 28, 26, 37, 35, true};
  document.sections[1].numbers = document::PageNumbers::none;
  const std::string text = main_part(document);
  EXPECT_LT(text.find("<w:sectPr>"), text.find("纵"));
  EXPECT_THAT(text, HasSubstr("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
}

TEST(WriteDocument, WritesLineBreaksAndTabsAsElements) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("标题", "甲\n乙\t丙")};
  EXPECT_THAT(main_part(document), HasSubstr("甲</w:t><w:br/><w:t xml:space=\"preserve\">乙</w:t><w:tab/>"));
}

TEST(WriteDocument, RefusesCharactersThatXmlCannotHold) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("正文", std::string("甲\x01乙"))};
  EXPECT_THROW(write_document(document), Failure);
}

// Judges from outside.

struct Spot {
  double x, y;  // mm from the top left corner: upper left corner of the first word found
  int page;
};

class Judged : public testing::Test {
 protected:
  Judged() : folder_(fs::temp_directory_path() / ("wenshu-write-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    write_file(folder_ / "test.docx", write_document(everything()), Durability::later);
  }
  ~Judged() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static bool has(const std::string& program) { return run("command -v " + program + " >/dev/null") == 0; }
  static int run(const std::string& command) { return std::system(command.c_str()); }

  // Where words that begin with `text` stand, by pdftotext.
  std::vector<Spot> places(const std::string& text) const {
    std::vector<Spot> found;
    const std::string boxes = read_file(path("test.html"));
    static const std::regex kLine("<page |xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\"[^>]*>([^<]*)<");
    int page = 0;
    for (std::sregex_iterator i(boxes.begin(), boxes.end(), kLine), end; i != end; ++i) {
      if ((*i)[0] == "<page ")
        ++page;
      else if ((*i)[3].str().rfind(text, 0) == 0)
        found.push_back({std::stod((*i)[1]) * 25.4 / 72, std::stod((*i)[2]) * 25.4 / 72, page});
    }
    return found;
  }

  fs::path folder_;
};

TEST_F(Judged, PassesTheSchemasOfOffice) {
  const fs::path judge = fs::path(WENSHU_SOURCE_DIR) / "../shared/tools/docx-check";
  if (!fs::exists(judge)) GTEST_SKIP() << "no ../shared/tools/docx-check here";
  EXPECT_EQ(run(judge.string() + " " + path("test.docx")), 0);
}

TEST_F(Judged, LibreOfficePutsEverythingInItsPlace) {
  if (!has("soffice") || !has("pdftotext")) GTEST_SKIP() << "needs LibreOffice Writer and poppler-utils";
  const std::string source = WENSHU_SOURCE_DIR;
  ASSERT_EQ(run("cd " + source + " && FONTCONFIG_FILE=" + source + "/tests/docx/fonts.conf HOME=" +
                folder_.string() + " timeout 240 soffice -env:UserInstallation=file://" + path("profile") +
                " --headless --convert-to pdf --outdir " + folder_.string() + " " + path("test.docx") + " >" +
                path("log") + " 2>&1"),
            0)
      << read_file(path("log"));
  ASSERT_EQ(run("pdftotext -bbox " + path("test.pdf") + " " + path("test.html")), 0);

  // poppler's boxes reach from the face's ascent to its descent: up to 0.3 em above the character box (3 mm
  // at 40 pt).
  const auto mark = places("清河县教育体育局文件");
  ASSERT_EQ(mark.size(), 1u);
  EXPECT_NEAR(mark[0].y, 72, 4.5);  // GB/T 9704 7.2.4: 35 mm below the top of the text area
  EXPECT_EQ(mark[0].page, 1);
  EXPECT_EQ(places("清教〔2020〕18").size(), 1u);

  const auto foot = places("清河县教育体育局办公室");
  ASSERT_EQ(foot.size(), 1u);
  EXPECT_EQ(foot[0].page, places("合计").at(0).page) << "the foot stands on the last page";
  EXPECT_GT(foot[0].y, 248);  // one line of 28.95 pt above the lower edge of the text area at 262 mm
  EXPECT_LT(foot[0].y, 262);
  EXPECT_NEAR(foot[0].x, 29, 1.5);

  // Page numbers: outside, 7 mm below the text area (the dash at 269 mm, the box of 四号 around it).
  const auto dashes = places("—");
  ASSERT_GE(dashes.size(), 4u);
  EXPECT_GT(dashes.front().x, 150);  // page 1: right
  EXPECT_LT(dashes.back().x, dashes.back().page % 2 == 0 ? 60.0 : 200.0);
  EXPECT_NEAR(dashes.front().y, 266.5, 2.5);
}

}  // namespace
}  // namespace wenshu::docx
