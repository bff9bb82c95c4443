#include "docx/write.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <regex>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "package/archive.h"
#include "picture/decode.h"

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

std::shared_ptr<const picture::Pixels> seal() {
  const int side = 100;
  picture::Pixels pixels{side, side, {}, {}};
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const double r = std::hypot(x - side / 2.0, y - side / 2.0);
      pixels.rgb.insert(pixels.rgb.end(), {255, 0, 0});
      pixels.alpha.push_back(r > 44 && r < 49 ? 255 : 0);
    }
  return std::make_shared<picture::Pixels>(std::move(pixels));
}

// A joint letter with two seals of one picture, and an annex across the sheet that counts its own pages.
Document letter() {
  Document document;
  document.title = "函";
  document.sections.resize(2);
  auto& section = document.sections[0];
  section.first_top_mm = 30;
  section.number_on_first = false;
  section.first_page_rules = {{20, 190, 50, 2.25, 0.75, 1.5, document::Colour::red},
                              {20, 190, 277, 0.75, 2.25, 1.5, document::Colour::red}};
  Block mark = paragraph("发文机关标志", "清河县教育体育局");
  mark.paragraph.runs[0].face = document::Face::xiaobiaosong;
  mark.paragraph.runs[0].size_pt = 36;
  mark.paragraph.runs[0].colour = document::Colour::red;
  mark.paragraph.line_pitch_pt = 36 * 1.1;
  mark.paragraph.align = document::Align::centre;
  mark.paragraph.top_mm = 0;
  section.blocks.push_back(mark);
  Block number = paragraph("发文字号", "清教函〔2020〕3号");
  number.paragraph.align = document::Align::right;
  number.paragraph.top_mm = 27;
  section.blocks.push_back(number);
  Block names;
  names.kind = Block::Kind::table;
  names.table.column_mm = {80, 30};
  names.table.align = document::Align::centre;
  names.table.outer_rule_pt = names.table.inner_rule_pt = 0;
  names.table.upright_rules = false;
  names.table.top_mm = 57;
  names.table.rows = {row({"清河县教育体育局", "公函"}), row({"清河县财政局", ""})};
  for (Row& each : names.table.rows) each.cells[0].paragraphs[0].align = document::Align::distribute;
  names.table.rows[1].cells[1].continues_above = true;
  section.blocks.push_back(names);
  for (int i = 0; i < 9; ++i) {
    section.blocks.push_back(
        paragraph("正文", "商请贵局在经费上给予支持，在年底前予以函复为盼，并请转告有关学校。"));
    section.blocks.back().paragraph.first_line_indent = 2;
    section.blocks.back().paragraph.widow_control = true;
  }
  Block organ = paragraph("署名", "清河县教育体育局");
  organ.paragraph.align = document::Align::right;
  organ.paragraph.right_indent = 3;
  organ.paragraph.space_before_pt = 57.9;
  organ.paragraph.floating = {{seal(), 42, 42, 125, 8, "清河县教育体育局印章"},
                              {seal(), 42, 42, 75, 8, "清河县财政局印章"}};
  section.blocks.push_back(organ);
  section.blocks.push_back(paragraph("成文日期", "2020年6月19日"));
  section.blocks.back().paragraph.align = document::Align::right;

  auto& annex = document.sections[1];
  annex.page = {297, 210, 28, 26, 35, 37, true};
  annex.restarts_numbers = true;
  Block table;
  table.kind = Block::Kind::table;
  table.table.column_mm = {125, 100};
  table.table.rows.push_back(row({"班次", "时间"}));
  table.table.rows[0].repeats = true;
  for (int i = 0; i < 40; ++i) table.table.rows.push_back(row({"横排班次", "7月下旬"}));
  annex.blocks = {paragraph("附件编号", "附件"), table};
  return document;
}

std::string part(const std::string& bytes, const std::string& name) {
  Diagnostics findings;
  const auto archive = package::open_archive(bytes, "test.docx", findings);
  EXPECT_TRUE(archive) << to_text(findings);
  return archive ? archive->read(name) : "";
}

