// Which paragraph stands where in the four formats (GB/T 9704-2012 7.2 to 7.4, 10).
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "data/load.h"
#include "notice/compose.h"
#include "notice/pictures.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Block;
using document::Document;
using document::Face;
using document::Paragraph;
using document::Section;
using testing::ElementsAre;

Notice plain() {
  Notice notice;
  notice.kind = "通知";
  notice.mark = {"清河县教育体育局文件"};
  notice.number = "清教〔2024〕18号";
  notice.title = "关于做好培训的通知";
  notice.to = "各学校";
  notice.body = "请认真组织实施。\n有关情况及时报告。";
  notice.organ = {{"清河县教育体育局"}};
  notice.date = *parse_date("2024-06-19");
  return notice;
}

std::string text_of(const Paragraph& paragraph) {
  std::string text;
  for (const auto& run : paragraph.runs) text += run.text;
  return text;
}

const Paragraph& find(const Section& section, const std::string& style, size_t skip = 0) {
  for (const Block& block : section.blocks)
    if (block.kind == Block::Kind::paragraph && block.paragraph.style == style && skip-- == 0)
      return block.paragraph;
  static const Paragraph kNone;
  ADD_FAILURE() << "no paragraph " << style;
  return kNone;
}

std::vector<std::string> styles(const Section& section) {
  std::vector<std::string> all;
  for (const Block& block : section.blocks)
    all.push_back(block.kind == Block::Kind::table  ? "table"
                  : block.kind == Block::Kind::foot ? "foot"
                                                    : block.paragraph.style);
  return all;
}

std::shared_ptr<const picture::Pixels> square() {
  return std::make_shared<const picture::Pixels>(picture::Pixels{1, 1, {255, 0, 0}, {}});
}

Picture seal(double width = 42) { return {"seal.png", width, {}, square()}; }

TEST(Head, CopyNumberSecrecyAndUrgencyStandTopLeftInThisOrder) {
  Notice notice = plain();
  notice.copy_number = "000012";
  notice.secrecy = "秘密★1年";
  notice.urgency = "特急";
  const Section section = to_document(notice).sections[0];
  const auto names = styles(section);
  EXPECT_THAT(std::vector<std::string>(names.begin(), names.begin() + 4),
              ElementsAre("份号", "密级", "紧急程度", "发文机关标志"));
  EXPECT_EQ(find(section, "份号").runs[0].face, Face::fangsong);
  EXPECT_EQ(find(section, "密级").runs[0].face, Face::heiti);
  EXPECT_EQ(find(section, "紧急程度").runs[0].face, Face::heiti);
  EXPECT_EQ(find(section, "份号").align, Align::left);
  EXPECT_DOUBLE_EQ(*find(section, "发文机关标志").top_mm, 35) << "however many lines stand above";
}

Notice joint(std::vector<std::string> names) {
  Notice notice = plain();
  notice.mark = names;
  notice.mark_word = "文件";
  notice.organ.clear();
  for (const auto& name : names) notice.organ.push_back({name});
  return notice;
}

TEST(JointHead, NamesOfEqualWidthStandOneAboveAnotherAndTheWordBesideThem) {
  const Section section = to_document(joint({"清河县教育体育局", "清河县财政局"})).sections[0];
  ASSERT_EQ(section.blocks[0].kind, Block::Kind::table);
  const document::Table& table = section.blocks[0].table;
  EXPECT_DOUBLE_EQ(*table.top_mm, 35);
  EXPECT_EQ(table.align, Align::centre);
  EXPECT_EQ(table.outer_rule_pt, 0);
  ASSERT_EQ(table.rows.size(), 2u);
  for (const auto& row : table.rows) {
    EXPECT_EQ(row.cells[0].paragraphs[0].align, Align::distribute);
    EXPECT_EQ(row.cells[0].paragraphs[0].runs[0].colour, document::Colour::red);
  }
  EXPECT_EQ(text_of(table.rows[0].cells[1].paragraphs[0]), "文件");
  EXPECT_TRUE(table.rows[1].cells[1].continues_above) << "centred on the names";
}

