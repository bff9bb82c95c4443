// A consent holds for what it judged: every way past a signature of another text is closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/given.h"
#include "workflow/proof_reading.h"

namespace wenshu::workflow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const char* const kForm =
    "form: f\ntitle: f\nfields:\n  title: {type: text}\n  body: {type: long-text}\n  hours: {type: integer}\n"
    "  twice: {type: integer, derived: hours * 2}\n  copies: {type: integer}\n  number: {type: text}\n"
    "  scan: {type: file}\n";

const char* const kFlow = R"(workflow: test
title: 发文
version: 1
form: f
documents: {n: {title: 通知, notice: n.yaml}}
managers: [{post: 局长}]
steps:
  draft:
    title: 拟稿
    seat: initiator
    edit: [title, body, hours, scan]
    actions: {submit: {to: sign}}
  sign:
    title: 签发
    seat: {post: 局长}
    binds: [n]
    edit: [title]
    actions: {sign: {to: check}, return: {to: draft}}
  check:
    title: 复核
    seat: {post: 办公室主任}
    edit: [title, body]
    allow: [proofread]
    actions: {agree: {to: issue}, return: {to: draft, resubmit: direct}}
  issue:
    title: 印发
    seat: {post: 文印}
    actions: {issue: {to: done, effects: [{number: {series: 县教, into: number}}, {render: [n]}]}, return: {to: check}}
  done: {end: true}
)";

Case signed_case(const std::string& flow = kFlow) {
  Case made =
      make_case(yaml(flow), yaml(kForm), yaml(kOffice), yaml("{title: 通知, body: 全文, hours: '3'}"));
  made.start("fan");
  EXPECT_EQ(made.act("fan", "submit"), "");
  EXPECT_EQ(made.act("he", "sign"), "");
  EXPECT_EQ(made.marking.step(), "check");
  return made;
}

std::string facts(const Case& made) {
  std::string all;
  for (const Fact& fact : made.last.facts) all += to_text(made.rules(), fact) + "\n";
  return all;
}
Signature::State state(const Case& made, size_t i = 0) { return made.marking.signatures.at(i).state; }
using State = Signature::State;

TEST(Signatures, HoldWhileNothingChanges) {
  Case made = signed_case();
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(made.act("xu", "issue"), "");
  EXPECT_EQ(made.marking.status, Status::ended);
  EXPECT_EQ(state(made), State::valid);
  Diagnostics findings;
  EXPECT_EQ(*parse_marking(to_value(made.marking), findings), made.marking);
}

TEST(Signatures, AreVoidOnceTheTextChangesAndTheCaseGoesBack) {
  Case made = signed_case();
  made.data.set("body", "另一篇");
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(made.marking.step(), "sign");
  EXPECT_EQ(state(made), State::voided);
  EXPECT_THAT(facts(made), HasSubstr("何建 对《通知》的签署（签发）因修改作废"));
  EXPECT_THAT(facts(made), HasSubstr("请重新签署"));
  EXPECT_TRUE(made.last.effects.empty());
  EXPECT_EQ(made.act("he", "sign"), "");
  EXPECT_EQ(state(made), State::renewed);
  EXPECT_EQ(state(made, 1), State::valid);
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(made.marking.step(), "issue");
}

TEST(Signatures, JudgeDerivedFieldsAttachmentsAndPapers) {
  Case made = signed_case();
  const Step& sign = *made.definition.find_step("sign");
  const std::string hash = judged_hash(made.rules(), made.data, sign);
  auto with = [&](const char* key, data::Value value) {
    data::Value data = made.data;
    data.set(key, std::move(value));
    return judged_hash(made.rules(), data, sign);
  };
  EXPECT_NE(with("twice", "6"), hash);
  EXPECT_NE(with("scan", yaml("{name: a, size: 1, hash: b}")), hash);
  EXPECT_NE(with("number", "县教1号"), hash);
  data::Value numbered = made.data;
  numbered.set("number", "县教1号");
  EXPECT_TRUE(still_judges(made.rules(), numbered, sign, hash)) << "it was empty, and comes later";
  EXPECT_EQ(with("copies", data::Value()), hash);
  std::map<std::string, std::string> papers = {{"n", "other"}};
  Rules rules = made.rules();
  rules.papers = &papers;
  EXPECT_NE(judged_hash(rules, made.data, sign), hash);
}

