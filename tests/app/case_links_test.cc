// Cases that begin cases, deadlines, attachments and signatures, through the store: each act one transaction, and the
// audit rebuilds all of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/audit.h"
#include "app/case.h"
#include "app/case_act.h"
#include "app/case_clock.h"
#include "app/case_draw.h"
#include "app/case_export.h"
#include "app/case_sheet.h"
#include "base/file.h"
#include "base/text.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kPlanForm = R"(form: plan
title: 计划
fields:
  title: {title: 名称, type: text, required: true}
  body: {title: 正文, type: long-text}
  scan: {title: 扫描件, type: file}
  seal_number: {title: 用印文号, type: text}
  outcome: {title: 结果, type: text}
)";

constexpr std::string_view kPlan = R"yaml(workflow: plan
title: 计划审批
version: 1
form: plan
managers: [{post: 文印}]
steps:
  draft:
    title: 拟稿
    seat: initiator
    edit: [title, body, scan]
    actions: {submit: {to: review, when: "!exists('seal-book', {'title': title})"}}
  review:
    title: 审核
    seat: {post: 负责人, of: 教导处}
    box: 科室意见
    phrases: [同意。, 拟同意，请领导审定。]
    due: 4 hours
    remind: 1 hours
    overdue: remind
    actions: {agree: {to: seal}, return: {to: draft}}
  seal:
    title: 用印
    start:
      workflow: seal-request
      data:
        - {into: request.title, from: title}
        - {into: request.copies, from: "2"}
        - {into: request.items, from: "[{'name': title}]"}
      results:
        - {into: seal_number, from: reply.number}
        - {into: outcome, from: child.end}
    to: done
    failed: draft
  done: {end: true}
)yaml";

class LinksTest : public testing::Test {
 protected:
  void SetUp() override {
    office_.write("workflows/plan.form.yaml", kPlanForm);
    office_.write("workflows/plan.workflow.yaml", kPlan);
    office_.open();
  }

  std::string start(const std::string& title = "年度计划") {
    return start_case(office_.as("li-na"), "plan", json("{\"title\": \"" + title + "\", \"body\": \"全文\"}"))
        .id;
  }
  std::string to_seal() {
    const std::string id = start();
    office_.act("li-na", id, "submit");
    office_.act("zhou-min", id, "agree");
    return id;
  }
  CaseView show(const std::string& id) { return show_case(office_.as(""), id); }
  std::string step_of(const std::string& id) {
    const CaseView view = show(id);
    return view.seats.empty() ? "" : view.seats.front().step;
  }
  void expect_sound() {
    const auto report = verify_store(office_.as(""));
    EXPECT_TRUE(report.findings.empty()) << to_text(report.findings);
  }
  void finish_seal(const std::string& child) {
    office_.act("li-na", child, "submit");
    office_.act("zhou-min", child, "agree");
    office_.act("sun-yuehua", child, "agree");
    office_.act("xu-lei", child, "issue");
  }
  Context at(const std::string& person, const char* time) {
    clock_ = std::make_unique<FixedClock>(*parse_time(time));
    Context context = office_.as(person);
    context.clock = clock_.get();
    return context;
  }

  TemporaryOffice office_;
  std::unique_ptr<FixedClock> clock_;
};

TEST_F(LinksTest, ACaseBeginsAnotherAndTakesItsResult) {
  const std::string id = to_seal();
  EXPECT_THAT(show(id).children, ElementsAre("seal-request-1"));
  EXPECT_EQ(show("seal-request-1").parent, id);
  std::string waits;
  for (const auto& answer : why(office_.as("zhou-min"), id).answers) waits += answer.text + "\n";
  EXPECT_THAT(waits, HasSubstr("不在“用印”的席位中，那里等子流程 seal-request-1 办结"));
  EXPECT_EQ(show("seal-request-1").data.find_path("request.title")->text(), "年度计划");
  finish_seal("seal-request-1");
  const CaseView view = show(id);
  EXPECT_FALSE(view.open);
  EXPECT_EQ(view.data["seal_number"].text(), "柳校印〔2020〕1号");
  EXPECT_EQ(view.data["outcome"].text(), "done");
  const auto history = case_history(office_.as(""), id);
  EXPECT_TRUE(history.back().automatic);
  EXPECT_THAT(history.back().facts, Contains(HasSubstr("seal-request-1")));
  expect_sound();
}

