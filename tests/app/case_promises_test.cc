// What a case promises to those who signed it, to the ledgers and to who must not read it, through the store.
#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case.h"
#include "app/case_act.h"
#include "app/case_export.h"
#include "app/inbox.h"
#include "app/migrate.h"
#include "app/outbox.h"
#include "app/register.h"
#include "base/text.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Promises : public testing::Test {
 protected:
  void SetUp() override {
    std::string flow(kWorkflow);
    flow = replace_all(flow, "form: seal-request\n", "form: seal-request\nmanagers: [{post: 文印}]\n");
    flow = replace_all(flow, "    seat: {post: 文印}\n",
                       "    seat: {post: 文印}\n    edit: [request]\n    allow: [proofread]\n");
    flow = replace_all(flow, "    binds: [reply]\n",
                       "    binds: [reply]\n    hide: [request.remark]\n    allow: [add-before]\n");
    office.write("workflows/seal-request.workflow.yaml", flow);
    office.write("workflows/seal-request.form.yaml",
                 replace_all(std::string(kForm), "      items:\n",
                             "      remark: {title: 内部备注, type: text}\n      items:\n"));
    office.open();
    id = start_case(office.as("li-na"), "seal-request", json(R"({"request": {
      "title": "关于聘任教帅劳动和同的事顶", "copies": "2", "remark": "机蜜", "items": [{"name": "合同"}, {"name": "附件"}]}})"))
             .id;
    office.act("li-na", id, "submit");
    office.act("zhou-min", id, "agree");
    office.act("sun-yuehua", id, "agree");
  }
  void TearDown() override { EXPECT_TRUE(verify_store(office.as("")).findings.empty()); }

  std::vector<std::string> proofread(const std::string& title) const {
    return refusals([&] {
      act_on_case(office.as("xu-lei"), id, "proofread", "错字",
                  json(R"({"request": {"title": ")" + title + R"("}})"));
    });
  }
  std::vector<std::string> managed(const std::string& action, const std::string& to = "") const {
    ActDetails details;
    details.to = to;
    return refusals([&] { act_on_case(office.as("xu-lei"), id, action, "因故", {}, {}, details); });
  }

  TemporaryOffice office;
  std::string id;
};

TEST_F(Promises, ProofReadingAddsUpAgainstTheTextThatWasSigned) {
  EXPECT_THAT(proofread("关于聘任教师劳动和同的事顶"), IsEmpty());
  EXPECT_THAT(proofread("关于聘任教师劳动和同的事项"), IsEmpty());
  EXPECT_THAT(proofread("关于聘用教师劳动和同的事项"), ElementsAre("proof-word"));
  EXPECT_THAT(proofread("关于聘用职工劳务和同的事项"), ElementsAre("proof-too-much"));
  EXPECT_THAT(proofread("关于不聘任教师劳动和同的事项"), ElementsAre("proof-substance"));
  for (const SignatureView& one : show_case(office.as("li-na"), id).signatures) EXPECT_EQ(one.state, "valid");
}

TEST_F(Promises, WhoSignedSeesEachCorrectionAtOnce) {
  EXPECT_THAT(proofread("关于聘任教师劳动和同的事顶"), IsEmpty());
  const auto told = list_outbox(office.as(""), "").back();
  EXPECT_EQ(told.kind + " " + told.person, "proofread sun-yuehua");
  EXPECT_THAT(told.text, HasSubstr("“于聘任教帅劳动和同”改为“于聘任教师劳动和同”"));
  EXPECT_THAT(told.text, HasSubstr("签署仍有效"));
}

TEST_F(Promises, NobodyBeginsACaseWithANumber) {
  EXPECT_THAT(refusals([&] {
                start_case(office.as("li-na"), "seal-request",
                           json(R"({"request": {"title": "事项", "copies": "2",
                           "items": [{"name": "合同"}]}, "reply": {"number": "县教88号", "date": "2020-01-01"}})"));
              }),
              ElementsAre("number-given", "number-given"));
}

TEST_F(Promises, AVoidNumberIsNotWokenUp) {
  office.act("xu-lei", id, "issue");
  EXPECT_THAT(managed("annul"), IsEmpty());
  EXPECT_THAT(managed("wake", "draft"), ElementsAre("case-voided"));
}

TEST_F(Promises, ARowIsWrittenOnceHoweverOftenTheCaseComesBy) {
  office.act("xu-lei", id, "issue");
  EXPECT_THAT(show_register(office.as(""), "seal-book").rows, SizeIs(2));
  EXPECT_THAT(managed("wake", "register"), IsEmpty());
  const CaseAnswer again = office.act("xu-lei", id, "issue");
  EXPECT_THAT(again.effects, Contains(HasSubstr("已登记过 2 行")));
  EXPECT_THAT(show_register(office.as(""), "seal-book").rows, SizeIs(2));
}

TEST_F(Promises, AHiddenFieldIsReadOnlyByWhoWorkedWithIt) {
  const auto sees = [&](const std::string& person) {
    return show_case(office.as(person), id).data.find_path("request.remark") != nullptr;
  };
  act_on_case(office.as("xu-lei"), id, "proofread", "错字", json(R"({"request": {"remark": "机密"}})"));
  EXPECT_TRUE(sees("li-na"));
  EXPECT_TRUE(sees("xu-lei"));
  for (const char* person : {"zhou-min", "sun-yuehua", "zhou-min-2", ""}) {
    EXPECT_FALSE(sees(person)) << person;
    for (const HistoryLine& line : case_history(office.as(person), id)) EXPECT_THAT(line.changes, IsEmpty());
  }
  EXPECT_THAT(case_history(office.as("li-na"), id).back().changes, ElementsAre(HasSubstr("机蜜 → 机密")));
}