TEST(JointHead, IsSqueezedUntilPageOneShowsTheText) {
  std::vector<std::string> names(9, "清河县教育体育局");
  const auto height = [](const Section& section) {
    double points = 35 * kPointsPerMm;
    for (const auto& row : section.blocks[0].table.rows) points += row.cells[0].paragraphs[0].line_pitch_pt;
    return points;
  };
  const Section two = to_document(joint({names[0], names[1]})).sections[0];
  const Section nine = to_document(joint(names)).sections[0];
  const auto size = [](const Section& section) {
    return section.blocks[0].table.rows[0].cells[0].paragraphs[0].runs[0].size_pt;
  };
  EXPECT_LT(size(nine), size(two));
  // Below the marks: number, rule, title, receivers and one line of text.
  EXPECT_LE(height(nine) + (3 + 3 + 2 + 2) * kPitch, kLines * kPitch);
}

TEST(Signers, StandTwoALineUnderOneAnotherAndTheNumberOnTheLastLine) {
  Notice notice = plain();
  notice.kind = "请示";
  notice.signer = {"何某某", "周某", "林某某"};
  const Section section = to_document(notice).sections[0];
  const Paragraph& first = find(section, "签发人");
  const Paragraph& second = find(section, "发文字号");
  EXPECT_EQ(text_of(first), "\t签发人：何某某　周　某");
  EXPECT_EQ(text_of(second), "清教〔2024〕18号\t林某某");
  EXPECT_EQ(first.runs.back().face, Face::kaiti);
  EXPECT_EQ(first.runs[0].face, Face::fangsong);
  EXPECT_FALSE(first.rule_below);
  EXPECT_TRUE(second.rule_below);
  // The first names begin under one another: right ends differ by the second name and its blank.
  const double cell = (kSize3 + kTracking) / kPointsPerMm;
  EXPECT_NEAR(first.right_tab_mm - second.right_tab_mm, 4 * cell, 0.01);
  EXPECT_NEAR(kTextWidthMm - first.right_tab_mm, cell, 0.01) << "one blank character at the right";
  EXPECT_DOUBLE_EQ(second.first_line_indent, 1);
}

TEST(SealPicture, CoversNameAndDateALittleBelowItsMiddleWithinALineOfTheText) {
  Notice notice = plain();
  notice.organ[0].seal = seal();
  const Section section = to_document(notice).sections[0];
  const Paragraph& organ = find(section, "署名");
  const Paragraph& date = find(section, "成文日期");
  ASSERT_EQ(organ.floating.size(), 1u);
  const document::Floating& floats = organ.floating[0];
  EXPECT_DOUBLE_EQ(floats.width_mm, 42);
  EXPECT_NEAR(floats.centre_x_mm, (28 - date.right_indent - 6.5 / 2) * kCellMm, 0.3);
  const double lower_edge_of_date = kGridPitchMm + kSize3 / kPointsPerMm;
  EXPECT_LT(floats.centre_y_mm, lower_edge_of_date / 2) << "the pair stands below the middle";
  EXPECT_GT(floats.centre_y_mm, 0);
  const double text_ends = -(organ.space_before_pt / kPitch + 1) * kGridPitchMm + kSize3 / kPointsPerMm;
  const double gap = floats.centre_y_mm - 21 - text_ends;
  EXPECT_GT(gap, 0);
  EXPECT_LE(gap, kGridPitchMm);
  EXPECT_FALSE(floats.description.empty());
}

TEST(SealPicture, OfEverySaneWidthStaysWithinALineOfTheText) {
  for (double width = 10; width <= 60; width += 2.5) {
    Notice notice = plain();
    notice.organ[0].seal = seal(width);
    const Section section = to_document(notice).sections[0];
    const Paragraph& organ = find(section, "署名");
    const double text_ends = -(organ.space_before_pt / kPitch + 1) * kGridPitchMm + kSize3 / kPointsPerMm;
    const double gap = organ.floating.at(0).centre_y_mm - width / 2 - text_ends;
    EXPECT_GT(gap, 0) << width;
    EXPECT_LE(gap, kGridPitchMm) << width;
  }
}

struct Circle {
  double x, y, radius;
};

