// What people are told: written with the act that it tells of, sent at least once under a key of its own.
#include "app/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "app/audit.h"
#include "app/case_act.h"
#include "app/case_clock.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr std::string_view kLetterForm = R"(form: letter
title: 来信
fields:
  title: {title: 事由, type: text, required: true}
)";

constexpr std::string_view kLetter = R"yaml(workflow: letter
title: 来信办理
version: 1
form: letter
managers: [{post: 文印}]
steps:
  draft:
    title: 登记
    seat: initiator
    edit: [title]
    actions: {submit: {title: 送审, to: review}}
  review:
    title: 审核
    seats: [{post: 负责人, of: 教导处}, {post: 负责人, of: 总务处}]
    decide: {rule: one}
    allow: [transfer]
    due: 4 hours
    remind: 1 hours
    overdue: remind
    actions: {agree: {title: 同意, to: done}, return: {title: 退回, to: draft, opinion: required}}
  done: {title: 办结, end: true}
)yaml";

// Takes down what it is given; refuses whom it is told to.
class Recorder : public Channel {
 public:
  void take(const std::string& key, const std::string& json) override {
    ++calls;
    if (refuse && refuse(json)) throw Failure("网关不通");
    keys.push_back(key);
  }
  int64_t at_once() const override { return 3; }
  std::vector<std::string> keys;
  int calls = 0;
  std::function<bool(const std::string&)> refuse;
};

class OutboxTest : public testing::Test {
 protected:
  void SetUp() override {
    office_.write("workflows/letter.form.yaml", kLetterForm);
    office_.write("workflows/letter.workflow.yaml", kLetter);
    office_.open();
  }
  std::string start() {
    return start_case(office_.as("li-na"), "letter", json(R"({"title": "校车线路"})")).id;
  }
  std::string submit() {
    const std::string id = start();
    office_.act("li-na", id, "submit");
    return id;
  }
  // "kind person", of what came since the last call.
  std::vector<std::string> news() {
    std::vector<std::string> list;
    const auto all = list_outbox(office_.as(""), "");
    for (size_t i = seen_; i < all.size(); ++i) list.push_back(all[i].kind + " " + all[i].person);
    seen_ = all.size();
    return list;
  }
  std::string last_text() { return list_outbox(office_.as(""), "").back().text; }
  Context at(const std::string& time) {
    clock_ = std::make_unique<FixedClock>(*parse_time(time));
    Context context = office_.as("");
    context.clock = clock_.get();
    return context;
  }
  CaseAnswer act_with(const std::string& person, const std::string& id, const std::string& action,
                      const std::vector<std::string>& people, const std::string& opinion = {}) {
    ActDetails details;
    details.people = people;
    return act_on_case(office_.as(person), id, action, opinion, {}, {}, details);
  }
  void expect_sound() {
    const auto report = verify_store(office_.as(""));
    EXPECT_TRUE(report.findings.empty()) << to_text(report.findings);
  }

  TemporaryOffice office_;
  std::unique_ptr<FixedClock> clock_;
  size_t seen_ = 0;
};

TEST_F(OutboxTest, WhoGetsATurnIsToldAndWhoActedIsNot) {
  const std::string id = start();
  EXPECT_THAT(news(), IsEmpty()) << "who began it sits at the first step himself";
  office_.act("li-na", id, "submit", "请审");
  EXPECT_THAT(news(), ElementsAre("seat zhou-min", "seat sun-yuehua"));
  EXPECT_EQ(last_text(), "“校车线路”到“审核”环节，请您办理（李娜 送审：请审）；2020-07-27 13:00 前办完");
  expect_sound();
}

TEST_F(OutboxTest, WhoseTurnIsOverWithoutHimIsTold) {
  const std::string id = submit();
  news();
  office_.act("zhou-min", id, "return", "补附件");
  EXPECT_THAT(news(), ElementsAre("returned li-na", "closed sun-yuehua"));
  office_.act("li-na", id, "submit");
  news();
  act_with("zhou-min", id, "transfer", {"xu-lei"}, "出差");
  EXPECT_THAT(news(), ElementsAre("seat xu-lei"));
  office_.act("xu-lei", id, "agree");
  EXPECT_THAT(news(), UnorderedElementsAre("ended li-na", "ended sun-yuehua"));
  EXPECT_THAT(last_text(), HasSubstr("“校车线路”已办结（徐磊 同意）"));
  expect_sound();
}

