// One person, one decision at a step, and none on one's own case: at every door through which a seat can be had.
#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/clocks.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kStaff = replace_all(kOffice, "people:\n",
                                       "roles: {council: [sun, qian, zhou], board: [sun, qian], panel: [sun, "
                                       "qian], desk: [sun, qian]}\nstand_ins: [{of: he, by: zhou, "
                                       "from: 2026-03-01, until: 2026-03-31}, "
                                       "{of: he, by: fan, from: 2026-03-01, until: 2026-03-31}]\npeople:\n");

// draft, then the step `look` as given, then done.
Case at_look(const std::string& look, const std::string& more = "") {
  Case c = make_case(
      yaml("workflow: s\ntitle: 会签\nversion: 1\nform: s\nmanagers: [{person: xu}]\nsteps:\n"
           "  draft: {title: 拟稿, seat: initiator, actions: {submit: {to: look}}}\n"
           "  look:\n    title: 会签\n    allow: [add-before, add-after, add-beside, transfer]\n    " +
           look + "\n    actions: {agree: {to: done}, reject: {to: no}}\n" + more +
           "  done: {end: true}\n  no: {end: true}\n"),
      yaml("form: s\ntitle: 表\nfields: {who: {type: person}}\n"), yaml(kStaff), {});
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  return c;
}

Act with(const std::string& person, const std::string& action, const std::vector<std::string>& people = {}) {
  Act act{person, action, "因故", "2026-03-02"};
  act.people = people;
  return act;
}

size_t open_seats_in(const Case& c) { return open_seats(c.marking).size(); }

