#include "layout/place.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/text.h"
#include "font/outline.h"

namespace wenshu::layout {
namespace {

using document::Align;
using document::Block;
using document::Cell;
using document::Document;
using document::Paragraph;
using document::PlacedPage;
using document::PlacedText;
using document::Row;
using document::Table;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr double kPoint = 25.4 / 72;
constexpr double kExact = 0.01;  // mm

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

Paragraph paragraph(const std::string& text, Align align = Align::justify) {
  Paragraph made;
  made.style = "正文";
  made.runs.emplace_back();
  made.runs[0].text = text;
  made.align = align;
  return made;
}

Cell cell(const std::string& text, double size = 12) {
  Cell made;
  made.paragraphs.push_back(paragraph(text, Align::left));
  made.paragraphs[0].runs[0].size_pt = size;
  made.paragraphs[0].runs[0].tracking_pt = 0;
  made.paragraphs[0].line_pitch_pt = 19;
  return made;
}

Row row(const std::vector<std::string>& texts, bool repeats = false) {
  Row made;
  made.repeats = repeats;
  for (const auto& text : texts) made.cells.push_back(cell(text));
  return made;
}

class Place : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Diagnostics findings;
    faces_ = font::load_faces(std::filesystem::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings);
  }
  void SetUp() override {
    ASSERT_TRUE(faces_);
    for (const char* role : {"fangsong", "songti"})
      if (!faces_->find_main_face(role)) GTEST_SKIP() << "no font for " << role;
    document_.sections.emplace_back();
  }

  Paragraph& add(Paragraph made) {
    Block block;
    block.paragraph = std::move(made);
    blocks().push_back(std::move(block));
    return blocks().back().paragraph;
  }
  Table& add(Table table, Block::Kind kind = Block::Kind::table) {
    Block block;
    block.kind = kind;
    (kind == Block::Kind::foot ? block.foot.table : block.table) = std::move(table);
    blocks().push_back(std::move(block));
    return kind == Block::Kind::foot ? blocks().back().foot.table : blocks().back().table;
  }
  std::vector<Block>& blocks() { return document_.sections.back().blocks; }

  std::vector<PlacedPage> pages() {
    Diagnostics findings;
    auto layout = place(document_, *faces_, {"notice.yaml"}, findings);
    EXPECT_TRUE(layout) << to_text(findings);
    if (!layout) return {};
    outline_ = layout->outline;
    return layout->pages;
  }

  // The texts of a page by baselines, without the page number.
  static std::vector<std::string> lines(const PlacedPage& page) {
    std::vector<std::string> lines;
    double last = -1;
    for (const PlacedText& text : page.texts) {
      if (text.turned || text.baseline_mm > page.height_mm - 35) continue;
      if (std::fabs(text.baseline_mm - last) > kExact) lines.emplace_back();
      lines.back() += to_utf8(text.characters);
      last = text.baseline_mm;
    }
    return lines;
  }
  static double end_of(const PlacedText& text) {
    double x = text.x_mm;
    for (const double advance : text.advances_mm) x += advance;
    return x;
  }

  static std::optional<font::Faces> faces_;
  Document document_;
  std::vector<document::OutlineEntry> outline_;
};
std::optional<font::Faces> Place::faces_;

TEST_F(Place, FillsThePageWithTwentyTwoLinesOfTwentyEightCharacters) {
  add(paragraph(repeat("教", 28 * 23)));
  const auto made = pages();
  ASSERT_THAT(made, SizeIs(2));
  ASSERT_THAT(lines(made[0]), SizeIs(22));
  EXPECT_EQ(lines(made[1]), (std::vector{repeat("教", 28)}));
  const PlacedText &first = made[0].texts[0], &last = made[0].texts[21];
  EXPECT_THAT(first.x_mm, DoubleNear(28, kExact));
  EXPECT_THAT(end_of(first), DoubleNear(184, kExact));
  EXPECT_THAT(first.baseline_mm - 0.88 * 16 * kPoint, DoubleNear(37, kExact)) << "top of the first character";
  EXPECT_THAT(last.baseline_mm + 0.12 * 16 * kPoint, DoubleNear(262, kExact)) << "foot of the last";
  EXPECT_THAT(first.advances_mm, testing::Each(DoubleNear(156.0 / 28, kExact)));
}

