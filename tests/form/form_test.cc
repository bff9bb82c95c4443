#include "form/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "data/load.h"

namespace wenshu::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

const char* const kForm = R"(form: trip
title: 出差申请
fields:
  who: {title: 申请人, type: person, required: true}
  office: {type: department}
  trip:
    title: 行程
    type: group
    required: true
    fields:
      days: {title: 天数, type: integer, required: true}
      cost: {title: 费用, type: decimal}
      paid: {type: boolean}
      from: {type: date}
      when: {type: period}
      people: {type: count}
      by: {type: choice, of: [火车, 汽车]}
      with: {type: choices, of: [甲, 乙, 丙], least: 1}
      why: {type: long-text}
      note: {type: text}
      stops:
        title: 停留
        type: table
        least: 1
        fields:
          place: {title: 地点, type: text, required: true}
)";

const char* const kGood = R"(who: sun-yue
office: 人事科
trip:
  days: 2
  cost: 36.50
  paid: false
  from: 2020-07-27
  when: 7月下旬
  people: 40人左右
  by: 火车
  with: [甲, 丙]
  why: "一\n二"
  stops:
    - place: 省城
)";

Form form() {
  Diagnostics findings;
  auto value = data::parse_yaml(kForm, "trip.form.yaml", findings);
  auto loaded = load_form(*value, findings);
  EXPECT_TRUE(loaded && findings.empty()) << to_text(findings);
  return loaded.value_or(Form());
}

std::string faults(const std::string& text, const Lookups& lookups = {}) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "d.yaml", findings);
  if (value) check_record(form(), *value, findings, lookups);
  std::string all;
  for (const Diagnostic& d : findings) {
    all += (all.empty() ? "" : " ") + d.code + "@" + std::to_string(d.where.line);
  }
  return all;
}

TEST(Form, ReadsTheCountysForms) {
  for (const char* name : {"annual-plan", "training-application"}) {
    Diagnostics findings;
    auto value =
        data::load_file(std::string(WENSHU_SOURCE_DIR "/workflows/") + name + ".form.yaml", findings);
    auto loaded = load_form(*value, findings);
    ASSERT_TRUE(loaded && findings.empty()) << to_text(findings);
    EXPECT_EQ(loaded->name, name);
  }
}

TEST(Form, FindsFieldsByPath) {
  Form trip = form();
  EXPECT_EQ(trip.find("trip.stops.place")->title, "地点");
  EXPECT_EQ(trip.find("trip.stopz"), nullptr);
  EXPECT_EQ(trip.find(""), nullptr);
  EXPECT_EQ(trip.title_of("trip.stops.place"), "行程 / 停留 / 地点");
  EXPECT_EQ(trip.find("office")->title, "office");
}

TEST(Form, ReportsFaultsOfItsOwn) {
  const std::vector<std::tuple<std::string, std::string, std::string>> kCases = {
      {"type: decimal", "type: decimel", "bad-choice"},
      {"required: true", "requird: true", "unknown-field"},
      {"of: [火车, 汽车]", "of: [火车, 火车]", "duplicate-item"},
      {"type: choice, of: [火车, 汽车]", "type: choice", "missing-field"},
      {"type: long-text", "type: long-text, of: [甲]", "unexpected-field"},
      {"type: long-text", "type: long-text, least: 2", "unexpected-field"},
      {"least: 1}", "least: 4}", "too-large"},
      {"why:", "why-so:", "bad-identifier"},
      {"  days: {title: 天数, type: integer, required: true}", "  days: {title: 天数, required: true}",
       "missing-field"},
      {"type: text, required", "type: text, fields: {a: {type: text}}, required", "unexpected-field"},
  };
  for (const auto& [from, to, code] : kCases) {
    std::string text = replace_all(kForm, from, to);
    ASSERT_NE(text, kForm) << from;
    Diagnostics findings;
    auto value = data::parse_yaml(text, "trip.form.yaml", findings);
    EXPECT_FALSE(load_form(*value, findings)) << to;
    EXPECT_THAT(to_text(findings), HasSubstr("error[" + code + "]")) << to;
  }
}

TEST(Record, PassesWhatFits) { EXPECT_EQ(faults(kGood), ""); }

