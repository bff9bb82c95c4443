// Deadlines of open seats: due times, pauses, and what each `overdue` does.
#include "workflow/clocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/check_steps.h"

namespace wenshu::workflow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const char* const kForm = "form: f\ntitle: f\nfields:\n  title: {type: text}\n  ok: {type: boolean}\n";

Case flow(const std::string& review,
          const std::string& actions = "agree: {to: done}, reject: {to: refused}") {
  Case made = make_case(
      yaml("workflow: test\ntitle: 试\nversion: 1\nform: f\nmanagers: [{post: 局长}]\nsteps:\n"
           "  draft: {title: 拟稿, seat: initiator, edit: [title], actions: {submit: {to: review}}}\n"
           "  review:\n    title: 审核\n    seat: {post: 负责人, of: 教研室}\n" +
           review + "    actions: {" + actions +
           "}\n  refused: {title: 未获同意, end: true}\n  done: {end: true}\n"),
      yaml(kForm), yaml(kOffice), yaml("title: 题"));
  made.start("fan");
  EXPECT_EQ(made.act("fan", "submit"), "");
  return made;
}

Time at(const char* text) { return *parse_time(text); }

calendar::WorkingTime office_hours() {
  static calendar::Calendar year, office;
  year.name = "cn-2020";
  year.year = 2020;
  office.name = "office";
  office.uses = {{"cn-2020", {}}};
  office.hours = {{std::chrono::hours{9}, std::chrono::hours{12}},
                  {std::chrono::hours{14}, std::chrono::hours{17}}};
  return calendar::WorkingTime(office, {{"cn-2020", &year}});
}

const Seat& seat(const Case& made) { return made.marking.seats().front(); }
std::string facts(const Case& made, const Attempt& done) {
  std::string all;
  for (const Fact& fact : done.move.facts) all += to_text(made.rules(), fact) + "\n";
  return all;
}
Attempt fire_last(Case& made, const char* now) {
  return fire(made.rules(), made.marking, made.data, alarms_of(made.marking).back(), at(now));
}

TEST(Clocks, CountByTheCalendarInUtc) {
  Case made = flow("    due: 2 workdays\n    remind: 4 workhours\n    overdue: remind\n");
  const auto hours = office_hours();
  // Monday 27 July 2020, 10:00 in China: due on Wednesday at five, reminded on Wednesday at noon less an hour.
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), &hours);
  EXPECT_EQ(seat(made).more->clock->due, "2020-07-29T09:00:00Z");
  EXPECT_EQ(seat(made).more->clock->remind, "2020-07-29T03:00:00Z");
  const auto alarms = alarms_of(made.marking);
  ASSERT_EQ(alarms.size(), 2u);
  EXPECT_EQ(to_text(alarms[0].kind), "remind");
  // Later acts leave the clock as it is.
  set_clocks(made.definition, made.marking, at("2020-07-28T02:00:00Z"), &hours);
  EXPECT_EQ(seat(made).more->clock->due, "2020-07-29T09:00:00Z");
}

TEST(Clocks, AreStoredAndRead) {
  Case made = flow("    due: 4 hours\n    overdue: remind\n");
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
  Diagnostics findings;
  const auto again = parse_marking(to_value(made.marking), findings);
  ASSERT_TRUE(again) << to_text(findings);
  EXPECT_EQ(*again, made.marking);
  EXPECT_EQ(seat(made).more->clock->due, "2020-07-27T06:00:00Z");
}

TEST(Clocks, StandStillWhileSuspended) {
  Case made = flow("    due: 4 hours\n    overdue: remind\n");
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
  Act stop{"he", "suspend", "等文件"};
  stop.time = "2020-07-27T03:00:00Z";
  ASSERT_EQ(made.act(stop), "");
  set_clocks(made.definition, made.marking, at("2020-07-27T03:00:00Z"), nullptr);
  EXPECT_EQ(seat(made).more->clock->due, "");
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
  Act go{"he", "resume", ""};
  go.time = "2020-07-30T03:00:00Z";
  ASSERT_EQ(made.act(go), "");
  set_clocks(made.definition, made.marking, at("2020-07-30T03:00:00Z"), nullptr);
  EXPECT_EQ(seat(made).more->clock->due, "2020-07-30T06:00:00Z");  // three hours were left
}

TEST(Clocks, WaitForACalendarThatHasTheYear) {
  Case made = flow("    due: 2 workdays\n    overdue: remind\n");
  const auto hours = office_hours();
  set_clocks(made.definition, made.marking, at("2021-07-27T02:00:00Z"), &hours);
  EXPECT_EQ(seat(made).more->clock->due, "");
  EXPECT_EQ(uncounted_seats(made.definition, made.marking).size(), 1u);
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
}

TEST(Overdue, RemindsOnce) {
  Case made = flow("    due: 4 hours\n    overdue: remind\n");
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
  EXPECT_THAT(facts(made, fire_last(made, "2020-07-28T02:00:00Z")), HasSubstr("梁文"));
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
  EXPECT_EQ(made.act("liang", "agree"), "");
}

