#include "notice/normalise.h"

#include <gmock/gmock.h>

#include <random>

#include "base/text.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string clean(const std::string& text) { return normalise(text).text(); }

std::vector<std::string> rules(const std::string& text) {
  std::vector<std::string> all;
  for (const Change& change : normalise(text).changes) all.push_back(change.rule);
  return all;
}

TEST(Normalise, WidensPunctuationBesideChineseCharacters) {
  EXPECT_EQ(clean("各校(园):请参加,并报名;名额为3人."), "各校（园）：请参加，并报名；名额为3人。");
  EXPECT_EQ(clean("全县(含XX)教师, 校长"), "全县（含XX）教师，校长");
}

TEST(Normalise, LeavesLatinNumbersAndAddressesAlone) {
  for (const char* text : {"1,200元", "8:30至11:30", "1.5学时", "见 http://edu.cn/a?b=1,2 网页",
                           "邮箱a.b@edu.cn", "附件：安排表.docx", "Word (2016), Excel", "GB/T 9704-2012",
                           "电话0519-8288123", "{{plan.title | default}}", "1.加强领导"})
    EXPECT_EQ(clean(text), text);
}

TEST(Normalise, MendsNumbersWhole) {
  EXPECT_EQ(clean("1 . 落实责任"), "1.落实责任");
  EXPECT_EQ(clean("收费￥1，200元，合计12，500.00元"), "收费￥1,200元，合计12,500.00元");
  EXPECT_EQ(clean("甲得5，200人参加"), "甲得5，200人参加") << "perhaps two numbers";
  EXPECT_EQ(clean("上午8：30开始，17：00前结束"), "上午8:30开始，17:00前结束");
  EXPECT_EQ(clean("师生比1：13，双方得分8：30"), "师生比1：13，双方得分8：30");
}

TEST(Normalise, KnowsTitlesWithinTitlesAndNamesOfFiles) {
  EXPECT_EQ(clean("《<教师法>实施办法》"), "《〈教师法〉实施办法》");
  EXPECT_EQ(clean("填写“附件1-报名表(2025).xlsx”上报"), "填写“附件1-报名表(2025).xlsx”上报");
}

TEST(Normalise, PairsQuotes) {
  EXPECT_EQ(clean("开展\"三题\"和\"一课\"活动"), "开展“三题”和“一课”活动");
  EXPECT_EQ(clean("开展”三题“活动"), "开展“三题”活动");
  EXPECT_EQ(clean("开展“三题“活动"), "开展“三题”活动");
  EXPECT_EQ(clean("开展“三题活动"), "开展“三题活动") << "an odd one is not for a program to mend";
}

TEST(Normalise, TakesBlanksOutOfWordsButNotFromBetweenThem) {
  EXPECT_EQ(clean("做好服务工作，提高服 务质量"), "做好服务工作，提高服务质量");
  EXPECT_EQ(clean("省、市、 县三级"), "省、市、县三级");
  EXPECT_EQ(clean("2024 年 6 月 6 日第 3 期"), "2024年6月6日第3期");
  EXPECT_EQ(clean("《中共中央 国务院关于教师队伍的意见》"), "《中共中央 国务院关于教师队伍的意见》");
}

TEST(Normalise, RemovesWhatOnlyAWebPageHas) {
  EXPECT_EQ(clean("请\u200B认真组织\u00A0。\n|"), "请认真组织。");
  EXPECT_EQ(clean("首页 > 公文 > 正文\n2020-07-27 20:12:38\n通知\nTags: 方案"), "通知");
  EXPECT_EQ(clean("<p>请&nbsp;认真</p>组织"), "请认真组织");
  EXPECT_EQ(clean("| 甲 | 乙 |"), "| 甲 | 乙 |") << "a table in plain text";
  EXPECT_EQ(clean("**重要**：电话138****0000，尾号320**1"), "重要：电话138****0000，尾号320**1");
}

TEST(Normalise, CleansCellsAndLeavesThemTheirShortForms) {
  const auto cell = [](const std::string& text) {
    return normalise(text, Neighbours(""), Form::cell).text();
  };
  EXPECT_EQ(cell("语文,数学(小学)"), "语文，数学（小学）");
  EXPECT_EQ(cell("3月--6月，８人"), "3月—6月，8人");
  EXPECT_EQ(cell("清教[2024]6号，06月05日"), "清教〔2024〕6号，6月5日");
  EXPECT_EQ(cell("语文、 数学 8 人\u200B"), "语文、数学8人");
  for (const char* text : {"张　三", "2024-06-06", "2024-06-06 08:30", "一. 语文", "签字：　　　年　月　日",
                           "138****0000", "　　其中：教师", "-", "9:00—11:00", "3-1", "一、语文 二、数学"})
    EXPECT_EQ(cell(text), text);
}