// All seals of a joint signature, y from the first row.
std::vector<Circle> circles(const Section& section) {
  std::vector<Circle> all;
  double y = 0;
  bool begun = false;
  for (const Block& block : section.blocks) {
    const Paragraph& each = block.paragraph;
    if (begun && each.style == "正文")
      y += each.line_pitch_pt / kPitch * kGridPitchMm;  // space that stays on any page
    if (each.style != "署名") continue;
    if (begun) y += (each.space_before_pt / kPitch + 1) * kGridPitchMm;
    begun = true;
    for (const auto& floats : each.floating)
      all.push_back({floats.centre_x_mm, y + floats.centre_y_mm, floats.width_mm / 2});
  }
  return all;
}

TEST(JointSeals, NeverTouchAndNeverLeaveTheText) {
  for (size_t count = 2; count <= 9; ++count)
    for (const char* name : {"县财政局", "清河县教育体育局", "清河县人力资源和社会保障局",
                             "清河县教师队伍建设改革工作领导小组办公室"})
      for (const double width : {40.0, 42.0, 45.0}) {
        Notice notice = joint(std::vector<std::string>(count, name));
        for (Organ& organ : notice.organ) organ.seal = seal(width);
        const auto all = circles(to_document(notice).sections[0]);
        ASSERT_EQ(all.size(), count);
        for (size_t i = 0; i < count; ++i) {
          EXPECT_GE(all[i].x - all[i].radius, 0) << count << name;
          EXPECT_LE(all[i].x + all[i].radius, kTextWidthMm) << count << name;
          for (size_t k = 0; k < i; ++k)
            EXPECT_GT(std::hypot(all[i].x - all[k].x, all[i].y - all[k].y), all[i].radius + all[k].radius)
                << count << name << width << " " << i << " " << k;
        }
      }
}

TEST(JointSeals, StandInTheSameColumnsAndAtOneDistanceFromRowToRow) {
  Notice notice = joint(
      {"县教育局", "县财政局", "县卫健局", "县公安局", "县市场监管局", "县住建局", "县人社局", "团县委"});
  for (Organ& organ : notice.organ) organ.seal = seal();
  const auto all = circles(to_document(notice).sections[0]);
  ASSERT_EQ(all.size(), 8u);
  for (size_t i = 3; i < 6; ++i) EXPECT_DOUBLE_EQ(all[i].x, all[i - 3].x);
  EXPECT_DOUBLE_EQ(all[6].x, all[1].x) << "the rest of the last row ends under the last column";
  EXPECT_DOUBLE_EQ(all[7].x, all[2].x);
  EXPECT_NEAR(all[3].y - all[0].y, all[6].y - all[3].y, 0.5);
}

TEST(JointSeals, LongNamesStandCloserBeforeEachTakesARow) {
  Notice notice = joint({"清河县市场监督管理局", "清河县住房和城乡建设局", "清河县人力资源和社会保障局",
                         "中国共产主义青年团清河县委员会"});
  const Section section = to_document(notice).sections[0];
  EXPECT_EQ(text_of(find(section, "署名", 1)),
            "\t清河县人力资源和社会保障局\t中国共产主义青年团清河县委员会");
  EXPECT_LT(find(section, "署名", 1).runs[0].tracking_pt, kTracking);
}

TEST(JointSeals, ThatNoPageHoldsAreTold) {
  Notice notice = joint(std::vector<std::string>(19, "县财政局"));
  notice.mark = {"清河县教育体育局文件"};
  notice.body = "一、甲。\n二、乙。\n三、丙。";
  notice.organ_place = {"a.yaml", 9, 8};
  Diagnostics findings;
  const Section section = to_document(notice, findings).sections[0];
  EXPECT_THAT(to_text(findings), testing::HasSubstr("a.yaml:9:8: warning[signature-over-pages]"));
  EXPECT_FALSE(find(section, "署名").keep_with_next) << "a chain that no page holds would break anywhere";
}

TEST(JointSeals, StandUpToThreeARowAndTheDateUnderTheLastOrgan) {
  const auto rows = [](size_t count) {
    std::vector<size_t> all;
    const Section section = to_document(joint(std::vector<std::string>(count, "县财政局"))).sections[0];
    for (const Block& block : section.blocks)
      if (block.paragraph.style == "署名") all.push_back(block.paragraph.centre_tabs_mm.size());
    EXPECT_EQ(find(section, "成文日期").centre_tabs_mm.size(), 1u);
    return all;
  };
  EXPECT_THAT(rows(2), ElementsAre(2));
  EXPECT_THAT(rows(3), ElementsAre(3));
  EXPECT_THAT(rows(4), ElementsAre(2, 2));
  EXPECT_THAT(rows(5), ElementsAre(3, 2));
  const Section section = to_document(joint({"县教育局", "县财政局"})).sections[0];
  EXPECT_EQ(text_of(find(section, "署名")), "\t县教育局\t县财政局");
  EXPECT_EQ(find(section, "成文日期").centre_tabs_mm[0], find(section, "署名").centre_tabs_mm[1]);
}