TEST(Signatures, AreNotPassedByComingStraightBack) {
  Case made = signed_case();
  EXPECT_EQ(made.act("zhou", "return", "改"), "");
  EXPECT_EQ(made.marking.step(), "draft");
  made.data.set("body", "另一篇");
  EXPECT_EQ(made.act("fan", "submit"), "");
  EXPECT_EQ(made.marking.step(), "sign") << "直达";
  EXPECT_EQ(state(made), State::voided);
}

TEST(Signatures, AreNotPassedByJumpOrWake) {
  Case made = signed_case();
  made.data.set("body", "另一篇");
  Act jump{"he", "jump", "快"};
  jump.to = "issue";
  EXPECT_EQ(made.act(jump), "signature-void");
  jump.to = "draft";
  EXPECT_EQ(made.act(jump), "");
  EXPECT_EQ(state(made), State::voided);
  Act again = jump;
  again.to = "issue";
  EXPECT_EQ(made.act(again), "signature-void");
  Act end{"he", "terminate", "不办了"};
  EXPECT_EQ(made.act(end), "");
  Act wake{"he", "wake", "再办"};
  wake.to = "issue";
  EXPECT_EQ(made.act(wake), "signature-void");
  wake.to = "draft";
  EXPECT_EQ(made.act(wake), "");
}

TEST(Signatures, GoByTheTextAsTheSignerMendedIt) {
  Case made = make_case(yaml(kFlow), yaml(kForm), yaml(kOffice), yaml("{title: 通知, body: 全文}"));
  made.start("fan");
  made.act("fan", "submit");
  made.data.set("title", "关于什么的通知");  // 小改后发
  EXPECT_EQ(made.act("he", "sign"), "");
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(state(made), State::valid);
}

TEST(Signatures, OfOthersAtTheSameStepAreAskedAgain) {
  std::string flow = kFlow;
  flow = replace_all(flow, "seat: {post: 局长}\n    binds",
                     "seats: [{post: 局长}, {post: 负责人, of: 人事科}]\n    decide: {rule: all}\n    binds");
  Case made = make_case(yaml(flow), yaml(kForm), yaml(kOffice), yaml("{title: 通知, body: 全文}"));
  made.start("fan");
  made.act("fan", "submit");
  EXPECT_EQ(made.act("he", "sign"), "");
  made.data.set("title", "改了");
  EXPECT_EQ(made.act("sun", "sign"), "");
  EXPECT_EQ(made.marking.step(), "sign");
  EXPECT_EQ(made.act("he", "sign"), "");
  EXPECT_EQ(made.marking.step(), "check");
}

TEST(Signatures, CoverWhatTheStepSays) {
  Case made = signed_case(replace_all(kFlow, "binds: [n]", "binds: [n]\n    covers: [title]"));
  made.data.set("body", "另一篇");
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(made.marking.step(), "issue");
  made.data.set("title", "另一个标题");
  EXPECT_EQ(made.act("xu", "issue"), "");
  EXPECT_EQ(made.marking.step(), "sign");
}

TEST(Signatures, JudgeTheNumberThatWasThereAndTheResultThatWasRead) {
  Case made = make_case(yaml(kFlow), yaml(kForm), yaml(kOffice), yaml("{title: 通知, number: 县教1号}"));
  made.definition.steps[0].start = SubWorkflow{{"other", {}}, {}, {}, true, {}};
  made.definition.steps[0].start->results.push_back(
      {{"copies", {}}, expression::Guard("copies", {}, nullptr)});
  const Step& sign = *made.definition.find_step("sign");
  auto judges = [&](const data::Value& then, const data::Value& now) {
    return still_judges(made.rules(), now, sign, judged_hash(made.rules(), then, sign));
  };
  EXPECT_FALSE(judges(yaml("{number: 1号}"), yaml("{number: 9号}")));
  EXPECT_FALSE(judges(yaml("{number: 1号}"), yaml("{title: 甲}"))) << "nor may it be taken away";
  EXPECT_FALSE(judges(yaml("{copies: '100'}"), yaml("{copies: '999999'}")))
      << "a result replaces what was read";
  EXPECT_TRUE(judges(yaml("{title: 甲}"), yaml("{title: 甲, copies: '3', number: 1号}")));
  EXPECT_TRUE(judges(yaml("{title: 甲, number: 1号}"), yaml("{title: 甲, copies: '3', number: 1号}")))
      << "each field by itself";
  EXPECT_FALSE(judges(yaml("{title: 甲, number: 1号}"), yaml("{title: 乙, copies: '3', number: 1号}")));
}

