// Exclusive, parallel and inclusive branches, joins, automatic steps, and returns out of them.
#include <gmock/gmock.h>

#include "base/text.h"
#include "data/write.h"
#include "tests/workflow/set_up.h"

namespace wenshu::workflow {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

//   draft → size ─(hours > 24)→ fork ═ law, money → check ═ meet → sign → log → done
//                └─────────────────────────────────────────────────→ sign
const char* const kFlow = R"(workflow: paper
title: 分支
version: 1
form: paper
steps:
  draft:
    title: 拟稿
    seat: initiator
    edit: [paper]
    actions: {submit: {to: size}}
  size:
    title: 按课时分流
    route: one
    branches:
      - {to: fork, when: "paper.hours > 24"}
      - {to: sign}
  fork:
    title: 同时送审
    route: all
    branches: [{to: law}, {to: money}]
  law:
    title: 合法性审查
    seat: {person: sun}
    actions:
      agree: {to: meet}
      return: {to: draft}
  money:
    title: 经费审核
    seat: {person: qian}
    actions: {agree: {to: check}}
  check:
    title: 复核
    seat: {person: zhou}
    actions:
      agree: {to: meet}
      return: {to: previous}
  meet: {title: 汇合, join: fork, to: sign}
  sign:
    title: 签发
    seat: {post: 局长}
    actions:
      sign: {to: log}
      return: {to: any, resubmit: choose}
  log:
    title: 自动登记
    to: done
    effects: [{append: {register: papers, rows: paper}}]
  done: {end: true}
)";

const char* const kForm = R"(form: paper
title: 文稿
fields:
  paper:
    type: group
    fields: {hours: {type: integer}, law: {type: boolean}, money: {type: boolean}}
)";

Case started(int hours, const std::string& flow = kFlow) {
  Case c = make_case(yaml(flow), yaml(kForm), yaml(kOffice),
                     yaml("paper: {hours: " + std::to_string(hours) + ", law: 'true', money: 'true'}\n"));
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  return c;
}

std::vector<std::string> steps(const Case& c) {
  std::vector<std::string> all;
  for (const Token& token : c.marking.tokens) all.push_back(token.step);
  return all;
}

TEST(Branches, TakeTheFirstWhoseConditionHoldsElseTheDefault) {
  EXPECT_THAT(steps(started(8)), ElementsAre("sign"));
  EXPECT_THAT(steps(started(40)), ElementsAre("law", "money"));
}

TEST(Branches, MeetWhenAllHaveArrivedInEveryOrder) {
  Case c = started(40);
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_THAT(steps(c), ElementsAre("law", "check"));
  EXPECT_EQ(c.act("zhou", "agree"), "");
  EXPECT_THAT(steps(c), ElementsAre("law"));
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_THAT(steps(c), ElementsAre("sign"));
  EXPECT_THAT(c.marking.waits, IsEmpty());

  Case other = started(40);
  EXPECT_EQ(other.act("sun", "agree"), "");
  EXPECT_EQ(other.act("qian", "agree"), "");
  EXPECT_EQ(other.act("zhou", "agree"), "");
  EXPECT_THAT(steps(other), ElementsAre("sign"));
}

TEST(Branches, AReturnOutOfOneCancelsTheOthersVisibly) {
  Case c = started(40);
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.act("sun", "return"), "");
  EXPECT_THAT(steps(c), ElementsAre("draft"));
  EXPECT_THAT(c.marking.waits, IsEmpty());
  std::vector<std::string> texts;
  for (const Fact& fact : c.last.facts) texts.push_back(to_text(c.rules(), fact));
  EXPECT_THAT(texts, Contains("周敏 因退回而取消"));
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_THAT(steps(c), ElementsAre("law", "money")) << "both are asked again";
}

TEST(Branches, AReturnInsideOneLeavesTheOthersAlone) {
  Case c = started(40);
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.act("zhou", "return"), "");
  EXPECT_THAT(steps(c), UnorderedElementsAre("law", "money"));
}

TEST(Branches, RunAutomaticStepsAndHandOutTheirEffects) {
  Case c = started(8);
  EXPECT_EQ(c.act("he", "sign"), "");
  EXPECT_EQ(c.marking.status, Status::ended);
  ASSERT_THAT(c.last.effects, SizeIs(1));
  EXPECT_EQ(std::get<AppendEffect>(c.last.effects[0]).target.name, "papers");
}

TEST(Branches, AskWhichStepWhereAPersonSitsAtSeveral) {
  Case c = started(40, replace_all(kFlow, "{person: qian}", "{person: sun}"));
  EXPECT_EQ(c.act("sun", "agree"), "which-step");
  Act act{"sun", "agree", ""};
  act.step = "money";
  EXPECT_EQ(c.act(act), "");
  EXPECT_THAT(steps(c), ElementsAre("law", "check"));
}

const std::string kInclusive =
    replace_all(replace_all(kFlow, "route: all", "route: each"), "[{to: law}, {to: money}]",
                "[{to: law, when: paper.law}, {to: money, when: paper.money}, {to: meet}]");

TEST(InclusiveBranches, OpenThoseWhoseConditionsHoldAndWaitForThemAlone) {
  Case both = started(40, kInclusive);
  EXPECT_THAT(steps(both), ElementsAre("law", "money"));
  Case c = make_case(yaml(kInclusive), yaml(kForm), yaml(kOffice),
                     yaml("paper: {hours: 40, law: 'true', money: 'false'}\n"));
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_THAT(steps(c), ElementsAre("law"));
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_THAT(steps(c), ElementsAre("sign"));
  c.data = yaml("paper: {hours: 40, law: 'false', money: 'false'}\n");
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_THAT(steps(c), ElementsAre("sign")) << "the branch without a condition goes straight to the join";
}

TEST(Branches, RefuseACaseThatFitsNone) {
  std::string flow =
      replace_all(kFlow, "      - {to: sign}\n", "      - {to: sign, when: \"paper.hours < 5\"}\n");
  Case c = make_case(yaml(flow), yaml(kForm), yaml(kOffice), yaml("paper: {hours: 10}\n"));
  c.start("fan");
  Marking before = c.marking;
  EXPECT_EQ(c.act("fan", "submit"), "no-branch");
  EXPECT_EQ(c.marking, before);
}

TEST(Branches, GoToAStoredMarkingAndBack) {
  Case c = started(40);
  Diagnostics findings;
  auto json = data::parse_json(data::to_json(to_value(c.marking)), "m.json", findings);
  auto back = parse_marking(*json, findings);
  ASSERT_TRUE(back) << to_text(findings);
  EXPECT_EQ(*back, c.marking);
}

TEST(Returns, GoToTheStepBeforeToAnyStepOrStraightBack) {
  Case c = started(40);
  for (const char* person : {"qian", "zhou"}) EXPECT_EQ(c.act(person, "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act("he", "return"), "choose-step");
  Act into{"he", "return", ""};
  into.to = "law";
  EXPECT_EQ(c.act(into), "choose-step") << "a step inside a branch cannot be reopened from outside";
  Act back{"he", "return", ""};
  back.to = "draft";
  back.direct = true;
  EXPECT_EQ(c.act(back), "");
  EXPECT_THAT(steps(c), ElementsAre("draft"));
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_THAT(steps(c), ElementsAre("sign")) << "straight back to whom it came from";
  Act again{"he", "return", ""};
  again.to = "draft";
  EXPECT_EQ(c.act(again), "");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_THAT(steps(c), ElementsAre("law", "money")) << "the whole way again";
}

}  // namespace
}  // namespace wenshu::workflow
