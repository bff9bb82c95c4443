#include "notice/lint/lint.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "notice/lint/coverage.h"

namespace wenshu::notice {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<Finding> findings_in(const std::string& text) { return lint(read_pasted(text, "文.txt")); }

std::vector<std::string> codes_in(const std::string& text) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings_in(text)) codes.push_back(finding.diagnostic.code);
  return codes;
}

std::string messages_of(const std::string& text, const std::string& code) {
  std::string all;
  for (const Finding& finding : findings_in(text))
    if (finding.diagnostic.code == code) all += to_text(finding.diagnostic) + "\n";
  return all;
}

class EachRule : public testing::TestWithParam<Rule> {};

TEST_P(EachRule, FindsItsFailingExampleAndNotItsPassingOne) {
  const Rule& rule = GetParam();
  EXPECT_THAT(codes_in(rule.failing), Contains(rule.code));
  EXPECT_THAT(codes_in(rule.passing), Not(Contains(rule.code)));
}

TEST_P(EachRule, MendsItsFailingExampleWhereTheFixIsCertain) {
  const Rule& rule = GetParam();
  std::vector<Finding> own;
  for (const Finding& finding : findings_in(rule.failing))
    if (finding.diagnostic.code == rule.code && !finding.fixes.empty()) own.push_back(finding);
  if (own.empty()) return;
  EXPECT_THAT(codes_in(apply_fixes(rule.failing, own)), Not(Contains(rule.code)));
}

std::vector<Rule> text_rules() {
  std::vector<Rule> all = rules();  // tests/app asks those whose examples are Word files
  std::erase_if(all, [](const Rule& rule) { return rule.example != Example::text; });
  return all;
}

INSTANTIATE_TEST_SUITE_P(Lint, EachRule, testing::ValuesIn(text_rules()), [](const auto& given) {
  std::string name = given.param.code;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Lint, HasOneRuleOfEachCode) {
  std::set<std::string> codes;
  for (const Rule& rule : rules()) EXPECT_TRUE(codes.insert(rule.code).second) << rule.code;
  EXPECT_GT(codes.size(), 120u);
}

TEST(Lint, ThePageOfRulesIsTheTable) {
  EXPECT_EQ(read_file(WENSHU_SOURCE_DIR "/engine/notice/RULES.md"), rules_table())
      << "wenshu lint --rules > engine/notice/RULES.md";
}

TEST(Lint, TellsForEachRowOfTheStandardWhatJudgesItOrWhyNothingCan) {
  std::set<std::string> codes;
  for (const Rule& rule : rules()) codes.insert(rule.code);
  for (const CoverageRow& row : coverage()) {
    EXPECT_FALSE(row.rules.empty() && std::string(row.beyond).empty()) << row.matter;
    for (const char* code : row.rules) EXPECT_EQ(codes.count(code), 1u) << row.matter << ": " << code;
  }
}

// The rows of chapters 1 to 3 of the page of facts, by chapter, where it is at hand.
TEST(Lint, LeavesOutNoRowOfTheFacts) {
  const std::filesystem::path path =
      std::filesystem::path(WENSHU_SOURCE_DIR) / "../shared/reference/gongwen.md";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the page of facts is not at hand";
  const std::map<std::string, std::string> kGroups = {{"1.1", "版面"},       {"1.2", "版头"}, {"1.3", "主体"},
                                                      {"1.4", "版记和页码"}, {"1.5", "断行"}, {"2", "条例"},
                                                      {"3", "日期和数字"}};
  std::map<std::string, int> expected, there;
  std::string chapter, before;
  for (const std::string& line : split(read_file(path), "\n")) {
    if (line.starts_with("## ")) chapter = line.substr(3, line.find('.') - 3);
    if (line.starts_with("### ")) chapter = line.substr(4, line.find(' ', 4) - 4);
    const bool is_row = line.starts_with("|") && !line.starts_with("|---");
    const bool is_head = is_row && !before.starts_with("|");
    if (is_row && (!is_head || line.starts_with("| pitch")) && kGroups.count(chapter) > 0)
      ++expected[kGroups.at(chapter)];
    before = line;
  }
  for (const CoverageRow& row : coverage()) ++there[row.group];
  EXPECT_EQ(there, expected);
}

constexpr const char* kGood = R"(清河县教育局文件
清教〔2024〕6号
清河县教育局关于举办教师培训班的通知
各学校：
现将有关事项通知如下。
一、时间安排
（一）初中
1.时间为7月上旬—8月下旬，见附件1。
（二）小学
2.时间为9月—12月，见附件2。
附件：1.名单
2.安排表
清河县教育局
2024年6月6日
（此件公开发布）
附件1
名单
附件2
安排表
抄送：市教育局。
清河县教育局办公室 2024年6月6日印发
)";