TEST(Normalise, ReadsNeighbouringRowsOfPlainTextCellByCell) {
  EXPECT_EQ(clean("序号\t姓名,单位\n1\t张　三(小学)\n2\t李四 1班"),
            "序号\t姓名，单位\n1\t张　三（小学）\n2\t李四1班");
  EXPECT_EQ(clean("|2024-06-06|甲,乙|\n|2024-06-07|丙|"), "|2024-06-06|甲，乙|\n|2024-06-07|丙|");
  EXPECT_EQ(clean("请于2024-06-06参加|"), "请于2024年6月6日参加") << "one bar makes no table";
}

TEST(Normalise, LeavesWhatIsMeant) {
  for (const char* text :
       {"拟推荐李**、王**两位教师。", "**乡中心校李**等3人。", "若A<B，则取A；若C>D，则取D。",
        "登录路径：清河教育云 > 教师中心 > 培训报名", "标签：红色为一级风险点，黄色为二级风险点", "#2宿舍楼",
        "甲方（盖章）：　　　　　　乙方（盖章）：", "签字：　　　　　　　　2025年　月　日",
        "甲方：________（盖章）　　　　乙方：________（盖章）",
        "请见https://www.example.cn/培训/报名?班=1&号=2", "男生1000米达到3'40\"、女生800米达到3'30\"",
        "55\"电视1台、86\"一体机2台", "students' club和teachers' club", "文昌路18-2号", "6-1号楼和A座3-5号",
        "302-1名师工作室", "①、②两项由教研室负责。", "联系人：王　刚。王刚同志负责。"})
    EXPECT_EQ(clean(text), text);
  EXPECT_EQ(clean("清河县教育局 共青团清河县委关于印发方案的通知\n教育局共建"),
            "清河县教育局 共青团清河县委关于印发方案的通知\n教育局共建");
  for (const char* cell : {"李**", "**乡中心校", "古丽.买买提", "1. 教案 2. 课件 3. 反思"})
    EXPECT_EQ(normalise(cell, Neighbours(cell), Form::cell).text(), cell);
}

TEST(Normalise, StillTakesAwayWhatIsNot) {
  EXPECT_EQ(clean("**时间**：6月3日。"), "时间：6月3日。");
  EXPECT_EQ(clean("# 一、总体要求"), "一、总体要求");
  EXPECT_EQ(clean("各校<span class=\"a\">按时</span>报送。"), "各校按时报送。");
  EXPECT_EQ(clean("首页 > 公文写作 > 正文\n请按时报送。"), "请按时报送。");
  EXPECT_EQ(clean("1. 培训时间：6月3日。"), "1.培训时间：6月3日。");
  EXPECT_EQ(clean("（二） 报名方式：网上报名。"), "（二）报名方式：网上报名。");
  EXPECT_EQ(clean("6月3-5号，每校5-8名教师"), "6月3—5号，每校5—8名教师");
}

TEST(Normalise, WritesRangesWithOneDash) {
  EXPECT_EQ(clean("一项任务———教师培训"), "一项任务——教师培训");
  EXPECT_EQ(clean("1月——3月"), "1月—3月");
  EXPECT_EQ(clean("2020年9月-12月、7月上旬--下旬"), "2020年9月—12月、7月上旬—下旬");
  EXPECT_EQ(clean("30-40人"), "30—40人");
  EXPECT_EQ(clean("见第3-5条、第3-5页，每校2-3万元，36-40学时"),
            "见第3—5条、第3—5页，每校2—3万元，36—40学时");
  EXPECT_EQ(clean("3-1班、一年级2-1课"), "3-1班、一年级2-1课") << "names";
  EXPECT_THAT(rules("9月—12月、3～5人、——2020年工作回顾"), IsEmpty());
}

TEST(Normalise, WritesDatesWithoutZeros) {
  EXPECT_EQ(clean("2024年06月06日至06月30日"), "2024年6月6日至6月30日");
  EXPECT_EQ(clean("于2024-06-06、2024.6.7前"), "于2024年6月6日、2024年6月7日前");
  EXPECT_EQ(clean("2024-13-06，版本10.2.1"), "2024-13-06，版本10.2.1");
}

TEST(Normalise, PutsTheYearOfADocumentNumberInTortoiseShells) {
  EXPECT_EQ(clean("清教[2020]18号、国发（2012）第4号"), "清教〔2020〕18号、国发〔2012〕第4号");
  EXPECT_EQ(clean("清教(2020)18号"), "清教〔2020〕18号");
}