size_t count(const std::string& text, const std::string& wanted) {
  size_t found = 0;
  for (size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++found;
  return found;
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

TEST(WriteDocument, FloatsSealsOverTheText) {
  const std::string bytes = write_document(letter()), text = part(bytes, "word/document.xml");
  EXPECT_EQ(count(text, "<wp:anchor "), 2u);
  EXPECT_EQ(count(text, "behindDoc=\"0\""), 2u);
  EXPECT_EQ(count(text, "<wp:wrapNone/>"), 2u);
  EXPECT_THAT(text, HasSubstr("descr=\"清河县财政局印章\""));
  EXPECT_THAT(text, HasSubstr("<wp:extent cx=\"1512000\" cy=\"1512000\"/>"));
  EXPECT_EQ(count(text, "r:embed=\"rId"), 2u);
  const std::string relations = part(bytes, "word/_rels/document.xml.rels");
  EXPECT_EQ(count(relations, "media/image1.png"), 1u) << "the same pixels are one part";
  EXPECT_EQ(count(relations, "media/"), 1u);
  Diagnostics findings;
  const auto read = picture::decode_png(part(bytes, "word/media/image1.png"), {"image1.png"}, findings);
  ASSERT_TRUE(read) << to_text(findings);
  EXPECT_EQ(read->alpha, seal()->alpha);
}

TEST(WriteDocument, NumbersItsDrawingsOnce) {
  const std::string bytes = write_document(letter());
  std::multiset<std::string> ids;
  static const std::regex kId("<wp:docPr id=\"([0-9]+)\"");
  for (const char* name : {"word/document.xml", "word/header1.xml", "word/header2.xml", "word/header3.xml",
                           "word/header4.xml"}) {
    const std::string text = part(bytes, name);
    for (std::sregex_iterator i(text.begin(), text.end(), kId), end; i != end; ++i) ids.insert((*i)[1]);
  }
  EXPECT_EQ(ids.size(), 8u) << "four rules, two seals, two turned numbers";
  for (const std::string& id : ids) EXPECT_EQ(ids.count(id), 1u) << id;
}

TEST(WriteDocument, CarriesSealsInTheSpaceAboveTheirParagraph) {
  Document document;
  document.sections.emplace_back();
  Block organ = paragraph("署名", "清河县教育体育局");
  organ.paragraph.space_before_pt = 57.9;
  organ.paragraph.floating = {{seal(), 42, 42, 125, 8, "印章"}};
  document.sections[0].blocks = {paragraph("正文", "文"), organ};
  const std::string text = main_part(document);
  EXPECT_LT(text.find("w:line=\"1158\""), text.find("<wp:anchor ")) << "a paragraph as high as the space";
  EXPECT_LT(text.find("<wp:anchor "), text.find("清河县教育体育局"));
  EXPECT_THAT(text, HasSubstr(fmt::format("<wp:posOffset>{}</wp:posOffset>",
                                          std::llround((57.9 * 25.4 / 72 + 8 - 21) * 36000))));
}

TEST(WriteDocument, PutsRulesAndNoNumberOnTheFirstPage) {
  const std::string text = main_part(letter());
  EXPECT_EQ(count(text, "<w:titlePg/>"), 1u);
  EXPECT_THAT(text, HasSubstr("<w:headerReference w:type=\"first\""));
  const std::string bytes = write_document(letter());
  EXPECT_EQ(count(part(bytes, "word/header2.xml"), "prst=\"rect\""), 4u);
  EXPECT_THAT(part(bytes, "word/header2.xml"), HasSubstr("<a:srgbClr val=\"FF0000\"/>"));
}

TEST(WriteDocument, KeepsOtherSectionsFreeOfHeaders) {
  EXPECT_EQ(count(main_part(letter()), "<w:headerReference "), 5u)
      << "a section without its own would take over";
  EXPECT_EQ(count(main_part(everything()), "<w:headerReference "), 0u);
}

TEST(WriteDocument, TurnsTheNumbersOfLandscapePages) {
  const std::string bytes = write_document(letter());
  EXPECT_THAT(main_part(letter()), HasSubstr("<w:pgNumType w:start=\"1\"/>"));
  EXPECT_THAT(part(bytes, "word/header3.xml"), HasSubstr("vert=\"vert\""));
  EXPECT_THAT(part(bytes, "word/header3.xml"), HasSubstr(" PAGE "));
}

TEST(WriteDocument, ReachesAPlaceOnThePageByTheSpaceAbove) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("发文机关标志", "甲"), paragraph("发文字号", "乙"),
                                 paragraph("标题", "丙")};
  auto& blocks = document.sections[0].blocks;
  for (Block& block : blocks) block.paragraph.line_pitch_pt = 17.6;  // no air above the characters
  blocks[0].paragraph.top_mm = 25.4;
  blocks[1].paragraph.top_mm = 50.8;
  blocks[2].paragraph.top_mm = 51;  // taken by what stands above it
  const std::string text = main_part(document);
  EXPECT_THAT(text, HasSubstr("w:before=\"1440\""));
  EXPECT_THAT(text, HasSubstr(fmt::format("w:before=\"{}\"", 1440 - 352)));
  EXPECT_EQ(text.find("w:before", text.find("丙") - 120), std::string::npos);
}

