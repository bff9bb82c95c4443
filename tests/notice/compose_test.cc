#include "notice/compose.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/text.h"
#include "data/load.h"
#include "notice/fill.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Block;
using document::Face;
using document::Paragraph;
using testing::HasSubstr;

Notice plain() {
  Notice notice;
  notice.kind = "通知";
  notice.mark = {"清河县教育体育局文件"};
  notice.number = "清教〔2020〕18号";
  notice.title = "关于做好培训的通知";
  notice.to = "各学校";
  notice.body =
      "一、指导思想\n以提高质量为目的。\n（一）压实责任。各校要列入日程。\n1.第一项工作。认真做好。";
  notice.organ = {{"清河县教育体育局"}};
  notice.date = *parse_date("2020-06-19");
  return notice;
}

std::string text_of(const Paragraph& paragraph) {
  std::string text;
  for (const auto& run : paragraph.runs) text += run.text;
  return text;
}

std::vector<Block> blocks_of(const Notice& notice) { return to_document(notice).sections.at(0).blocks; }

const Paragraph& find(const std::vector<Block>& blocks, const std::string& text) {
  for (const auto& block : blocks)
    if (block.kind == Block::Kind::paragraph && text_of(block.paragraph).find(text) != std::string::npos)
      return block.paragraph;
  static const Paragraph kNone;
  ADD_FAILURE() << "no paragraph with " << text;
  return kNone;
}

TEST(Compose, PutsTheMark35MillimetresBelowTheTopOfTheTextInRed) {
  const auto blocks = blocks_of(plain());
  const Paragraph& mark = blocks.at(0).paragraph;
  EXPECT_EQ(text_of(mark), "清河县教育体育局文件");
  ASSERT_TRUE(mark.top_mm);
  EXPECT_DOUBLE_EQ(*mark.top_mm, 35);
  EXPECT_EQ(mark.runs[0].colour, document::Colour::red);
  EXPECT_EQ(mark.runs[0].face, Face::xiaobiaosong);
}

TEST(Compose, ALongMarkStaysInsideTheText) {
  Notice notice = plain();
  notice.mark = {"清河县教育体育局清河县人力资源和社会保障局清河县财政局文件"};
  const Paragraph mark = blocks_of(notice).at(0).paragraph;
  const double width = static_cast<double>(count_characters(notice.mark[0])) * mark.runs[0].size_pt;
  EXPECT_LE(width, kTextWidthMm * kPointsPerMm);
}

TEST(Compose, TheRedRuleStandsUnderTheNumber) {
  const auto blocks = blocks_of(plain());
  const Paragraph& number = find(blocks, "清教〔2020〕18号");
  EXPECT_TRUE(number.rule_below);
  EXPECT_EQ(number.rule_colour, document::Colour::red);
  EXPECT_NEAR(number.space_before_pt, 2 * 28.95, 0.01);
}

TEST(Compose, HeadingsHaveTheFacesOfTheirLevels) {
  const auto blocks = blocks_of(plain());
  EXPECT_EQ(find(blocks, "一、指导思想").runs[0].face, Face::heiti);
  const Paragraph& run_in = find(blocks, "压实责任");
  ASSERT_EQ(run_in.runs.size(), 2u);
  EXPECT_EQ(run_in.runs[0].face, Face::kaiti);
  EXPECT_EQ(run_in.runs[0].text, "（一）压实责任。");
  EXPECT_EQ(run_in.runs[1].face, Face::fangsong);
  EXPECT_EQ(find(blocks, "第一项工作").runs[0].face, Face::fangsong);
}

TEST(Compose, AHeadingStaysWithWhatFollowsIt) {
  const auto blocks = blocks_of(plain());
  EXPECT_TRUE(find(blocks, "一、指导思想").keep_with_next);
  EXPECT_EQ(find(blocks, "一、指导思想").outline_level, 1);
  EXPECT_FALSE(find(blocks, "以提高质量").keep_with_next);
}

TEST(Compose, ANumberedSentenceIsNoHeading) {
  Notice notice = plain();
  notice.body = "一、任务\n（1）各校自查。\n（2）县里抽查。\n结果通报。";
  const auto blocks = blocks_of(notice);
  EXPECT_FALSE(find(blocks, "各校自查").keep_with_next);
  EXPECT_EQ(find(blocks, "各校自查").outline_level, 0);
}

TEST(Compose, TheSignatureNeverStandsAlone) {
  const auto blocks = blocks_of(plain());
  EXPECT_TRUE(find(blocks, "第一项工作").keep_with_next);
  EXPECT_TRUE(blocks.at(blocks.size() - 2).paragraph.keep_with_next);
  EXPECT_EQ(text_of(blocks.back().paragraph), "2020年6月19日");
}

