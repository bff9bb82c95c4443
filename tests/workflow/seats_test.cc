// Who sits where: heads, superiors, groups, fields, chosen people, least loaded, in turn; and who does not.
#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/reading.h"

namespace wenshu::workflow {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const std::string kStaff = replace_all(
    replace_all(replace_all(replace_all(kOffice, "members: [he]", "members: [he], head: he"),
                            "members: [liang, fan]", "members: [liang, fan], head: liang, under: office"),
                "members: [zhou, xu]", "members: [zhou, xu], head: zhou, under: bureau"),
    "people:\n",
    "roles: {expert: [sun, qian, xu]}\nstand_ins: [{of: he, by: zhou, from: 2026-03-01, until: "
    "2026-03-31}]\npeople:\n");

std::string flow(const std::string& seat, const std::string& more = "") {
  return "workflow: s\ntitle: 席位\nversion: 1\nform: s\nsteps:\n"
         "  draft: {title: 拟稿, seat: initiator, actions: {submit: {to: look}}}\n"
         "  look:\n    title: 审阅\n    " +
         seat + "\n" + more + "    actions: {agree: {to: done}}\n  done: {end: true}\n";
}

Case at_draft(const std::string& seat, const std::string& initiator = "fan", const std::string& more = "") {
  Case c = make_case(
      yaml(flow(seat, more)),
      yaml("form: s\ntitle: 表\nfields: {who: {title: 经手, type: person}, secret: {type: text}}\n"),
      yaml(kStaff), yaml("who: 钱珍\n"));
  c.start(initiator);
  return c;
}

std::vector<std::string> who(const std::string& seat, const std::string& initiator = "fan") {
  Case c = at_draft(seat, initiator);
  EXPECT_EQ(c.act(initiator, "submit"), "") << seat;
  std::vector<std::string> people;
  if (!c.marking.seats().empty())
    people.assign(c.marking.seats()[0].candidates.begin(), c.marking.seats()[0].candidates.end());
  return people;
}

TEST(Seats, AreFilledByHeadsSuperiorsGroupsAndFields) {
  EXPECT_THAT(who("seat: {head_of: initiator.department}"), ElementsAre("liang"));
  EXPECT_THAT(who("seat: {head_of: bureau}"), ElementsAre("he"));
  EXPECT_THAT(who("seat: {superior_of: initiator}"), ElementsAre("liang"));
  EXPECT_THAT(who("seat: {superior_of: initiator, level: 2}"), ElementsAre("zhou"));
  EXPECT_THAT(who("seat: {superior_of: initiator, level: 3}"), ElementsAre("he"));
  EXPECT_THAT(who("seat: {superior_of: initiator}", "liang"), ElementsAre("zhou"))
      << "the head's superior heads the department above";
  EXPECT_THAT(who("seat: {role: expert}"), ElementsAre("sun", "qian", "xu"));
  EXPECT_THAT(who("seat: {field: who}"), ElementsAre("qian"));
}

TEST(Seats, PickTheLeastLoadedAndTakeTurns) {
  Case c = at_draft("seat: {role: expert, pick: least_loaded}");
  std::map<std::string, int> loads = {{"sun", 2}, {"qian", 1}, {"xu", 5}};
  Rules rules = c.rules();
  rules.loads = &loads;
  ASSERT_TRUE(attempt(rules, c.marking, c.data, {"fan", "submit", ""}).blockers.empty());
  EXPECT_THAT(c.marking.seats()[0].candidates.list(), ElementsAre("qian"));
  std::vector<std::string> turns;
  for (int serial = 1; serial <= 4; ++serial) {
    Case next = at_draft("seat: {role: expert, pick: in_turn}");
    Rules by_turn = next.rules();
    by_turn.turn = serial;
    ASSERT_TRUE(attempt(by_turn, next.marking, next.data, {"fan", "submit", ""}).blockers.empty());
    turns.push_back(next.marking.seats()[0].candidates.front());
  }
  EXPECT_THAT(turns, ElementsAre("sun", "qian", "xu", "sun"));
}

TEST(Seats, AreChosenByWhoSendsTheCaseAmongThoseAllowed) {
  Case c = at_draft("seat: {chosen_by: previous, from: [{role: expert}]}");
  EXPECT_EQ(c.act("fan", "submit"), "choose-people");
  Act act{"fan", "submit", ""};
  act.choices = {{"look", {"he"}}};
  EXPECT_EQ(c.act(act), "choose-people") << "he is no expert";
  act.choices = {{"look", {"xu"}}};
  EXPECT_EQ(c.act(act), "");
  EXPECT_THAT(c.marking.seats()[0].candidates.list(), ElementsAre("xu"));
}

TEST(Seats, AreOneForEachPersonChosenForACountersign) {
  Case c = at_draft("seats: [{chosen_by: initiator}]", "fan", "    decide: {rule: all}\n");
  Act act{"fan", "submit", ""};
  act.choices = {{"look", {"xu", "sun"}}};
  EXPECT_EQ(c.act(act), "");
  EXPECT_THAT(c.marking.seats(), SizeIs(2));
  EXPECT_EQ(c.act("xu", "agree"), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
}

TEST(Seats, BarTheInitiatorOrAskHisSuperior) {
  Case c = at_draft("seat: {post: 负责人}", "liang", "    not_initiator: true\n");
  EXPECT_EQ(c.act("liang", "submit"), "");
  EXPECT_EQ(c.act("liang", "agree"), "not-your-seat");
  EXPECT_EQ(c.act("sun", "agree"), "");
  Case only = at_draft("seat: {person: liang}", "liang", "    not_initiator: true\n");
  EXPECT_EQ(only.act("liang", "submit"), "");
  EXPECT_THAT(only.marking.seats()[0].candidates.list(), ElementsAre("zhou"));
}

TEST(StandIns, MayActOnTheirDaysAndAreMarked) {
  Case c = at_draft("seat: {person: he}");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_EQ(c.act("zhou", "agree"), "not-your-seat") << "without a day nobody stands in";
  Act act{"zhou", "agree", "", "2026-04-01"};
  EXPECT_EQ(c.act(act), "not-your-seat");
  act.date = "2026-03-31";
  EXPECT_EQ(c.act(act), "");
  EXPECT_EQ(to_text(c.rules(), c.last.facts[0]), "周敏（何建，代 何建）同意");
}

TEST(SamePerson, IsNotAskedTwiceWhereTheFileSaysSo) {
  const std::string two =
      replace_all(flow("seat: {person: sun}"), "agree: {to: done}", "agree: {to: last}") + "";
  std::string text =
      replace_all(two, "  done: {end: true}\n",
                  "  last:\n    title: 复审\n    seat: {person: sun}\n    same_person: adjacent\n"
                  "    actions: {agree: {to: done}}\n  done: {end: true}\n");
  Case c = make_case(yaml(text), yaml("form: s\ntitle: 表\nfields: {a: {type: text}}\n"), yaml(kStaff), {});
  c.start("fan");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_EQ(c.act("sun", "agree"), "");
  EXPECT_EQ(c.marking.step(), "done");
  bool marked = false;
  for (const Fact& fact : c.last.facts) marked = marked || fact.code == "by-itself";
  EXPECT_TRUE(marked) << "the seat stays visible";
}

TEST(Fields, AreRequiredAndHiddenAsTheStepSays) {
  Case c = at_draft("seat: {person: he}", "fan", "    require: [secret]\n    hide: [who]\n");
  EXPECT_EQ(c.act("fan", "submit"), "");
  EXPECT_EQ(c.act("he", "agree"), "field-required");
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "he"), ElementsAre("who"));
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "fan"), SizeIs(0)) << "who began the case sees all of it";
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "xu"), ElementsAre("who")) << "nor is it a stranger's";
  EXPECT_THAT(hidden_from(c.rules(), c.marking, ""), ElementsAre("who"));
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "sun", {"draft"}), SizeIs(0))
      << "who worked on it without that";
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "sun", {"look"}), ElementsAre("who"))
      << "nor once he has acted";
  auto after = yaml("who: 钱珍\nsecret: 甲\n");
  EXPECT_THAT(find_edit_blockers(c.rules(), c.marking, c.data, after, {"he", "agree", ""}), SizeIs(0))
      << "what is required may be written";
  c.data = after;
  EXPECT_EQ(c.act("he", "agree"), "");
}

