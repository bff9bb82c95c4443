#include <gmock/gmock.h>

#include <algorithm>

#include "base/text.h"
#include "data/write.h"
#include "tests/workflow/set_up.h"

namespace wenshu::workflow {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

//  draft --submit--> heads (三科会签) --agree--> sign --sign--> done
//    ^------------------ reject, return --------------'
const char* const kFlow = R"(workflow: paper
title: 会签
version: 1
form: paper
documents:
  slip: {title: 审批单, template: tables/slip.docx}
steps:
  draft:
    title: 拟稿
    seat: initiator
    edit: [paper]
    actions:
      submit: {to: heads, when: "paper.pages > 0"}
  heads:
    title: 会签
    seats: [{post: 负责人, of: 人事科}, {post: 负责人, of: 教研室}, {post: 负责人, of: 计财科}]
    decide: {rule: all, on_reject: veto}
    actions:
      agree:  {to: sign}
      reject: {to: draft, opinion: required}
      return: {to: draft, opinion: required}
  sign:
    title: 签发
    seat: {post: 局长}
    binds: [slip]
    actions:
      sign: {to: done, effects: [{render: [slip]}]}
      return: {to: draft, opinion: required}
  done: {end: true}
)";

const char* const kForm = R"(form: paper
title: 文稿
fields:
  paper:
    type: group
    fields:
      title: {title: 标题, type: text}
      pages: {title: 页数, type: integer}
  stamp: {title: 印章, type: text}
)";

Case paper(const std::string& flow = kFlow, const std::string& office = kOffice) {
  return make_case(yaml(flow), yaml(kForm), yaml(office), yaml("paper: {title: 甲, pages: 3}\n"));
}

Case at_heads(const std::string& flow = kFlow, const std::string& office = kOffice) {
  Case c = paper(flow, office);
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_EQ(c.marking.step(), "heads");
  return c;
}

std::vector<std::string> fact_codes(const Done& move) {
  std::vector<std::string> all;
  for (const Fact& fact : move.facts) all.emplace_back(fact.code);
  return all;
}

std::string fact_texts(const Case& c) {
  std::vector<std::string> all;
  for (const Fact& fact : c.last.facts) all.push_back(to_text(c.rules(), fact));
  return join(all, "\n");
}

TEST(Moves, StartAtTheFirstStepWithTheInitiatorsSeat) {
  Case c = paper();
  EXPECT_TRUE(find_start_blockers(c.rules(), "fan").empty());
  c.start("fan");
  EXPECT_EQ(c.marking.status, Status::draft);
  EXPECT_EQ(c.marking.round, 1);
  ASSERT_THAT(c.marking.seats(), SizeIs(1));
  EXPECT_THAT(c.marking.seats()[0].candidates.list(), ElementsAre("fan"));
  EXPECT_EQ(find_start_blockers(c.rules(), "nobody").front().code, "unknown-person");
}

TEST(Moves, CountersignAdvancesWhenAllAgreeInEveryOrder) {
  std::vector<std::string> heads = {"liang", "qian", "sun"};
  do {
    Case c = at_heads();
    EXPECT_EQ(c.act(heads[0], "agree"), "");
    EXPECT_EQ(c.marking.step(), "heads");
    EXPECT_THAT(fact_codes(c.last), ElementsAre("decided"));
    EXPECT_EQ(c.act(heads[1], "agree"), "");
    EXPECT_THAT(open_seats(c.marking), SizeIs(1));
    EXPECT_EQ(c.act(heads[2], "agree", "无意见"), "");
    EXPECT_EQ(c.marking.step(), "sign");
    EXPECT_EQ(c.marking.status, Status::running);
    EXPECT_EQ(c.marking.round, 1);
    EXPECT_THAT(fact_codes(c.last), ElementsAre("decided", "left", "entered"));
  } while (std::next_permutation(heads.begin(), heads.end()));
}

TEST(Moves, VetoClosesTheRoundAndCancelsOpenSeats) {
  Case c = at_heads();
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.act("sun", "reject", "经费不足"), "");
  EXPECT_EQ(c.marking.step(), "draft");
  EXPECT_EQ(c.marking.status, Status::draft);
  EXPECT_EQ(c.marking.round, 2);
  EXPECT_THAT(fact_codes(c.last), ElementsAre("decided", "cancelled", "left", "entered"));
  EXPECT_THAT(fact_texts(c), HasSubstr("孙月（人事科负责人）不同意：经费不足"));
  EXPECT_THAT(fact_texts(c), HasSubstr("教研室负责人 因不同意而取消"));
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_THAT(open_seats(c.marking), SizeIs(3)) << "a new round asks everybody again";
}