TEST(WriteDocument, BeginsTheFirstPageOfALetterHigherThanTheOthers) {
  const std::string bytes = write_document(letter());
  EXPECT_THAT(part(bytes, "word/document.xml"), HasSubstr("<w:pgMar w:top=\"1701\""));  // 30 mm
  // The other pages' header of 22 mm, 15 mm from the edge of the paper, holds their text at 37 mm.
  EXPECT_THAT(part(bytes, "word/header1.xml"),
              HasSubstr("<w:spacing w:line=\"1247\" w:lineRule=\"exact\"/>"));
}

TEST(WriteDocument, CentresNamesUnderTabStops) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("署名", "\t甲局\t乙局")};
  document.sections[0].blocks[0].paragraph.centre_tabs_mm = {40, 110};
  document.sections[0].blocks[0].paragraph.right_tab_mm = 150;
  EXPECT_THAT(
      part(write_document(document), "word/styles.xml"),
      HasSubstr("<w:tabs><w:tab w:val=\"center\" w:pos=\"2268\"/><w:tab w:val=\"center\" w:pos=\"6236\"/>"
                "</w:tabs>"));
}

TEST(WriteDocument, CentresTablesAndLeavesOutRulesOfNoThickness) {
  const std::string text = main_part(letter());
  EXPECT_THAT(text, HasSubstr("<w:jc w:val=\"center\"/><w:tblBorders><w:top w:val=\"nil\"/>"));
  EXPECT_THAT(part(write_document(letter()), "word/styles.xml"), HasSubstr("<w:jc w:val=\"distribute\"/>"));
}

TEST(WriteDocument, KeepsNumbersWithHyphensWhole) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("正文", "电话0000-6221234，A - B")};
  EXPECT_THAT(main_part(document),
              HasSubstr("0000</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">6221234，A - B<"));
  document.sections[0].blocks = {paragraph("正文", "word-processing")};
  EXPECT_THAT(main_part(document), HasSubstr(">word-processing<")) << "as on the fixed pages";
}

TEST(WriteDocument, KeepsTheFeetOfTwoPagesWhiteByFootersThatReachUp) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("正文", "教师培训")};
  document.sections[0].first_white_mm = 40;
  document.sections[0].second_white_mm = 30;
  const std::string bytes = write_document(document);
  const std::string main = part(bytes, "word/document.xml");
  EXPECT_THAT(main, HasSubstr("<w:titlePg/>"));
  EXPECT_THAT(main, Not(HasSubstr("w:type=\"lines\"")))
      << "LibreOffice would move the text of such a page down";
  std::string spacers;
  for (const char* name : {"word/footer1.xml", "word/footer2.xml", "word/footer3.xml"})
    spacers += part(bytes, name);
  EXPECT_THAT(spacers, HasSubstr("w:line=\"2496\""));  // 40 mm and 4.03 mm up to the lower edge of the text
  EXPECT_THAT(spacers, HasSubstr("w:line=\"1929\""));
}