TEST(Normalise, BreaksLinesThatHaveRunTogether) {
  EXPECT_EQ(clean("工作方案 一、指导思想 根据意见，制定方案。 二、培训班次 (一)全员项目 1.全员培训 "
                  "培训时间:3月 课时数:36"),
            "工作方案\n一、指导思想\n根据意见，制定方案。\n二、培训班次\n（一）全员项目\n1."
            "全员培训\n培训时间：3月\n课时数：36");
}

TEST(Normalise, DoesNotTearASentenceAtANumberInIt) {
  EXPECT_EQ(clean("请填写附件 1、附件 2并报送。"), "请填写附件1、附件2并报送。");
  EXPECT_EQ(clean("完成表 1、表 2。"), "完成表1、表2。");
  EXPECT_EQ(clean("语文、数学 (一)班参加。"), "语文、数学（一）班参加。");
  for (const char* kept : {"小学 一、二年级学生参加。", "副局长王 七、主任陈 九主持。",
                           "依据《通知 一、二》办理。", "　　各校须知。"})
    EXPECT_EQ(clean(kept), kept);
  EXPECT_THAT(clean("参会人员 （1）校长 （2）教师"), testing::Not(testing::HasSubstr("\n")));
  EXPECT_EQ(clean("联系人：张三 13800001234"), "联系人：张三 13800001234");
}

TEST(Normalise, WritesTheMarksOfLevelsAsTheStandardDoes) {
  EXPECT_EQ(clean("一.指导思想"), "一、指导思想");
  EXPECT_EQ(clean("二,培训时间"), "二、培训时间");
  EXPECT_EQ(clean("（一）、时间"), "（一）时间");
  EXPECT_EQ(clean("①、时间"), "①时间");
  EXPECT_EQ(clean("三，二年级以上教师参加培训，其他教师自愿参加，由学校统一安排报名和交通。"),
            "三，二年级以上教师参加培训，其他教师自愿参加，由学校统一安排报名和交通。");
}

TEST(Normalise, MendsMarksBesideMarksThatItHasMended) {
  EXPECT_EQ(clean("他们坚持\"到底\"."), "他们坚持“到底”。");
  EXPECT_EQ(clean("实行(7×24),Word文件。"), "实行（7×24），Word文件。");
  EXPECT_EQ(clean("学习\"三会一课\",\"主题党日\"活动."), "学习“三会一课”，“主题党日”活动。");
  EXPECT_EQ(clean("自二０二四年起到17:00."), "自二〇二四年起到17:00。");
}

TEST(Normalise, LeavesAPointBetweenTwoCharactersToAPerson) {
  for (const char* text : {"任命阿依努尔.艾尼为副校长", "清河县教育局关于阿依努尔.艾尼同志任职的通知"})
    EXPECT_EQ(clean(text), text);
  EXPECT_EQ(clean("请认真组织."), "请认真组织。") << "at the end it is a full stop";
}

TEST(Normalise, NeverTearsAPostFromItsHolder) {
  for (const char* text :
       {"副组长：林秀英  局党组成员、副局长\n周志强  局党组成员、副局长",
        "组长：何建国  局党组书记、局长\n副组长：林秀英  局党组成员、副局长\n周志强  局党组成员、副局长"})
    EXPECT_EQ(clean(text), text);
  const std::string joint = "清河县教育局\n清河县财政局文件\n清河县教育局 清河县财政局关于下达资金的通知";
  EXPECT_EQ(clean(joint), joint) << "an organ of the head is no title that comes again";
}

TEST(Normalise, BeginsALineWithEachAnnex) {
  EXPECT_EQ(clean("附件：1.考核办法 2.评分表 3.汇总表"), "附件：1.考核办法\n2.评分表\n3.汇总表");
  EXPECT_EQ(clean("附件：1.考核办法 3.汇总表"), "附件：1.考核办法 3.汇总表") << "in doubt nothing is joined";
  EXPECT_EQ(clean("见附件 2、3"), "见附件2、3");
}

TEST(Normalise, LeavesPasswordsAndPathsAlone) {
  EXPECT_EQ(clean("密码为Abc@123!，激活码:A1B2!C3?D4"), "密码为Abc@123!，激活码：A1B2!C3?D4");
  EXPECT_EQ(clean("密码:qh@2025!。口令为Qh#2025!"), "密码：qh@2025!。口令为Qh#2025!");
  EXPECT_EQ(clean("见D:\\教育局\\附件,文件.docx,请查收."), "见D:\\教育局\\附件,文件.docx,请查收.")
      << "a path may hold a comma, and no one can tell where it ends";
  EXPECT_EQ(clean("见D:\\教育局\\附件,文件.docx 请参加,并报名."),
            "见D:\\教育局\\附件,文件.docx 请参加，并报名。");
}