TEST_F(LinksTest, TheChildIsSuspendedAndResumedWithItsParent) {
  const std::string id = to_seal();
  office_.act("xu-lei", id, "suspend", "等");
  EXPECT_THAT(refusals([&] { office_.act("li-na", "seal-request-1", "submit"); }),
              Contains("case-suspended"));
  office_.act("xu-lei", id, "resume");
  office_.act("li-na", "seal-request-1", "submit");
  expect_sound();
}

TEST_F(LinksTest, TheChildEndsWithItsParent) {
  const std::string id = to_seal();
  office_.act("xu-lei", id, "terminate", "不办了");
  EXPECT_FALSE(show("seal-request-1").open);
  expect_sound();
}

TEST_F(LinksTest, AJumpAwayEndsTheChild) {
  const std::string id = to_seal();
  ActDetails details;
  details.to = "review";
  act_on_case(office_.as("xu-lei"), id, "jump", "重审", {}, {}, details);
  EXPECT_FALSE(show("seal-request-1").open);
  EXPECT_EQ(step_of(id), "review");
  office_.act("zhou-min", id, "agree");
  EXPECT_THAT(show(id).children, ElementsAre("seal-request-1", "seal-request-2"));
  expect_sound();
}

TEST_F(LinksTest, AParentGoesOnWhereItsChildFailed) {
  const std::string id = to_seal();
  office_.act("li-na", "seal-request-1", "cancel", "不用了");
  EXPECT_EQ(step_of(id), "draft");
  expect_sound();
}

TEST_F(LinksTest, NobodyTakesTheWaysOfAWaitingStep) {
  const std::string id = to_seal();
  EXPECT_THAT(refusals([&] { office_.act("li-na", id, "@ended"); }), Contains("not-your-seat"));
}

TEST_F(LinksTest, AConditionAsksTheRegister) {
  const std::string id = to_seal();
  finish_seal("seal-request-1");
  const std::string again = start();
  EXPECT_THAT(refusals([&] { office_.act("li-na", again, "submit"); }), ElementsAre("guard-false"));
}

TEST_F(LinksTest, DeadlinesFireOnceHoweverOftenAndLate) {
  const std::string id = start();
  office_.act("li-na", id, "submit");  // 2020-07-27T01:00:00Z
  const auto due = list_due(at("", "2020-07-27T02:00:00Z"));
  ASSERT_THAT(due, SizeIs(1));
  EXPECT_EQ(due[0].due, "2020-07-27T05:00:00Z");
  EXPECT_FALSE(due[0].overdue);
  EXPECT_THAT(run_clocks(at("", "2020-07-27T03:00:00Z")), IsEmpty());
  const auto reminded = run_clocks(at("", "2020-07-27T04:30:00Z"));
  ASSERT_THAT(reminded, SizeIs(1));
  EXPECT_EQ(reminded[0].kind, "remind");
  EXPECT_THAT(run_clocks(at("", "2020-07-27T04:40:00Z")), IsEmpty());
  const auto overdue = run_clocks(at("", "2020-08-27T04:30:00Z"));
  ASSERT_THAT(overdue, SizeIs(1));
  EXPECT_EQ(overdue[0].kind, "overdue");
  EXPECT_THAT(run_clocks(at("", "2020-09-27T04:30:00Z")), IsEmpty());
  EXPECT_TRUE(case_history(office_.as(""), id).back().automatic);
  const auto still = list_due(at("", "2020-09-27T05:00:00Z"));
  ASSERT_THAT(still, SizeIs(1)) << "until somebody acts";
  EXPECT_TRUE(still[0].overdue);
  EXPECT_EQ(still[0].due, "2020-07-27T05:00:00Z");
  expect_sound();
}

TEST_F(LinksTest, OneCatchUpAfterALongPause) {
  start();
  const std::string id = start("另一计划");
  office_.act("li-na", id, "submit");
  const auto lines = run_clocks(at("", "2020-08-27T04:30:00Z"));
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].kind, "overdue");
}