TEST(Lint, FindsNothingInAGoodNotice) { EXPECT_THAT(to_text(to_diagnostics(findings_in(kGood))), IsEmpty()); }

TEST(Lint, LetsNumbersRunOnAcrossParents) {
  EXPECT_THAT(codes_in("（一）甲\n1.子。\n2.丑。\n（二）乙\n3.寅。\n（三）丙\n1.卯。"),
              Not(Contains("level-gap")));
}

TEST(Lint, GivesThePlaceInTheFileAsItWas) {
  EXPECT_THAT(messages_of("请办。\n一、做好工作\n三、做好服 务,认真", "level-gap"), HasSubstr("文.txt:3:1"));
}

// Sentences of our own with the defects of two real documents.
std::string own(const std::string& name) {
  return read_file(std::string(WENSHU_SOURCE_DIR) + "/tests/notice/lint_data/" + name);
}

// …and the documents themselves where they are at hand.
std::string seed(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(WENSHU_SOURCE_DIR) / "../shared/seeds" / name;
  return std::filesystem::exists(path) ? read_file(path) : "";
}

void expect_defects_of_the_circular(const std::string& text) {
  const auto codes = codes_in(text);
  for (const char* code : {"title-missing", "number-missing", "printing-missing", "ascii-punctuation",
                           "web-artefact", "attachment-names-differ", "attachment-book-marks"})
    EXPECT_THAT(codes, Contains(code));
  EXPECT_THAT(codes, Not(Contains("level-gap"))) << "1 to 10 run through three groups";
  EXPECT_THAT(codes, Not(Contains("level-repeated")));
}

void expect_defects_of_the_plan(const std::string& text, const std::string& class_without_trainees) {
  EXPECT_THAT(messages_of(text, "range-dash"), HasSubstr("1月[——]3月"));
  EXPECT_THAT(messages_of(text, "annex-not-cited"), HasSubstr("附件3没有在文中引用"));
  EXPECT_THAT(messages_of(text, "label-missing"), HasSubstr(class_without_trainees));
  EXPECT_THAT(messages_of(text, "label-missing"), HasSubstr("没有写“培训对象”"));
  EXPECT_THAT(messages_of(text, "stray-blank"), HasSubstr("服[ ]务"));
  EXPECT_THAT(codes_in(text), Contains("lines-run-together"));
}

TEST(Lint, FindsTheDefectsOfACircularTakenFromTheWeb) { expect_defects_of_the_circular(own("circular.txt")); }
TEST(Lint, FindsTheDefectsOfAPlanTakenFromTheWeb) {
  expect_defects_of_the_plan(own("plan.txt"), "统编教材研讨班");
}

TEST(Lint, FindsTheDefectsOfTheRealCircular) {
  const std::string text = seed("000_cfa8c042c6775c3a.txt");
  if (text.empty()) GTEST_SKIP();
  expect_defects_of_the_circular(text);
}

TEST(Lint, FindsTheDefectsOfTheRealPlan) {
  const std::string text = seed("001_50b2310d0192ddd0.txt");
  if (text.empty()) GTEST_SKIP();
  expect_defects_of_the_plan(text, "统编材料教学研讨与培训班");
}

std::string report_that(const std::string& says) {
  return "清教〔2024〕6号\n签发人：何某某\n清河县教育局关于培训工作的报告\n县政府：\n" + says +
         "\n清河县教育局\n2024年6月6日";
}

TEST(Lint, FindsARequestInAReportHoweverItIsPut) {
  for (const char* request :
       {"请县政府帮助解决经费50万元。", "为此，请求增加编制20名。", "现申请追加经费30万元。",
        "建议县财政安排经费，请研究解决。", "如无不妥，请批转各地执行。", "望给予资金支持为盼。"})
    EXPECT_THAT(codes_in(report_that(request)), Contains("report-with-request")) << request;
  for (const char* none :
       {"特此报告，请审阅。", "共收到申请120份，批准100份。", "经请示县政府，已安排经费50万元。"})
    EXPECT_THAT(codes_in(report_that(none)), Not(Contains("report-with-request"))) << none;
}