std::string proof_code(const Case& made, const data::Value& after,
                       const std::vector<data::Value>& signed_texts = {}) {
  const auto blockers = find_proof_blockers(made.rules(), made.marking, {made.data, after, signed_texts});
  return blockers.empty() ? std::string() : blockers.front().code;
}
data::Value changed(data::Value data, const char* key, data::Value value) {
  data.set(key, std::move(value));
  return data;
}

Case with_body(const std::string& body) {
  Case made =
      make_case(yaml(kFlow), yaml(kForm), yaml(kOffice), changed(yaml("{title: 通知}"), "body", body));
  made.start("fan");
  EXPECT_EQ(made.act("fan", "submit"), "");
  EXPECT_EQ(made.act("he", "sign"), "");
  return made;
}

TEST(Signatures, LeaveRoomForManyResultsThatCameLater) {
  Case made = make_case(yaml(kFlow), yaml(kForm), yaml(kOffice), yaml("{title: 通知}"));
  made.definition.steps[0].start = SubWorkflow{{"other", {}}, {}, {}, true, {}};
  for (const char* into : {"copies", "hours", "scan", "body", "a", "b", "c", "d"})
    made.definition.steps[0].start->results.push_back({{into, {}}, expression::Guard("copies", {}, nullptr)});
  const Step& sign = *made.definition.find_step("sign");
  const std::string hash = judged_hash(made.rules(), yaml("{title: 甲, number: 1号}"), sign);
  EXPECT_TRUE(still_judges(made.rules(), yaml("{title: 甲, copies: '3', number: 1号}"), sign, hash))
      << "what is not there takes up no room";
  EXPECT_FALSE(still_judges(made.rules(), yaml("{title: 甲, copies: '3', number: 2号}"), sign, hash));
}

TEST(ProofReading, KeepsSignaturesAndIsOnlyOfWords) {
  Case made = with_body("请各校认真布署。");
  EXPECT_EQ(proof_code(made, changed(made.data, "body", "请各校认真部署。")), "");
  made.data.set("body", "请各校认真部署。");
  EXPECT_EQ(made.act("zhou", "proofread", "错字"), "");
  EXPECT_EQ(state(made), State::valid);
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(made.marking.step(), "issue");
  // What was proof-read is what later changes are held against.
  made.data.set("body", "请各校认真布署。");
  EXPECT_EQ(made.act("xu", "issue"), "");
  EXPECT_EQ(made.marking.step(), "sign");
}

TEST(ProofReading, IsNoOtherText) {
  Case made = signed_case();
  auto code = [&](const char* key, data::Value value) {
    return proof_code(made, changed(made.data, key, std::move(value)));
  };
  EXPECT_EQ(code("title", "关于举办全县教师培训班的通知"), "proof-too-much");
  EXPECT_EQ(code("hours", "30"), "proof-not-text");
  EXPECT_EQ(code("body", ""), "proof-not-text");
  EXPECT_EQ(code("body", "全文"), "proof-nothing");
  EXPECT_EQ(code("scan", yaml("{name: a, size: 1, hash: b}")), "proof-not-text");
  EXPECT_EQ(made.act("xu", "proofread", "改"), "not-your-seat");
}

TEST(ProofReading, TouchesNoFigureAndNoWordThatSaysNo) {
  Case made = with_body("经研究，同意你单位购置电脑10台，所需经费一万元，不得挪用。");
  auto code = [&](const char* from, const char* to) {
    return proof_code(made, changed(made.data, "body", replace_all(made.data["body"].text(), from, to)));
  };
  EXPECT_EQ(code("购置", "购买"), "proof-substance") << "买 and 卖 are opposites";
  EXPECT_EQ(code("挪用", "挪佣"), "proof-word") << "a slip put in";
  EXPECT_EQ(code("10台", "1台"), "proof-substance");
  EXPECT_EQ(code("10台", "90台"), "proof-substance");
  EXPECT_EQ(code("同意", "不同意"), "proof-substance");
  EXPECT_EQ(code("一万元", "十万元"), "proof-substance");
  EXPECT_EQ(code("不得", "可以"), "proof-substance");
}