TEST_F(Place, PushesTheNeighbourOfAForbiddenMarkDownAndSpreadsTheLine) {
  add(paragraph(repeat("教", 28) + "。" + "完"));
  const auto made = pages();
  EXPECT_THAT(lines(made[0]), ElementsAre(repeat("教", 27), "教。完"));
  const PlacedText& full = made[0].texts[0];
  EXPECT_THAT(full.x_mm + 26 * full.advances_mm[0] + 156.0 / 28, DoubleNear(184, kExact));
  EXPECT_THAT(made[0].texts[1].advances_mm[0], DoubleNear(156.0 / 28, kExact))
      << "the last line stays as it is";
}

TEST_F(Place, SqueezesMarksInOnPagesThatAreTheOriginal) {
  document_.fixed_page = true;
  add(paragraph(repeat("教", 10) + "，" + repeat("教", 17) + "。完"));
  const auto page = pages()[0];
  ASSERT_THAT(lines(page), ElementsAre(repeat("教", 10) + "，" + repeat("教", 17) + "。", "完"));
  const PlacedText& line = page.texts[0];
  EXPECT_THAT(end_of(line), DoubleNear(184 + 8 * kPoint, 0.1)) << "the white half of the last mark";
  EXPECT_LT(line.advances_mm[10], 3) << "and that of the comma before it";
  EXPECT_THAT(line.advances_mm[0], DoubleNear(156.0 / 28, kExact)) << "the characters keep to the grid";
}

TEST_F(Place, KeepsNumbersWithTheirUnitsOnPagesThatAreTheOriginal) {
  add(paragraph(repeat("教", 26) + "2024年"));
  EXPECT_THAT(lines(pages()[0]), ElementsAre(repeat("教", 26) + "2024", "年"));
  document_.fixed_page = true;
  EXPECT_THAT(lines(pages()[0]), ElementsAre(repeat("教", 26), "2024年"));
}

TEST_F(Place, PushesDownWhatWhiteHasNoRoomFor) {
  document_.fixed_page = true;
  add(paragraph(repeat("教", 28) + "——完"));
  EXPECT_THAT(lines(pages()[0]), ElementsAre(repeat("教", 27), "教——完"));
}

TEST_F(Place, NeverEndsALineWithAnOpeningMark) {
  add(paragraph(repeat("教", 27) + "（一）完"));
  EXPECT_THAT(lines(pages()[0]), ElementsAre(repeat("教", 27), "（一）完"));
}

TEST_F(Place, KeepsLatinWordsNumbersAndDashesWhole) {
  add(paragraph(repeat("教", 27) + "2024年"));
  add(paragraph(repeat("教", 27) + "——完"));
  add(paragraph(repeat("教", 27) + "……完"));
  EXPECT_THAT(lines(pages()[0]), ElementsAre(repeat("教", 27), "2024年", repeat("教", 26), "教——完",
                                             repeat("教", 26), "教……完"));
}

TEST_F(Place, BreaksAWordThatIsLongerThanALine) {
  add(paragraph(repeat("w", 200)));
  const auto made = lines(pages()[0]);
  EXPECT_GT(made.size(), 1U);
  std::string all;
  for (const auto& line : made) all += line;
  EXPECT_EQ(all, repeat("w", 200));
}

TEST_F(Place, TakesNarrowLettersAtTheWidthOfTheirFace) {
  add(paragraph("2024年", Align::left));
  const PlacedText text = pages()[0].texts[0];
  const double em = faces_->find_face("fangsong", U'2')->advance(U'2');
  EXPECT_THAT(text.advances_mm[0], DoubleNear(em * 156 / 28, kExact)) << "two of them fill a cell";
  EXPECT_LT(text.advances_mm[0], text.advances_mm[4]);
}