TEST(Compose, WithASealTheOrganStandsCentredOnTheDate) {
  Notice notice = plain();
  notice.organ = {{"县教育局"}};  // 4 characters; the date has 7 wide ones
  const auto blocks = blocks_of(notice);
  const Paragraph& organ = blocks.at(blocks.size() - 2).paragraph;
  const Paragraph& date = blocks.back().paragraph;
  EXPECT_DOUBLE_EQ(date.right_indent, 4);
  EXPECT_DOUBLE_EQ(organ.right_indent + 4.0 / 2, date.right_indent + 6.5 / 2);
}

TEST(Compose, WithoutASealTheDateBeginsTwoCharactersAfterTheOrgan) {
  Notice notice = plain();
  notice.seal = false;
  notice.organ = {{"清河县人民政府教育体育局"}};  // 12
  auto blocks = blocks_of(notice);
  EXPECT_DOUBLE_EQ(blocks.at(blocks.size() - 2).paragraph.right_indent, 2);
  EXPECT_DOUBLE_EQ(blocks.back().paragraph.right_indent, 2 + 12 - 2 - 6.5);
  notice.organ = {
      {"县教育局"}};  // shorter than the date: the date stands 2 from the right, the organ further left
  blocks = blocks_of(notice);
  EXPECT_DOUBLE_EQ(blocks.back().paragraph.right_indent, 2);
  EXPECT_DOUBLE_EQ(blocks.at(blocks.size() - 2).paragraph.right_indent, 2 + 6.5 + 2 - 4);
}

TEST(Compose, NumbersSeveralAttachmentsAndHangsTheirNames) {
  Notice notice = plain();
  notice.attachments = {"培训安排表", "推荐表"};
  const auto blocks = blocks_of(notice);
  const Paragraph& one = find(blocks, "附件：1.培训安排表");
  const Paragraph& two = find(blocks, "2.推荐表");
  EXPECT_DOUBLE_EQ(one.left_indent + one.hanging_indent, two.left_indent + two.hanging_indent);
  notice.attachments = {"培训安排表"};
  EXPECT_EQ(text_of(find(blocks_of(notice), "附件：")), "附件：培训安排表");
}

TEST(Compose, TheIssuedDocumentBeginsANewPageUnderItsOwnTitle) {
  Notice notice = plain();
  notice.issued = Issued{"培训计划", "本计划自印发之日起实施。"};
  notice.attachments = {"培训安排表"};
  notice.attachments_of_issued = true;
  notice.annexes.push_back({0, "培训安排表", "略。"});
  const auto blocks = blocks_of(notice);
  EXPECT_TRUE(find(blocks, "培训计划").page_break_before);
  std::vector<std::string> order;
  for (const auto& block : blocks) order.push_back(text_of(block.paragraph));
  const std::vector<std::string> tail(order.end() - 7, order.end());
  EXPECT_THAT(tail, testing::ElementsAre("2020年6月19日", "培训计划", "本计划自印发之日起实施。",
                                         "附件：培训安排表", "附件", "培训安排表", "略。"));
}

TEST(Compose, ThePrintingMarkComesLast) {
  Notice notice = plain();
  notice.copy_to = "市教育局";
  notice.printed_by = "办公室";
  notice.print_date = notice.date;
  const auto blocks = blocks_of(notice);
  ASSERT_EQ(blocks.back().kind, Block::Kind::foot);
  const auto& table = blocks.back().foot.table;
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(text_of(table.rows[0].cells[0].paragraphs[0]), "抄送：市教育局。");
  EXPECT_EQ(text_of(table.rows[1].cells[1].paragraphs[0]), "2020年6月19日印发");
  EXPECT_NEAR(table.column_mm[0] + table.column_mm[1], 156, 0.001);
}

TEST(Compose, UpwardDocumentsNameTheSignerBesideTheNumber) {
  Notice notice = plain();
  notice.signer = {"何某某"};
  const auto blocks = blocks_of(notice);
  const Paragraph& number = find(blocks, "签发人：何某某");
  EXPECT_EQ(number.align, document::Align::left);
  EXPECT_EQ(number.runs.back().face, Face::kaiti);
  EXPECT_EQ(number.left_indent, 0) << "the red rule is as wide as the text";
}

TEST(Compose, PagesAreTheOriginalWhenTheSourceSaysSo) {
  Notice notice = plain();
  EXPECT_FALSE(to_document(notice).fixed_page);
  notice.fixed_page = true;
  EXPECT_TRUE(to_document(notice).fixed_page);
}