TEST(Moves, ReturnCancelsOpenSeatsBecauseOfTheReturn) {
  Case c = at_heads();
  EXPECT_EQ(c.act("sun", "return", "请补充"), "");
  EXPECT_THAT(fact_texts(c), HasSubstr("教研室负责人 因退回而取消"));
  EXPECT_THAT(fact_texts(c), HasSubstr("计财科负责人 因退回而取消"));
  EXPECT_EQ(c.marking.step(), "draft");
}

TEST(Moves, CountWaitsForAllSeatsBeforeARejectCounts) {
  Case c = at_heads(replace_all(kFlow, "on_reject: veto", "on_reject: count"));
  EXPECT_EQ(c.act("sun", "reject", "不行"), "");
  EXPECT_EQ(c.marking.step(), "heads");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.marking.step(), "draft");
}

TEST(Moves, CountLeavesByAnActionOnlyWhereItsOwnConditionsHold) {
  const std::string votes = replace_all(
      replace_all(kFlow, "{rule: all, on_reject: veto}", "{rule: votes, threshold: 2, early: false}"),
      "agree:  {to: sign}", "agree:  {to: sign, when: paper.pages < 100}");
  Case c = at_heads(votes);
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act("liang", "agree"), "");
  c.data = yaml("paper: {title: 甲, pages: 900}\n");
  EXPECT_EQ(c.act("qian", "reject", "不行"), "guard-false")
      << "two votes for would lead where nobody may agree";
  c.data = yaml("paper: {title: 甲, pages: 9}\n");
  EXPECT_EQ(c.act("qian", "reject", "不行"), "");
  EXPECT_EQ(c.marking.step(), "sign");

  Case noted = at_heads(replace_all(replace_all(kFlow, "on_reject: veto", "on_reject: note_only"),
                                    "decide:", "require: [stamp]\n    decide:"));
  EXPECT_EQ(noted.act("sun", "reject", "不行"), "");
  EXPECT_EQ(noted.act("liang", "reject", "不行"), "");
  EXPECT_EQ(noted.act("qian", "reject", "不行"), "field-required")
      << "what agreeing asks is asked of the count, too";
  noted.data.set("stamp", "有");
  EXPECT_EQ(noted.act("qian", "reject", "不行"), "");
  EXPECT_EQ(noted.marking.step(), "sign");
}

TEST(Moves, OneDecisionCanBeEnough) {
  Case c = at_heads(replace_all(kFlow, "{rule: all, on_reject: veto}", "{rule: one}"));
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
  EXPECT_THAT(fact_codes(c.last), ElementsAre("not-needed", "decided", "not-needed", "left", "entered"));
}

TEST(Moves, OneActDecidesAllSeatsOfAPerson) {
  std::string office = replace_all(kOffice, "posts: [负责人]}\n  liang", "posts: [科员]}\n  liang");
  std::string flow = replace_all(kFlow, "{post: 负责人, of: 人事科}", "{person: qian}");
  Case c = at_heads(flow, office);
  EXPECT_THAT(open_seats_of(c.marking, "qian"), SizeIs(2));
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_THAT(fact_codes(c.last), ElementsAre("decided", "decided"));
  EXPECT_EQ(c.act("qian", "agree"), "already-decided");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
}

TEST(Moves, AnyHolderOfAPostMayAct) {
  std::string office = replace_all(kOffice, "posts: [文印]", "posts: [文印, 局长]");
  for (const char* person : {"he", "xu"}) {
    Case c = at_heads(kFlow, office);
    for (const char* head : {"sun", "liang", "qian"}) EXPECT_EQ(c.act(head, "agree"), "");
    EXPECT_EQ(c.act(person, "sign"), "");
    EXPECT_EQ(c.marking.status, Status::ended);
  }
}

TEST(Moves, RefuseTheWrongPersonTheRepeatedActAndTheEndedCase) {
  Case c = at_heads();
  EXPECT_EQ(c.act("fan", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("ghost", "agree"), "unknown-person");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "already-decided");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("he", "sign"), "");
  EXPECT_EQ(c.marking.status, Status::ended);
  EXPECT_TRUE(c.marking.seats().empty());
  EXPECT_EQ(c.act("he", "sign"), "case-ended");
}

TEST(Moves, TakeBlanksForNoOpinion) {
  Case c = at_heads();
  for (const char* blank : {"", "  ", "\n", "　"}) {
    auto blockers = find_blockers(c.rules(), c.marking, c.data, {"sun", "return", blank});
    ASSERT_THAT(blockers, SizeIs(1)) << "[" << blank << "]";
    EXPECT_EQ(blockers[0].code, "opinion-required");
  }
  EXPECT_THAT(find_blockers(c.rules(), c.marking, c.data, {"sun", "return", "不妥"}), SizeIs(0));
}