TEST_F(Place, StandsTextWhereItsParagraphSays) {
  add(paragraph("中", Align::centre));
  add(paragraph("右", Align::right)).right_indent = 2;
  add(paragraph("首行缩进")).first_line_indent = 2;
  Paragraph& hanging = add(paragraph(repeat("悬", 30)));
  hanging.left_indent = 2;
  hanging.hanging_indent = 3;
  Paragraph& tab = add(paragraph("左\t右"));
  tab.align = Align::left;
  tab.right_tab_mm = 150;
  const auto texts = pages()[0].texts;
  const double cell = 156.0 / 28;
  EXPECT_THAT(texts[0].x_mm, DoubleNear(28 + 78 - cell / 2, kExact));
  EXPECT_THAT(end_of(texts[1]), DoubleNear(184 - 2 * cell, kExact));
  EXPECT_THAT(texts[2].x_mm, DoubleNear(28 + 2 * cell, kExact));
  EXPECT_THAT(texts[3].x_mm, DoubleNear(28 + 2 * cell, kExact));
  EXPECT_THAT(texts[4].x_mm, DoubleNear(28 + 5 * cell, kExact));
  EXPECT_THAT(texts[5].x_mm, DoubleNear(28, kExact));
  EXPECT_THAT(end_of(texts[6]), DoubleNear(178, kExact));
}

TEST_F(Place, HangsLinesUnderTheCharacterTheyBelongTo) {
  Paragraph& item = add(paragraph("附件：1." + repeat("长", 40), Align::left));
  item.left_indent = 2;
  item.hanging_indent = 4;
  item.hanging_from = 5;
  const auto texts = pages()[0].texts;
  double name = texts[0].x_mm;
  for (size_t i = 0; i < 5; ++i) name += texts[0].advances_mm[i];
  EXPECT_THAT(texts.at(1).x_mm, DoubleNear(name, kExact)) << "whatever the width of 1. is";
}

TEST_F(Place, BeginsDisplayLinesAtTheirInk) {
  Paragraph& mark = add(paragraph("清河县教育体育局文件", Align::centre));
  mark.runs[0].size_pt = 40;
  mark.runs[0].tracking_pt = 0;
  mark.line_pitch_pt = 44;
  mark.space_before_pt = 35 / kPoint;
  const PlacedText text = pages()[0].texts[0];
  const font::Face* face = faces_->find(text.face_file);
  double top = 0;
  for (const char32_t c : text.characters) top = std::max(top, font::ink_of(*face, c).top);
  EXPECT_THAT(text.baseline_mm - top * 40 * kPoint, DoubleNear(72, kExact));
}

TEST_F(Place, DrawsRulesAsWideAsTheTextAtTheirDistance) {
  Paragraph& number = add(paragraph("清教〔2020〕18号", Align::centre));
  number.rule_below = true;
  number.rule_pt = 2;
  number.rule_gap_pt = 8;
  number.rule_colour = document::Colour::red;
  const auto page = pages()[0];
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_THAT(page.rules[0].x1_mm, DoubleNear(28, kExact));
  EXPECT_THAT(page.rules[0].x2_mm, DoubleNear(184, kExact));
  EXPECT_EQ(page.rules[0].colour.red, 1);
  EXPECT_THAT(page.rules[0].y1_mm,
              DoubleNear(page.texts[0].baseline_mm + (0.2 * 28.95 + 8 + 1) * kPoint, kExact));
}

TEST_F(Place, KeepsAHeadingWithItsText) {
  for (int i = 0; i < 21; ++i) add(paragraph("行"));
  Paragraph& heading = add(paragraph("标题"));
  heading.keep_with_next = true;
  heading.outline_level = 1;
  add(paragraph("正文"));
  const auto made = pages();
  EXPECT_THAT(lines(made[0]), SizeIs(21));
  EXPECT_THAT(lines(made[1]), ElementsAre("标题", "正文"));
  ASSERT_THAT(outline_, SizeIs(1));
  EXPECT_EQ(outline_[0].text, "标题");
  EXPECT_EQ(outline_[0].page, 1U);
  EXPECT_THAT(outline_[0].y_mm, DoubleNear(37, kExact));
}

TEST_F(Place, BreaksAChainThatIsLongerThanAPage) {
  for (int i = 0; i < 50; ++i) add(paragraph("行")).keep_with_next = true;
  EXPECT_THAT(pages(), SizeIs(3));
}