TEST_F(Promises, ALeaverIsHandedOverWholeOrNotAtAll) {
  const std::string other = office.start();
  office.act("li-na", other, "submit");
  office.act("zhou-min", other, "agree");
  const auto codes = refusals([&] { hand_over(office.as("xu-lei"), "sun-yuehua", "zhou-min", "调离"); });
  EXPECT_THAT(codes, ElementsAre("already-seated"));
  EXPECT_THAT(case_history(office.as(""), id).back().action, Not("hand-over"));
}

TEST(TextTemplates, ArePublishedAndRendered) {
  TemporaryOffice office;
  office.write("workflows/memo.form.yaml",
               "form: memo\ntitle: 便函\nfields:\n  title: {title: 事由, type: text, required: true}\n");
  office.write("workflows/memo.workflow.yaml", R"(workflow: memo
title: 便函
version: 1
form: memo
documents: {letter: {title: 便函, template: letters/memo.txt}}
steps:
  draft: {title: 拟稿, seat: initiator, actions: {submit: {to: done, effects: [{render: [letter]}]}}}
  done: {end: true}
)");
  std::filesystem::create_directories(office / "workflows/letters");
  office.write("workflows/letters/memo.txt", "关于{{title}}（{{case.initiator}}）\n");
  office.open();
  const std::string id = start_case(office.as("li-na"), "memo", json(R"({"title": "校车"})")).id;
  EXPECT_THAT(office.act("li-na", id, "submit").files, ElementsAre("letter.txt"));
  export_documents(office.as("li-na"), id, office / "out");
  EXPECT_EQ(read_file(office / "out/letter.txt"), "关于校车（李娜）\n");
}

TEST_F(Promises, AnAdvisersWordIsNoDecision) {
  const std::string other = office.start();
  office.act("li-na", other, "submit");
  ActDetails details;
  details.people = {"zhou-min-2"};
  act_on_case(office.as("zhou-min"), other, "add-before", "先看", {}, {}, details);
  office.act("zhou-min-2", other, "agree", "可以");
  office.act("zhou-min", other, "agree");
  const auto history = case_history(office.as(""), other);
  EXPECT_EQ(history[history.size() - 2].action_title, "提出意见（赞成）");
  EXPECT_THAT(history[history.size() - 2].facts, Contains(HasSubstr("提出意见（赞成）：可以")));
  EXPECT_EQ(history.back().action_title, "同意");
}

TEST_F(Promises, AMigrationToAnotherPaperVoidsWhatWasSignedAtOnce) {
  office.write("workflows/reply.yaml", replace_all(std::string(kReply), "申请为", "要求为"));
  const std::string flow = read_file(office / "workflows/seal-request.workflow.yaml");
  office.write("workflows/seal-request.workflow.yaml", replace_all(flow, "version: 1", "version: 2"));
  publish(office.as(""), {office / "workflows"});
  MigrationPlan plan;
  plan.workflow = "seal-request";
  plan.reason = "新版";
  plan.preview = true;
  const auto seen = migrate_cases(office.as("xu-lei"), plan);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_THAT(seen.front().facts, Contains(HasSubstr("的签署（会签）因修改作废")));
  plan.preview = false;
  migrate_cases(office.as("xu-lei"), plan);
  for (const SignatureView& one : show_case(office.as("li-na"), id).signatures)
    EXPECT_EQ(one.state, "voided");
  EXPECT_EQ(list_outbox(office.as(""), "").back().kind, "voided");
  EXPECT_THAT(office.act("xu-lei", id, "issue").numbers, IsEmpty());
  EXPECT_EQ(show_case(office.as("li-na"), id).seats.front().step, "review");
}

TEST(Inbox, ListsNothingThatAStandInMayNotDo) {
  const TemporaryOffice other;
  std::string people(kDirectory);
  people = replace_all(people, "[sun-yuehua]", "[sun-yuehua], under: office");
  people = replace_all(people, "[xu-lei]", "[xu-lei], head: xu-lei");
  people = replace_all(people, "people:\n",
                       "stand_ins: [{of: zhou-min, by: li-na, from: 2020-07-01, until: 2020-08-31}, "
                       "{of: zhou-min, by: zhou-min-2, from: 2020-07-01, until: 2020-08-31}]\npeople:\n");
  other.write("office/directory.yaml", people);
  other.write("workflows/seal-request.workflow.yaml",
              replace_all(std::string(kWorkflow), "    binds: [reply]\n",
                          "    binds: [reply]\n    not_initiator: true\n"));
  other.open();
  const std::string begun = other.start();
  other.act("li-na", begun, "submit");
  EXPECT_THAT(inbox(other.as("zhou-min-2")), SizeIs(1));
  EXPECT_THAT(inbox(other.as("li-na")), IsEmpty()) << "nobody judges his own, for whomever";
}

}  // namespace
}  // namespace wenshu::app