TEST(Lint, TakesForARequestOnlyWhatTheWriterAsksOfTheReceiver) {
  for (const char* none :
       {"全年受理群众请求126件，办结120件。新建项目已报请批准立项，2个项目经申请批准实施。",
        "按照县政府要求，希望小学改造项目年内给予支持资金兑现到位。",
        "对代表提出的“恳请增加学位”“请求解决接送难”等意见，我局逐条研究，家长妥否意见均已收集。",
        "教师申请增加编制的呼声较高，申请解决周转房的教师有30名。", "家长联名来信，恳请增加学位。",
        "建议完善教育督导机制，支持民办教育规范发展。", "我局积极争取，申请中央资金安排项目12个。",
        "2024年，我局申请增加编制50名，已获批准。", "请示事项均已获批准。", "申请人增加，审批时间缩短。",
        "望各学校安排好时间。", "请各校支持教研工作。"})
    EXPECT_THAT(codes_in(report_that(none)), Not(Contains("report-with-request"))) << none;
  for (const char* request :
       {"我局恳请县政府增加编制。", "请求解决教师编制不足的问题。", "为此，申请追加经费30万元。",
        "家长反映学位不足。请县政府安排经费。", "以上报告妥否，请批示。"})
    EXPECT_THAT(codes_in(report_that(request)), Contains("report-with-request")) << request;
}

TEST(Lint, TakesForTwoMattersOnlyTwoRequests) {
  const std::string rest = "\n县政府：\n一、申请理由\n工作需要。\n二、申请金额\n三万元。\n妥否，请批示。";
  for (const char* title :
       {"关于印发《关于加强安全工作的意见》的请示", "关于印发关于加强安全工作的意见的请示"})
    EXPECT_THAT(codes_in(title + rest), Not(Contains("one-matter"))) << title;
  EXPECT_THAT(codes_in("关于追加经费和关于增加编制的请示" + rest), Contains("one-matter"));
}

TEST(Lint, LetsAnItemASubtitleAndAnOmissionBeginWithTheirMark) {
  for (const char* sound : {"——坚持立德树人。", "……\n谢谢大家！"})
    EXPECT_THAT(codes_in(sound), Not(Contains("line-start-mark"))) << sound;
  for (const char* torn : {"—坚持。", "”的要求。", "…谢谢。"})
    EXPECT_THAT(codes_in(torn), Contains("line-start-mark")) << torn;
}

TEST(Lint, CountsAsOursNeitherAnnexesOfOthersNorHowManyThereAre) {
  for (const char* sound : {"请报送附件3份。", "按照《通知》（清教〔2024〕3号）附件5填报。",
                            "见清教〔2024〕3号文的附件2。", "请带齐附件2张。"})
    EXPECT_THAT(codes_in(sound), Not(Contains("annex-missing"))) << sound;
  for (const char* missing : {"填写报名表（附件2）。", "见附件3个人信息表。", "《方案》见附件2。"})
    EXPECT_THAT(codes_in(missing), Contains("annex-missing")) << missing;
}

TEST(Lint, LetsAQuotationGoOnOverParagraphs) {
  EXPECT_THAT(codes_in("他强调：“第一段。\n“第二段。\n“第三段。”\n请办。"), Not(Contains("quotes-unpaired")));
  EXPECT_THAT(codes_in("他强调：“第一段。\n“第二段。\n请办。"), Contains("quotes-unpaired"));
  EXPECT_THAT(codes_in("他强调：第一段”。\n“第二段。”"), Contains("quotes-unpaired"));
}

TEST(Lint, BeginsNumbersAgainInAPartAndBelowALineThatIntroducesThem) {
  EXPECT_THAT(codes_in("第一部分　总结\n一、成绩\n二、问题\n第二部分　打算\n一、目标\n二、措施"),
              Not(Contains("level-repeated")));
  EXPECT_THAT(codes_in("活动内容：\n1.写春联。\n2.包粽子。\n报送要求：\n1.每校3件。\n2.每件附简介。"),
              Not(Contains("level-repeated")));
  EXPECT_THAT(codes_in("一、成绩\n二、问题\n第二部分是重点。\n一、目标"), Contains("level-repeated"));
  EXPECT_THAT(codes_in("报送要求：\n1.每校3件。\n1.每件附简介。"), Contains("level-repeated"));
}