TEST(Normalise, JoinsTimesGradesAndMeasuresWithOneDash) {
  EXPECT_EQ(clean("上午8:00--11:30，下午14:00-17:30，早读7:20~7:50"),
            "上午8:00—11:30，下午14:00—17:30，早读7:20～7:50");
  EXPECT_EQ(clean("每日15：00－17：00"), "每日15:00—17:00");
  EXPECT_EQ(clean("室温0℃~8℃，占10%－20%，写800-1000字"), "室温0℃～8℃，占10%—20%，写800—1000字");
  EXPECT_EQ(clean("高一-高三，一年级-六年级，第 5 - 8 页"), "高一—高三，一年级—六年级，第5—8页");
  for (const char* text :
       {"师生比8：30", "G1-G3次列车", "气温为-5℃--2℃", "比分21:15-21:18:3", "北京--上海高铁"})
    EXPECT_EQ(clean(text), text);
}

TEST(Normalise, KeepsTheBlanksOfNamesSetWideAllOrNone) {
  for (const char* text :
       {"王 伟、李 娜、陈 䶮。王伟同志负责。", "陈 䶮 赵 𬱟 孙 喆\n陈䶮、赵𬱟"})
    EXPECT_EQ(clean(text), text);
}

TEST(Normalise, MendsBlanksAndWideLettersWhole) {
  EXPECT_EQ(clean("占 35 %，温度 25 ℃，9月1日 17:00 前报送"), "占35%，温度25℃，9月1日17:00前报送");
  EXPECT_EQ(clean("电话０３１９－８１６２３４５，邮箱ａｂｃ＠163．ｃｏｍ"),
            "电话0319-8162345，邮箱abc@163.com");
  EXPECT_EQ(normalise("网址: https://edu.cn", Neighbours(""), Form::cell).text(), "网址：https://edu.cn");
}

TEST(Normalise, KeepsTheTabsOfATable) { EXPECT_EQ(clean("序号\t姓名\t单位"), "序号\t姓名\t单位"); }

TEST(Normalise, GivesThePlaceOfEachChangeInTheTextAsItWas) {
  const CleanText text = normalise("一\n服务的服 务,好");
  ASSERT_EQ(text.changes.size(), 2u);
  EXPECT_EQ(text.changes[0].rule, "stray-blank");
  EXPECT_EQ(text.changes[0].line, 2u);
  EXPECT_EQ(text.changes[0].column, 5u);
  EXPECT_EQ(text.changes[1].column, 7u);
  EXPECT_EQ(text.lines[1].text, U"服务的服务，好");
  EXPECT_THAT(text.lines[1].columns, ElementsAre(1, 2, 3, 4, 6, 7, 8));
}

TEST(Normalise, KeepsCircledNumbersAndNumbersThatRunOnAcrossParents) {
  EXPECT_EQ(clean("（一）甲\n1.子。\n（二）乙\n2.丑。\n①寅②卯"),
            "（一）甲\n1.子。\n（二）乙\n2.丑。\n①寅②卯");
}

TEST(Normalise, ChangesNothingTwice) {
  for (const char* text :
       {"各校(园):请参加\"三题\"--活动", "1月——3月 培训方式:网络", "于2024-06-06,办", "工作... 完"}) {
    const std::string once = clean(text);
    EXPECT_THAT(rules(once), IsEmpty()) << once;
  }
}

// The quick look that spares most lines the thorough one must never be wrong.
TEST(Normalise, FindsNoEditInALineThatIsSurelyClean) {
  const std::u32string alphabet =
      U"县教育办公室年月日号中下旬次第一二十各0012369aTg标签首页，，、；：。。！？（）（）【】〔〕"
      U"“”‘’《》—-~…·%+ \u3000\t|#*<>&.,:;!?()[]'\"/_@{}０Ａ①\u200B𠮷";
  std::mt19937 chance(1);
  size_t clean = 0;
  for (int i = 0; i < 60'000; ++i) {
    // Lines of a few kinds of characters: of all kinds at once none is clean.
    std::u32string few, line;
    for (size_t k = 0; k < 6; ++k) few += alphabet[chance() % alphabet.size()];
    for (size_t length = chance() % 12; length > 0; --length) line += few[chance() % few.size()];
    if (!is_surely_clean(line)) continue;
    ++clean;
    const Neighbours document(to_utf8(line));
    EXPECT_TRUE(find_edits(line, document, Form::prose).empty()) << to_utf8(line);
  }
  EXPECT_GT(clean, 5'000u);
  EXPECT_TRUE(is_surely_clean(U"（一）坚持“五育”并举，由安全科等12人负责，9月底前完成。"));
}

}  // namespace
}  // namespace wenshu::notice