TEST_F(OutboxTest, ReadersHoldersAndTheInitiatorHearWhatConcernsThem) {
  const std::string id = submit();
  news();
  act_with("li-na", id, "copy", {"xu-lei"});
  act_with("li-na", id, "circulate", {"zhou-min-2"});
  office_.act("li-na", id, "urge");
  EXPECT_THAT(news(),
              ElementsAre("copied xu-lei", "circulated zhou-min-2", "urged zhou-min", "urged sun-yuehua"));
  office_.act("xu-lei", id, "suspend", "等上级来文");
  EXPECT_THAT(news(), UnorderedElementsAre("suspended li-na", "suspended zhou-min", "suspended sun-yuehua"));
  office_.act("xu-lei", id, "resume");
  EXPECT_THAT(news(), UnorderedElementsAre("resumed li-na", "resumed zhou-min", "resumed sun-yuehua"));
  office_.act("xu-lei", id, "terminate", "撤案");
  EXPECT_THAT(news(), UnorderedElementsAre("ended li-na", "ended zhou-min", "ended sun-yuehua"));
  expect_sound();
}

TEST_F(OutboxTest, ClocksRemindEachSeatOnce) {
  submit();
  news();
  run_clocks(at("2020-07-27T04:30:00Z"));
  EXPECT_THAT(news(), UnorderedElementsAre("reminded zhou-min", "reminded sun-yuehua"));
  EXPECT_EQ(last_text(), "“校车线路”在“审核”环节快到期了（2020-07-27 13:00 到期），请办理");
  run_clocks(at("2020-07-28T04:30:00Z"));
  EXPECT_THAT(news(), UnorderedElementsAre("overdue zhou-min", "overdue sun-yuehua"));
  run_clocks(at("2020-07-29T04:30:00Z"));
  EXPECT_THAT(news(), IsEmpty());
  expect_sound();
}

TEST_F(OutboxTest, ARefusedActAndARepeatedRequestLeaveNoMessage) {
  const std::string id = submit();
  news();
  EXPECT_THAT(refusals([&] { office_.act("zhou-min", id, "return"); }), ElementsAre("opinion-required"));
  EXPECT_THAT(news(), IsEmpty());
  for (int i = 0; i < 2; ++i) act_on_case(office_.as("zhou-min"), id, "return", "补", {}, "r-1");
  EXPECT_THAT(news(), SizeIs(2));
  expect_sound();
}

TEST_F(OutboxTest, EachMessageIsDeliveredOnceInItsOrder) {
  const std::string id = submit();
  office_.act("zhou-min", id, "return", "补附件");
  Recorder channel;
  const auto report = deliver_messages(at("2020-07-28T00:00:00Z"), channel, {});
  EXPECT_EQ(report.delivered, 4);
  std::vector<std::string> keys;
  for (const auto& message : list_outbox(office_.as(""), "delivered")) keys.push_back(message.key);
  EXPECT_EQ(channel.keys, keys);
  EXPECT_EQ(deliver_messages(at("2020-07-28T00:00:00Z"), channel, {}).delivered, 0);
  expect_sound();
}

TEST_F(OutboxTest, OneThatFailsDoesNotHoldTheOthersUp) {
  submit();
  Recorder channel;
  channel.refuse = [](const std::string& json) { return json.find("zhou-min") != std::string::npos; };
  const auto report = deliver_messages(at("2020-07-28T00:00:00Z"), channel, {});
  EXPECT_EQ(report.delivered, 1);
  ASSERT_THAT(report.faults, SizeIs(1));
  EXPECT_EQ(report.faults[0].why, "网关不通");
  EXPECT_EQ(report.waiting, 1);
  EXPECT_EQ(deliver_messages(at("2020-07-28T00:00:30Z"), channel, {}).faults.size(), 0u) << "after a minute";
  channel.refuse = nullptr;
  EXPECT_EQ(deliver_messages(at("2020-07-28T00:01:00Z"), channel, {}).delivered, 1);
}