TEST(JointSignature, WithoutSealsTheHostStandsFirstAndTheOthersUnderIt) {
  Notice notice = joint({"清河县人民政府教育体育局", "清河县财政局"});
  notice.seal = false;
  const Section section = to_document(notice).sections[0];
  const Paragraph &host = find(section, "署名"), &other = find(section, "署名", 1);
  EXPECT_DOUBLE_EQ(host.right_indent, 2);
  EXPECT_DOUBLE_EQ(host.right_indent + 12, other.right_indent + 6) << "first characters under one another";
  EXPECT_DOUBLE_EQ(find(section, "成文日期").right_indent, 2 + 12 - 2 - 6.5);
}

// Two lines that just fill page 1: an estimate would have the second on page 2, with the signature.
TEST(JointSignature, TakesALineOfATextThatJustFillsPageOneAlong) {
  Notice notice = joint({"清河县教育局", "清河县财政局", "清河县人力资源和社会保障局"});
  notice.title =
      "清河县教育局 清河县财政局 "
      "清河县人力资源和社会保障局关于印发《清河县“十四五”期间中小学教师队伍建设改革实施方案》的通知";
  notice.to = "各乡镇人民政府，县直有关部门，各乡镇中心学校，县直各学校、幼儿园";
  notice.body =
      "经县政府同意，现将《清河县“十四五”期间中小学教师队伍建设改革实施方案》印发给你们，请认真贯彻执行。";
  Diagnostics findings;
  EXPECT_GT(to_document(notice, findings).sections[0].first_white_mm, 0);
  EXPECT_EQ(to_text(findings), "");
}

TEST(Note, StandsLowerOnlyWhereASealWouldCoverIt) {
  Notice notice = plain();
  notice.organ[0].seal = seal();
  notice.note = "此件公开发布";
  EXPECT_DOUBLE_EQ(find(to_document(notice).sections[0], "附注").space_before_pt, 0);
  notice.note = "联系人：何某某，电话：0000-12345678，邮箱略";
  EXPECT_GT(find(to_document(notice).sections[0], "附注").space_before_pt, 0);
}

TEST(Note, OfABodyOfOneParagraphKeepsItsLineSoThatPageOneHoldsAll) {
  Notice notice = plain();
  notice.body = "现将计划印发给你们，请认真组织实施。";
  notice.note = "此件公开发布；发文字号、版记和附件内容为示例";
  const Section section = to_document(notice).sections[0];
  EXPECT_DOUBLE_EQ(find(section, "附注").space_before_pt, 0);
  EXPECT_TRUE(find(section, "正文").keep_with_next);
  EXPECT_FALSE(find(section, "正文").widow_control) << "page 1 shows the first line of the text";
}

TEST(SignatureStamp, StandsFourFromTheRightAndThePostTwoCharactersLeftOfIt) {
  Notice notice = plain();
  notice.organ.clear();
  notice.signature = {{"县长", "何某某"}};
  Section section = to_document(notice).sections[0];
  const Paragraph& by_name = find(section, "签发人职务");
  EXPECT_EQ(text_of(by_name), "县长　　何某某");
  EXPECT_DOUBLE_EQ(by_name.right_indent, 4);
  EXPECT_DOUBLE_EQ(by_name.space_before_pt, 2 * kPitch);
  EXPECT_DOUBLE_EQ(find(section, "成文日期").right_indent, 4);
  EXPECT_DOUBLE_EQ(find(section, "成文日期").space_before_pt, kPitch);

  notice.signature[0].stamp = seal(30);
  section = to_document(notice).sections[0];
  const Paragraph& stamped = find(section, "签发人职务");
  EXPECT_EQ(text_of(stamped), "县长");
  ASSERT_EQ(stamped.floating.size(), 1u);
  const document::Floating& stamp = stamped.floating[0];
  const double right = stamp.centre_x_mm + stamp.width_mm / 2, left = stamp.centre_x_mm - stamp.width_mm / 2;
  EXPECT_NEAR(right, kTextWidthMm - 4 * kCellMm, 0.01);
  EXPECT_NEAR(left - (28 - stamped.right_indent) * kCellMm, 2 * kCellMm, 0.01);
  EXPECT_NEAR(stamp.centre_y_mm, kSize3 / kPointsPerMm / 2, 0.01) << "the post is centred on the stamp";
}