TEST(Overdue, IsRemindedAgainUntilItIsDone) {
  Case made = flow("    due: 4 hours\n    overdue: remind\n    remind_again: 1 workdays\n");
  const auto hours = office_hours();
  const auto set = [&](const char* now) { set_clocks(made.definition, made.marking, at(now), &hours); };
  set("2020-07-24T02:00:00Z");  // a Friday
  fire_last(made, "2020-07-24T07:00:00Z");
  EXPECT_THAT(alarms_of(made.marking), ElementsAre()) << "counted when the act is written";
  set("2020-07-24T07:00:00Z");
  ASSERT_EQ(alarms_of(made.marking).size(), 1u);
  EXPECT_EQ(to_text(alarms_of(made.marking)[0].kind), "again");
  EXPECT_EQ(alarms_of(made.marking)[0].at, "2020-07-27T09:00:00Z");  // Monday evening
  EXPECT_THAT(facts(made, fire_last(made, "2020-07-29T02:00:00Z")), HasSubstr("第 1 次提醒 梁文"));
  set("2020-07-29T02:00:00Z");
  EXPECT_EQ(alarms_of(made.marking)[0].at, "2020-07-30T09:00:00Z") << "one reminder for all days missed";
  EXPECT_THAT(facts(made, fire_last(made, "2020-07-30T09:00:00Z")), HasSubstr("第 2 次提醒"));
  set("2020-07-30T09:00:00Z");
  Diagnostics findings;
  EXPECT_EQ(*parse_marking(to_value(made.marking), findings), made.marking);
  EXPECT_EQ(made.act("liang", "agree"), "");
  set("2020-07-31T02:00:00Z");
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
}

TEST(Overdue, IsRemindedAgainSoOftenAtMostAndNotWhileSuspended) {
  Case made = flow("    due: 4 hours\n    overdue: remind\n    remind_again: 24 hours\n    remind_most: 1\n");
  const auto set = [&](const char* now) { set_clocks(made.definition, made.marking, at(now), nullptr); };
  set("2020-07-27T02:00:00Z");
  fire_last(made, "2020-07-27T07:00:00Z");
  set("2020-07-27T07:00:00Z");
  Act stop{"he", "suspend", "等文件"};
  stop.time = "2020-07-27T08:00:00Z";
  ASSERT_EQ(made.act(stop), "");
  set("2020-07-27T08:00:00Z");
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
  Act go{"he", "resume", ""};
  go.time = "2020-07-30T08:00:00Z";
  ASSERT_EQ(made.act(go), "");
  set("2020-07-30T08:00:00Z");
  ASSERT_EQ(alarms_of(made.marking).size(), 1u);
  EXPECT_EQ(alarms_of(made.marking)[0].at, "2020-07-31T08:00:00Z");
  fire_last(made, "2020-07-31T08:00:00Z");
  set("2020-07-31T08:00:00Z");
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
}

TEST(Overdue, EscalatesToTheSuperiorBesideTheHolder) {
  Case made = flow("    due: 4 hours\n    overdue: escalate\n    overdue_to: [{post: 局长}]\n");
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
  EXPECT_THAT(facts(made, fire_last(made, "2020-07-28T02:00:00Z")), HasSubstr("何建"));
  EXPECT_THAT(seat(made).candidates.list(), ElementsAre("liang", "he"));
}

TEST(Overdue, TransfersOnceWithAClockOfItsOwn) {
  Case made = flow("    due: 4 hours\n    overdue: transfer\n    overdue_to: [{post: 办公室主任}]\n");
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
  fire_last(made, "2020-07-28T02:00:00Z");
  EXPECT_THAT(seat(made).candidates.list(), ElementsAre("zhou"));
  set_clocks(made.definition, made.marking, at("2020-07-28T02:00:00Z"), nullptr);
  EXPECT_EQ(seat(made).more->clock->due, "2020-07-28T06:00:00Z");
  fire_last(made, "2020-07-29T02:00:00Z");
  EXPECT_THAT(seat(made).candidates.list(), ElementsAre("zhou"));
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
}

TEST(Overdue, PassesOrRejectsAndSaysThatItHappenedByItself) {
  for (const char* what : {"pass", "reject"}) {
    Case made = flow(std::string("    due: 4 hours\n    overdue: ") + what + "\n");
    set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
    EXPECT_THAT(facts(made, fire_last(made, "2020-07-28T02:00:00Z")), HasSubstr("自动"));
    EXPECT_EQ(made.marking.step(), std::string(what) == "pass" ? "done" : "refused");
  }
}

TEST(Overdue, LeavesToPeopleWhatACondtionForbids) {
  Case made = flow("    due: 4 hours\n    overdue: pass\n", "agree: {to: done, when: ok}");
  set_clocks(made.definition, made.marking, at("2020-07-27T02:00:00Z"), nullptr);
  EXPECT_THAT(facts(made, fire_last(made, "2020-07-28T02:00:00Z")), HasSubstr("没有自动办理"));
  EXPECT_EQ(made.marking.step(), "review");
  EXPECT_THAT(alarms_of(made.marking), ElementsAre());
}

std::string load_faults(const std::string& step) {
  Diagnostics findings;
  load_workflow(
      yaml("workflow: test\ntitle: 试\nversion: 1\nform: f\ndocuments: {n: {title: 通知, notice: n.yaml}}\n"
           "steps:\n  a:\n    title: 审\n    seat: initiator\n" +
           step + "    actions: {sign: {to: z, effects: [{render: [n]}]}}\n  z: {end: true}\n"),
      findings);
  return codes(findings);
}

TEST(Overdue, NeverSignsByItself) {
  EXPECT_EQ(load_faults("    binds: [n]\n    due: 1 days\n    overdue: pass\n"), "automatic-signature");
  EXPECT_EQ(load_faults("    due: 1 days\n    overdue: transfer\n"), "missing-field");
  EXPECT_EQ(load_faults("    due: 1 days\n    overdue: remind\n    overdue_to: [initiator]\n"),
            "unexpected-field");
}

}  // namespace
}  // namespace wenshu::workflow