TEST_F(Place, KeepsLinesTogetherAndGuardsWidows) {
  for (int i = 0; i < 21; ++i) add(paragraph("行"));
  add(paragraph(repeat("教", 28 * 3))).keep_lines = true;
  EXPECT_THAT(lines(pages()[1]), SizeIs(3));
  blocks().back().paragraph.keep_lines = false;
  EXPECT_THAT(lines(pages()[1]), SizeIs(2)) << "offices fill their pages";
  blocks().back().paragraph.widow_control = true;
  EXPECT_THAT(lines(pages()[1]), SizeIs(3));
}

TEST_F(Place, BeginsAPageWhereItIsToldTo) {
  add(paragraph("一"));
  Paragraph& next = add(paragraph("二"));
  next.page_break_before = true;
  const auto made = pages();
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_THAT(lines(made[1]), ElementsAre("二"));
}

TEST_F(Place, PutsPageNumbersOutsideTheirDashesSevenMillimetresBelow) {
  add(paragraph(repeat("教", 28 * 23)));
  const auto made = pages();
  ASSERT_THAT(made, SizeIs(2));
  const PlacedText &odd = made[0].texts.back(), &even = made[1].texts.back();
  EXPECT_EQ(to_utf8(odd.characters), "— 1 —");
  EXPECT_EQ(to_utf8(even.characters), "— 2 —");
  EXPECT_THAT(end_of(odd), DoubleNear(184 - 14 * kPoint, kExact));
  EXPECT_THAT(even.x_mm, DoubleNear(28 + 14 * kPoint, kExact));
  const font::Ink dash = font::ink_of(*faces_->find(odd.face_file), U'—');
  EXPECT_THAT(odd.baseline_mm - (dash.top + dash.bottom) / 2 * 14 * kPoint, DoubleNear(269, kExact));
  document_.sections[0].numbers = document::PageNumbers::none;
  EXPECT_THAT(lines(pages()[0]).size(), pages()[0].texts.size());
}

TEST_F(Place, RepeatsHeadRowsAndKeepsRowsWhole) {
  Table table;
  table.column_mm = {20, 30};
  table.rows.push_back(row({"序号", "班次"}, true));
  for (int i = 0; i < 60; ++i) table.rows.push_back(row({"行", "两行两行两行两行"}));
  add(table);
  const auto made = pages();
  ASSERT_GT(made.size(), 2U);
  for (const PlacedPage& page : made) {
    EXPECT_EQ(to_utf8(page.texts[0].characters), "序号");
    EXPECT_EQ((page.texts.size() - 3) % 3, 0U)
        << "each row has three lines; the number and the head are left out";
    for (const auto& rule : page.rules) EXPECT_LE(rule.y2_mm, 262.3);
  }
}

TEST_F(Place, SplitsARowThatIsTallerThanAPage) {
  Table table;
  table.column_mm = {20, 30};
  table.rows.push_back(row({"序号", "班次"}, true));
  table.rows.push_back(row({"一", repeat("长", 7 * 50)}));
  add(table);
  const auto made = pages();
  ASSERT_GT(made.size(), 1U);
  std::string all;
  for (const PlacedPage& page : made)
    for (const auto& text : page.texts)
      if (text.characters[0] == U'长') all += to_utf8(text.characters);
  EXPECT_EQ(all, repeat("长", 7 * 50));
  const auto level = [](const document::PlacedRule& rule) { return rule.y1_mm == rule.y2_mm; };
  EXPECT_EQ(std::count_if(made[1].rules.begin(), made[1].rules.end(), level), 3)
      << "above and below the table, and under its head";
}

TEST_F(Place, LetsACellThatCoversManyRowsGoOnFromPageToPage) {
  for (const int length : {7 * 10, 7 * 100, 7 * 1000}) {
    Table table;
    table.column_mm = {30, 30};
    table.rows.push_back(row({"类别", "班次"}, true));
    for (int i = 0; i < 60; ++i) table.rows.push_back(row({"", "行"}));
    table.rows[1].cells[0] = cell(repeat("长", length));
    for (size_t i = 2; i <= 60; ++i) table.rows[i].cells[0].continues_above = true;
    blocks().clear();
    add(table);
    const auto made = pages();
    ASSERT_GT(made.size(), 1U);
    std::string all;
    int rows = 0;
    for (const PlacedPage& page : made) {
      EXPECT_EQ(to_utf8(page.texts[0].characters), "类别");
      for (const auto& text : page.texts) {
        EXPECT_LE(text.baseline_mm, text.size_pt == 12 ? 262 : 275) << length;
        EXPECT_GE(text.baseline_mm, page.texts[0].baseline_mm);
        if (text.characters[0] == U'长') all += to_utf8(text.characters);
        if (text.characters[0] == U'行') ++rows;
      }
    }
    EXPECT_EQ(all.size(), static_cast<size_t>(3 * length))
        << "what is said once is not said again, as in Word";
    EXPECT_EQ(rows, 60);
  }
}