TEST(Receivers, MoveToTheFootWhereTheyLeaveNoRoomForTheText) {
  Notice notice = plain();
  notice.printed_by = "办公室";
  notice.print_date = notice.date;
  for (int i = 0; i < 40; ++i) notice.to += "，县人力资源和社会保障局";
  const Section section = to_document(notice).sections[0];
  EXPECT_THAT(styles(section), testing::Not(testing::Contains("主送机关")));
  ASSERT_EQ(section.blocks.back().kind, Block::Kind::foot);
  const auto& table = section.blocks.back().foot.table;
  EXPECT_THAT(text_of(table.rows[0].cells[0].paragraphs[0]), testing::StartsWith("主送：各学校，"));
  EXPECT_THAT(text_of(table.rows[0].cells[0].paragraphs[0]), testing::EndsWith("。"));
  EXPECT_DOUBLE_EQ(find(section, "正文").space_before_pt, kPitch);
}

TEST(Receivers, StandAboveTheCopiesWithoutARuleBetween) {
  Notice notice = plain();
  notice.to_at_foot = true;
  notice.copy_to = "市教育局";
  notice.printed_by = "办公室";
  notice.print_date = notice.date;
  const Document document = to_document(notice);
  const auto& table = document.sections[0].blocks.back().foot.table;
  ASSERT_EQ(table.rows.size(), 2u);
  ASSERT_EQ(table.rows[0].cells[0].paragraphs.size(), 2u) << "one cell, so no rule between them";
  EXPECT_EQ(text_of(table.rows[0].cells[0].paragraphs[1]), "抄送：市教育局。");
}

Notice letter() {
  Notice notice = plain();
  notice.kind = "函";
  notice.format = Format::letter;
  notice.mark = {"清河县教育体育局"};
  notice.copy_to = "县财政局";
  return notice;
}

TEST(Letter, HasItsMark30MillimetresFromTheTopOfThePageAndTwoDoubleRules) {
  const Section section = to_document(letter()).sections[0];
  EXPECT_DOUBLE_EQ(*section.first_top_mm, 30);
  const Paragraph& mark = find(section, "发文机关标志");
  EXPECT_DOUBLE_EQ(*mark.top_mm, 0);
  ASSERT_EQ(section.first_page_rules.size(), 2u);
  const document::PageRule &upper = section.first_page_rules[0], &lower = section.first_page_rules[1];
  EXPECT_DOUBLE_EQ(upper.right_mm - upper.left_mm, 170);
  EXPECT_GT(upper.upper_pt, upper.lower_pt) << "thick over thin";
  EXPECT_LT(lower.upper_pt, lower.lower_pt) << "thin over thick";
  const double half = (upper.upper_pt + upper.gap_pt + upper.lower_pt) / 2 / kPointsPerMm;
  EXPECT_NEAR(upper.y_mm - half, 30 + kInkOfMark * mark.runs[0].size_pt / kPointsPerMm + 4, 0.01);
  EXPECT_DOUBLE_EQ(lower.y_mm, 297 - 20);
  EXPECT_FALSE(section.number_on_first);
}

TEST(Letter, HasItsNumberRightUnderTheFirstRuleAndTheRestLeft) {
  Notice notice = letter();
  Section section = to_document(notice).sections[0];
  const Paragraph& alone = find(section, "发文字号");
  EXPECT_EQ(alone.align, Align::right);
  const document::PageRule rule = section.first_page_rules[0];
  const double below = rule.y_mm + (rule.upper_pt + rule.gap_pt + rule.lower_pt) / 2 / kPointsPerMm;
  EXPECT_NEAR(30 + *alone.top_mm - below, 16 * 7.0 / 8 / kPointsPerMm, 0.01);
  EXPECT_FALSE(alone.rule_below);

  notice.copy_number = "000001";
  notice.secrecy = "秘密★1年";
  section = to_document(notice).sections[0];
  EXPECT_EQ(text_of(find(section, "份号")), "000001\t清教〔2024〕18号");
  EXPECT_DOUBLE_EQ(find(section, "份号").right_tab_mm, kTextWidthMm);
  EXPECT_EQ(text_of(find(section, "密级")), "秘密★1年");
  EXPECT_DOUBLE_EQ(find(section, "标题").space_before_pt, 2 * kPitch);
}