TEST(Lint, KnowsWhoStandsBelowAndWhoMayInstruct) {
  const std::string up = "关于拨付经费的请示\n县政府：\n妥否，请批示。\n抄送：";
  EXPECT_THAT(codes_in(up + "县直属机关工作委员会。"), Not(Contains("copy-to-subordinates")));
  EXPECT_THAT(codes_in(up + "局直属各单位。"), Contains("copy-to-subordinates"));
  const auto by = [](const std::string& organ, const std::string& matter) {
    return messages_of("关于" + matter + "的通知\n各乡镇人民政府：\n请办。\n" + organ + "\n2024年6月6日",
                       "department-instructs");
  };
  EXPECT_THAT(by("清河县人民政府办公室", "做好防汛工作"), IsEmpty());
  EXPECT_THAT(by("中共清河县委办公室", "做好防汛工作"), IsEmpty());
  EXPECT_THAT(by("清河县教育局", "做好防汛工作"), HasSubstr("error["));
  EXPECT_THAT(by("清河县教育局办公室", "做好防汛工作"), HasSubstr("error["));
  EXPECT_THAT(by("清河县教育局", "召开教育工作会议"), HasSubstr("warning["));
}

TEST(Lint, WarnsOfARequestToCommitteeAndGovernmentAndRefusesOneToAnotherOfficeBeside) {
  const auto to = [](const std::string& receivers) {
    return messages_of("关于拨付经费的请示\n" + receivers + "：\n妥否，请批示。", "one-receiver");
  };
  EXPECT_THAT(to("县委、县人民政府"), HasSubstr("warning["));
  EXPECT_THAT(to("县人民政府、县财政局"), HasSubstr("error["));
  EXPECT_THAT(to("县发展改革委、县人民政府"), HasSubstr("error["));
}

TEST(Lint, FindsTwoReceiversOfARequestHoweverTheyAreJoined) {
  const std::string rest = "：\n妥否，请批示。";
  for (const char* to :
       {"县人民政府、县财政局", "县人民政府和县财政局", "县人民政府 县财政局", "县人民政府并县财政局"})
    EXPECT_THAT(codes_in("关于拨付经费的请示\n" + std::string(to) + rest), Contains("one-receiver")) << to;
  for (const char* to : {"县人民政府", "县科学技术和工业信息化局", "县住房和城乡建设局"})
    EXPECT_THAT(codes_in("关于拨付经费的请示\n" + std::string(to) + rest), Not(Contains("one-receiver")))
        << to;
}

TEST(Lint, FindsNothingInBlanksThatAreMeant) {
  for (const char* sound : {"第一条 为加强管理，制定本办法。", "第二章 教师培训", "出席：何志远 钱学礼 孙立",
                            "学习《中共中央　国务院关于全面深化改革的意见》。"})
    EXPECT_THAT(codes_in(sound), Not(Contains("blank-between-words"))) << sound;
}

TEST(Lint, ReadsATitleOverTwoLinesAndAPostBeforeAName) {
  const std::string title =
      "清河县教育局\n关于举办教师培训班的通知\n各学校：\n请办。\n清河县教育局\n2024年6月6日";
  EXPECT_THAT(codes_in(title), Not(Contains("title-organ")));
  const std::string bill = "关于提请审议教育规划的议案\n县人大常委会：\n请审议。\n县长：何某某\n2024年6月6日";
  EXPECT_THAT(codes_in(bill), Not(Contains("signature-missing")));
  EXPECT_THAT(codes_in("2024年第2号\n清河县教育局关于考试的公告\n现公告如下。\n清河县教育局\n2024年6月6日"),
              Not(Contains("number-missing")));
}

TEST(Lint, AskedAgainAfterMendingFindsNothingMoreToMend) {
  for (const char* name : {"circular.txt", "plan.txt"}) {
    const std::string text = own(name);
    const std::string mended = apply_fixes(text, findings_in(text));
    EXPECT_NE(mended, text);
    for (const Finding& finding : findings_in(mended))
      EXPECT_TRUE(finding.fixes.empty()) << to_text(finding.diagnostic);
  }
}