TEST_F(Place, JoinsCellsAcrossColumnsAndRows) {
  Table table;
  table.column_mm = {20, 30, 50};
  table.rows = {row({"甲", "乙", "丙"}), row({"", "丁", "戊"}), row({"合计"})};
  table.rows[1].cells[0].continues_above = true;
  table.rows[2].cells[0].columns = 3;
  table.outer_rule_pt = 1;
  table.inner_rule_pt = 0.5;
  add(table);
  const auto page = pages()[0];
  int whole = 0;
  for (const auto& rule : page.rules)
    if (rule.y1_mm == rule.y2_mm && std::fabs(rule.x2_mm - rule.x1_mm - 100) < kExact) ++whole;
  EXPECT_EQ(whole, 3) << "above, below, and over 合计; the line between 甲's rows begins at 乙";
  EXPECT_GT(page.texts[0].baseline_mm, page.texts[1].baseline_mm)
      << "甲 stands in the middle of its two rows";
}

TEST_F(Place, StandsTheFootOnTheLowerEdgeOfTheLastPage) {
  add(paragraph("正文"));
  Table foot;
  foot.column_mm = {100, 56};
  foot.upright_rules = false;
  foot.rows = {row({"清河县教育体育局办公室", "2020年6月19日印发"})};
  add(foot, Block::Kind::foot);
  auto made = pages();
  ASSERT_THAT(made, SizeIs(1));
  ASSERT_THAT(made[0].rules, SizeIs(2));
  EXPECT_THAT(made[0].rules[1].y1_mm, DoubleNear(262, kExact));
  EXPECT_THAT(made[0].rules[1].x2_mm, DoubleNear(184, kExact));
  blocks()[0].paragraph.runs[0].text = repeat("教", 28 * 22);
  made = pages();
  ASSERT_THAT(made, SizeIs(2)) << "where there is no room it has a page of its own";
  EXPECT_THAT(made[0].rules, SizeIs(0));
  EXPECT_THAT(made[1].rules, SizeIs(2));
}

TEST_F(Place, LetsAFootThatIsTallerThanAPageBeginOnPagesBefore) {
  add(paragraph("正文"));
  Table foot;
  foot.column_mm = {156};
  foot.rows = {row({repeat("抄送", 5000)}), row({"2020年6月19日印发"})};
  add(foot, Block::Kind::foot);
  const auto made = pages();
  ASSERT_GT(made.size(), 2U);
  std::string all;
  for (const PlacedPage& page : made)
    for (const auto& text : page.texts) {
      EXPECT_GT(text.baseline_mm, 37);
      if (text.characters[0] == U'抄' || text.characters[0] == U'送') all += to_utf8(text.characters);
    }
  EXPECT_EQ(all, repeat("抄送", 5000));
  double lowest = 0;
  for (const auto& rule : made.back().rules)
    if (rule.y1_mm == rule.y2_mm) lowest = std::max(lowest, rule.y1_mm);
  EXPECT_THAT(lowest, DoubleNear(262, kExact));
}

TEST_F(Place, StandsTheFootOnTheBackOfASheetWhereItIsToldTo) {
  Table foot;
  foot.column_mm = {156};
  foot.rows = {row({"2020年6月19日印发"})};
  const auto numbers = [&](int lines) {
    document_.sections = {{}};
    add(paragraph(repeat("教", 28 * lines)));
    add(foot, Block::Kind::foot);
    blocks().back().foot.on_even_page = true;
    std::vector<std::string> last;
    for (const PlacedPage& page : pages())
      last.push_back(page.texts.empty() ? "blank" : to_utf8(page.texts.back().characters));
    return last;
  };
  EXPECT_THAT(numbers(1), ElementsAre("— 1 —", "— 2 —"));
  EXPECT_THAT(numbers(23), ElementsAre("— 1 —", "— 2 —"));
  EXPECT_THAT(numbers(44), ElementsAre("— 1 —", "— 2 —", "blank", "2020年6月19日印发"));
}