TEST(Letter, HasAFootWithoutRulesAndWithoutThePrintingLine) {
  const Document document = to_document(letter());
  const auto& table = document.sections[0].blocks.back().foot.table;
  EXPECT_EQ(table.outer_rule_pt, 0);
  EXPECT_EQ(table.inner_rule_pt, 0);
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(text_of(table.rows[0].cells[0].paragraphs[0]), "抄送：县财政局。");
}

TEST(Command, HasNumberAndTextTwoLinesBelowOneAnotherAndNoRule) {
  Notice notice = plain();
  notice.kind = "命令（令）";
  notice.format = Format::command;
  notice.mark = {"清河县人民政府令"};
  notice.number = "第3号";
  notice.title = notice.to = "";
  notice.organ.clear();
  notice.signature = {{"县长", "何某某"}};
  const Document document = to_document(notice);
  const Section& section = document.sections[0];
  EXPECT_DOUBLE_EQ(*find(section, "发文机关标志").top_mm, 20);
  EXPECT_EQ(find(section, "令号").align, Align::centre);
  EXPECT_DOUBLE_EQ(find(section, "令号").space_before_pt, 2 * kPitch);
  EXPECT_FALSE(find(section, "令号").rule_below);
  EXPECT_DOUBLE_EQ(find(section, "正文").space_before_pt, 2 * kPitch);
  EXPECT_EQ(document.title, "清河县人民政府令 第3号");
}

TEST(Minutes, ListThePeopleWithLabelsInBlackAndNamesUnderNames) {
  Notice notice = plain();
  notice.kind = "纪要";
  notice.format = Format::minutes;
  notice.mark = {"清河县教育体育局局长办公会议纪要"};
  notice.number = "第5期";
  notice.title = notice.to = "";
  notice.present = "何某某";
  notice.absent = "林某某";
  notice.observers = "周某";
  const Section section = to_document(notice).sections[0];
  EXPECT_DOUBLE_EQ(*find(section, "发文机关标志").top_mm, 35);
  EXPECT_EQ(text_of(find(section, "署名")), "清河县教育体育局\t2024年6月19日") << "not signed at the end";
  EXPECT_TRUE(find(section, "署名").rule_below);
  for (const char* label : {"出席", "请假", "列席"}) {
    const Paragraph& line = find(section, label);
    EXPECT_EQ(line.runs[0].face, Face::heiti);
    EXPECT_EQ(line.runs[0].text, label);
    EXPECT_EQ(line.runs[1].face, Face::fangsong);
    EXPECT_DOUBLE_EQ(line.left_indent, 2);
    EXPECT_DOUBLE_EQ(line.hanging_indent, 3);
  }
  EXPECT_DOUBLE_EQ(find(section, "出席").space_before_pt, kPitch);
  EXPECT_DOUBLE_EQ(find(section, "列席").space_before_pt, 0);
}

Notice with_annexes(std::vector<Annex> annexes) {
  Notice notice = plain();
  notice.printed_by = "办公室";
  notice.print_date = notice.date;
  for (Annex& annex : annexes) {
    annex.attachment = notice.attachments.size();
    notice.attachments.push_back(annex.title);
    notice.annexes.push_back(annex);
  }
  return notice;
}

Annex annex(const std::string& title, bool separate, bool landscape) {
  Annex made{0, title, "略。"};
  made.separate = separate;
  made.landscape = landscape;
  return made;
}

