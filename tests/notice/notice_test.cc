#include "notice/notice.h"

#include <gmock/gmock.h>

#include "data/load.h"
#include "notice/fill.h"

namespace wenshu::notice {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kGood = R"(notice: plain
kind: 通知
mark: 清河县教育体育局文件
number: 清教〔2020〕18号
title: 清河县教育体育局关于做好培训的通知
to: 各学校：
body: |
  请认真组织实施。
organ: 清河县教育体育局
date: 2020-06-19
)";

std::string with(const std::string& more) { return std::string(kGood) + more; }

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = kGood;
  return text.replace(text.find(from), from.size(), to);
}

std::vector<std::string> codes(const Diagnostics& findings) {
  std::vector<std::string> all;
  for (const auto& finding : findings) all.push_back(finding.code);
  return all;
}

data::Value parse(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "plain.yaml", findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value.value_or(data::Value());
}

Diagnostics faults(const std::string& text) {
  Diagnostics findings;
  load_notice(parse(text), findings);
  return findings;
}

TEST(Notice, LoadsTheElements) {
  Diagnostics findings;
  const auto notice = load_notice(parse(with("seal: false\nnote: （此件公开发布）\n")), findings);
  ASSERT_TRUE(notice) << to_text(findings);
  EXPECT_TRUE(findings.empty()) << to_text(findings);
  EXPECT_EQ(notice->name, "plain");
  EXPECT_EQ(notice->to, "各学校");
  EXPECT_EQ(notice->note, "此件公开发布");
  EXPECT_FALSE(notice->seal);
  EXPECT_EQ(to_text(notice->date), "2020-06-19");
  EXPECT_FALSE(notice->print_date);
}

TEST(Notice, ReportsAnUnknownFieldWithTheNearName) {
  const Diagnostics findings = faults(replaced("title:", "titel:"));
  EXPECT_THAT(codes(findings), Contains("unknown-field"));
  EXPECT_THAT(to_text(findings), HasSubstr("plain.yaml:5:1"));
  EXPECT_THAT(to_text(findings), HasSubstr("是否为 \"title\"?"));
}

TEST(Notice, ReportsEveryFaultOfOneRun) {
  const Diagnostics findings = faults(
      "notice: plain\nkind: 通智\nmark: 文件\nnumber: 清教[2020]18号\nto: 各校\nbody: 请办。\norgan: "
      "局\ndate: 2020-02-30\nbadd: 1\n");
  EXPECT_THAT(codes(findings), Contains("unknown-field"));
  EXPECT_THAT(codes(findings), Contains("missing-field"));
  EXPECT_THAT(codes(findings), Contains("bad-choice"));
  EXPECT_THAT(codes(findings), Contains("number-brackets"));
  EXPECT_GE(findings.size(), 5u) << to_text(findings);
}

TEST(Notice, RejectsADayThatIsNoDay) {
  EXPECT_TRUE(faults(replaced("2020-06-19", "2020-06-31")).has_errors());
  EXPECT_TRUE(faults(replaced("2020-06-19", "6月19日")).has_errors());
}

TEST(Notice, WantsSquareNumberBracketsTurnedIntoTortoiseShells) {
  for (const char* number : {"清教[2020]18号", "清教【2020】18号", "清教（2020）18号"}) {
    const Diagnostics findings = faults(replaced("清教〔2020〕18号", std::string("\"") + number + "\""));
    EXPECT_THAT(codes(findings), ElementsAre("number-brackets")) << number;
    EXPECT_THAT(to_text(findings), HasSubstr("应为 \"清教〔2020〕18号\""));
  }
}

TEST(Notice, WantsNoPaddingAndNoOrdinalInTheNumber) {
  for (const char* number : {"清教〔2020〕018号", "清教〔2020〕第18号", "清教〔20〕18号", "清教〔2020〕号",
                             "18号", "〔2020〕18号"})
    EXPECT_THAT(codes(faults(replaced("清教〔2020〕18号", number))), ElementsAre("number-form")) << number;
}

TEST(Notice, WantsReceiversOfANoticeAndNoneOfAnAnnouncement) {
  EXPECT_THAT(codes(faults(replaced("to: 各学校：\n", ""))), ElementsAre("missing-field"));
  std::string announcement = replaced("to: 各学校：\n", "");
  announcement.replace(announcement.find("kind: 通知"), std::string("kind: 通知").size(), "kind: 通告");
  announcement.replace(announcement.find("的通知"), std::string("的通知").size(), "的通告");
  EXPECT_THAT(codes(faults(announcement)), IsEmpty());
}