TEST(Compose, TheFootStandsOnTheBackWhenTheSourceSaysSo) {
  Notice notice = plain();
  notice.printed_by = "清河县教育体育局办公室";
  notice.print_date = notice.date;
  EXPECT_FALSE(blocks_of(notice).back().foot.on_even_page);
  notice.foot_on_even = true;
  EXPECT_TRUE(blocks_of(notice).back().foot.on_even_page);
}

TEST(Compose, DistancesGiveWayWhenAShortNoticeJustMissesThePage) {
  Notice notice = plain();
  notice.title = "一二三四五六七八九十\n一二三四五六七八九十\n关于做好培训的通知";
  notice.body = "现将有关文件印发给你们，请认真组织实施，并把执行中遇到的问题及时报告局办公室。";
  notice.note = "此件公开发布";
  const auto blocks = blocks_of(notice);
  EXPECT_DOUBLE_EQ(find(blocks, "关于做好培训").line_pitch_pt, kPitch);
  EXPECT_DOUBLE_EQ(blocks.at(blocks.size() - 3).paragraph.space_before_pt, kPitch);
}

std::string findings_of(const Notice& notice) {
  Diagnostics findings;
  to_document(notice, findings);
  return to_text(findings);
}

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += (i > 0 ? "\n" : "") + std::string("一二三四五六七八九十一二三四五六七八");
  return text;
}

TEST(FirstPage, GivesWayFromWhatIsLeastSeenToWhatTheStandardMeasures) {
  Notice notice = plain();
  notice.body = "一二三。\n四五六。\n七八九。";
  notice.title = lines(6);
  EXPECT_DOUBLE_EQ(find(blocks_of(notice), "一二三四五").line_pitch_pt, 34) << "there is room";
  EXPECT_EQ(findings_of(notice), "");
  notice.title = lines(8);
  EXPECT_DOUBLE_EQ(find(blocks_of(notice), "一二三四五").line_pitch_pt, kPitch);
  EXPECT_DOUBLE_EQ(*blocks_of(notice).at(0).paragraph.top_mm, 35);
  notice.title = lines(11);
  EXPECT_THAT(findings_of(notice), HasSubstr("hint[first-page-close]"));
  EXPECT_LT(*blocks_of(notice).at(0).paragraph.top_mm, 35);
}

TEST(FirstPage, WithoutBodyTextIsTold) {
  Notice notice = plain();
  notice.title = lines(14);
  notice.title_place = {"a.yaml", 4, 8};
  EXPECT_THAT(findings_of(notice), HasSubstr("a.yaml:4:8: warning[first-page-without-body]"));
  notice.mark = {"清河县教育体育局", "清河县财政局"};
  notice.mark_place = {"a.yaml", 2, 7};
  EXPECT_THAT(findings_of(notice), HasSubstr("a.yaml:2:7: warning[first-page-without-body]"));
}

TEST(FirstPage, KeepsABodyOfOneLineWhateverItsSignatureDoes) {
  Notice notice = plain();
  notice.title = lines(5);
  notice.body = "请各校认真组织。";
  EXPECT_EQ(findings_of(notice), "");
  const auto whole = blocks_of(notice);
  EXPECT_TRUE(find(whole, "请各校").keep_with_next) << "squeezed, so that both have room";
  EXPECT_DOUBLE_EQ(find(whole, "一二三四五").line_pitch_pt, kPitch);
  notice.title = lines(11);
  EXPECT_FALSE(find(blocks_of(notice), "请各校").keep_with_next);
  EXPECT_THAT(findings_of(notice), HasSubstr("warning[signature-without-body]"));
}

std::string of_lines(int count) {
  std::string text;
  for (int i = 0; i < count * 28 - 3; ++i) text += "文";
  return text + "。";
}

// Sections whose pages are parted, of a joint notice with seals.
document::Section parted(int lines, bool annexed = false) {
  Notice notice = plain();
  notice.organ = {{"清河县教育体育局"}, {"清河县财政局"}, {"清河县卫生健康局"}};
  notice.seal = true;
  notice.body = of_lines(lines);
  if (annexed) {
    notice.attachments = {"名单"};
    notice.annexes.resize(1);
    notice.annexes[0].title = "名单";
    notice.annexes[0].body = "张三";
  }
  const auto document = to_document(notice);
  EXPECT_EQ(document.sections.size(), annexed && document.sections[0].second_white_mm > 0 ? 2u : 1u);
  EXPECT_EQ(findings_of(notice), "");
  return document.sections[0];
}

