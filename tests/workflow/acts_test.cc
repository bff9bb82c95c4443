// The acts that every workflow knows: each with what it does, who may do it, and what it refuses.
#include "workflow/acts.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "data/write.h"
#include "tests/workflow/set_up.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const char* const kFlow = R"(workflow: paper
title: 文稿
version: 1
form: paper
managers: [{post: 办公室主任}]
steps:
  draft:
    title: 拟稿
    seat: initiator
    edit: [what]
    actions: {submit: {to: look}}
  look:
    title: 审核
    seat: {person: sun}
    allow: [add-before, add-after, add-beside, drop, transfer, delegate, hold]
    copy_to: [{person: xu}]
    actions:
      agree: {to: sign}
      reject: {to: draft}
      return: {to: draft, opinion: required}
  sign:
    title: 签发
    seat: {post: 负责人}
    actions: {sign: {to: done}, return: {to: draft}}
  done: {end: true}
)";

Case started() {
  Case c = make_case(yaml(kFlow), yaml("form: paper\ntitle: 文稿\nfields: {what: {type: text}}\n"),
                     yaml(kOffice), yaml("what: 甲\n"));
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  return c;
}

Act with(const std::string& person, const std::string& action, const std::vector<std::string>& people,
         const std::string& opinion = "") {
  Act act{person, action, opinion, "2026-03-02"};
  act.people = people;
  return act;
}

Act to_step(const std::string& person, const std::string& action, const std::string& step) {
  Act act{person, action, "因故", "2026-03-02"};
  act.to = step;
  return act;
}

std::string told(const Case& c) {
  std::vector<std::string> all;
  for (const Fact& fact : c.last.facts) all.push_back(to_text(c.rules(), fact));
  return join(all, "\n");
}

TEST(Acts, HaveNamesThatNoActionHas) {
  for (const ActWord& act : act_words()) {
    for (const ActionWord& action : action_words()) EXPECT_NE(act.name, action.name);
  }
}

TEST(AddBefore, LetsOthersAdviseFirstAndThenTheOneWhoAsked) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-before", {"liang", "qian"})), "");
  EXPECT_EQ(c.act("sun", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("liang", "return", "不妥"), "adviser-only");
  EXPECT_EQ(c.act("liang", "reject", "不同意"), "");
  EXPECT_EQ(c.marking.step(), "look") << "an adviser does not decide";
  EXPECT_EQ(c.last.facts.front().code, "advised") << "nor is it told so";
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(describe_open(c.directory, c.marking), "孙月");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
}

TEST(AddAfter, AsksOthersBeforeTheStepIsLeft) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-after", {"liang"})), "");
  EXPECT_EQ(c.act("liang", "agree"), "not-your-seat") << "not yet";
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "look");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
}

TEST(AddBeside, AddsASeatThatCounts) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-beside", {"liang"})), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "look");
  EXPECT_EQ(c.act("liang", "reject"), "");
  EXPECT_EQ(c.marking.step(), "draft");
}

TEST(AddSeats, RefusesTheSamePersonTwice) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-beside", {"liang"})), "");
  EXPECT_EQ(c.act(with("sun", "add-beside", {"liang"})), "already-seated");
  EXPECT_EQ(c.act(with("sun", "add-beside", {})), "needs-people");
  EXPECT_EQ(c.act(with("sun", "add-beside", {"nobody"})), "unknown-person");
  EXPECT_EQ(c.act(with("fan", "add-beside", {"qian"})), "not-your-seat");
}

TEST(Drop, TakesBackASeatThatOneHasAdded) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-before", {"liang", "qian"})), "");
  EXPECT_EQ(c.act(with("liang", "drop", {"qian"})), "not-yours");
  EXPECT_EQ(c.act("qian", "agree"), "");
  Case same = c;
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.act(with("sun", "drop", {"qian"})), "nothing-to-drop") << "qian has answered";
  EXPECT_EQ(same.act(with("sun", "add-beside", {"zhou"})), "not-your-seat") << "sun waits for those he asked";
}