TEST_F(LinksTest, AttachmentsAreKeptByHashAndBelongToWhoMayEdit) {
  office_.write("scan.pdf", "%PDF-1.4 页");
  const std::string id = start();
  ActDetails details;
  details.attachments["scan"] = office_ / "scan.pdf";
  EXPECT_THAT(refusals([&] { act_on_case(office_.as("zhou-min"), id, "submit", {}, {}, {}, details); }),
              Contains("not-your-seat"));
  act_on_case(office_.as("li-na"), id, "submit", {}, {}, {}, details);
  ASSERT_THAT(show(id).attachments, SizeIs(1));
  EXPECT_EQ(show(id).attachments[0].name, "scan.pdf");
  const auto exported = export_documents(office_.as(""), id, office_ / "out");
  ASSERT_THAT(exported, SizeIs(1));
  EXPECT_EQ(exported[0], office_ / "out/附件/scan.pdf");
  EXPECT_EQ(read_file(exported[0]), "%PDF-1.4 页");
  office_.write("other.pdf", "另一份");
  details.attachments["scan"] = office_ / "other.pdf";
  EXPECT_THAT(refusals([&] { act_on_case(office_.as("zhou-min"), id, "agree", {}, {}, {}, details); }),
              Contains("field-not-editable"));
  details.attachments = {{"title", office_ / "other.pdf"}};
  EXPECT_THAT(refusals([&] { act_on_case(office_.as("zhou-min"), id, "agree", {}, {}, {}, details); }),
              Contains("no-file-field"));
  const std::string hash(64, 'a');
  EXPECT_THAT(refusals([&] {
                start_case(office_.as("li-na"), "plan",
                           json("{\"title\": \"x\", \"scan\": {\"name\": \"a\", \"size\": 1, \"hash\": \"" +
                                hash + "\"}}"));
              }),
              Contains("unknown-attachment"));
  expect_sound();
}

TEST_F(LinksTest, PhrasesAndBoxesAndThePictureOfACase) {
  const std::string id = start();
  office_.act("li-na", id, "submit");
  ActDetails details;
  details.phrase = 2;
  act_on_case(office_.as("zhou-min"), id, "agree", {}, {}, {}, details);
  const auto history = case_history(office_.as(""), id);
  EXPECT_EQ(history[2].opinion, "拟同意，请领导审定。");
  EXPECT_EQ(history[2].box, "科室意见");
  const std::string picture = draw_case(office_.as(""), id, "mermaid");
  EXPECT_THAT(picture, HasSubstr("审核<br/>周敏 07-27"));
  EXPECT_THAT(picture, HasSubstr("seal-request-1"));
  EXPECT_THAT(picture, HasSubstr(":::done"));
  const WhyView why_of = why(office_.as("li-na"), "seal-request-1");
  EXPECT_FALSE(why_of.answers.empty());
  for (const auto& answer : why_of.answers)
    EXPECT_TRUE(answer.event > 0 || !answer.rule.empty()) << answer.text;
}

TEST_F(LinksTest, TheSheetIsTheSameEachTime) {
  const std::string id = to_seal();
  write_case_sheet(office_.as(""), id, office_ / "a.docx");
  write_case_sheet(at("", "2021-01-01T00:00:00Z"), id, office_ / "b.docx");
  EXPECT_EQ(read_file(office_ / "a.docx"), read_file(office_ / "b.docx"));
  write_case_sheet(office_.as(""), id, office_ / "a.pdf");
  EXPECT_EQ(read_file(office_ / "a.pdf").substr(0, 5), "%PDF-");
  EXPECT_THAT(refusals([&] { write_case_sheet(office_.as(""), id, office_ / "a.txt"); }),
              Contains("unknown-format"));
}

TEST_F(LinksTest, SubWorkflowsInACircleAreRefused) {
  std::string seal(kWorkflow);
  seal = replace_all(seal, "version: 1", "version: 2");
  seal = replace_all(seal, "  done: {end: true}",
                     "  again: {title: 又来, start: {workflow: plan, wait: false, data: [{into: title, from: "
                     "request.title}]}, to: done}\n  done: {end: true}");
  seal = replace_all(seal, "to: done\n        effects", "to: again\n        effects");
  office_.write("workflows/seal-request.workflow.yaml", seal);
  EXPECT_THAT(refusals([&] { publish(office_.as(""), {office_ / "workflows"}); }),
              Contains("sub-workflow-circle"));
}

}  // namespace
}  // namespace wenshu::app