TEST(Annexes, LandscapeOnesStandOnTurnedSheetsWithTheSameTextArea) {
  const Document document = to_document(
      with_annexes({annex("甲", false, false), annex("乙", false, true), annex("丙", false, false)}));
  ASSERT_EQ(document.sections.size(), 3u);
  const document::Page &upright = document.sections[0].page, &turned = document.sections[1].page;
  EXPECT_TRUE(turned.landscape);
  EXPECT_DOUBLE_EQ(turned.width_mm - turned.left_mm - turned.right_mm,
                   upright.height_mm - upright.top_mm - upright.bottom_mm);
  EXPECT_DOUBLE_EQ(turned.height_mm - turned.top_mm - turned.bottom_mm,
                   upright.width_mm - upright.left_mm - upright.right_mm);
  EXPECT_DOUBLE_EQ(turned.top_mm, upright.left_mm)
      << "the head lies at the binding edge of the upright sheet";
  EXPECT_EQ(document.sections[2].blocks.back().kind, Block::Kind::foot);
  EXPECT_FALSE(document.sections[2].page.landscape);
}

TEST(Annexes, ThePrintingMarkStandsUprightAfterALandscapeAnnex) {
  const Document document = to_document(with_annexes({annex("甲", false, true)}));
  ASSERT_EQ(document.sections.size(), 3u);
  EXPECT_THAT(styles(document.sections[2]), ElementsAre("正文", "foot"));
  EXPECT_FALSE(document.sections[2].page.landscape);
}

TEST(Annexes, OneBoundByItselfSaysToWhichDocumentItBelongsAndBeginsAtPageOne) {
  const Document document = to_document(with_annexes({annex("甲", true, false), annex("乙", false, false)}));
  ASSERT_EQ(document.sections.size(), 2u);
  EXPECT_EQ(document.sections[0].blocks.back().kind, Block::Kind::foot)
      << "版记 closes what is bound together";
  EXPECT_EQ(text_of(find(document.sections[1], "附件编号")), "清教〔2024〕18号附件1");
  EXPECT_TRUE(document.sections[1].restarts_numbers);
}

TEST(AnnexTables, HaveHeadsOfTwoLevelsThatRepeatAndMergeEqualNeighbours) {
  Annex made = annex("表", false, false);
  made.table = Table{{{"类别", 1, true}, {"班次", 2}, {"小学", 1, false, "人数"}, {"初中", 1, false, "人数"}},
                     {{"骨干", "甲班", "1", "2"}, {"骨干", "乙班", "3", "4"}, {"专题", "丙班", "5", "6"}}};
  const Document document = to_document(with_annexes({made}));
  const auto& blocks = document.sections[0].blocks;
  const auto block = std::find_if(blocks.begin(), blocks.end(),
                                  [](const Block& each) { return each.kind == Block::Kind::table; });
  ASSERT_NE(block, blocks.end());
  const auto& rows = block->table.rows;
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_TRUE(rows[0].repeats && rows[1].repeats);
  EXPECT_EQ(rows[0].cells.size(), 3u);
  EXPECT_EQ(rows[0].cells[2].columns, 2);
  EXPECT_EQ(text_of(rows[0].cells[2].paragraphs[0]), "人数");
  EXPECT_TRUE(rows[1].cells[0].continues_above);
  EXPECT_EQ(text_of(rows[1].cells[3].paragraphs[0]), "初中");
  EXPECT_FALSE(rows[2].cells[0].continues_above);
  EXPECT_TRUE(rows[3].cells[0].continues_above);
  EXPECT_FALSE(rows[4].cells[0].continues_above);
  EXPECT_FALSE(rows[3].cells[1].continues_above) << "only columns that are named";
}

// The shipped gallery: every source loads without a finding, its pictures too.
TEST(Gallery, EverySourceIsWithoutAFinding) {
  const std::filesystem::path folder = std::filesystem::path(WENSHU_SOURCE_DIR) / "samples/notices";
  std::set<Format> formats;
  size_t count = 0;
  for (const auto& path : list_files({folder})) {
    if (path.extension() != ".yaml") continue;
    Diagnostics findings;
    const auto value = data::load_file(path, findings);
    auto notice = value ? load_notice(*value, findings) : std::nullopt;
    if (notice)
      load_pictures(
          *notice, [&](const std::string& file) { return std::optional(read_file(folder / file)); },
          findings);
    ASSERT_TRUE(notice && findings.empty()) << to_text(findings);
    EXPECT_FALSE(to_document(*notice).sections.empty());
    formats.insert(notice->format);
    ++count;
  }
  EXPECT_GE(count, 12u);
  EXPECT_EQ(formats.size(), 4u);
}

}  // namespace
}  // namespace wenshu::notice