TEST(Drop, LeavesTheOthersToDecide) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-beside", {"liang"})), "");
  EXPECT_EQ(c.act(with("sun", "drop", {"liang"})), "");
  EXPECT_EQ(c.act("liang", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
}

TEST(Transfer, MovesTheSeatForGoodWithAReason) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "transfer", {"liang"})), "opinion-required");
  EXPECT_EQ(c.act(with("sun", "transfer", {"liang"}, "出差")), "");
  EXPECT_EQ(told(c), "孙月 转给 梁文 办理：出差");
  EXPECT_EQ(c.act("sun", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
}

TEST(Transfer, MakesNoTwoSignaturesOfOnePerson) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-beside", {"liang"})), "");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.act(with("sun", "transfer", {"liang"}, "出差")), "already-seated");
  EXPECT_EQ(c.act(with("sun", "transfer", {"qian"}, "出差")), "");
}

TEST(Delegate, AsksAHelperAndComesBackToThePrincipal) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "delegate", {"liang"})), "");
  EXPECT_EQ(c.act(with("liang", "delegate", {"qian"})), "adviser-only");
  EXPECT_EQ(c.act("liang", "agree", "可以"), "");
  EXPECT_THAT(told(c), HasSubstr("交还 孙月：可以"));
  EXPECT_EQ(c.marking.step(), "look");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "sign");
}

TEST(Claim, LocksASeatOfSeveralToOneUntilItIsReleased) {
  Case c = started();
  EXPECT_EQ(c.act("sun", "claim"), "nothing-to-claim") << "his alone";
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act("liang", "claim"), "");
  EXPECT_EQ(c.act("qian", "sign"), "not-your-seat");
  EXPECT_EQ(c.act("qian", "release"), "not-your-seat");
  EXPECT_EQ(c.act("liang", "release"), "");
  EXPECT_EQ(c.act("qian", "sign"), "");
  EXPECT_EQ(c.marking.status, Status::ended);
}

TEST(Keep, LeavesWhatIsWrittenWithTheSeatAndTellsNobody) {
  Case c = started();
  Act act{"sun", "keep", "想想再说"};
  act.kept = yaml("what: 乙\n");
  EXPECT_EQ(c.act(act), "");
  EXPECT_EQ(told(c), "孙月 暂存");
  EXPECT_EQ((*c.marking.seats()[0].more->kept)["opinion"].text(), "想想再说");
  EXPECT_EQ(c.marking.step(), "look");
}

TEST(Copies, GoOnceToEachAndReadingIsReceipted) {
  Case c = started();
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_THAT(told(c), HasSubstr("抄送 徐磊")) << "as the step says";
  EXPECT_EQ(c.act(with("fan", "copy", {"xu"})), "already-sent");
  Act again = with("fan", "copy", {"xu"});
  again.again = true;
  EXPECT_EQ(c.act(again), "");
  EXPECT_EQ(c.act(with("fan", "circulate", {"he", "qian"})), "");
  EXPECT_EQ(c.act(Act{"he", "read", "已悉", "2026-03-03"}), "");
  const Reader& he = c.marking.readers[2];
  EXPECT_EQ(he.person.text() + he.read + he.opinion, "he2026-03-03已悉");
  EXPECT_EQ(c.act("fan", "read"), "not-yours");
  EXPECT_EQ(c.marking.step(), "sign") << "reading holds nothing up";
}

TEST(Urge, IsDoneOnceADay) {
  Case c = started();
  EXPECT_EQ(c.act(with("fan", "urge", {})), "");
  EXPECT_EQ(told(c), "范宇 催办 孙月");
  EXPECT_EQ(c.act(with("fan", "urge", {})), "urged-today");
  Act tomorrow = with("fan", "urge", {});
  tomorrow.date = "2026-03-03";
  EXPECT_EQ(c.act(tomorrow), "");
  EXPECT_EQ(c.act(with("liang", "urge", {})), "not-yours");
}

TEST(Recall, TakesACaseBackWhileTheNextHasNotActed) {
  Case c = started();
  EXPECT_EQ(c.act("liang", "recall"), "nothing-to-recall");
  EXPECT_EQ(c.act("fan", "recall"), "");
  EXPECT_EQ(c.marking.step(), "draft");
  EXPECT_EQ(c.marking.status, Status::draft);
  EXPECT_EQ(c.marking.round, 1);
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_EQ(c.act(with("sun", "add-before", {"liang"})), "");
  EXPECT_EQ(c.act("fan", "recall"), "nothing-to-recall") << "sun has begun to act";
}