TEST(Moves, RefusalsNamePeopleAndSteps) {
  Case c = at_heads();
  auto blockers = find_blockers(c.rules(), c.marking, c.data, {"fan", "agree", ""});
  ASSERT_THAT(blockers, SizeIs(1));
  EXPECT_THAT(blockers[0].text, HasSubstr("会签"));
  EXPECT_THAT(blockers[0].text,
              HasSubstr("孙月（人事科负责人）、梁文（教研室负责人）、钱珍（计财科负责人）"));
  EXPECT_EQ(blockers[0].parameters.at("person"), "fan");
  auto unknown = find_blockers(c.rules(), c.marking, c.data, {"sun", "agre", ""});
  EXPECT_EQ(unknown[0].code, "unknown-action");
  EXPECT_EQ(unknown[0].parameters.at("near"), "agree");
}

TEST(Moves, DemandAnOpinionWhereTheFileSaysSo) {
  Case c = at_heads();
  EXPECT_EQ(c.act("sun", "return"), "opinion-required");
  EXPECT_EQ(c.act("sun", "return", "请补充"), "");
}

TEST(Moves, ObeyGuards) {
  Case c = paper();
  c.start("fan");
  c.data = yaml("paper: {pages: 0}\n");
  EXPECT_EQ(c.act("fan", "submit"), "guard-false");
  auto blockers = find_blockers(c.rules(), c.marking, c.data, {"fan", "submit", ""});
  EXPECT_THAT(blockers[0].text, HasSubstr("paper.pages > 0"));
  c.data = yaml("paper: {title: 甲}\n");
  EXPECT_EQ(c.act("fan", "submit"), "guard-failed");
  c.data = yaml("paper: {pages: '12'}\n");
  EXPECT_EQ(c.act("fan", "submit"), "");
}

TEST(Moves, CollectAllBlockersAtOnce) {
  Case c = at_heads();
  auto blockers = find_blockers(c.rules(), c.marking, c.data, {"fan", "return", ""});
  ASSERT_THAT(blockers, SizeIs(2));
  EXPECT_EQ(blockers[0].code, "not-your-seat");
  EXPECT_EQ(blockers[1].code, "opinion-required");
}

TEST(Moves, NeverSendACaseWhereNobodyCanAct) {
  Case c = paper();
  c.start("fan");
  for (auto& person : c.directory.people) std::erase(person.posts, "负责人");
  EXPECT_EQ(c.act("fan", "submit"), "nobody-can-act");
  EXPECT_EQ(c.marking.step(), "draft");
}

TEST(Moves, ResolveTheInitiatorsDepartment) {
  std::string flow = replace_all(
      kFlow, "seats: [{post: 负责人, of: 人事科}, {post: 负责人, of: 教研室}, {post: 负责人, of: 计财科}]",
      "seats: [{post: 负责人, of: initiator.department}]");
  Case c = at_heads(flow);
  EXPECT_EQ(c.marking.seats()[0].title, "教研室负责人");
  EXPECT_THAT(c.marking.seats()[0].candidates.list(), ElementsAre("liang"));
  Case other = paper(flow);
  other.start("he");  // 局领导 has no 负责人
  EXPECT_EQ(other.act("he", "submit"), "nobody-can-act");
}

TEST(Moves, BindTheSignedDocumentsAndHandOutEffects) {
  Case c = at_heads();
  for (const char* head : {"sun", "liang", "qian"}) EXPECT_EQ(c.act(head, "agree"), "");
  EXPECT_TRUE(c.last.effects.empty());
  EXPECT_EQ(c.act("he", "sign"), "");
  EXPECT_THAT(c.last.binds, ElementsAre("slip"));
  EXPECT_THAT(fact_codes(c.last), ElementsAre("decided", "bound", "left", "entered", "ended"));
  ASSERT_THAT(c.last.effects, SizeIs(1));
  EXPECT_EQ(std::get<RenderEffect>(c.last.effects[0]).documents[0].name, "slip");
}

TEST(Moves, ApplyFailsWhenTheBlockersWereNotAsked) {
  Case c = at_heads();
  EXPECT_THROW(apply(c.rules(), c.marking, c.data, {"fan", "agree", ""}), Failure);
}