TEST(ProofReading, MendsSlipsAndReplacesNoWord) {
  Case made = with_body(
      "请各校认真布署安全教教育工工作，由王芳同志牵头，于三日内完成，请示领导。加强暑期训培，幼园按各校要求的"
      "办理、");
  auto code = [&](const char* from, const char* to) {
    return proof_code(made, changed(made.data, "body", replace_all(made.data["body"].text(), from, to)));
  };
  EXPECT_EQ(code("布署", "部署"), "") << "another character";
  EXPECT_EQ(code("教教育", "教育"), "") << "one too many";
  EXPECT_EQ(code("幼园", "幼儿园"), "") << "one that lacks";
  EXPECT_EQ(code("训培", "培训"), "") << "two that changed places";
  EXPECT_EQ(code("要求的", "要求"), "");
  EXPECT_EQ(code("办理、", "办理。"), "") << "one mark for another";
  EXPECT_EQ(code("请示", "示请"), "proof-word");
  EXPECT_EQ(code("安全", "卫生"), "proof-word") << "as long, and another word";
  EXPECT_EQ(code("牵头", ""), "proof-word");
  EXPECT_EQ(code("三日", "三月"), "proof-substance");
  EXPECT_EQ(code("各校", "各校各校"), "proof-word") << "nothing is said twice on purpose";
  EXPECT_EQ(code("各校要求", "各高校要求"), "proof-substance") << "other schools";
  EXPECT_EQ(code("各校要求", "各党校要求"), "proof-word");
  EXPECT_EQ(code("王芳", "王方"), "proof-word") << "a name that no directory has";
}

TEST(ProofReading, ChangesNobodyWhomNoDirectoryKnows) {
  Case made = with_body(
      "一等奖：李媛媛、李媛、欧阳娜娜、马莉、关健。当地学校认真的学习，（以邮戳为准），。通知学学校(另发)");
  auto code = [&](const char* from, const char* to) {
    return proof_code(made, changed(made.data, "body", replace_all(made.data["body"].text(), from, to)));
  };
  for (const auto& [from, to] :
       {std::pair{"李媛媛", "李媛"}, {"娜娜", "娜"}, {"马莉", "马力"}, {"关健", "关键"}, {"当地", "当的"}})
    EXPECT_EQ(code(from, to), "proof-word") << from;
  for (const auto& [from, to] : {std::pair{"真的", "真地"},
                                 {"，。", "。"},
                                 {"学学校", "学校"},
                                 {"(另发)", "（另发）"},
                                 {"(另发)", "(另发)。"}})
    EXPECT_EQ(code(from, to), "") << from;
}

// What a walk through the house signed, changed and sent out.
TEST(ProofReading, LetsNoFigureWanderAndNoWordSayTheOpposite) {
  const std::string text =
      "城关中学不招生，实验中学招生。推荐名额：小学组1名、中学组12名。每校3—5人，赞成者达2/3以上，9:30开会。"
      "参加对象为小学教师或校长，给予奖励。关于评选的通知。";
  Case made = with_body(text);
  auto code = [&](std::vector<std::pair<const char*, const char*>> changes) {
    std::string other = text;
    for (const auto& [from, to] : changes) other = replace_all(other, from, to);
    return proof_code(made, changed(made.data, "body", other));
  };
  EXPECT_EQ(code({{"组1名", "组11名"}, {"组12名", "组2名"}}), "proof-substance");
  EXPECT_EQ(code({{"3—5", "35"}}), "proof-substance");
  EXPECT_EQ(code({{"3—5", "3、5"}}), "proof-substance");
  EXPECT_EQ(code({{"2/3", "23"}}), "proof-substance");
  EXPECT_EQ(code({{"9:30", "9，30"}}), "proof-substance");
  EXPECT_EQ(code({{"城关中学不招生，实验中学招生", "城关中学招生，实验中学不招生"}}), "proof-substance");
  EXPECT_EQ(code({{"小学教师或校长", "中学教师或校长"}}), "proof-substance");
  EXPECT_EQ(code({{"或校长", "和校长"}}), "proof-substance");
  EXPECT_EQ(code({{"奖励", "惩励"}}), "proof-substance");
  EXPECT_EQ(code({{"评选", "评先"}}), "proof-word");
  EXPECT_EQ(code({{"教师", "老教师"}}), "proof-word");
  EXPECT_EQ(code({{"评选", "评议"}}), "proof-word");
}

