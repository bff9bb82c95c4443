// What a notice source is asked for, and what it is refused for (条例 art. 9, GB/T 9704 7 and 10).
#include <gmock/gmock.h>

#include "data/load.h"
#include "notice/notice.h"

namespace wenshu::notice {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Lines = std::vector<std::pair<std::string, std::string>>;

// A source as lines of YAML that a test changes: with({{"kind", "请示"}}), "" takes a key out.
std::string source(const Lines& changes = {}) {
  Lines lines = {
      {"notice", "plain"},
      {"kind", "通知"},
      {"mark", "清河县教育体育局文件"},
      {"number", "清教〔2024〕18号"},
      {"title", "清河县教育体育局关于做好培训的通知"},
      {"to", "各学校"},
      {"body", "请认真组织实施。"},
      {"organ", "清河县教育体育局"},
      {"date", "2024-06-19"},
  };
  for (const auto& [key, value] : changes) {
    auto found =
        std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.first == key; });
    if (found == lines.end()) found = lines.insert(lines.end(), {key, ""});
    found->second = value;
  }
  std::string text;
  for (const auto& [key, value] : lines)
    if (!value.empty()) text += key + ": " + value + "\n";
  return text;
}

const Lines kCommand = {{"kind", "命令（令）"},
                        {"mark", "清河县人民政府令"},
                        {"number", "第3号"},
                        {"title", ""},
                        {"to", ""},
                        {"organ", ""},
                        {"signature", "{post: 县长, name: 何某某}"}};
const Lines kMinutes = {{"kind", "纪要"},    {"mark", "清河县教育体育局局长办公会议纪要"},
                        {"number", "第5期"}, {"title", ""},
                        {"to", ""},          {"present", "何某某、林某某"}};

