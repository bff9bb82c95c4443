// Acts beyond the steps' own, through the store: each one event, and the audit repeats them all.
#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case.h"
#include "app/case_act.h"
#include "app/inbox.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kReview = R"(workflow: review
title: 文稿会审
version: 1
form: review
managers: [{post: 文印}]
steps:
  draft:
    title: 拟稿
    seat: initiator
    edit: [title]
    actions: {submit: {to: fork}}
  fork:
    title: 同时送审
    route: all
    branches: [{to: law}, {to: money}]
  law:
    title: 审核
    seat: {post: 负责人, of: initiator.department}
    allow: [transfer]
    bulk: true
    hide: [note]
    actions: {agree: {to: meet}, return: {to: draft, opinion: required}}
  money:
    title: 经费
    seat: {post: 负责人, of: 总务处}
    actions: {agree: {to: meet}}
  meet: {title: 汇合, join: fork, to: done}
  done: {end: true}
)";
constexpr std::string_view kReviewForm =
    "form: review\ntitle: 文稿\nfields: {title: {title: 标题, type: text, required: true}, note: {title: "
    "密注, type: text}}\n";

class Review : public testing::Test {
 protected:
  void SetUp() override {
    office.write("workflows/review.workflow.yaml", kReview);
    office.write("workflows/review.form.yaml", kReviewForm);
    office.open();
    id = start();
  }
  std::string start() const {
    const std::string made =
        start_case(office.as("li-na"), "review", json(R"({"title": "甲", "note": "密"})")).id;
    office.act("li-na", made, "submit");
    return made;
  }
  std::string refused(const std::string& person, const std::string& action,
                      const ActDetails& details = {}) const {
    try {
      act_on_case(office.as(person), id, action, "因故", {}, {}, details);
      return "";
    } catch (const Refused& error) {
      return error.blockers().front().code;
    }
  }
  void TearDown() override { EXPECT_TRUE(verify_store(office.as("")).findings.empty()); }

  TemporaryOffice office;
  std::string id;
};

TEST_F(Review, StandsAtSeveralStepsAndInSeveralInboxes) {
  EXPECT_THAT(show_case(office.as(""), id).seats, SizeIs(2));
  EXPECT_THAT(inbox(office.as("zhou-min")), SizeIs(1));
  EXPECT_THAT(inbox(office.as("sun-yuehua")), SizeIs(1));
  EXPECT_THAT(office.act("sun-yuehua", id, "agree").steps, ElementsAre("审核"));
  EXPECT_FALSE(office.act("zhou-min", id, "agree").open);
}

TEST_F(Review, HidesAFieldFromTheStepThatMayNotSeeIt) {
  EXPECT_EQ(show_case(office.as("zhou-min"), id).data.find("note"), nullptr);
  EXPECT_NE(show_case(office.as("sun-yuehua"), id).data.find("note"), nullptr);
}

TEST_F(Review, IsReadByWhomItIsSentTo) {
  ActDetails details;
  details.people = {"徐磊"};
  act_on_case(office.as("li-na"), id, "circulate", "", {}, {}, details);
  const auto duties = inbox(office.as("xu-lei"));
  ASSERT_THAT(duties, SizeIs(1));
  EXPECT_EQ(duties[0].step_title, "传阅");
  EXPECT_THAT(duties[0].actions, ElementsAre("read"));
  office.act("xu-lei", id, "read", "已悉");
  EXPECT_THAT(inbox(office.as("xu-lei")), IsEmpty());
  EXPECT_THAT(case_history(office.as(""), id).back().facts, ElementsAre("徐磊 已阅：已悉"));
}

TEST_F(Review, IsTransferredRecalledAndMovedInEventsOfTheirOwn) {
  EXPECT_EQ(refused("zhou-min", "jump"), "not-manager");
  ActDetails to_xu;
  to_xu.people = {"xu-lei"};
  EXPECT_EQ(refused("zhou-min", "transfer", to_xu), "");
  EXPECT_EQ(refused("li-na", "recall"), "nothing-to-recall");
  EXPECT_EQ(refused("xu-lei", "suspend"), "");
  EXPECT_THAT(inbox(office.as("xu-lei")), IsEmpty()) << "nothing waits while the case is suspended";
  EXPECT_EQ(refused("sun-yuehua", "agree"), "case-suspended");
  EXPECT_EQ(refused("xu-lei", "resume"), "");
  EXPECT_EQ(refused("xu-lei", "terminate"), "");
  EXPECT_FALSE(show_case(office.as(""), id).open);
  ActDetails to_draft;
  to_draft.to = "draft";
  EXPECT_EQ(refused("xu-lei", "wake", to_draft), "");
  EXPECT_THAT(inbox(office.as("li-na")), SizeIs(1));
}

TEST_F(Review, KeepsWhatIsNotSentAndSendsItWithTheNextAct) {
  office.act("zhou-min", id, "keep", "同意，请尽快");
  office.act("zhou-min", id, "agree");
  EXPECT_EQ(case_history(office.as(""), id).back().opinion, "同意，请尽快");
}

TEST_F(Review, IsAgreedToInBulkWhereTheStepAllowsIt) {
  const std::string other = start();
  const auto lines = agree_in_bulk(office.as("zhou-min"));
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].action_title, "同意");
  EXPECT_THAT(inbox(office.as("zhou-min")), IsEmpty());
  const auto aside = agree_in_bulk(office.as("sun-yuehua"));
  ASSERT_THAT(aside, SizeIs(2));
  EXPECT_EQ(aside[0].blockers.front().code, "not-in-bulk");
  EXPECT_THAT(inbox(office.as("sun-yuehua")), SizeIs(2)) << "set aside, not done";
}

TEST_F(Review, IsHandedOverWithAllOthers) {
  start();
  EXPECT_THAT(hand_over(office.as("xu-lei"), "sun-yuehua", "徐磊", "调离"), SizeIs(2));
  EXPECT_THAT(inbox(office.as("sun-yuehua")), IsEmpty());
  EXPECT_THAT(inbox(office.as("xu-lei")), SizeIs(2));
}

}  // namespace
}  // namespace wenshu::app
