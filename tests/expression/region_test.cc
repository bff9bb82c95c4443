#include "expression/region.h"

#include <gtest/gtest.h>

#include <random>

#include "data/write.h"
#include "expression/number.h"

namespace wenshu::expression {
namespace {

using Verdict = Answer::Verdict;

const Type& form() {
  static const Type kForm = Type::record({
      {"hours", Type::number()},
      {"people", Type::integer()},
      {"budget", Type::number().or_empty()},
      {"open", Type::boolean()},
      {"mode", Type::text({"网络", "集中", "送教"})},
      {"title", Type::text()},
      {"since", Type::date()},
      {"until", Type::date()},
      {"rows", Type::list(Type::record({{"n", Type::integer()}}))},
      {"plan", Type::record({{"year", Type::integer()}})},
  });
  return kForm;
}

Guard guard(const std::string& text) {
  Diagnostics findings;
  auto parsed = parse_guard(text, {"", 1, 1, ""}, findings);
  if (parsed) check_condition(*parsed, form(), findings);
  EXPECT_FALSE(findings.has_errors()) << text << "\n" << to_text(findings);
  return *parsed;
}

// "yes hours=1", "no", "undecided"
std::string ask(const std::vector<std::pair<std::string, Outcome>>& asked) {
  std::vector<Guard> guards;
  for (const auto& [text, outcome] : asked) guards.push_back(guard(text));
  std::vector<Wish> wishes;
  for (size_t i = 0; i < asked.size(); ++i) wishes.push_back({&guards[i], asked[i].second});
  Answer answer = find_case(wishes, form());
  if (answer.verdict != Verdict::yes) return answer.verdict == Verdict::no ? "no" : "undecided";
  std::string said = "yes";
  for (const auto& sample : answer.samples) said += " " + sample.path + "=" + sample.value;
  for (const Wish& wish : wishes) {
    auto truth = holds(*wish.guard, answer.witness, form());
    Outcome outcome = !truth ? Outcome::faults : *truth ? Outcome::holds : Outcome::fails;
    if (wish.outcome == Outcome::allows && outcome != Outcome::fails) continue;
    EXPECT_EQ(outcome, wish.outcome) << wish.guard->text() << " on " << data::to_json(answer.witness);
  }
  return said;
}

std::string can_hold(const std::string& text) { return ask({{text, Outcome::holds}}); }
std::string can_fail(const std::string& text) { return ask({{text, Outcome::fails}}); }
std::string overlap(const std::string& a, const std::string& b) {
  return ask({{a, Outcome::holds}, {b, Outcome::holds}});
}
std::string gap(const std::string& a, const std::string& b) {
  return ask({{a, Outcome::fails}, {b, Outcome::fails}});
}

TEST(Region, FindsGuardsThatNeverHold) {
  EXPECT_EQ(can_hold("hours > 40 && hours < 9"), "no");
  EXPECT_EQ(can_hold("people > 3 && people < 4"), "no") << "no integer stands between";
  EXPECT_EQ(can_hold("hours > 3 && hours < 4"), "yes hours=3.01");
  EXPECT_EQ(can_hold("mode == '网络' && mode == '集中'"), "no");
  EXPECT_EQ(can_hold("open && !open"), "no");
  EXPECT_EQ(can_hold("since < '2020-07-27' && since > '2020-07-26'"), "no");
  EXPECT_EQ(can_hold("size(rows) < 0"), "no");
  EXPECT_EQ(can_hold("2 * hours + 1 < 8 && hours >= 3.5"), "no");
  EXPECT_EQ(can_hold("3 * hours == 1"), "no") << "a third is no decimal of nine places";
  EXPECT_EQ(can_hold("title == 'a' && title != 'a'"), "no");
}

TEST(Region, FindsGuardsThatAlwaysHold) {
  EXPECT_EQ(can_fail("hours >= 9 || hours < 9"), "no");
  EXPECT_EQ(can_fail("mode in ['网络', '集中', '送教']"), "no");
  EXPECT_EQ(can_fail("size(rows) >= 0"), "no");
  EXPECT_EQ(can_fail("size(rows) > 0"), "yes rows=0 项");
  EXPECT_EQ(can_fail("size(title) > 5 || size(title) <= 5"), "no");
  EXPECT_EQ(can_fail("plan.year >= 2020 || plan.year != 2021"), "no");
}

TEST(Region, FindsOverlapsWithACase) {
  EXPECT_EQ(overlap("hours >= 40", "hours <= 40"), "yes hours=40");
  EXPECT_EQ(overlap("hours > 40", "hours <= 40"), "no");
  EXPECT_EQ(overlap("mode == '网络'", "mode != '集中'"), "yes mode=“网络”");
  EXPECT_EQ(overlap("since < until", "since >= until"), "no");
  EXPECT_EQ(overlap("since < until", "until < '2020-01-01'").substr(0, 3), "yes");
}

TEST(Region, FindsGapsWithACase) {
  EXPECT_EQ(gap("budget > 5000", "budget < 5000"), "yes budget=5000");
  EXPECT_EQ(gap("budget > 5000", "budget <= 5000"), "no") << "an empty budget is a fault, not a gap";
  EXPECT_EQ(gap("mode == '网络'", "mode == '集中'"), "yes mode=“送教”");
  EXPECT_EQ(gap("title == 'a'", "title == 'b'"), "yes title=“其他”");
  EXPECT_EQ(gap("since <= '2020-06-30'", "since >= '2020-07-02'"), "yes since=2020-07-01");
  EXPECT_EQ(gap("open ? hours > 1 : hours > 2", "hours <= 1"), "yes open=否 hours=1.01");
}

TEST(Region, FindsFieldsThatMayBeEmpty) {
  EXPECT_EQ(ask({{"budget > 5000", Outcome::faults}}), "yes budget=空");
  EXPECT_EQ(ask({{"hours > 5000", Outcome::faults}}), "no");
  EXPECT_EQ(ask({{"has(budget) && budget > 5000", Outcome::faults}}), "no");
}

TEST(Region, FindsDivisorsThatMayBeZeroAndRowsThatMayNotBeThere) {
  EXPECT_EQ(ask({{"100 / people > 3", Outcome::faults}}), "yes people=0");
  EXPECT_EQ(ask({{"100 % (people - 4) > 3", Outcome::faults}}), "yes people=4");
  EXPECT_EQ(ask({{"people > 0 && 100 / people > 3", Outcome::faults}}), "undecided");
  EXPECT_EQ(ask({{"rows[1].n > 3", Outcome::faults}}), "yes rows=0 项");
  EXPECT_EQ(ask({{"size(rows) > 1 && rows[1].n > 3", Outcome::faults}}), "undecided");
}

TEST(Region, TakesRulesThatMayLackAValueAsPromises) {
  EXPECT_EQ(ask({{"100 / people > 3", Outcome::faults}, {"people > 2", Outcome::allows}}), "undecided");
  EXPECT_EQ(ask({{"budget > 1", Outcome::faults}, {"budget < 5", Outcome::allows}}), "yes budget=空");
  const Guard inner = guard("plan.year > 2000");
  Diagnostics none;
  const auto alone = parse_guard("year > 2000", {}, none);
  const Guard moved = from_outside(*alone, "plan", *form().find("plan"));
  EXPECT_EQ(find_case({{&inner, Outcome::holds}, {&moved, Outcome::fails}}, form()).verdict, Verdict::no);
}

TEST(Region, SaysUndecidedWhereItCannotKnow) {
  EXPECT_EQ(can_hold("title.matches('^[0-9]{9}$')"), "undecided");
  EXPECT_EQ(can_hold("people * people == 49"), "undecided");
  EXPECT_EQ(can_hold("rows.all(r, r.n > 3) && size(rows) > 4").substr(0, 3), "und");
  EXPECT_EQ(can_hold("count('x') > 3"), "undecided");
  EXPECT_EQ(can_hold("count('x') > 3 && hours > 3 && hours < 2"), "no");
  EXPECT_EQ(can_hold("title.startsWith('关于')"), "yes title=“关于”");
  EXPECT_EQ(can_hold("mode.contains('网') && mode.contains('集')"), "no") << "choices are all tried";
  Guard wide =
      guard("hours > 1 && people > 1 && title != 'x' && since > '2020-01-01' && until > '2020-01-01'");
  EXPECT_EQ(find_case({{&wide, Outcome::holds}}, form(), 3).verdict, Verdict::undecided);
  // Nothing of it holds, and that would take two thousand comparisons two thousand times.
  std::string many = "hours == 0.5";
  for (int i = 2'000; i > 0; --i) many = "hours != " + std::to_string(i) + " && " + many;
  const Guard endless = guard(many + " && hours > 3000");
  EXPECT_EQ(find_case({{&endless, Outcome::holds}}, form(), 1'000).verdict, Verdict::undecided);
}

// Against brute force: random conditions over two small fields, judged on every value of a grid that is finer than
// all constants.
TEST(Region, AgreesWithTryingEverything) {
  std::mt19937 random(5);  // NOLINT: the same cases each time
  auto pick = [&](size_t n) { return static_cast<size_t>(random() % n); };
  const char* const kOps[] = {"<", "<=", "==", "!=", ">=", ">"};
  auto atom = [&]() -> std::string {
    std::string constant = std::to_string(pick(4));
    switch (pick(5)) {
      case 0:
        return "people " + std::string(kOps[pick(6)]) + " " + constant;
      case 1:
        return "hours " + std::string(kOps[pick(6)]) + " " + constant;
      case 2:
        return "hours " + std::string(kOps[pick(6)]) + " people";
      case 3:
        return "2 * people - 1 " + std::string(kOps[pick(6)]) + " " + constant;
      default:
        return pick(2) ? "open" : "people in [1, " + constant + "]";
    }
  };
  int yes = 0;
  for (int round = 0; round < 300; ++round) {
    std::string text = atom();
    for (size_t i = pick(4); i > 0; --i) {
      text = (pick(2) ? "(" + text + ")" : "!(" + text + ")") + (pick(2) ? " && " : " || ") + atom();
    }
    Guard parsed = guard(text);
    bool found = false;
    for (int people = -2; people <= 5; ++people) {
      for (int halves = -4; halves <= 9; ++halves) {
        for (const char* open : {"true", "false"}) {
          data::Value record = data::Value::map();
          record.set("people", std::to_string(people));
          record.set("hours", Number::make(Number::Kind::decimal, halves * 5, 1)->to_text());
          record.set("open", open);
          found = found || holds(parsed, record, form()) == true;
        }
      }
    }
    Verdict verdict = find_case({{&parsed, Outcome::holds}}, form()).verdict;
    EXPECT_EQ(verdict, found ? Verdict::yes : Verdict::no) << text;
    yes += found ? 1 : 0;
  }
  EXPECT_GT(yes, 100);
  EXPECT_LT(yes, 300);
}

}  // namespace
}  // namespace wenshu::expression