TEST(Cancel, StopsALiveCaseOrPutsItBackToDraft) {
  Case c = started();
  Case same = c;
  EXPECT_EQ(c.act("sun", "cancel", "不办了"), "not-initiator");
  EXPECT_EQ(c.act("fan", "cancel"), "opinion-required");
  EXPECT_EQ(c.act("fan", "cancel", "不办了"), "");
  EXPECT_EQ(c.marking.status, Status::withdrawn);
  EXPECT_EQ(c.act("sun", "agree"), "case-ended");
  EXPECT_EQ(same.act(to_step("fan", "cancel", "draft")), "");
  EXPECT_EQ(same.marking.status, Status::draft);
  EXPECT_EQ(same.marking.round, 2);
}

TEST(Suspend, StopsEveryActUntilTheCaseIsResumed) {
  Case c = started();
  EXPECT_EQ(c.act("fan", "suspend", "等文件"), "not-manager");
  EXPECT_EQ(c.act("zhou", "suspend", "等文件"), "");
  EXPECT_EQ(c.act("sun", "agree"), "case-suspended");
  EXPECT_EQ(c.act("zhou", "resume"), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  Case held = started();
  EXPECT_EQ(held.act("sun", "hold", "过几天再办"), "");
  EXPECT_EQ(held.marking.status, Status::suspended);
  EXPECT_EQ(held.act("sun", "resume"), "") << "who held it may go on";
}

TEST(Terminate, AnnulAndWakeBelongToManagers) {
  Case c = started();
  EXPECT_EQ(c.act("sun", "terminate", "重复"), "not-manager");
  EXPECT_EQ(c.act("zhou", "terminate", "重复"), "");
  EXPECT_EQ(c.marking.status, Status::terminated);
  EXPECT_EQ(c.act(to_step("zhou", "wake", "nowhere")), "choose-step");
  EXPECT_EQ(c.act(to_step("zhou", "wake", "look")), "");
  EXPECT_EQ(c.marking.status, Status::running);
  EXPECT_EQ(c.marking.round, 2);
  EXPECT_EQ(c.act("zhou", "annul", "错发"), "");
  EXPECT_EQ(c.marking.status, Status::voided);
  EXPECT_EQ(c.act("zhou", "annul", "错发"), "case-ended");
  EXPECT_EQ(c.act(to_step("zhou", "wake", "look")), "case-voided") << "its numbers are void for good";
}

TEST(Jump, MovesACaseWithAReasonThatIsTold) {
  Case c = started();
  EXPECT_EQ(c.act(to_step("zhou", "jump", "done")), "choose-step") << "a case is not ended by moving it";
  EXPECT_EQ(c.act(to_step("zhou", "jump", "sign")), "");
  EXPECT_EQ(c.marking.step(), "sign");
  EXPECT_THAT(told(c), HasSubstr("周敏 把办件转到“签发”环节：因故"));
}

TEST(HandOver, GivesOpenAndFutureSeatsToAnother) {
  Case c = started();
  EXPECT_EQ(c.act(with("zhou", "hand-over", {"sun", "liang"}, "调离")), "");
  EXPECT_EQ(c.act("sun", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("liang", "return", "再改"), "");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_EQ(describe_open(c.directory, c.marking), "梁文（孙月）") << "also in the next round";
}

TEST(Acts, KeepTheirTracesInAStoredMarking) {
  Case c = started();
  EXPECT_EQ(c.act(with("sun", "add-before", {"liang"})), "");
  EXPECT_EQ(c.act(with("fan", "circulate", {"he"})), "");
  EXPECT_EQ(c.act(with("zhou", "hand-over", {"qian", "xu"}, "调离")), "");
  Act act{"liang", "keep", "想想"};
  EXPECT_EQ(c.act(act), "");
  Diagnostics findings;
  auto json = data::parse_json(data::to_json(to_value(c.marking)), "m.json", findings);
  auto back = parse_marking(*json, findings);
  ASSERT_TRUE(back) << to_text(findings);
  EXPECT_EQ(*back, c.marking);
}

TEST(Acts, AreAllowedOnlyWhereTheStepSaysSo) {
  Case c = started();
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act(with("liang", "transfer", {"xu"}, "出差")), "not-allowed-here");
}

}  // namespace
}  // namespace wenshu::workflow