TEST(Lint, TellsWhatAPageOfTheWebLeftWithoutKnowingItsName) {
  const std::string text = own("plan.txt");
  const std::string mended = apply_fixes(text, findings_in(text));
  const std::string title = "清河县2024年教师研修方案";
  EXPECT_EQ(mended.find(title), mended.rfind(title)) << mended;
  EXPECT_THAT(mended, HasSubstr("\n一、总体考虑\n根据"));
  const std::string around =
      "求职网\n首页 > 公文 > 正文\n" + title + "\n来源：清河教育网\n一、总体考虑\n请办。\n搜索";
  EXPECT_THAT(messages_of(around, "web-furniture"),
              AllOf(HasSubstr("1:1"), HasSubstr("4:1"), HasSubstr("7:1"), Not(HasSubstr("总体考虑"))));
  EXPECT_THAT(apply_fixes(title + "\n2024-06-06 08:30\n" + title + "一、目标\n请办。",
                          findings_in(title + "\n2024-06-06 08:30\n" + title + "一、目标\n请办。")),
              HasSubstr("\n一、目标\n"));
  EXPECT_THAT(codes_in(title + "\n" + title + "由局人事科负责解释。\n请办。"), Not(Contains("title-twice")));
  EXPECT_THAT(codes_in(title + "\n一、资金来源：县财政。\n请办。\n清河县教育局\n2024年6月6日"),
              Not(Contains("web-furniture")));
}

TEST(Lint, FindsAHeadingWhoseMarkIsABlank) {
  const std::string text = "一、目标\n做好。\n二、任务\n做好。\n三 保障措施\n做好。";
  EXPECT_THAT(messages_of(text, "level-form"), HasSubstr("写作“三、”"));
  EXPECT_THAT(apply_fixes(text, findings_in(text)), HasSubstr("三、保障措施"));
  EXPECT_THAT(codes_in("一、目标\n三 年级教师参加。\n二、任务"), Not(Contains("level-form")));
}

const std::string kReport =
    "清教〔2025〕19号  签发人：何建国\n清河县教育局关于2024年工作情况的报告\n县人民政府：\n";

TEST(Lint, TellsOfAPointInANameAndMendsOnlyTheDotOfAnotherKeyboard) {
  EXPECT_THAT(messages_of("聘任阿依努尔.艾尼为副校长。", "name-point"), HasSubstr("阿依努尔.艾尼"));
  const std::string bullet = "聘任阿依努尔•艾尼为副校长。";
  EXPECT_EQ(apply_fixes(bullet, findings_in(bullet)), "聘任阿依努尔·艾尼为副校长。");
  EXPECT_THAT(codes_in("清教〔2025〕96号\n清河县教育局关于阿依努尔.艾尼同志任职的通知\n各学校：\n请办。"),
              Not(Contains("title-missing")));
}

TEST(Lint, ReadsARequestThatIsGrantedAsNews) {
  EXPECT_THAT(codes_in(kReport + "积极向上争取资金，请求省教育厅支持的项目已获批复。"),
              Not(Contains("report-with-request")));
  EXPECT_THAT(codes_in(kReport + "请求县政府拨付经费。"), Contains("report-with-request"));
}

TEST(Lint, WarnsOfWhatAReportWantsOfItsReceiver) {
  for (const char* need : {"为此，建议县政府批准增加教师编制60名。", "需县政府协调解决教师编制60名。"})
    EXPECT_THAT(messages_of(kReport + need, "report-with-request"), HasSubstr("warning")) << need;
  for (const char* said :
       {"建议县教育局批准的项目有3个。", "需要县政府协调解决的问题有3个。", "建设资金需求大。"})
    EXPECT_THAT(codes_in(kReport + said), Not(Contains("report-with-request"))) << said;
}

TEST(Lint, FindsSchoolsOfItsOwnAmongTheCopies) {
  const auto codes = [](const std::string& copies) {
    return codes_in(
        "清河县教育局文件\n关于拨付经费的请示\n县政府：\n请批示。\n清河县教育局\n2025年3月3日\n抄送：" +
        copies);
  };
  EXPECT_THAT(codes("县自然资源和规划局，县第三中学。"), Contains("copy-to-subordinates"));
  EXPECT_THAT(codes("市第一中学，河北师范大学附属中学。"), Not(Contains("copy-to-subordinates")));
}