TEST(WriteDocument, SetsAParagraphWithAWideGapToTheLeft) {
  Document document;
  document.sections.emplace_back();
  document.sections[0].blocks = {paragraph("正文", "网址")};
  document.sections[0].blocks[0].paragraph.has_wide_gap = true;
  EXPECT_THAT(main_part(document), HasSubstr("<w:jc w:val=\"left\"/>"));
}

TEST(WriteDocument, KeepsHeadsAndJoinedRowsWithWhatFollows) {
  const std::string text = main_part(everything());
  const auto row_of = [&](const std::string& word) {
    const size_t at = text.find(word), begin = text.rfind("<w:tr>", at);
    return text.substr(begin, text.find("</w:tr>", at) - begin);
  };
  EXPECT_EQ(count(row_of("序号"), "<w:keepNext "), 3u) << "a head";
  EXPECT_EQ(count(row_of("甲班"), "<w:keepNext "), 3u) << "goes on below";
  EXPECT_EQ(count(row_of("乙班"), "<w:keepNext "), 0u);
}

TEST(WriteDocument, LetsJoinedRowsThatNoPageHoldsGoOverPages) {
  const auto kept = [](size_t joined) {
    Document document;
    Block block;
    block.kind = Block::Kind::table;
    block.table.column_mm = {30, 60};
    for (size_t i = 0; i < joined; ++i) {
      document::Row& row = block.table.rows.emplace_back();
      row.cells.resize(2);
      for (auto& cell : row.cells) cell.paragraphs.push_back(paragraph("表文", "甲").paragraph);
      row.cells[0].continues_above = i > 0;
    }
    document.sections.emplace_back();
    document.sections[0].blocks = {block};
    return count(main_part(document), "<w:keepNext ");
  };
  EXPECT_EQ(kept(20), 2 * 19u);
  EXPECT_EQ(kept(40), 0u) << "or programs push them about, each in its way";
}

TEST(WriteDocument, AnchorsALoneFootInItsOwnSection) {
  Document document = everything();
  document.sections.emplace_back();
  auto& blocks = document.sections[0].blocks;
  document.sections[1].blocks = {blocks.back()};
  blocks.pop_back();
  const std::string text = main_part(document);
  const size_t broken = text.find("<w:sectPr>"), foot = text.find("<w:tblpPr");
  EXPECT_LT(text.find("<w:p>", broken), foot) << "a paragraph between the break and the floating table";
}