TEST(Edits, AreAllowedOnlyWhereTheStepSaysSo) {
  Case c = paper();
  c.start("fan");
  auto after = yaml("paper: {title: 乙, pages: 3}\nstamp: 章\n");
  auto blockers = find_edit_blockers(c.rules(), c.marking, c.data, after);
  ASSERT_THAT(blockers, SizeIs(1));
  EXPECT_EQ(blockers[0].parameters.at("field"), "stamp");
  EXPECT_THAT(blockers[0].text, HasSubstr("印章"));
  Case later = at_heads();
  auto changed = find_edit_blockers(later.rules(), later.marking, later.data, yaml("paper: {title: 乙}\n"));
  EXPECT_THAT(changed, SizeIs(2)) << "a change and a removal";
  EXPECT_TRUE(find_edit_blockers(later.rules(), later.marking, later.data, later.data).empty());
}

TEST(Explain, TellsWhoHoldsItAndWhatAPersonMayDo) {
  Case c = at_heads();
  auto mine = explain(c.rules(), c.marking, c.data, "sun");
  EXPECT_THAT(mine, Contains(HasSubstr("孙月 可以办，席位是 人事科负责人")));
  EXPECT_THAT(
      mine,
      Contains(HasSubstr("同意（agree）：可以办，还要等 梁文（教研室负责人）、钱珍（计财科负责人） 办理")));
  EXPECT_THAT(mine,
              Contains(HasSubstr("不同意（reject）：可以办，须写意见，转到“拟稿”，由 范宇（经办人） 办理")));
  EXPECT_THAT(mine, Contains(HasSubstr("不同意（reject）：可以办，须写意见")));
  auto other = explain(c.rules(), c.marking, c.data, "fan");
  EXPECT_THAT(
      other, Contains(HasSubstr("由 孙月（人事科负责人）、梁文（教研室负责人）、钱珍（计财科负责人） 办理")));
  EXPECT_THAT(other, Contains(HasSubstr("范宇 现在不能办")));
  c.act("sun", "agree");
  EXPECT_THAT(explain(c.rules(), c.marking, c.data, "sun"), Contains(HasSubstr("已经办过（同意）")));
  c.act("liang", "return", "退");
  c.data = yaml("paper: {pages: 0}\n");
  auto blocked = explain(c.rules(), c.marking, c.data, "fan");
  EXPECT_THAT(blocked, Contains(HasSubstr("第 2 轮")));
  EXPECT_THAT(blocked, Contains(HasSubstr("paper.pages > 0 不成立")));
}

TEST(Marking, GoesToAValueAndBack) {
  Case c = at_heads();
  c.act("sun", "agree", "同意，“请”尽快\n办理");
  Diagnostics findings;
  auto json = data::parse_json(data::to_json(to_value(c.marking)), "m.json", findings);
  auto back = parse_marking(*json, findings);
  ASSERT_TRUE(back) << to_text(findings);
  EXPECT_EQ(*back, c.marking);
  EXPECT_FALSE(parse_marking(yaml("step: a\n"), findings));
}

// Whatever is tried in whatever order: a case is at a known step, an open seat has a candidate, an ended case
// has no seats, and the round never falls.
TEST(Moves, KeepTheirInvariantsUnderRandomActs) {
  const std::vector<std::string> kPeople = {"he", "zhou", "xu", "sun", "liang", "fan", "qian"};
  const std::vector<std::string> kActions = {"submit", "agree", "reject", "return", "sign", "withdraw"};
  unsigned state = 1;
  auto next = [&](size_t n) { return (state = state * 1103515245u + 12345u) / 65536u % n; };
  size_t ended = 0;
  for (int run = 0; run < 60; ++run) {
    Case c = paper(run % 2 ? kFlow : replace_all(kFlow, "on_reject: veto", "on_reject: count"));
    c.start("fan");
    for (int i = 0; i < 100 && c.marking.status != Status::ended; ++i) {
      Marking before = c.marking;
      // Half of the acts come from somebody whose turn it is, so that cases get somewhere.
      const Seat& seat = *open_seats(c.marking)[next(open_seats(c.marking).size())];
      std::string person =
          next(2) ? seat.candidates.list()[next(seat.candidates.size())].text() : kPeople[next(7)];
      std::string refused = c.act(person, kActions[next(6)], next(2) ? "意见" : "");
      if (!refused.empty()) {
        EXPECT_EQ(c.marking, before);
      }
      ASSERT_TRUE(c.definition.find_step(c.marking.step()));
      EXPECT_GE(c.marking.round, before.round);
      EXPECT_EQ(c.marking.seats().empty(), !c.marking.is_open());
      for (const Seat& now : c.marking.seats()) EXPECT_FALSE(now.candidates.empty());
    }
    ended += c.marking.status == Status::ended;
  }
  EXPECT_GT(ended, 10u);
}

}  // namespace
}  // namespace wenshu::workflow