TEST(Notice, WantsASignerOfUpwardDocuments) {
  std::string request = replaced("kind: 通知", "kind: 请示");
  request.replace(request.find("的通知"), std::string("的通知").size(), "的请示");
  EXPECT_THAT(codes(faults(request)), ElementsAre("missing-field"));
  EXPECT_THAT(codes(faults(request + "signer: 何某某\n")), IsEmpty());
}

TEST(Notice, AnnexesMustStandInTheAttachments) {
  const std::string annex = "annexes: [{title: 培训安排, body: 略。}]\n";
  EXPECT_THAT(codes(faults(with("attachments: [培训安排表]\n" + annex))), ElementsAre("unknown-attachment"));
  EXPECT_THAT(codes(faults(with("attachments: [培训安排]\n" + annex))), IsEmpty());
}

TEST(Notice, AnnexTablesHaveACellForEachColumn) {
  const std::string start =
      "attachments: [表]\nannexes:\n  - title: 表\n    table:\n      columns: [{title: 甲}, {title: 乙}]\n";
  EXPECT_THAT(codes(faults(with(start + "      rows: [[一, 二], [一]]\n"))), ElementsAre("row-length"));
}

TEST(Notice, AttachmentNamesEndWithoutPunctuation) {
  EXPECT_THAT(codes(faults(with("attachments: [培训安排表。]\n"))), ElementsAre("attachment-punctuation"));
}

TEST(Notice, PrintingNeedsBothOrganAndDay) {
  EXPECT_THAT(codes(faults(with("printed_by: 办公室\n"))), ElementsAre("missing-field"));
  EXPECT_THAT(codes(faults(with("copy_to: 市教育局\n"))), ElementsAre("missing-field"));
  EXPECT_THAT(codes(faults(with("printed_by: 办公室\nprint_date: 2020-06-18\n"))),
              ElementsAre("print-before-date"));
}

TEST(Notice, WarnsWhenItsNameIsNotThatOfItsFile) {
  EXPECT_THAT(codes(faults(replaced("notice: plain", "notice: plaain"))), ElementsAre("name-differs"));
}

TEST(Notice, ChecksASourceWithTagsAsATemplate) {
  Diagnostics findings;
  check_notice(parse(replaced("清教〔2020〕18号", "\"{{number}}\"")), findings);
  EXPECT_TRUE(findings.empty()) << to_text(findings);
  check_notice(parse(replaced("请认真组织实施。", "{{#classes}}{{title}}")), findings);
  EXPECT_THAT(codes(findings), Contains("unclosed-section"));
}

TEST(Notice, RefusesTagsThatNobodyFilled) {
  EXPECT_THAT(codes(faults(replaced("清教〔2020〕18号", "\"{{number}}\""))), Contains("unfilled-tag"));
}

TEST(FillNotice, RepeatsLinesOfTheBodyForEachItem) {
  const auto source =
      parse(replaced("请认真组织实施。", "{{#classes}}\n  {{@index}}.{{title}}\n  {{/classes}}"));
  Diagnostics findings;
  const auto filled = fill_notice(source, parse("classes: [{title: 甲班}, {title: 乙班}]"), findings);
  ASSERT_TRUE(filled) << to_text(findings);
  EXPECT_EQ((*filled)["body"].text(), "1.甲班\n2.乙班\n");
}

TEST(FillNotice, DropsElementsThatBecomeEmpty) {
  const auto source =
      parse(with("note: \"{{note | default}}\"\nattachments: [\"{{table}}\", \"{{other | default}}\"]\n"));
  Diagnostics findings;
  const auto filled = fill_notice(source, parse("table: 安排表"), findings);
  ASSERT_TRUE(filled) << to_text(findings);
  EXPECT_EQ(filled->find("note"), nullptr);
  EXPECT_EQ((*filled)["attachments"].size(), 1u);
}

TEST(FillNotice, NamesEveryValueThatTheDataLacks) {
  const auto source = parse(replaced("清教〔2020〕18号", "\"{{number}}\"") + "note: \"{{note}}\"\n");
  Diagnostics findings;
  EXPECT_FALSE(fill_notice(source, parse("numbre: 1"), findings));
  EXPECT_EQ(findings.size(), 2u) << to_text(findings);
}

}  // namespace
}  // namespace wenshu::notice