TEST_F(Place, TurnsASectionOnItsSide) {
  add(paragraph("纵"));
  document_.sections.emplace_back();
  document::Page& page = document_.sections.back().page;
  page = {297, 210, 28, 26, 37, 35, true};
  add(paragraph(repeat("横", 41)));
  const auto made = pages();
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(made[1].width_mm, 297);
  EXPECT_THAT(lines(made[1]), ElementsAre(repeat("横", 40), "横"));
  const PlacedText& number = made[1].texts.back();
  EXPECT_EQ(to_utf8(number.characters), "— 2 —");
  EXPECT_TRUE(number.turned) << "on the upright sheet, whose left edge is the head of this one";
  EXPECT_THAT(number.baseline_mm, DoubleNear(28 + 14 * kPoint, kExact)) << "even: left, one character";
  const font::Ink dash = font::ink_of(*faces_->find(number.face_file), U'—');
  EXPECT_THAT(297 - number.x_mm - (dash.top + dash.bottom) / 2 * 14 * kPoint, DoubleNear(269, kExact));
}

TEST_F(Place, BeginsALineAtItsPlaceOnTheFirstPage) {
  add(paragraph("高于版心")).top_mm = -7;
  add(paragraph("第二")).top_mm = 50;
  add(paragraph("已在其下")).top_mm = 20;
  const auto texts = pages()[0].texts;
  const double ascent = 0.88 * 16 * kPoint;
  EXPECT_THAT(texts[0].baseline_mm - ascent, DoubleNear(30, kExact));
  EXPECT_THAT(texts[1].baseline_mm - ascent, DoubleNear(87, kExact));
  EXPECT_THAT(texts[2].baseline_mm - texts[1].baseline_mm, DoubleNear(10.446, kExact))
      << "right after what reaches further";
}

TEST_F(Place, BreaksPagesWhereWordDoes) {
  // Word's line has its air above the characters: it finds room for 20 lines below 21 mm, our wider grid for 19.
  add(paragraph(repeat("教", 28 * 30))).top_mm = 21;
  auto made = pages();
  EXPECT_THAT(lines(made[0]), SizeIs(20));
  EXPECT_THAT(made[0].texts[0].baseline_mm, DoubleNear(37 + 21 + 0.88 * 16 * kPoint, kExact));
  const double last = made[0].texts[19].baseline_mm + 0.12 * 16 * kPoint;
  EXPECT_THAT(last, DoubleNear(262, kExact)) << "so they stand a little closer";
  // Below a display line of 20.8 mm it is the other way round: 19 lines of 10.21 mm.
  blocks()[0].paragraph.top_mm.reset();
  Paragraph mark = paragraph("文件");
  mark.runs[0].size_pt = 54;
  mark.line_pitch_pt = 58.95;
  Block block;
  block.paragraph = mark;
  blocks().insert(blocks().begin(), block);
  made = pages();
  EXPECT_THAT(lines(made[0]), SizeIs(20));
}

TEST_F(Place, BeginsTheFirstPageOfALetterHigher) {
  document_.sections[0].first_top_mm = 30;
  add(paragraph(repeat("教", 28 * 23)));
  const auto made = pages();
  ASSERT_THAT(lines(made[0]), SizeIs(22)) << "7 mm hold no further line";
  const double ascent = 0.88 * 16 * kPoint;
  EXPECT_THAT(made[0].texts[0].baseline_mm - ascent, DoubleNear(30, kExact));
  EXPECT_THAT(made[1].texts[0].baseline_mm - ascent, DoubleNear(37, kExact));
  document_.sections[0].first_top_mm = 26;
  EXPECT_THAT(lines(pages()[0]), SizeIs(23));
}