Lines operator+(Lines all, const Lines& more) {
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Diagnostics faults(const std::string& text) {
  Diagnostics findings;
  const auto value = data::parse_yaml(text, "plain.yaml", findings);
  if (value) check_notice(*value, findings);
  return findings;
}

std::vector<std::string> codes(const std::string& text) {
  std::vector<std::string> all;
  for (const auto& finding : faults(text)) all.push_back(finding.code);
  return all;
}

std::string words(const std::string& text) { return to_text(faults(text)); }

TEST(Elements, TakesTheLawfulFormsOfASecrecyADayAndANumberOfMinutes) {
  for (const char* secrecy : {"秘密★2026年6月30日", "机密★2026年12月31日前", "绝密★长期", "秘密★6个月"})
    EXPECT_THAT(codes(source({{"copy_number", "\"000001\""}, {"secrecy", secrecy}})), IsEmpty()) << secrecy;
  for (const char* none : {"秘密★2026年2月30日", "秘密★二〇二六年六月三十日"})
    EXPECT_THAT(codes(source({{"copy_number", "\"000001\""}, {"secrecy", none}})), Contains("secrecy-form"))
        << none;
  for (const char* day : {"2024年6月19日", "2024-6-19", "2024/6/19", "2024.6.19", "2024-06-19"})
    EXPECT_THAT(codes(source({{"date", day}})), IsEmpty()) << day;
  for (const char* none :
       {"2024年2月30日", "2024-2-30", "6-19-2024", "24-6-19", "2024-6", "0204年6月19日", "2024-6-"})
    EXPECT_THAT(codes(source({{"date", none}})), ElementsAre("bad-date")) << none;
  for (const char* number : {"2025年第5期", "（第5期）", "（2025年第5期）", "第5次", "〔2025〕5期"})
    EXPECT_THAT(codes(source(kMinutes + Lines{{"number", number}})), IsEmpty()) << number;
  for (const char* none : {"2025年5", "（第5期", "第05期"})
    EXPECT_THAT(codes(source(kMinutes + Lines{{"number", none}})), ElementsAre("number-form")) << none;
}

TEST(Elements, TakesALongNameOfASignerThatFitsBesideTheNumber) {
  const Lines up = {{"kind", "请示"}, {"title", "清河县教育体育局关于拨付经费的请示"}, {"to", "县人民政府"}};
  EXPECT_THAT(codes(source(up + Lines{{"signer", "阿不都热依木·买买提明"}})), IsEmpty());
  EXPECT_THAT(codes(source(up + Lines{{"signer", "阿不都热依木·买买提明·艾合买提"}})),
              ElementsAre("too-long"));
  EXPECT_THAT(codes(source(up + Lines{{"signer", "阿不都热依木·买买提明"},
                                      {"number", "清河教体安委办〔2024〕118号"}})),
              ElementsAre("too-long"));
}

TEST(Annexes, TakesABlankHeadOfATableButNoneOverSeveralColumns) {
  const auto with = [](const std::string& columns) {
    return codes(
        source({{"attachments", "[名单]"},
                {"annexes", "[{title: 名单, table: {columns: " + columns + ", rows: [[甲, 乙]]}}]"}}));
  };
  EXPECT_THAT(with("[{title: \"\"}, {title: 姓名}]"), IsEmpty());
  EXPECT_THAT(with("[{title: 人员, columns: [{title: \"\"}, {title: 姓名}]}]"), IsEmpty());
  EXPECT_THAT(with("[{title: \"\", columns: [{title: 性别}, {title: 姓名}]}]"), ElementsAre("empty-text"));
  EXPECT_THAT(with("[{title: [甲]}, {title: 姓名}]"), ElementsAre("wrong-type"));
  EXPECT_THAT(with("[{width: 2}, {title: 姓名}]"), ElementsAre("missing-field"));
}

TEST(WantedFields, NamesKindAndClauseOfWhatIsLeftOut) {
  for (const char* field : {"mark", "number", "title", "to", "body", "organ", "date"}) {
    const std::string said = words(source({{field, ""}}));
    EXPECT_THAT(said, HasSubstr("通知缺少")) << field;
    EXPECT_THAT(said, HasSubstr("\"" + std::string(field) + "\"")) << field;
    EXPECT_THAT(said, HasSubstr("条例第九条")) << field;
  }
}

TEST(WantedFields, ARequestNeedsItsSigner) {
  const std::string said =
      words(source({{"kind", "请示"}, {"title", "关于经费的请示"}, {"to", "县人民政府"}}));
  EXPECT_THAT(said, HasSubstr("请示缺少签发人 \"signer\""));
}

TEST(WantedFields, AClassifiedDocumentNeedsACopyNumber) {
  EXPECT_THAT(words(source({{"secrecy", "秘密★1年"}})), HasSubstr("缺少份号 \"copy_number\""));
  EXPECT_THAT(codes(source({{"secrecy", "秘密★1年"}, {"copy_number", "\"000012\""}})), IsEmpty());
}

TEST(WantedFields, ACommandIsSignedByItsSignerAndHasNoTitle) {
  EXPECT_THAT(codes(source(kCommand)), IsEmpty());
  EXPECT_THAT(codes(source(kCommand + Lines{{"signature", ""}})), ElementsAre("missing-field"));
  EXPECT_THAT(words(source(kCommand + Lines{{"title", "关于某事的令"}})),
              HasSubstr("命令（令）格式在令号之下直接编排正文"));
}

TEST(WantedFields, MinutesListWhoWasThere) {
  EXPECT_THAT(codes(source(kMinutes)), IsEmpty());
  const auto alone = kMinutes + Lines{{"present", ""}};
  ASSERT_EQ(faults(source(alone)).size(), 1u);
  EXPECT_EQ(faults(source(alone)).begin()->severity, Severity::warning);
  EXPECT_THAT(codes(source({{"present", "何某某"}})), ElementsAre("field-out-of-place"));
}

TEST(Formats, BelongToTheirKinds) {
  EXPECT_THAT(codes(source({{"format", "letter"}, {"mark", "清河县教育体育局"}})), IsEmpty());
  EXPECT_THAT(codes(source({{"format", "command"}})), Contains("format-kind"));
  EXPECT_THAT(codes(source({{"format", "minutes"}})), Contains("format-kind"));
  EXPECT_THAT(codes(source(kCommand + Lines{{"format", "ordinary"}})), Contains("format-kind"));
  EXPECT_THAT(codes(source({{"format", "memo"}})), Contains("bad-choice"));
}

TEST(Formats, ALetterHasNeitherTheWordForDocumentsNorAPrintingLine) {
  EXPECT_THAT(codes(source({{"format", "letter"}})), ElementsAre("mark-form"));
  EXPECT_THAT(codes(source({{"format", "letter"},
                            {"mark", "清河县教育体育局"},
                            {"printed_by", "办公室"},
                            {"print_date", "2024-06-19"}})),
              ElementsAre("field-out-of-place", "field-out-of-place"));
  EXPECT_THAT(codes(source({{"format", "letter"}, {"mark", "清河县教育体育局"}, {"copy_to", "县财政局"}})),
              IsEmpty());
}

TEST(Formats, OrderNumbersAndMinutesCountAsTheyDo) {
  for (const char* number : {"第03号", "第号", "3号", "清河〔2024〕3号"})
    EXPECT_THAT(codes(source(kCommand + Lines{{"number", number}})), ElementsAre("number-form")) << number;
  for (const char* number : {"第12期", "第3号", "〔2024〕3号", "清教纪〔2024〕3号"})
    EXPECT_THAT(codes(source(kMinutes + Lines{{"number", number}})), IsEmpty()) << number;
}

TEST(TopLeft, HasItsForms) {
  EXPECT_THAT(codes(source({{"copy_number", "12"}})), ElementsAre("copy-number-form"));
  for (const char* secrecy : {"秘密★一年", "内部", "机密★01年", "秘密★"})
    EXPECT_THAT(codes(source({{"copy_number", "\"000012\""}, {"secrecy", secrecy}})),
                ElementsAre("secrecy-form"))
        << secrecy;
  for (const char* secrecy : {"秘密★1年", "机密★6个月", "绝密★长期", "秘密"})
    EXPECT_THAT(codes(source({{"copy_number", "\"000012\""}, {"secrecy", secrecy}})), IsEmpty()) << secrecy;
  EXPECT_THAT(codes(source({{"urgency", "急件"}})), ElementsAre("urgency-form"));
  EXPECT_THAT(codes(source({{"urgency", "特急"}})), IsEmpty());
}

TEST(TopLeft, AYearIsNoTermOfSecrecy) {
  const std::string classified = source({{"copy_number", "'000001'"}, {"secrecy", "秘密★2026年"}});
  EXPECT_THAT(codes(classified), Contains("secrecy-form"));
}

TEST(TopLeft, WhatIsClassifiedIsNotForEverybody) {
  const Lines secret = {{"copy_number", "\"000012\""}, {"secrecy", "秘密★1年"}};
  EXPECT_THAT(codes(source(secret + Lines{{"note", "此件公开发布"}})), ElementsAre("secret-published"));
  EXPECT_THAT(codes(source(secret + Lines{{"note", "此件不公开发布"}})), IsEmpty());
}

TEST(JointDocuments, HaveAsManyOfEachAsThereAreOrgans) {
  const Lines joint = {{"mark", "[县教育局, 县财政局文件]"}, {"organ", "[县教育局, 县财政局]"}};
  EXPECT_THAT(codes(source(joint)), IsEmpty());
  const auto more = [&](const char* key, const char* value) {
    return codes(source(joint + Lines{{key, value}}));
  };
  EXPECT_THAT(more("organ", "[县教育局, 县财政局, 县人社局]"), ElementsAre("joint-organs-differ"));
  EXPECT_THAT(more("mark", "县教育局文件"), IsEmpty()) << "the mark of the host alone will do";
  EXPECT_THAT(more("seal", "[a.png]"), ElementsAre("joint-seals-differ"));
  EXPECT_THAT(more("seal", "a.png"), ElementsAre("joint-seals-differ"));
  EXPECT_THAT(more("seal", "[a.png, b.png]"), IsEmpty());
  EXPECT_THAT(
      codes(source(
          joint +
          Lines{{"kind", "请示"}, {"title", "关于某事的请示"}, {"to", "县人民政府"}, {"signer", "何某某"}})),
      ElementsAre("joint-signers-differ"));
}

TEST(Seals, ArePngFilesOfASaneWidth) {
  EXPECT_THAT(codes(source({{"seal", "ture"}})), ElementsAre("bad-picture"));
  EXPECT_THAT(codes(source({{"seal", "{picture: seal.png, width: 42}"}})), IsEmpty());
  EXPECT_THAT(codes(source({{"seal", "{picture: seal.png, width: 420}"}})), ElementsAre("picture-width"));
}

TEST(Seals, ALetterOrARequestWithoutOneIsWorthAWarning) {
  EXPECT_THAT(codes(source({{"seal", "false"}})), IsEmpty());
  const Diagnostics findings = faults(source({{"kind", "函"}, {"title", "关于某事的函"}, {"seal", "false"}}));
  ASSERT_EQ(findings.size(), 1u) << to_text(findings);
  EXPECT_EQ(findings.begin()->code, "seal-missing");
  EXPECT_EQ(findings.begin()->severity, Severity::warning);
}

TEST(Texts, NameAPrivateUseCharacterAndItsRightForm) {
  const std::string said = words(source({{"signer", ""}, {"note", "联系人：\xEE\xA1\xA3某"}}));
  EXPECT_THAT(said, HasSubstr("private-use-character"));
  EXPECT_THAT(said, HasSubstr("U+E863"));
  EXPECT_THAT(said, HasSubstr("䶮"));
  EXPECT_THAT(said, HasSubstr("plain.yaml:10:7"));
}

TEST(Texts, ATitleOfTwoHundredCharactersIsTooLong) {
  std::string title;
  for (int i = 0; i < 196; ++i) title += "长";
  EXPECT_THAT(codes(source({{"title", title + "的通知"}})), ElementsAre("too-long"));
}

const char* const kAnnex =
    "attachments: [表]\nannexes:\n  - title: 表\n    table:\n      columns: [{title: 甲}, {title: 乙, "
    "columns: "
    "[{title: 丙}, {title: 丁}]}]\n";

TEST(Annexes, ATableCountsTheColumnsUnderAHead) {
  EXPECT_THAT(codes(source() + kAnnex + "      rows: [[一, 二, 三]]\n"), IsEmpty());
  EXPECT_THAT(codes(source() + kAnnex + "      rows: [[一, 二]]\n"), ElementsAre("row-length"));
}

TEST(Annexes, MergeNamesColumnsThatAreThere) {
  EXPECT_THAT(codes(source() + kAnnex + "      merge: [甲, 丙]\n      rows: [[一, 二, 三]]\n"), IsEmpty());
  EXPECT_THAT(codes(source() + kAnnex + "      merge: [乙乙]\n      rows: [[一, 二, 三]]\n"),
              ElementsAre("unknown-column"));
}

TEST(Annexes, ATableWiderThanThePageIsNamed) {
  std::string columns, row;
  for (int i = 0; i < 30; ++i) {
    columns += (i ? ", {title: 栏" : "{title: 栏") + std::to_string(i) + "}";
    row += i ? ", 字" : "字";
  }
  const std::string text = source() +
                           "attachments: [表]\nannexes:\n  - title: 表\n    table:\n      columns: [" +
                           columns + "]\n      rows: [[" + row + "]]\n";
  EXPECT_THAT(codes(text), ElementsAre("table-too-wide"));
  EXPECT_THAT(words(text), HasSubstr("landscape: true"));
  EXPECT_THAT(codes(text + "    landscape: true\n"), IsEmpty());
}

TEST(Annexes, ANumberIsNotTornWhereAnotherColumnHasRoom) {
  const std::string head =
      source() +
      "attachments: [表]\nannexes:\n  - title: 表\n    table:\n      columns: [{title: 校, width: 9}, "
      "{title: 元, width: 1}";
  EXPECT_THAT(codes(head + "]\n      rows: [[县一中, '1,277,707.50']]\n"), IsEmpty());
  std::string columns, row;
  for (int i = 0; i < 7; ++i) {
    columns += (i ? ", {title: 栏" : "{title: 栏") + std::to_string(i) + "}";
    row += i ? ", '1,277,707.50'" : "'1,277,707.50'";
  }
  const std::string narrow = source() +
                             "attachments: [表]\nannexes:\n  - title: 表\n    table:\n      columns: [" +
                             columns + "]\n      rows: [[" + row + "]]\n";
  EXPECT_THAT(codes(narrow), Contains("number-torn"));
  EXPECT_THAT(codes(narrow + "    landscape: true\n"), IsEmpty());
}

TEST(Annexes, NothingIsListedOrAttachedTwice) {
  EXPECT_THAT(codes(source() + "attachments: [名单, 名单]\n"), ElementsAre("attachment-twice"));
  EXPECT_THAT(codes(source() +
                    "attachments: [名单]\nannexes: [{title: 名单, body: 略。}, {title: 名单, body: 略。}]\n"),
              ElementsAre("annex-twice"));
}

TEST(Checks, OutliveAnyShapeOfASource) {
  for (const char* text :
       {"notice: x\nkind: [a]\nmark: {}\norgan: {a: b}\nseal: [[1]]\nsignature: 3\nannexes: 5\n",
        "notice: x\nkind: 通知\nannexes: [1, {title: [], table: {columns: 4, rows: 5, merge: {}}}]\n",
        "notice: x\nkind: 请示\nsigner: {}\ntable: 1\nissued: 1\nattachments: {a: 1}\n", "notice: x\n", "[]"})
    EXPECT_TRUE(faults(text).has_errors()) << text;
}

}  // namespace
}  // namespace wenshu::notice