TEST(Record, ReportsEachFaultAtItsLine) {
  const std::vector<std::tuple<std::string, std::string, std::string>> kCases = {
      {"who: sun-yue\n", "", "missing-field@1"},
      {"who: sun-yue", "whom: sun-yue", "unknown-field@1 missing-field@1"},
      {"days: 2", "days: 二", "wrong-type@4"},
      {"days: 2", "days: 2.5", "wrong-type@4"},
      {"cost: 36.50", "cost: 36元", "wrong-type@5"},
      {"paid: false", "paid: no", "wrong-type@6"},
      {"from: 2020-07-27", "from: 2020-02-30", "wrong-type@7"},
      {"when: 7月下旬", "when: 七上八下", "wrong-type@8"},
      {"by: 火车", "by: 火箭", "bad-choice@10"},
      {"with: [甲, 丙]", "with: [甲, 丁]", "bad-choice@11"},
      {"with: [甲, 丙]", "with: [甲, 甲]", "duplicate-item@11"},
      {"with: [甲, 丙]", "with: []", "too-few@11"},
      {"with: [甲, 丙]", "with: 甲", "wrong-type@11"},
      {"    - place: 省城", "    - plase: 省城", "unknown-field@14 missing-field@14"},
      {"    - place: 省城", "    - 省城", "wrong-type@14"},
      {"    - place: 省城", "    []", "too-few@14"},
      {"by: 火车", "by: {a: 1}", "wrong-type@10"},
      {"  cost: 36.50", "  note: |\n    一\n    二", "wrong-type@5"},
  };
  for (const auto& [from, to, expected] : kCases) {
    std::string text = replace_all(kGood, from, to);
    ASSERT_NE(text, kGood) << from;
    EXPECT_EQ(faults(text), expected) << to;
  }
}

TEST(Record, TakesAnEmptyValueAsAbsent) {
  EXPECT_EQ(faults(replace_all(kGood, "cost: 36.50", "cost:")), "");
  EXPECT_THAT(faults(replace_all(kGood, "days: 2", "days:")), HasSubstr("missing-field@4"));
  EXPECT_EQ(faults("who: a\n"), "missing-field@1");
}

TEST(Record, AsksTheCallerWhoPeopleAre) {
  Lookups lookups;
  lookups.person = [](const data::Value& value, Diagnostics& findings) {
    if (value.text() != "sun-yue") findings.error("unknown-person", value.place(), "没有");
  };
  lookups.department = [](const data::Value& value, Diagnostics& findings) {
    findings.error("unknown-department", value.place(), "没有");
  };
  EXPECT_EQ(faults(kGood, lookups), "unknown-department@2");
  EXPECT_EQ(faults(replace_all(kGood, "who: sun-yue", "who: sun-yeu"), lookups),
            "unknown-person@1 unknown-department@2");
}

TEST(Record, IsTypedForGuards) {
  expression::Type type = type_of(form());
  EXPECT_THAT(type.field_names(), ElementsAre("who", "office", "trip"));
  const expression::Type& trip = *type.find("trip");
  EXPECT_EQ(trip.find("days")->kind(), expression::Type::Kind::integer);
  EXPECT_EQ(trip.find("from")->kind(), expression::Type::Kind::date);
  EXPECT_EQ(trip.find("stops")->item().find("place")->kind(), expression::Type::Kind::text);
  EXPECT_EQ(trip.find("cost")->kind(), expression::Type::Kind::number);
  EXPECT_TRUE(trip.find("cost")->may_be_empty());
  EXPECT_FALSE(trip.find("days")->may_be_empty());
  EXPECT_THAT(trip.find("by")->choices(), UnorderedElementsAre("火车", "汽车"));
}

// The county's own plan, when its sample is there.
TEST(Record, PassesTheCountysPlan) {
  Diagnostics findings;
  auto plan = data::load_file(WENSHU_SOURCE_DIR "/samples/county-2020/plan.yaml", findings);
  if (!plan) GTEST_SKIP() << "no sample";
  auto source = data::load_file(WENSHU_SOURCE_DIR "/workflows/annual-plan.form.yaml", findings);
  auto annual = load_form(*source, findings);
  check_record(*annual, (*plan)["values"], findings);
  EXPECT_TRUE(findings.empty()) << to_text(findings);
}

}  // namespace
}  // namespace wenshu::form