TEST_F(Place, LeavesTheFeetOfTwoPagesWhiteWhereItIsAskedTo) {
  document_.sections[0].first_white_mm = 225 - 5.5 * 28.95 * kPoint;
  document_.sections[0].second_white_mm = 225 - 3.5 * 28.95 * kPoint;
  add(paragraph(repeat("教", 28 * 34)));
  const auto made = pages();
  ASSERT_THAT(made, SizeIs(4));
  EXPECT_THAT(lines(made[0]), SizeIs(5));
  EXPECT_THAT(lines(made[1]), SizeIs(3));
  EXPECT_THAT(lines(made[2]), SizeIs(22));
}

TEST_F(Place, LetsALineEndEarlyBeforeALongWord) {
  add(paragraph(repeat("教", 20) + "httpswwwqinghegovcnindex" + repeat("教", 20)));
  const auto texts = pages()[0].texts;
  EXPECT_THAT(end_of(texts[0]) - texts[0].x_mm, DoubleNear(20 * 156.0 / 28, kExact))
      << "not spread over the line";
}

TEST_F(Place, CentresNamesUnderTheirTabs) {
  Paragraph& names = add(paragraph("\t甲局\t乙委员会", Align::left));
  names.centre_tabs_mm = {40, 110};
  const auto texts = pages()[0].texts;
  EXPECT_THAT((texts[0].x_mm + end_of(texts[0])) / 2, DoubleNear(28 + 40, kExact));
  EXPECT_THAT((texts[1].x_mm + end_of(texts[1])) / 2, DoubleNear(28 + 110, kExact));
}

TEST_F(Place, SpreadsTheNamesOfJointOrgansOneAboveAnother) {
  Table table;
  table.column_mm = {100, 30};
  table.align = Align::centre;
  table.top_mm = 35;
  table.outer_rule_pt = table.inner_rule_pt = 0;
  for (const char* name : {"清河县教育体育局", "清河县财政局"}) {
    Row& made = table.rows.emplace_back(row({name, "文件"}));
    for (Cell& each : made.cells) {
      each.paragraphs[0].align = Align::distribute;
      each.paragraphs[0].runs[0].size_pt = 30;
      each.paragraphs[0].line_pitch_pt = 34;
    }
  }
  table.rows[1].cells[1].continues_above = true;
  add(table);
  const auto page = pages()[0];
  EXPECT_THAT(page.rules, SizeIs(0));
  const PlacedText &longer = page.texts[0], &file = page.texts[1], &shorter = page.texts[2];
  EXPECT_THAT(longer.x_mm, DoubleNear(28 + 13 + 1, kExact)) << "the table stands in the middle";
  EXPECT_THAT(shorter.x_mm, DoubleNear(longer.x_mm, kExact));
  EXPECT_THAT(end_of(shorter), DoubleNear(28 + 13 + 99, kExact));
  EXPECT_THAT(end_of(longer), DoubleNear(end_of(shorter), kExact));
  EXPECT_THAT(file.baseline_mm, DoubleNear((longer.baseline_mm + shorter.baseline_mm) / 2, kExact));
  const font::Face* face = faces_->find(longer.face_file);
  double top = 0;
  for (const char32_t c : longer.characters) top = std::max(top, font::ink_of(*face, c).top);
  EXPECT_THAT(longer.baseline_mm - top * 30 * kPoint, DoubleNear(72, kExact)) << "top of the ink";
}

TEST_F(Place, NarrowsATableThatIsWiderThanThePage) {
  Table table;
  table.column_mm = {100, 212};
  table.rows = {row({"甲", "乙"})};
  add(table);
  const auto page = pages()[0];
  for (const auto& rule : page.rules) EXPECT_LE(rule.x2_mm, 184.01);
  EXPECT_THAT(page.texts[1].x_mm, DoubleNear(28 + 50 + 1, kExact)) << "each column by the same share";
}