TEST_F(OutboxTest, AMessageIsGivenUpInSightAndCanBeTriedAgain) {
  submit();
  Recorder channel;
  channel.refuse = [](const std::string&) { return true; };
  DeliveryPlan plan;
  plan.tries = 2;
  deliver_messages(at("2020-07-28T00:00:00Z"), channel, plan);
  const auto last = deliver_messages(at("2020-07-28T01:00:00Z"), channel, plan);
  EXPECT_EQ(last.given_up, 2);
  const auto given_up = list_outbox(office_.as(""), "given-up");
  ASSERT_THAT(given_up, SizeIs(2));
  EXPECT_EQ(given_up[0].fault, "网关不通");
  EXPECT_EQ(given_up[0].tries, 2);
  EXPECT_EQ(deliver_messages(at("2020-07-29T00:00:00Z"), channel, plan).faults.size(), 0u);
  EXPECT_EQ(retry_outbox(at("2020-07-29T00:00:00Z"), {given_up[0].key}), 1u);
  channel.refuse = nullptr;
  EXPECT_EQ(deliver_messages(at("2020-07-29T00:00:00Z"), channel, plan).delivered, 1);
  EXPECT_THROW(retry_outbox(at("2020-07-29T00:00:00Z"), {"no-such-key"}), NotFound);
  expect_sound();
}

TEST_F(OutboxTest, AChannelThatIsDownCostsFewTries) {
  for (int i = 0; i < 6; ++i) submit();  // twelve messages
  Recorder channel;
  channel.refuse = [](const std::string&) { return true; };
  const auto report = deliver_messages(at("2020-07-28T00:00:00Z"), channel, {});
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(channel.calls, 5);
  int64_t tries = 0;
  for (const auto& message : list_outbox(office_.as(""), "")) tries += message.tries;
  EXPECT_EQ(tries, 5) << "what was not handed over was not tried";
}

TEST_F(OutboxTest, WhatOneRunHasTakenNoOtherTakesUntilItsTimeIsOver) {
  submit();
  store::Store store = store::Store::open(office_.as("").store);
  const Time now = *parse_time("2020-07-28T00:00:00Z");
  EXPECT_THAT(store::claim_messages(store, now, now + std::chrono::minutes(10), 100), SizeIs(2));
  EXPECT_THAT(store::claim_messages(store, now, now + std::chrono::minutes(10), 100), IsEmpty());
  const Time later = now + std::chrono::minutes(10);  // it was killed
  const auto again = store::claim_messages(store, later, later + std::chrono::minutes(10), 100);
  ASSERT_THAT(again, SizeIs(2));
  EXPECT_EQ(again[0].tries, 2);
}

TEST_F(OutboxTest, AnAuditMissesAMessageThatNobodyWillSend) {
  submit();
  {
    store::Store store = store::Store::open(office_.as("").store);
    store::Tx tx(store.db(), store::Access::write);
    tx.run("DELETE FROM deliveries WHERE position = 1");
    tx.commit();
  }
  EXPECT_THAT(to_text(verify_store(office_.as("")).findings), HasSubstr("delivery-missing"));
}

TEST_F(OutboxTest, WhatAnActDoesNotReadIsRefusedByName) {
  const std::string id = submit();
  const auto refused = [&](const std::string& action, const std::string& opinion,
                           const std::function<void(ActDetails&)>& with) {
    ActDetails details;
    with(details);
    return refusals([&] { act_on_case(office_.as("zhou-min"), id, action, opinion, {}, {}, details); });
  };
  EXPECT_THAT(refused("agree", "", [](ActDetails& d) { d.to = "draft"; }), ElementsAre("unused-option"));
  EXPECT_THAT(refused("agree", "", [](ActDetails& d) { d.people = {"xu-lei"}; }),
              ElementsAre("unused-option"));
  EXPECT_THAT(refused("agree", "", [](ActDetails& d) { d.again = d.direct = true; }),
              ElementsAre("unused-option", "unused-option"));
  EXPECT_THAT(refused("return", "补", [](ActDetails& d) { d.direct = true; }), ElementsAre("unused-option"));
  EXPECT_THAT(refused("agree", "", [](ActDetails& d) { d.choices["done"] = {"xu-lei"}; }),
              ElementsAre("unused-option"));
  EXPECT_THAT(refused("urge", "", [](ActDetails& d) { d.step = "review"; }), ElementsAre("unused-option"));
  EXPECT_THAT(refused("return", "", [](ActDetails& d) { d.to = "draft"; }),
              ElementsAre("opinion-required", "unused-option"));
  EXPECT_THAT(refusals([&] {
                act_on_case(office_.as("xu-lei"), id, "suspend", "等", json(R"({"title": "另一事"})"));
              }),
              ElementsAre("unused-option"));
  EXPECT_THAT(refused("agree", "", [](ActDetails& d) { d.step = "review"; }), IsEmpty());
}

}  // namespace
}  // namespace wenshu::app
