// Derived fields, defaults and rules between fields.
#include "form/calculate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "data/load.h"
#include "data/write.h"

namespace wenshu::form {
namespace {

using data::Value;

Value yaml(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "t.yaml", findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value.value_or(Value());
}

std::string codes(const Diagnostics& findings) {
  std::string all;
  for (const Diagnostic& d : findings)
    all += (all.empty() ? "" : " ") + d.code + "@" + std::to_string(d.where.line);
  return all;
}

// The example of workflows/README.md, as a clerk would copy it.
std::string example() {
  std::ifstream page(WENSHU_SOURCE_DIR "/workflows/README.md");
  std::stringstream all;
  all << page.rdbuf();
  const std::string text = all.str();
  const auto begin = text.find("form: leave  ", text.find("## 表单的每个键"));
  return text.substr(begin, text.find("```", begin) - begin);
}

Form load(const std::string& text, std::string* faults = nullptr) {
  Diagnostics findings;
  auto form = load_form(yaml(text), findings);
  if (faults)
    *faults = codes(findings);
  else
    EXPECT_TRUE(form) << to_text(findings);
  return form.value_or(Form());
}

std::string faults_of(const std::string& fields) {
  std::string faults;
  load("form: f\ntitle: f\nfields:\n" + fields, &faults);
  return faults;
}

const char* const kLeave = R"(leave:
  until: 2020-07-30
  trips:
    - {place: 省城, days: 2, daily: 80}
    - {place: 市里, days: 3, daily: 60.50}
)";

TEST(Calculate, FillsDefaultsAndAddsUpRows) {
  const Form form = load(example());
  Value data = yaml(kLeave);
  Diagnostics findings;
  const Beginning beginning{"li-na", "李娜", "教导处", "2020-07-27"};
  EXPECT_TRUE(calculate(form, data, findings, &beginning)) << to_text(findings);
  EXPECT_EQ(data.find_path("leave.who")->text(), "li-na");
  EXPECT_EQ(data.find_path("leave.since")->text(), "2020-07-27");
  EXPECT_EQ(data["leave"]["trips"][0]["cost"].text(), "160.00");
  EXPECT_EQ(data["leave"]["trips"][1]["cost"].text(), "181.50");
  EXPECT_EQ(data.find_path("leave.total")->text(), "341.50");
  EXPECT_TRUE(check_record(form, data, findings)) << to_text(findings);
  // What stands in the store calculates to itself.
  Value again = data;
  EXPECT_TRUE(calculate(form, again, findings));
  EXPECT_EQ(data::to_json(again), data::to_json(data));
}

TEST(Calculate, LeavesWhatWasFilledInAlone) {
  Value data = yaml("leave: {who: sun, since: 2020-07-01, until: 2020-07-02}");
  Diagnostics findings;
  const Beginning beginning{"li-na", "李娜", "教导处", "2020-07-27"};
  calculate(load(example()), data, findings, &beginning);
  EXPECT_EQ(data.find_path("leave.who")->text(), "sun");
  EXPECT_EQ(data.find_path("leave.since")->text(), "2020-07-01");
}

TEST(Calculate, GivesNoDefaultsLater) {
  Value data = yaml("leave: {until: 2020-07-02}");
  Diagnostics findings;
  calculate(load(example()), data, findings);
  EXPECT_EQ(data.find_path("leave.who"), nullptr);
}

TEST(Calculate, TellsOfADerivedFieldThatSomebodyFilledInOtherwise) {
  Value data = yaml(std::string(kLeave) + "  total: 341.51\n");
  Diagnostics findings;
  EXPECT_FALSE(calculate(load(example()), data, findings));
  EXPECT_EQ(codes(findings), "derived-differs@6");
  Value equal = yaml(std::string(kLeave) + "  total: \"341.5\"\n");
  Diagnostics none;
  EXPECT_TRUE(calculate(load(example()), equal, none)) << to_text(none);
}

TEST(Calculate, LosesNoFractionOfACent) {
  const Form form = load(
      "form: f\ntitle: f\nfields:\n  a: {type: money}\n  third: {type: money, derived: a / 3.0}\n"
      "  part: {type: money, derived: \"round(a / 3.0, 2)\"}\n  fine: {type: money, derived: a * 0.001}\n");
  Value data = yaml("a: 100.01");
  Diagnostics findings;
  EXPECT_FALSE(calculate(form, data, findings));
  EXPECT_EQ(codes(findings), "calculation-failed@1 calculation-failed@1");
  EXPECT_EQ(data["part"].text(), "33.34");
}

TEST(Calculate, ClearsWhatItWrote) {
  const Form form = load(example());
  Value data = yaml(kLeave);
  Diagnostics findings;
  calculate(form, data, findings);
  clear_derived(form, data);
  EXPECT_EQ(data, yaml(kLeave));
  EXPECT_TRUE(is_derived(form, "leave.trips.cost"));
  EXPECT_FALSE(is_derived(form, "leave.trips.days"));
}

TEST(Rules, AreJudgedOfTheWholeOfGroupsAndOfEachRow) {
  const Form form = load(example());
  Diagnostics findings;
  const Value bad = yaml(R"(leave:
  who: a
  since: 2020-07-30
  until: 2020-07-27
  trips:
    - {place: 省城, days: 2, daily: 80}
    - {place: 市里, days: 0, daily: 80}
)");
  EXPECT_FALSE(check_record(form, bad, findings));
  EXPECT_EQ(codes(findings), "rule-broken@2 rule-broken@7");
  EXPECT_EQ(findings.begin()->message, "结束日期不能早于开始日期");
}

TEST(Rules, SayNothingWhereAFieldIsEmpty) {
  Diagnostics findings;
  check_record(load(example()), yaml("leave: {who: a, since: 2020-07-30}"), findings);
  EXPECT_EQ(codes(findings), "missing-field@1");
}

TEST(Money, HasTwoPlaces) {
  const Form form = load("form: f\ntitle: f\nfields: {a: {type: money}}");
  for (const char* good : {"12", "12.5", "12.50", "-3.10", "12.500"}) {
    Diagnostics findings;
    EXPECT_TRUE(check_record(form, yaml(std::string("a: ") + good), findings)) << good;
  }
  for (const char* bad : {"12.505", "1,200", "十二", "1e3"}) {
    Diagnostics findings;
    EXPECT_FALSE(check_record(form, yaml(std::string("a: \"") + bad + "\""), findings)) << bad;
  }
}

TEST(Files, AreNameSizeAndHash) {
  const Form form = load("form: f\ntitle: f\nfields: {a: {type: file}}");
  Diagnostics findings;
  const std::string hash(64, 'a');
  EXPECT_TRUE(check_record(form, yaml("a: {name: 扫描.pdf, size: 3, hash: " + hash + "}"), findings));
  for (const std::string& bad : std::vector<std::string>{
           "扫描.pdf", "{name: x, size: 3}", "{name: x, size: -1, hash: " + hash + "}",
           "{name: x, size: 1, hash: abc}", "{name: x, size: 1, hash: " + hash + ", y: 1}"})
    EXPECT_FALSE(check_record(form, yaml("a: " + bad), findings)) << bad;
}

TEST(Expressions, AreCheckedAgainstTheFieldsAroundThem) {
  EXPECT_EQ(faults_of("  a: {type: integer, derived: bb + 1}\n  b: {type: integer}\n"), "unknown-field@4");
  EXPECT_EQ(faults_of("  a: {type: integer, derived: \"'x'\"}\n"), "type-mismatch@4");
  EXPECT_EQ(faults_of("  a: {type: date, default: today}\n"), "");
  EXPECT_EQ(faults_of("  a: {type: date, derived: today}\n"), "unknown-field@4");
  EXPECT_EQ(faults_of("  a: {type: integer, derived: b}\n  b: {type: integer, derived: a}\n"),
            "derived-circle@4");
  EXPECT_EQ(faults_of("  a: {type: integer, derived: a + 1}\n"), "derived-circle@4");
  EXPECT_EQ(faults_of("  a: {type: group, derived: 1, fields: {b: {type: text}}}\n"), "unexpected-field@4");
  EXPECT_EQ(faults_of("  a: {type: text, derived: \"'x'\", default: \"'y'\"}\n"), "unexpected-field@4");
  EXPECT_EQ(faults_of("  a: {type: text, rules: [{rule: \"true\", message: x}]}\n"), "unexpected-field@4");
}

TEST(Expressions, OfARowMayReadATotalOfOtherColumnsAndNotTheTable) {
  const char* const kShare =
      "  t:\n    type: table\n    fields:\n      a: {type: money}\n"
      "      b: {type: decimal, derived: \"a / sum(t.map(r, r.a))\"}\n";
  EXPECT_EQ(faults_of(kShare).substr(0, 17), "row-reads-table@8");
  const auto form_of = [](const std::string& total) {
    return "  s: {type: money, derived: \"" + total +
           "\"}\n"
           "  t:\n    type: table\n    fields:\n      a: {type: money}\n"
           "      b: {type: decimal, derived: \"round(a / s, 4)\"}\n";
  };
  const Form form = load("form: f\ntitle: f\nfields:\n" + form_of("sum(t.map(r, r.a))"));
  Value data = yaml("t: [{a: 30}, {a: 10}]");
  Diagnostics findings;
  EXPECT_TRUE(calculate(form, data, findings)) << to_text(findings);
  EXPECT_EQ(data::to_json(data), R"({"t":[{"a":"30","b":"0.75"},{"a":"10","b":"0.25"}],"s":"40.00"})");
  EXPECT_EQ(faults_of(form_of("sum(t.map(r, r.b))")), "derived-circle@4");
  EXPECT_EQ(faults_of(form_of("sum(t.filter(r, r.a > 1).map(r, r.a))")), "")
      << "rows that are chosen by a column read that column";
}

TEST(Expressions, AreSortedByWhatTheyRead) {
  const Form form = load(
      "form: f\ntitle: f\nfields:\n  c: {type: integer, derived: b + 1}\n  b: {type: integer, derived: a + "
      "1}\n"
      "  a: {type: integer}\n");
  EXPECT_THAT(form.calculated, testing::ElementsAre("b", "c"));
  Value data = yaml("a: 1");
  Diagnostics findings;
  calculate(form, data, findings);
  EXPECT_EQ(data["c"].text(), "3");
}

// Each row looks at all rows of another table: ends with a finding, not after minutes.
TEST(Expressions, OfManyRowsEnd) {
  const Form form = load(
      "form: f\ntitle: f\nfields:\n  t: {type: table, fields: {a: {type: integer}}}\n"
      "  u: {type: table, fields: {b: {type: integer, derived: \"size(t.filter(r, r.a > 0))\"}}}\n");
  Value data = Value::map(), rows = Value::list(), others = Value::list();
  for (int i = 0; i < 20'000; ++i) {
    Value row = Value::map();
    row.set("a", "1");
    rows.add(std::move(row));
    others.add(Value::map());
  }
  data.set("t", std::move(rows));
  data.set("u", std::move(others));
  Diagnostics findings;
  EXPECT_FALSE(calculate(form, data, findings));
  EXPECT_EQ(codes(findings), "too-costly@0");
}

}  // namespace
}  // namespace wenshu::form