TEST(FirstPage, EndsWhereTheBodyIsPartedForItsSignature) {
  EXPECT_DOUBLE_EQ(parted(1).first_white_mm, 0) << "all has room";
  const auto section = parted(7);
  EXPECT_GT(section.first_white_mm, 0);
  EXPECT_FALSE(find(section.blocks, "文文文").keep_with_next) << "some programs would move all of it";
}

TEST(FirstPage, PageTwoEndsThereToo) {
  const auto section = parted(26, true);
  EXPECT_DOUBLE_EQ(section.first_white_mm, 0);
  EXPECT_GT(section.second_white_mm, 0);
}

TEST(FirstPage, LinesStandCloserWhereTheFootLacksALineOrTwo) {
  Notice notice = plain();
  notice.copy_to = "市教育局";
  notice.printed_by = "清河县教育体育局办公室";
  notice.print_date = notice.date;
  const auto pitch = [&](int lines) {
    notice.body = of_lines(lines);
    return find(blocks_of(notice), "文文文").line_pitch_pt;
  };
  int close = 0;
  for (int lines = 1; lines < 12; ++lines) {
    EXPECT_GE(pitch(lines), kLeastPitch);
    close += pitch(lines) < kPitch ? 1 : 0;
  }
  EXPECT_EQ(close, 1) << "one line is gained";
  EXPECT_DOUBLE_EQ(pitch(2), kPitch);
}

TEST(Compose, TellsOfAParagraphThatALongWordWouldFillWithGaps) {
  Notice notice = plain();
  notice.body =
      "请各校把材料报送到县教育局办公室邮箱qinghe_jiaoyuju_office@example.org，请注意。\n请各校组织。";
  EXPECT_TRUE(find(blocks_of(notice), "邮箱").has_wide_gap);
  EXPECT_FALSE(find(blocks_of(notice), "请各校组织").has_wide_gap);
}

TEST(Compose, ALongListOfAttachmentsBeginsUnderTheText) {
  Notice notice = plain();
  for (int i = 1; i <= 30; ++i) notice.attachments.push_back("第" + std::to_string(i) + "项");
  const auto blocks = blocks_of(notice);
  EXPECT_FALSE(find(blocks, "1.第1项").keep_with_next);
  EXPECT_FALSE(find(blocks, "第28项").keep_with_next);
  EXPECT_TRUE(find(blocks, "第29项").keep_with_next) << "two lines go with the signature";
}

// The shipped sources: they load, and what the two source documents say is still there.
std::string body_of(const std::filesystem::path& path, const data::Value& data) {
  Diagnostics findings;
  auto value = data::load_file(path, findings);
  if (value && !data.is_null()) value = fill_notice(*value, data, findings);
  const auto notice = value ? load_notice(*value, findings) : std::nullopt;
  EXPECT_TRUE(notice && findings.empty()) << to_text(findings);
  if (!notice) return "";
  std::string text;
  for (const auto& block : blocks_of(*notice)) text += text_of(block.paragraph) + "\n";
  return text;
}

TEST(Samples, TheDistrictOpinionNumbersItsTenTasksAcrossThreeGroups) {
  const std::string body =
      body_of(std::filesystem::path(WENSHU_SOURCE_DIR) / "samples/district-2024/notice.yaml", data::Value());
  for (int task = 1; task <= 10; ++task) EXPECT_THAT(body, HasSubstr("\n" + std::to_string(task) + "."));
  for (const char* fact :
       {"20个名教师工作室", "15个名校长工作室", "14个名班主任工作室", "三对学校", "不超过两个", "专款专用"})
    EXPECT_THAT(body, HasSubstr(fact));
}

TEST(Samples, TheCountyPlanKeepsItsRulesAndListsItsClasses) {
  const std::filesystem::path home = WENSHU_SOURCE_DIR;
  Diagnostics findings;
  auto plan = data::load_file(home / "samples/county-2020/plan.yaml", findings);
  ASSERT_TRUE(plan) << to_text(findings);
  data::Value data = (*plan)["values"];
  data.set_path("notice.number", "清教〔2020〕18号");
  data.set_path("notice.date", "2020-06-19");
  const std::string body = body_of(home / "templates/notices/annual-plan.yaml", data);
  for (const char* fact :
       {"自2020年起", "承办方核发结业证书", "每学期组织一批", "满意度调查", "延期举办，或者改为线上",
        "第一堂课必须安排师德师风", "汇总、审核、登记、管理", "四挂钩", "年初布置、年中督促、年终考核",
        "能进能出", "局人事科、县教研室", "（五）省统一招标", "40人次", "人数：32人"})
    EXPECT_THAT(body, HasSubstr(fact));
}

}  // namespace
}  // namespace wenshu::notice