TEST(Lint, JudgesTheMarkOfEveryAnnex) {
  const std::string text = "请办。\n附件：1、报名表\n2、成绩单\n3.名单";
  const std::string mended = apply_fixes(text, findings_in(text));
  EXPECT_EQ(mended, "请办。\n附件：1.报名表\n2.成绩单\n3.名单");
  EXPECT_THAT(codes_in(mended), Not(Contains("attachment-form")));
}

TEST(Lint, KnowsTheCalendarAndTheClock) {
  for (const char* text :
       {"定于2025年2月30日举行。", "至4月31日结束。", "2025年13月1日结束。", "时间为25:00。"})
    EXPECT_THAT(codes_in(text), Contains("day-unreal")) << text;
  for (const char* text :
       {"定于2024年2月29日举行。", "2月29日结束。", "共13月。", "比分25:75。", "时间为24:00。", "12月1日"})
    EXPECT_THAT(codes_in(text), Not(Contains("day-unreal"))) << text;
}

TEST(Lint, TakesTheYearOfAStandardForNoRange) {
  EXPECT_THAT(codes_in("执行GB 50016—2014标准，室温18℃～22℃。"), Not(Contains("range-dash-mixed")));
  EXPECT_THAT(codes_in("1月—3月，4月～6月。"), Contains("range-dash-mixed"));
}

TEST(Lint, SaysOnceWhatAWholeTextHas) {
  const std::string unused = "一、总体要求\n1.提高认识。\n二、主要任务\n1.组织培训。";
  const auto codes = codes_in(unused);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "level-unused"), 1);
  EXPECT_THAT(messages_of("请 各校认真 组织。", "blank-between-words"), HasSubstr("本段2处"));
}

TEST(Lint, TellsAYearFromATermOfSecrecy) {
  EXPECT_THAT(messages_of("秘密★2026年\n关于考试工作的通知\n各学校：\n请办。", "secrecy-form"),
              HasSubstr("哪一年"));
  EXPECT_THAT(codes_in("秘密★30年\n关于考试工作的通知\n各学校：\n请办。"), Not(Contains("secrecy-form")));
}

std::vector<std::string> codes_in_source(const std::string& yaml) {
  Diagnostics faults;
  const auto source = data::parse_yaml(yaml, "文.yaml", faults);
  std::vector<std::string> codes;
  for (const Finding& finding : lint(read_source(*source, yaml))) codes.push_back(finding.diagnostic.code);
  return codes;
}

TEST(Lint, FindsADocumentPastedWholeIntoTheTextOfASource) {
  const std::string head =
      "notice: x\nkind: 通知\nmark: 清河县教育局文件\nnumber: 清教〔2025〕18号\nto: 各学校\n"
      "title: 清河县教育局关于考核的通知\norgan: 清河县教育局\ndate: 2025-02-28\ncopy_to: 市教育局\n"
      "attachments: [考核表]\nbody: |\n";
  const auto codes = codes_in_source(head +
                                     "  清河县教育局文件\n  清教〔2025〕18号\n  清河县教育局关于考核的通知\n "
                                     " 各学校：\n  请办。\n  附件：考核表\n"
                                     "  清河县教育局\n  2025年2月28日\n  抄送：市教育局。\n");
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "element-twice"), 7);
  EXPECT_THAT(
      codes_in_source(head +
                      "  成员单位：\n  清河县教育局\n  清河县财政局\n  分工：\n  各学校：\n  负责实施。\n"),
      Not(Contains("element-twice")));
}

TEST(Lint, TellsOfANumberTypedBeforeTheNameOfAnAnnex) {
  EXPECT_THAT(codes_in_source("notice: x\nattachments: [1.考核表, 2.名单]\n"),
              Contains("attachment-numbered"));
  EXPECT_THAT(codes_in_source("notice: x\nattachments: [1.5米跳台名单, 2025年名单]\n"),
              Not(Contains("attachment-numbered")));
}

TEST(Lint, StandsAnyText) {
  for (const std::string& text :
       {std::string(), std::string("\n\n"), std::string("附件"), std::string("附件："), std::string("（"),
        std::string("一、"), std::string("：\n：\n"), std::string("\r\n附件：\r\n1."),
        std::string("{{#a}}\n{{/a}}"), std::string("附件999999999999")})
    apply_fixes(text, findings_in(text));
}

}  // namespace
}  // namespace wenshu::notice