TEST_F(Place, FloatsASealOverItsParagraph) {
  Paragraph& date = add(paragraph("2020年6月19日", Align::right));
  const auto seal = std::make_shared<const picture::Pixels>(picture::Pixels{1, 1, {255, 0, 0}, {}});
  date.floating.push_back({seal, 42, 40, 120, 5, "印章"});
  const auto page = pages()[0];
  ASSERT_THAT(page.pictures, SizeIs(1));
  EXPECT_EQ(page.pictures[0].pixels, seal);
  EXPECT_THAT(page.pictures[0].x_mm, DoubleNear(28 + 120 - 21, kExact));
  EXPECT_THAT(page.pictures[0].y_mm, DoubleNear(37 + 5 - 20, kExact));
  EXPECT_THAT(page.texts[0].baseline_mm, DoubleNear(37 + 0.88 * 16 * kPoint, kExact)) << "moves no text";
}

TEST_F(Place, DrawsTheRulesOfAFirstPageAndLeavesItsNumberOut) {
  add(paragraph(repeat("教", 28 * 23)));
  document_.sections[0].number_on_first = false;
  document_.sections[0].first_page_rules = {{20, 190, 277, 1, 3, 2}};
  const auto made = pages();
  ASSERT_THAT(made[0].rules, SizeIs(2));
  EXPECT_THAT(made[0].rules[0].y1_mm, DoubleNear(277 - 2.5 * kPoint, kExact));
  EXPECT_THAT(made[0].rules[1].y1_mm, DoubleNear(277 + 1.5 * kPoint, kExact));
  EXPECT_THAT(made[0].rules[1].width_pt, 3);
  EXPECT_THAT(made[0].rules[0].x2_mm, 190);
  EXPECT_THAT(made[0].texts, SizeIs(22));
  EXPECT_THAT(made[1].rules, SizeIs(0));
  EXPECT_EQ(to_utf8(made[1].texts.back().characters), "— 2 —") << "the first page is counted";
}

TEST_F(Place, BeginsTheNumbersOfASectionAgain) {
  add(paragraph("一"));
  document_.sections.emplace_back();
  document_.sections.back().restarts_numbers = true;
  add(paragraph("二"));
  EXPECT_EQ(to_utf8(pages()[1].texts.back().characters), "— 1 —");
}

TEST_F(Place, NamesTheCharacterThatNoFontHas) {
  add(paragraph("好\U0010FFFD好"));
  Diagnostics findings;
  EXPECT_FALSE(place(document_, *faces_, {"notice.yaml"}, findings));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.list()[0].code, "uncovered-character");
  EXPECT_THAT(findings.list()[0].message, HasSubstr("U+10FFFD"));
  EXPECT_EQ(findings.list()[0].where.file, "notice.yaml");
}

TEST_F(Place, LaysOutWhatIsFarTooMuch) {
  constexpr int kMuch = 1 << 18;
  const std::string sentence = "各校（园）要——“以训促学”，完成90%以上……";
  add(paragraph(repeat(sentence, 4 * kMuch / static_cast<int>(sentence.size()))));
  add(paragraph(repeat("w", kMuch)));
  add(paragraph("http://" + repeat("://", kMuch / 3)));
  document_.fixed_page = true;
  EXPECT_GT(pages().size(), 500U);
  document_ = {};
  for (int i = 0; i < 3000; ++i) {
    document_.sections.emplace_back();
    add(paragraph("章"));
  }
  EXPECT_THAT(pages(), SizeIs(3000));
}

TEST_F(Place, LaysOutTablesThatAreFarTooMuch) {
  Table table;
  table.column_mm = {30, 30};
  table.rows.push_back(row({"类别", "班次"}, true));
  table.rows.push_back(row({repeat("长", 30'000), "一"}));
  for (int i = 0; i < 5000; ++i) {
    table.rows.push_back(row({"", "行"}));
    table.rows.back().cells[0].continues_above = true;
  }
  add(table);
  Table wide;
  wide.column_mm = std::vector<double>(300, 20);
  wide.rows.push_back(row(std::vector<std::string>(300, "文字内容")));
  add(wide);
  EXPECT_GT(pages().size(), 50U);
}

TEST_F(Place, LivesWithNothingAndWithTooLittleRoom) {
  EXPECT_THAT(pages(), SizeIs(1));
  add(paragraph(""));
  add(paragraph("\n\n"));
  Table table;
  table.column_mm = {1, 2};
  table.rows = {row({"窄列", "窄"}), row({})};
  add(table);
  add(Table());
  EXPECT_THAT(pages(), SizeIs(1));
}

}  // namespace
}  // namespace wenshu::layout
