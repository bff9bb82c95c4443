// The judges of meaning are the CEL specification's own rules (language definition: logical operators,
// equality, field selection); the expected values below are read from it.
#include "expression/guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "data/write.h"

namespace wenshu::expression {
namespace {

using testing::HasSubstr;

const Place kStart{"", 1, 1, ""};

data::Value json(std::string_view text) {
  Diagnostics findings;
  auto value = data::parse_json(text, "data.json", findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value.value_or(data::Value());
}

// The result as JSON, or the code and column of the fault: "missing-value@5".
std::string run(std::string_view text, const data::Value& data, const Type& type = Type()) {
  Diagnostics findings;
  auto guard = parse_guard(text, kStart, findings);
  auto result = guard ? evaluate(*guard, data, findings, type) : std::nullopt;
  if (result) return data::to_json(*result);
  if (findings.size() != 1) return "findings: " + to_text(findings);
  return findings.begin()->code + "@" + std::to_string(findings.begin()->where.column);
}

std::string run(std::string_view text) { return run(text, json("{}")); }

std::string checked(std::string_view text, const Type& type) {
  Diagnostics findings;
  auto guard = parse_guard(text, kStart, findings);
  if (guard && check_condition(*guard, type, findings)) return "good";
  std::string all;
  for (const Diagnostic& d : findings) {
    all += (all.empty() ? "" : " ") + d.code + "@" + std::to_string(d.where.column);
  }
  return all;
}

TEST(Guard, ReadsLiterals) {
  EXPECT_EQ(run("12"), "12");
  EXPECT_EQ(run("0.50"), "0.5");
  EXPECT_EQ(run("-3"), "-3");
  EXPECT_EQ(run(R"("a\"b\n")"), R"("a\"b\n")");
  EXPECT_EQ(run("'人事科'"), R"("人事科")");
  EXPECT_EQ(run("true"), "true");
  EXPECT_EQ(run("null"), "null");
  EXPECT_EQ(run("[1, 'a', [true]]"), R"([1,"a",[true]])");
  EXPECT_EQ(run("[]"), "[]");
}

TEST(Guard, CalculatesExactly) {
  EXPECT_EQ(run("0.1 + 0.2"), "0.3");
  EXPECT_EQ(run("0.1 + 0.2 == 0.3"), "true");
  EXPECT_EQ(run("2 + 3 * 4 - 1"), "13");
  EXPECT_EQ(run("(2 + 3) * 4"), "20");
  EXPECT_EQ(run("10 - 2 - 3"), "5");
  EXPECT_EQ(run("2 - -3"), "5");
  EXPECT_EQ(run("'a' + 'b'"), R"("ab")");
  EXPECT_EQ(run("9223372036854775807 + 1"), "number-too-long@21");
  EXPECT_EQ(run("999999999999999999.0 + 1"), "number-too-long@22");
}

TEST(Guard, Compares) {
  EXPECT_EQ(run("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2"), "true");
  EXPECT_EQ(run("1.0 == 1"), "true");
  EXPECT_EQ(run("'2020-07-27' < '2020-10-01'"), "true");
  EXPECT_EQ(run("1 == '1'"), "false");
  EXPECT_EQ(run("null == 0"), "false");
  EXPECT_EQ(run("null == null"), "true");
  EXPECT_EQ(run("[1, 2] == [1, 2]"), "true");
  EXPECT_EQ(run("[1, 2] == [1]"), "false");
  EXPECT_EQ(run("'a' < 1"), "type-mismatch@1");
}

TEST(Guard, ReadsFieldsListsAndMaps) {
  auto data =
      json(R"({"a": {"b": {"c": 7}}, "rows": [{"n": 1}, {"n": 2}], "科室": "人事科", "empty": null})");
  EXPECT_EQ(run("a.b.c + 1", data), "8");
  EXPECT_EQ(run("a['b'].c", data), "7");
  EXPECT_EQ(run("rows[1].n", data), "2");
  EXPECT_EQ(run("rows[2].n", data), "missing-value@6");
  EXPECT_EQ(run("size(rows) > 1", data), "true");
  EXPECT_EQ(run("size('培训班')"), "3");
  EXPECT_EQ(run("科室 in ['人事科', '教研室']", data), "true");
  EXPECT_EQ(run("'b' in a && !('z' in a)", data), "true");
  EXPECT_EQ(run("a.x", data), "missing-value@3");
  EXPECT_EQ(run("has(a.x)", data), "false");
  EXPECT_EQ(run("has(a.b)", data), "true");
  EXPECT_EQ(run("has(empty)", data), "false");
  EXPECT_EQ(run("has(x.y)", data), "missing-value@5");
  EXPECT_EQ(run("a.b", data), R"({"c":7})");
}

// CEL: "&&" and "||" are commutative; an error on one side is absorbed when the other side decides.
TEST(Guard, AbsorbsFaultsWhereTheOtherSideDecides) {
  EXPECT_EQ(run("false && missing"), "false");
  EXPECT_EQ(run("missing && false"), "false");
  EXPECT_EQ(run("true || missing"), "true");
  EXPECT_EQ(run("missing || true"), "true");
  EXPECT_EQ(run("missing && true"), "missing-value@1");
  EXPECT_EQ(run("false || missing"), "missing-value@10");
  EXPECT_EQ(run("true ? 1 : missing"), "1");
  EXPECT_EQ(run("false ? missing : 2"), "2");
  EXPECT_EQ(run("false ? 1 : true ? 2 : 3"), "2");
  EXPECT_EQ(run("1 && true"), "type-mismatch@1");
}

TEST(Guard, BindsAndBeforeOr) {
  EXPECT_EQ(run("true || false && false"), "true");
  EXPECT_EQ(run("(true || false) && false"), "false");
  EXPECT_EQ(run("!false && 1 + 1 == 2"), "true");
}

TEST(Guard, ReadsTextsOfYamlAsTheOtherOperandAsks) {
  Diagnostics findings;
  auto data = data::parse_yaml("hours: 36\nyear: '2020'\nopen: true\ncode: A1\n", "d.yaml", findings);
  EXPECT_EQ(run("hours > 9", *data), "true");
  EXPECT_EQ(run("year == 2020", *data), "true");
  EXPECT_EQ(run("hours * 2 + 0.5", *data), "72.5");
  EXPECT_EQ(run("open && code == 'A1'", *data), "true");
  EXPECT_EQ(run("code == 1", *data), "false");
  EXPECT_EQ(run("code > 1", *data), "type-mismatch@1");
  EXPECT_EQ(run("hours in [36, 40]", *data), "true");
}

TEST(Guard, ReadsTextsByTheirTypeWhenThereIsOne) {
  Diagnostics findings;
  auto data = data::parse_yaml("a: 9\nb: 10\nsure: 'true'\n", "d.yaml", findings);
  Type type = Type::record({{"a", Type::number()},
                            {"b", Type::number()},
                            {"sure", Type::boolean()},
                            {"rows", Type::list(Type())},
                            {"group", Type::record({{"c", Type::number()}})}});
  EXPECT_EQ(run("a < b", *data), "false") << "untyped texts compare as texts";
  EXPECT_EQ(run("a < b", *data, type), "true");
  EXPECT_EQ(run("sure", *data, type), "true");
  EXPECT_EQ(run("size(rows) == 0", *data, type), "true") << "a table nobody filled has no rows";
  EXPECT_EQ(run("has(group.c)", *data, type), "false");
  EXPECT_EQ(run("group.c == null", *data, type), "true");
  EXPECT_EQ(run("group.c > 1", *data, type), "missing-value@7");
}

TEST(Guard, PlacesSyntaxFaultsAtTheirColumn) {
  const std::vector<std::pair<std::string, std::string>> kCases = {
      {"", "incomplete@1"},
      {"1 +", "incomplete@4"},
      {"a = 1", "bad-character@3"},
      {"a & b", "bad-character@3"},
      {"科室 ＝ 1", "bad-character@4"},
      {"size（a）", "bad-character@5"},
      {"'abc", "unclosed-text@1"},
      {R"('a\q')", "bad-escape@3"},
      {"(1", "missing-symbol@3"},
      {"[1, 2", "missing-symbol@6"},
      {"1 2", "unexpected@3"},
      {"1 < 2 < 3", "chained-relation@7"},
      {"lenght(a)", "unknown-function@1"},
      {"has(1)", "bad-argument@5"},
      {"a.", "missing-name@3"},
      {"a ? b", "missing-symbol@6"},
      {"1.2.3", "bad-number@1"},
      {") || a", "unexpected@1"},
      {"a\n  && ?", "unexpected@6"},
  };
  for (const auto& [text, fault] : kCases) EXPECT_EQ(run(text), fault) << text;
}

TEST(Guard, CountsColumnsFromTheGivenPlaceAndLinesInside) {
  Diagnostics findings;
  EXPECT_FALSE(parse_guard("a &&\n b +", {"w.yaml", 12, 30, ""}, findings));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.begin()->where.line, 13);
  EXPECT_EQ(findings.begin()->where.column, 5);
  Diagnostics unplaced;
  EXPECT_FALSE(parse_guard("a =", {}, unplaced));
  EXPECT_THAT(to_text(unplaced), HasSubstr("第3个字符"));
}

TEST(Guard, RefusesTenThousandLevelsWithoutFalling) {
  for (std::string open : {"(", "!", "-", "[", "a[", "size(", "true ? 1 : "}) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += open;
    EXPECT_THAT(run(text + "1"), HasSubstr("too-deep@")) << open;
  }
  std::string path = "a";
  for (int i = 0; i < 10'000; ++i) path += ".a";
  EXPECT_THAT(run(path), HasSubstr("too-deep@"));
}

TEST(Guard, TakesLongFlatChains) {
  std::string sum = "1", all = "true";
  for (int i = 0; i < 10'000; ++i) {
    sum += " + 1";
    all += " && true";
  }
  EXPECT_EQ(run(sum), "10001");
  EXPECT_EQ(run(all), "true");
}

TEST(Guard, DividesExactlyOrSaysHow) {
  EXPECT_EQ(run("7 / 2"), "3");
  EXPECT_EQ(run("-7 / 2"), "-3");
  EXPECT_EQ(run("7.0 / 2"), "3.5");
  EXPECT_EQ(run("7 % 3"), "1");
  EXPECT_EQ(run("1.0 / 3"), "inexact-division@5");
  EXPECT_EQ(run("round(1.0 / 3, 2)"), "0.33");
  EXPECT_EQ(run("round(200 / 3, 2)"), "66.67");
  EXPECT_EQ(run("round(-0.125, 2)"), "-0.13");
  EXPECT_EQ(run("round(0.5, 0)"), "1");
  EXPECT_EQ(run("1 / 0"), "division-by-zero@3");
  EXPECT_EQ(run("round(1 / 0.0, 2)"), "division-by-zero@9");
}

TEST(Guard, CountsOverRows) {
  auto data = json(
      R"({"rows": [{"n": 1, "on": true}, {"n": 2, "on": false}, {"n": 3.5, "on": true}], "by": {"a": 1, "b": 2}})");
  EXPECT_EQ(run("rows.all(r, r.n > 0) && rows.exists(r, r.n > 3) && !rows.exists_one(r, r.on)", data),
            "true");
  EXPECT_EQ(run("rows.filter(r, r.on).map(r, r.n)", data), "[1,3.5]");
  EXPECT_EQ(run("rows.map(r, r.on, r.n * 2)", data), "[2,7]");
  EXPECT_EQ(run("sum(rows.map(r, r.n))", data), "6.5");
  EXPECT_EQ(run("by.all(key, by[key] > 0)", data), "true");
  EXPECT_EQ(run("rows.all(r, r.x > 0) || true", data), "true");
  EXPECT_EQ(run("rows.exists(r, r.n > 3 || r.x)", data), "true")
      << "one row decides, the others' faults do not count";
  EXPECT_EQ(run("rows.all(r, r.x > 0)", data), "missing-value@15");
  EXPECT_EQ(run("rows.all(rows, rows.n > 0) && size(rows) == 3", data), "true")
      << "the variable hides the field";
  EXPECT_EQ(run("rows.all(1, true)", data), "bad-argument@10");
  EXPECT_EQ(run("rows.map(r)", data), "bad-argument@6");
}

TEST(Guard, KnowsDaysInstantsAndSpans) {
  EXPECT_EQ(run("date('2020-08-01') - date('2020-07-27') == duration('120h')"), "true");
  EXPECT_EQ(run("date('2020-07-27') + duration('24h')"), R"("2020-07-28")");
  EXPECT_EQ(run("date('2020-07-27') + duration('1h')"), "type-mismatch@20");
  EXPECT_EQ(run("date('2020-07-27') < '2020-10-01'"), "true");
  EXPECT_EQ(run("date('2020-07-27').getDayOfWeek()"), "1");
  EXPECT_EQ(run("timestamp('2020-07-27T09:00:00+08:00')"), R"("2020-07-27T01:00:00Z")");
  EXPECT_EQ(run("timestamp('2020-07-27T01:00:00Z').getHours('Asia/Shanghai')"), "9");
  EXPECT_EQ(run("duration('1h30m')"), R"("5400s")");
  EXPECT_EQ(run("date('2020-02-30')"), "bad-conversion@1");
}

TEST(Guard, MatchesInLinearTime) {
  EXPECT_EQ(run("'县教〔2020〕3号'.matches('^县教〔[0-9]{4}〕[0-9]+号$')"), "true");
  EXPECT_EQ(run("'a'.matches('(')"), "bad-pattern@13");
  auto data = json("{\"t\": \"" + std::string(100'000, 'a') + "\"}");
  EXPECT_EQ(run("t.matches('^(a+)+$') && !t.matches('^(a+)+b$')", data), "true");
}

TEST(Guard, EndsHoweverMuchThereIsToDo) {
  std::string rows = "[0";
  for (int i = 1; i < 400; ++i) rows += "," + std::to_string(i);
  auto data = json("{\"l\": " + rows + "]}");
  EXPECT_THAT(run("l.all(a, l.all(b, l.all(c, a + b + c >= 0)))", data), HasSubstr("too-costly@"));
  std::string doubling = "['aaaaaaaaaaaaaaaa']";
  for (int i = 0; i < 30; ++i) doubling += ".map(x, x + x)";
  EXPECT_THAT(run("size(" + doubling + "[0])"), HasSubstr("too-costly@"));
}

class TwoLedgers : public Ledgers {
 public:
  std::vector<std::string> names() const override { return {"classes", "people"}; }
  const Type* row(std::string_view name) const override {
    static const Type kRow = Type::record({{"year", Type::integer()}, {"hours", Type::number()}});
    return name == "classes" ? &kRow : nullptr;
  }
  int64_t count(std::string_view, const std::vector<Match>& matches) const override {
    return matches.empty() ? 3 : matches[0].column == "year" && matches[0].value.text() == "2020" ? 2 : 0;
  }
  Decimal sum(std::string_view, std::string_view, const std::vector<Match>&) const override {
    return *Decimal::parse("72.5");
  }
};

TEST(Guard, AsksTheRegistersThatTheCallerGives) {
  auto data = json(R"({"plan": {"year": 2020}})");
  Type type = Type::record({{"plan", Type::record({{"year", Type::integer()}})}});
  TwoLedgers ledgers;
  auto with = [&](std::string_view text) {
    Diagnostics findings;
    auto guard = parse_guard(text, kStart, findings);
    if (guard) check_types(*guard, type, findings, &ledgers);
    auto result = guard && findings.empty() ? evaluate(*guard, data, findings, type, &ledgers) : std::nullopt;
    return result ? data::to_json(*result)
                  : findings.begin()->code + "@" + std::to_string(findings.begin()->where.column);
  };
  EXPECT_EQ(with("count('classes')"), "3");
  EXPECT_EQ(with("count('classes', {'year': plan.year}) < 3"), "true");
  EXPECT_EQ(with("exists('classes', {'year': 2021})"), "false");
  EXPECT_EQ(with("sum('classes', 'hours', {'year': 2020}) > 72"), "true");
  EXPECT_EQ(with("count('clases')"), "unknown-register@7");
  EXPECT_EQ(with("count('classes', {'yaer': 2020})"), "unknown-column@19");
  EXPECT_EQ(with("count('classes', {'year': 'a'})"), "type-mismatch@27");
  EXPECT_EQ(with("sum('classes', 'hour')"), "unknown-column@16");
  EXPECT_EQ(with("count(plan.year)"), "bad-argument@12");
  EXPECT_EQ(run("count('classes')"), "no-registers@1");
}

TEST(Guard, TellsWhichFieldsItReads) {
  Diagnostics findings;
  auto guard =
      parse_guard("a.b > 1 && has(c.d) || rows.filter(r, r.on).exists(x, x.n > e[0].f) && a.b < size(g)",
                  kStart, findings);
  EXPECT_THAT(paths_read(*guard),
              testing::ElementsAre("a.b", "c.d", "rows", "rows.on", "rows.n", "e.f", "g"));
}

// Every example of the reference parses.
TEST(Guard, ReadsTheExamplesOfItsReference) {
  std::string readme = read_file(WENSHU_SOURCE_DIR "/engine/expression/README.md");
  size_t tried = 0;
  for (const std::string& line : split(readme.substr(0, readme.find("## 函数")), "\n")) {
    if (!line.starts_with("| ") || line.find("`") == line.npos) continue;
    std::string example = line.substr(line.find('`') + 1);
    example = replace_all(example.substr(0, example.find('`')), "\\|", "|");
    Diagnostics findings;
    EXPECT_TRUE(parse_guard(example, kStart, findings)) << example << to_text(findings);
    ++tried;
  }
  EXPECT_GT(tried, 12u);
}

TEST(Guard, RefusesBytesThatAreNoUtf8) { EXPECT_THAT(run("a == '\xFF'"), HasSubstr("bad-encoding@")); }

const Type& plan() {
  static const Type kPlan = Type::record(
      {{"plan", Type::record({{"year", Type::number()},
                              {"title", Type::text()},
                              {"start", Type::date()},
                              {"open", Type::boolean()},
                              {"mode", Type::text({"网络研修", "短期集中"})},
                              {"modes", Type::list(Type::text({"网络研修", "短期集中"}))},
                              {"classes", Type::list(Type::record({{"hours", Type::number()}}))}})}});
  return kPlan;
}

TEST(Types, PassWhatFits) {
  for (const char* text :
       {"size(plan.classes) > 0", "plan.year >= 2020 && plan.open", "plan.start < '2020-10-01'",
        "plan.mode == '网络研修'", "'网络研修' in plan.modes", "plan.title + 'x' == 'y'",
        "plan.classes[0].hours * 2 > 3.5", "has(plan.title)", "plan.title != null",
        "plan.open ? plan.year > 1 : false", "plan.mode in ['网络研修', '短期集中']"}) {
    EXPECT_EQ(checked(text, plan()), "good") << text;
  }
}

TEST(Types, FindFaultsWithTheirColumns) {
  const std::vector<std::pair<std::string, std::string>> kCases = {
      {"size(plan.clases) > 0", "unknown-field@11"},
      {"plam.year > 1", "unknown-field@1"},
      {"plan.year > 'a'", "type-mismatch@11"},
      {"plan.year", "type-mismatch@1"},
      {"plan.title && true", "type-mismatch@6"},
      {"plan.mode == '网路研修'", "unknown-choice@14"},
      {"'网路研修' in plan.modes", "unknown-choice@1"},
      {"plan.mode in ['网络研修', '短期集申']", "unknown-choice@23"},
      {"plan.start > '2020-02-30'", "bad-date@14"},
      {"plan.classes.hours > 1", "type-mismatch@14"},
      {"size(plan.year) > 1", "type-mismatch@11"},
      {"plan.year + plan.title > 1", "type-mismatch@18"},
      {"plan.classes < []", "type-mismatch@14"},
      {"!plan.year", "type-mismatch@7"},
      {"plan['yaer'] > 1", "unknown-field@6"},
      {"has(plan.yaer)", "unknown-field@10"},
      {"plan.yaer > 1 || plan.titel == 'a'", "unknown-field@6 unknown-field@23"},
  };
  for (const auto& [text, faults] : kCases) EXPECT_EQ(checked(text, plan()), faults) << text;
}

TEST(Types, NearNamesAreOffered) {
  Diagnostics findings;
  auto guard = parse_guard("size(plan.clases) > 0", kStart, findings);
  check_condition(*guard, plan(), findings);
  EXPECT_THAT(to_text(findings), HasSubstr("是否为 \"classes\"?"));
}

// Whatever the checker passes must not fail on types at run time: every mutation of good guards by one
// character either has a finding or evaluates without a type fault.
TEST(Types, PassedGuardsNeverFailOnTypes) {
  auto data =
      json(R"({"plan": {"year": 2020, "title": "t", "start": "2020-07-27", "open": true, "mode": "网络研修",
                       "modes": ["短期集中"], "classes": [{"hours": 36}]}})");
  for (std::string text :
       {"size(plan.classes) > 0 && plan.year >= 2020", "plan.mode in ['网络研修'] || !plan.open",
        "plan.classes[0].hours * 2 - 1 > 3.5", "plan.open ? plan.year > 1 : has(plan.title)"}) {
    for (size_t i = 0; i < text.size(); ++i) {
      for (char c : std::string(" a0.&|!<=>+-*()[]'?:,")) {
        std::string mutant = text;
        mutant[i] = c;
        if (find_malformed_utf8(mutant) || checked(mutant, plan()) != "good") continue;
        EXPECT_THAT(run(mutant, data, plan()), testing::Not(HasSubstr("type-mismatch"))) << mutant;
      }
    }
  }
}

}  // namespace
}  // namespace wenshu::expression
