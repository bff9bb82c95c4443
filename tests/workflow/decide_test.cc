// How several seats become one decision: one, all in order, all at once, votes.
#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const char* const kFlow = R"(workflow: vote
title: 票决
version: 1
form: vote
steps:
  draft:
    title: 拟稿
    seat: initiator
    actions: {submit: {to: vote}}
  vote:
    title: 表决
    seats: [{person: sun}, {person: liang}, {person: qian}, {person: zhou}, {person: he, weight: 3}]
    decide: {rule: votes, threshold: 4}
    actions:
      agree: {to: done}
      reject: {to: draft}
      abstain: {}
  done: {end: true}
)";

Case at_vote(const std::string& flow = kFlow) {
  Case c =
      make_case(yaml(flow), yaml("form: vote\ntitle: 票\nfields: {what: {type: text}}\n"), yaml(kOffice), {});
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  return c;
}

TEST(Votes, PassWhenTheThresholdIsReachedByWeight) {
  Case c = at_vote();
  EXPECT_EQ(c.act("he", "agree"), "");
  EXPECT_EQ(c.marking.step(), "vote") << "three of seven votes";
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(Votes, FailAsSoonAsTheThresholdIsOutOfReach) {
  Case c = at_vote();
  EXPECT_EQ(c.act("he", "reject"), "");
  EXPECT_EQ(c.marking.step(), "vote") << "four votes are still open";
  EXPECT_EQ(c.act("sun", "abstain"), "");
  EXPECT_EQ(c.marking.step(), "draft") << "three open votes cannot reach four";
  EXPECT_EQ(c.marking.round, 2);
}

TEST(Votes, WaitForEverybodyWithoutEarlyEnd) {
  Case c = at_vote(replace_all(kFlow, "threshold: 4", "threshold: 4, early: false"));
  for (const char* person : {"he", "sun", "liang", "qian"}) {
    EXPECT_EQ(c.act(person, "agree"), "");
    EXPECT_EQ(c.marking.step(), "vote");
  }
  EXPECT_EQ(c.act("zhou", "reject"), "");
  EXPECT_EQ(c.marking.step(), "done") << "six of seven";
}

TEST(Votes, CountAFractionOfAllVotesExactly) {
  Case c = at_vote(replace_all(kFlow, "threshold: 4", "threshold: 2/3"));  // 5 of 7
  EXPECT_EQ(c.act("he", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "vote");
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(Votes, NeedAQuorumThatAbstentionsHelpToFill) {
  Case c = at_vote(replace_all(kFlow, "threshold: 4", "threshold: 4, quorum: 6"));
  EXPECT_EQ(c.act("he", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "vote") << "four for, but only four votes cast";
  EXPECT_EQ(c.act("liang", "abstain"), "");
  EXPECT_EQ(c.act("qian", "abstain"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

const std::string kInOrder = replace_all(
    replace_all(replace_all(kFlow, "{rule: votes, threshold: 4}", "{rule: in_order, on_reject: veto}"),
                "      abstain: {}\n", ""),
    ", weight: 3", "");

TEST(InOrder, OpensASeatWhenTheOneBeforeHasAgreed) {
  Case c = at_vote(kInOrder);
  EXPECT_THAT(open_seats(c.marking), SizeIs(1));
  EXPECT_EQ(c.act("liang", "agree"), "not-your-seat");
  for (const char* person : {"sun", "liang", "qian", "zhou"}) EXPECT_EQ(c.act(person, "agree"), "");
  EXPECT_EQ(describe_open(c.directory, c.marking), "何建");
  EXPECT_EQ(c.act("he", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(InOrder, AVetoEndsTheRoundForThoseWhoWait) {
  Case c = at_vote(kInOrder);
  EXPECT_EQ(c.act("sun", "reject"), "");
  EXPECT_EQ(c.marking.step(), "draft");
  size_t cancelled = 0;
  for (const Fact& fact : c.last.facts) cancelled += fact.code == "cancelled";
  EXPECT_EQ(cancelled, 4u);
}

TEST(AllAtOnce, NotesARejectOnlyWhereTheFileSaysSo) {
  std::string flow =
      replace_all(kInOrder, "{rule: in_order, on_reject: veto}", "{rule: all, on_reject: note_only}");
  Case c = at_vote(flow);
  for (const char* person : {"sun", "liang", "qian", "zhou"}) EXPECT_EQ(c.act(person, "agree"), "");
  EXPECT_EQ(c.act("he", "reject"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(Votes, AreRefusedWhereTheFileLeavesThemOpen) {
  const std::vector<std::array<std::string, 3>> kFaults = {
      {", threshold: 4", "", "missing-field"},
      {"threshold: 4", "threshold: 4/3", "bad-threshold"},
      {"threshold: 4", "threshold: many", "bad-threshold"},
      {"      reject: {to: draft}\n", "", "missing-field"},
      {"{rule: votes, threshold: 4}", "{rule: all, threshold: 4, on_reject: veto}", "unexpected-field"},
      {"{rule: votes, threshold: 4}", "{rule: all, on_reject: veto}", "unexpected-field"},
      {"abstain: {}", "abstain: {to: draft}", "unexpected-field"},
  };
  for (const auto& [from, to, code] : kFaults) {
    Diagnostics findings;
    load_workflow(yaml(replace_all(kFlow, from, to), "vote.workflow.yaml"), findings);
    EXPECT_THAT(codes(findings), testing::HasSubstr(code)) << to;
  }
}

}  // namespace
}  // namespace wenshu::workflow