TEST(ProofReading, NeverTouchesANameOfTheOffice) {
  const std::string name = with_body("全文").directory.people.front().name;
  const std::u32string characters = to_characters(name);
  const std::string other = to_utf8(characters.substr(0, characters.size() - 1)) + "某";
  const Case made = with_body("由" + name + "同志负责安全教育工作。");
  EXPECT_EQ(proof_code(made, changed(made.data, "body", "由" + other + "同志负责安全教育工作。")),
            "proof-name");
}

TEST(ProofReading, ShowsWhatDiffers) {
  EXPECT_EQ(shown_change("请各校认真布署安全教育", "请各校认真部署安全教育"),
            "“各校认真布署安全教”改为“各校认真部署安全教”");
}

TEST(ProofReading, IsMeasuredAgainstWhatWasSignedHoweverManyStepsItTakes) {
  Case made = with_body("购制电恼，请各校认真布署。");
  const data::Value then = made.data;
  made.data.set("body", "购置电恼，请各校认真布署。");
  EXPECT_EQ(made.act("zhou", "proofread", "错字"), "");
  made.data.set("body", "购置电脑，请各校认真部署。");
  EXPECT_EQ(made.act("zhou", "proofread", "错字"), "");
  const data::Value more = changed(made.data, "body", "购置电脑，请各校认真部署；");
  EXPECT_EQ(proof_code(made, more), "") << "by itself it were a small change";
  EXPECT_EQ(proof_code(made, more, {then}), "proof-too-much");
}

TEST(ProofReading, CarriesNothingThatHadChangedBefore) {
  Case made = signed_case();
  std::map<std::string, std::string> papers = {{"n", "of a new version"}};
  Rules rules = made.rules();
  rules.papers = &papers;
  const auto blockers =
      find_proof_blockers(rules, made.marking, {made.data, changed(made.data, "body", "全篇"), {}});
  ASSERT_EQ(blockers.size(), 1u);
  EXPECT_EQ(blockers.front().code, "signature-void");
}

TEST(Edits, NeverReachANumberThatTheLedgerGives) {
  Case made = make_case(yaml(replace_all(kFlow, "edit: [title, body, hours, scan]", "edit: [title, number]")),
                        yaml(kForm), yaml(kOffice), yaml("{title: 通知, number: 县教3号}"));
  made.start("fan");
  const auto blockers = find_edit_blockers(made.rules(), made.marking, made.data,
                                           changed(made.data, "number", "县教99号"), {"fan", "submit", ""});
  ASSERT_EQ(blockers.size(), 1u);
  EXPECT_EQ(blockers.front().code, "number-given");
}

TEST(Edits, WriteNeitherANumberNorItsDayWhenACaseBegins) {
  const std::string flow = replace_all(kFlow, "into: number}", "into: number, date: day}");
  const std::string form = kForm + std::string("  day: {type: date}\n");
  const Case made = make_case(yaml(flow), yaml(form), yaml(kOffice), yaml("{title: 通知}"));
  const auto codes = [&](const char* given) {
    std::string all;
    for (const Blocker& one : find_given_blockers(made.rules(), yaml(given)))
      all += one.code + " " + one.parameters.at("field") + ";";
    return all;
  };
  EXPECT_EQ(codes("{title: 通知, number: 县教88号}"), "number-given number;");
  EXPECT_EQ(codes("{title: 通知, day: 2020-01-01}"), "number-given day;")
      << "it would be signed and written over";
  EXPECT_EQ(codes("{title: 通知, number: '', body: 全文}"), "");
}

TEST(Assign, ChangesStepsToCome) {
  Case made = signed_case();
  Act assign{"he", "assign", "出差"};
  assign.to = "issue";
  assign.people = {"qian"};
  EXPECT_EQ(made.act(assign), "");
  EXPECT_THAT(facts(made), HasSubstr("改派“印发”环节由 钱珍 办理"));
  EXPECT_EQ(made.act("zhou", "agree"), "");
  EXPECT_EQ(made.act("xu", "issue"), "not-your-seat");
  EXPECT_THAT(made.marking.seats().front().candidates.list(), ElementsAre("qian"));
  EXPECT_EQ(made.act(assign), "already-open");
  Act own{"fan", "assign", "方便"};
  own.to = "sign";
  own.people = {"qian"};
  EXPECT_EQ(made.act(own), "not-manager");
}

}  // namespace
}  // namespace wenshu::workflow