TEST(Fields, AreHiddenWithWhatIsCalculatedFromThem) {
  const char* flow =
      "workflow: s\ntitle: 试\nversion: 1\nform: s\nsteps:\n  draft:\n    title: 拟稿\n    seat: initiator\n"
      "    actions: {submit: {to: look}}\n  look:\n    title: 看\n    seat: {person: he}\n    hide: [n, "
      "rows.cost]\n"
      "    actions: {agree: {to: done}}\n  done: {end: true}\n";
  const char* form =
      "form: s\ntitle: 表\nfields:\n  n: {type: integer}\n  m: {type: integer}\n"
      "  twice: {type: integer, derived: n * 2}\n  other: {type: integer, derived: m * 2}\n"
      "  rows: {type: table, fields: {cost: {type: integer}, more: {type: integer, derived: cost + 1}}}\n"
      "  total: {type: integer, derived: 'sum(rows.map(r, r.cost))'}\n"
      "  count: {type: integer, derived: size(rows)}\n";
  Case c = make_case(yaml(flow), yaml(form), yaml(kStaff), {});
  c.start("fan");
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "he"),
              testing::UnorderedElementsAre("n", "rows.cost", "twice", "rows.more", "total"));
  EXPECT_THAT(hidden_from(c.rules(), c.marking, "fan"), SizeIs(0));
}

}  // namespace
}  // namespace wenshu::workflow