TEST(WriteDocument, NarrowsATableThatIsWiderThanTheText) {
  Document document;
  document.sections.emplace_back();
  Block table;
  table.kind = Block::Kind::table;
  table.table.column_mm = {156, 156};
  table.table.rows = {row({"甲", "乙"})};
  document.sections[0].blocks = {table};
  EXPECT_EQ(count(main_part(document), "<w:gridCol w:w=\"4422\"/>"), 2u);
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
  static void SetUpTestSuite() {
    folder_ = fs::temp_directory_path() / ("wenshu-write-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    write_file(folder_ / "everything.docx", write_document(everything()), Durability::later);
    write_file(folder_ / "letter.docx", write_document(letter()), Durability::later);
    if (!has("soffice") || !has("pdftotext") || !has("pdftoppm")) return;
    const std::string source = WENSHU_SOURCE_DIR;
    printed_ = run("cd " + source + " && FONTCONFIG_FILE=" + source + "/tests/docx/fonts.conf HOME=" +
                   folder_.string() + " timeout 240 soffice -env:UserInstallation=file://" + path("profile") +
                   " --headless --convert-to pdf --outdir " + folder_.string() + " " +
                   path("everything.docx") + " " + path("letter.docx") + " >" + path("log") + " 2>&1") == 0;
    EXPECT_TRUE(printed_) << read_file(path("log"));
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  static std::string path(const std::string& name) { return (folder_ / name).string(); }
  static bool has(const std::string& program) { return run("command -v " + program + " >/dev/null") == 0; }
  static int run(const std::string& command) { return std::system(command.c_str()); }

  // Where words that begin with `text` stand, by pdftotext.
  static std::vector<Spot> places(const std::string& name, const std::string& text) {
    EXPECT_EQ(run("pdftotext -bbox " + path(name + ".pdf") + " " + path(name + ".html")), 0);
    std::vector<Spot> found;
    const std::string boxes = read_file(path(name + ".html"));
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

  // Of a strip of a page from the top: where ink begins and ends, in mm.
  static std::vector<std::pair<double, double>> ink(const std::string& name, double x1, double x2,
                                                    int page = 1) {
    constexpr int kDots = 10;  // a millimetre
    EXPECT_EQ(run("pdftoppm -r 254 -gray -singlefile -f " + std::to_string(page) + " " + path(name + ".pdf") +
                  " " + path(name)),
              0);
    const std::string picture = read_file(path(name + ".pgm"));
    int width = 0, height = 0, begin = 0;
    EXPECT_EQ(std::sscanf(picture.c_str(), "P5 %d %d 255%n", &width, &height, &begin), 2);
    const auto dark = [&](int y) {
      const auto row = picture.begin() + begin + 1 + y * width;
      return std::any_of(row + static_cast<int>(x1 * kDots), row + static_cast<int>(x2 * kDots),
                         [](char grey) { return static_cast<unsigned char>(grey) < 160; });
    };
    std::vector<std::pair<double, double>> found;
    for (int y = 0; y < height; ++y) {
      const int first = y;
      while (y < height && dark(y)) ++y;
      if (y > first) found.emplace_back(1.0 * first / kDots, 1.0 * y / kDots);
    }
    return found;
  }

  static inline fs::path folder_;
  static inline bool printed_ = false;
};

TEST_F(Judged, PassesTheSchemasOfOffice) {
  const fs::path judge = fs::path(WENSHU_SOURCE_DIR) / "../shared/tools/docx-check";
  if (!fs::exists(judge)) GTEST_SKIP() << "no ../shared/tools/docx-check here";
  EXPECT_EQ(run(judge.string() + " " + path("everything.docx") + " " + path("letter.docx")), 0);
}

TEST_F(Judged, LibreOfficePutsEverythingInItsPlace) {
  if (!printed_) GTEST_SKIP() << "needs LibreOffice Writer and poppler-utils";

  // poppler's boxes reach from the face's ascent to its descent: up to 0.3 em above the character box (3 mm
  // at 40 pt).
  const auto mark = places("everything", "清河县教育体育局文件");
  ASSERT_EQ(mark.size(), 1u);
  EXPECT_NEAR(mark[0].y, 72, 4.5);  // GB/T 9704 7.2.4: 35 mm below the top of the text area
  EXPECT_EQ(mark[0].page, 1);
  EXPECT_EQ(places("everything", "清教〔2020〕18").size(), 1u);

  const auto foot = places("everything", "清河县教育体育局办公室");
  ASSERT_EQ(foot.size(), 1u);
  EXPECT_EQ(foot[0].page, places("everything", "合计").at(0).page) << "the foot stands on the last page";
  EXPECT_GT(foot[0].y, 248);  // one line of 28.95 pt above the lower edge of the text area at 262 mm
  EXPECT_LT(foot[0].y, 262);
  EXPECT_NEAR(foot[0].x, 29, 1.5);

  // Page numbers: outside, 7 mm below the text area (the dash at 269 mm, the box of 四号 around it).
  const auto dashes = places("everything", "—");
  ASSERT_GE(dashes.size(), 4u);
  EXPECT_GT(dashes.front().x, 150);  // page 1: right
  EXPECT_LT(dashes.back().x, dashes.back().page % 2 == 0 ? 60.0 : 200.0);
  EXPECT_NEAR(dashes.front().y, 266.5, 2.5);
}

TEST_F(Judged, LibreOfficePutsALetterInItsPlace) {
  if (!printed_) GTEST_SKIP() << "needs LibreOffice Writer and poppler-utils";
  const auto left = ink("letter", 21, 22);  // outside the text area: the rules alone
  ASSERT_EQ(left.size(), 4u);
  EXPECT_NEAR(left[0].second - left[0].first, 0.8, 0.15) << "thick over thin";
  EXPECT_NEAR((left[0].first + left[1].second) / 2, 50, 0.3);
  EXPECT_NEAR((left[2].first + left[3].second) / 2, 277, 0.3);
  EXPECT_TRUE(ink("letter", 17, 19.5).empty());
  EXPECT_TRUE(ink("letter", 190.5, 195).empty());
  EXPECT_NEAR(ink("letter", 60, 150)[0].first, 30, 0.5) << "the mark, above the text area";
  const auto names = places("letter", "清");
  ASSERT_GE(names.size(), 4u);
  EXPECT_NEAR(names[2].y, 87, 1) << "the names of the joint organs";
  EXPECT_NEAR(names[2].x, names[3].x, 0.5) << "spread over one width";
  EXPECT_NEAR(places("letter", "局").at(0).x, places("letter", "局").at(1).x, 0.5);
  const double line =
      3.0;  // above poppler's box: where Word's line begins, and 3.2 mm below that a character
  EXPECT_NEAR(places("letter", "清教函").at(0).y - line + 3.2, 57, 0.5) << "20 mm below the upper edge";
  const auto lines = places("letter", "商请");
  const auto next = std::find_if(lines.begin(), lines.end(), [](const Spot& each) { return each.page == 2; });
  ASSERT_NE(next, lines.end());
  EXPECT_NEAR(next->y, 40, 0.5) << "page 2 begins lower than page 1";
  // A ring of 41.2 mm, its middle 8 mm below the line of the organ's name.
  const double middle = places("letter", "清河县教育体育局").at(1).y - line + 8;
  const auto ring = ink("letter", 152.8, 153.2, 2);
  const auto at = [&](double y) {
    return std::count_if(ring.begin(), ring.end(),
                         [&](const auto& each) { return each.first < y + 0.5 && each.second > y - 0.5; });
  };
  EXPECT_EQ(at(middle - 20.1), 1) << "its upper edge, 42 mm across the middle of the picture";
  EXPECT_EQ(at(middle + 20.1), 1);
  EXPECT_EQ(at(middle - 22), 0);
  EXPECT_EQ(at(middle + 22), 0);
}

TEST_F(Judged, LibreOfficeTurnsTheNumberOfALandscapePage) {
  if (!printed_) GTEST_SKIP() << "needs LibreOffice Writer and poppler-utils";
  const auto dashes = places("letter", "—");
  ASSERT_EQ(dashes.size(), 10u);
  double lowest = 0, highest = 210;
  for (const Spot& dash : dashes) {
    EXPECT_GE(dash.page, 2) << "the letter's first page shows no number";
    EXPECT_NEAR(dash.page == 2 ? 297 - dash.y : dash.x, dash.page == 2 ? 30.5 : 25, 2.5)
        << "the foot of the sheet";
    if (dash.page == 3) lowest = std::max(lowest, dash.y);
    if (dash.page == 4) highest = std::min(highest, dash.y);
  }
  EXPECT_NEAR(lowest, 174.7, 1) << "odd: one character from the lower edge of the text area at 184 mm";
  EXPECT_NEAR(highest, 33, 1) << "even: one character from its upper edge at 28 mm";
  int ones = 0;
  for (const Spot& one : places("letter", "1")) ones += one.page == 3 && one.x < 32;
  EXPECT_EQ(ones, 1) << "the annex counts by itself";
}

}  // namespace
}  // namespace wenshu::docx