TEST(OnePerson, FillsOneSeatOfACountersign) {
  Case c = at_look("seats: [{post: 负责人}, {person: zhou}]\n    decide: {rule: all, on_reject: count}");
  EXPECT_EQ(c.act("zhou", "agree"), "");
  EXPECT_EQ(c.marking.step(), "look") << "the heads have not been heard";
  EXPECT_EQ(open_seats(c.marking).front()->key, "1") << "his own seat goes first";
  EXPECT_EQ(c.act("zhou", "agree"), "already-decided");
  EXPECT_EQ(describe_open(c.directory, c.marking.tokens.front()).find(c.directory.name_of("zhou")),
            std::string::npos)
      << "nor is he told to wait for himself";
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(OnePerson, CastsOneVote) {
  Case c = at_look(
      "seats: [{post: 负责人}, {role: council}, {person: zhou}]\n    decide: {rule: votes, threshold: 3}");
  EXPECT_EQ(c.act("zhou", "agree"), "");
  EXPECT_EQ(open_seats_in(c), 2u);
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "look");
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(OnePerson, DecidesAgainOnlyWhereAllWhoCouldHaveDecided) {
  Case c = at_look(
      "seats: [{role: board}, {role: panel}, {role: desk}]\n    decide: {rule: all, on_reject: count}");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "already-decided");
  EXPECT_EQ(c.act("qian", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "") << "else the case were stuck; the checker has told it";
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(OnePerson, SaysForWhomASecondDecisionIs) {
  Case c = at_look(
      "seats: [{person: he}, {person: zhou}, {person: sun}]\n    decide: {rule: votes, threshold: 2}");
  EXPECT_EQ(c.act(with("zhou", "agree")), "");
  EXPECT_EQ(c.marking.step(), "look") << "his own vote alone";
  EXPECT_EQ(c.act(with("zhou", "agree")), "for-whom");
  EXPECT_EQ(c.act(with("zhou", "agree", {"sun"})), "for-whom") << "he stands in for another";
  EXPECT_EQ(c.act(with("zhou", "agree", {"he"})), "");
  EXPECT_THAT(to_text(c.rules(), c.last.facts[0]), HasSubstr("代 何建"));
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(OnePerson, GetsNoSecondSeatByAnyDoor) {
  const std::string three =
      "seats: [{person: sun}, {person: qian}, {person: he}]\n    decide: {rule: all, on_reject: count}";
  for (const char* add : {"add-beside", "add-after", "transfer"}) {
    Case c = at_look(three);
    EXPECT_EQ(c.act("sun", "agree"), "");
    EXPECT_EQ(c.act(with("qian", add, {"sun"})), "already-seated") << add;
    EXPECT_EQ(c.act(with("qian", add, {"he"})), "already-seated") << add;
  }
  Case c = at_look(three);
  EXPECT_EQ(c.act(with("qian", "add-before", {"xu", "xu"})), "already-seated");
  EXPECT_EQ(c.act(with("xu", "hand-over", {"qian", "he"})), "already-seated") << "he sits there already";
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act(with("xu", "hand-over", {"qian", "sun"})), "already-seated") << "he has decided";
  EXPECT_EQ(c.act(with("xu", "hand-over", {"qian", "liang"})), "");
}

TEST(OnePerson, GetsNoSecondSeatByAClock) {
  Case c = at_look(
      "seats: [{person: sun}, {person: qian}]\n    decide: {rule: all, on_reject: count}\n    due: 4 hours\n "
      "   overdue: "
      "transfer\n    overdue_to: [{person: sun}]");
  EXPECT_EQ(c.act("sun", "agree"), "");
  const Time now = *parse_time("2026-03-02T01:00:00Z");
  set_clocks(c.definition, c.marking, now, nullptr);
  fire(c.rules(), c.marking, c.data, {"look", "2", Alarm::Kind::overdue, ""}, now);
  EXPECT_TRUE(open_seats(c.marking).front()->candidates.contains("qian"));
}

TEST(Initiator, JudgesNotHisOwnCaseByAnyDoor) {
  const std::string look =
      "seat: {person: sun}\n    not_initiator: true\n    due: 4 hours\n    overdue: "
      "transfer\n    overdue_to: [{person: fan}]";
  for (const char* door : {"transfer", "add-beside", "add-after"}) {
    Case c = at_look(look);
    EXPECT_EQ(c.act(with("sun", door, {"fan"})), "initiator-barred") << door;
  }
  Case c = at_look(look);
  EXPECT_EQ(c.act(with("xu", "hand-over", {"sun", "fan"})), "initiator-barred");
  EXPECT_EQ(c.act(with("sun", "add-before", {"fan"})), "") << "he may be asked, his answer decides nothing";
  Case late = at_look(look);
  const Time now = *parse_time("2026-03-02T01:00:00Z");
  set_clocks(late.definition, late.marking, now, nullptr);
  fire(late.rules(), late.marking, late.data, {"look", "1", Alarm::Kind::overdue, ""}, now);
  EXPECT_EQ(late.act("fan", "agree"), "not-your-seat");
  Case away = at_look("seat: {person: he}\n    not_initiator: true");
  EXPECT_EQ(away.act(with("fan", "agree")), "not-your-seat")
      << "he stands in for him, but not on his own case";
  EXPECT_EQ(away.act(with("zhou", "agree")), "");
}

TEST(Recall, TakesTheAgreementBackAsWell) {
  Case c = at_look("seat: {person: sun}",
                   "  last:\n    title: 复核\n    seat: {person: sun}\n    same_person: earlier\n"
                   "    actions: {agree: {to: done}}\n  mid:\n    title: 再审\n    seat: {person: he}\n"
                   "    actions: {agree: {to: last}}\n");
  c.definition.steps[1].actions[0].to.name = "mid";
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.act("sun", "recall"), "");
  EXPECT_THAT(c.marking.agreed, ElementsAre("fan"));
  EXPECT_EQ(c.act(with("sun", "transfer", {"liang"})), "");
  EXPECT_EQ(c.act("liang", "agree"), "");
  EXPECT_EQ(c.act("he", "agree"), "");
  EXPECT_EQ(c.marking.step(), "last") << "he has not agreed to it";
}

}  // namespace
}  // namespace wenshu::workflow
