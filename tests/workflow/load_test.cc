#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/workflow/set_up.h"

namespace wenshu::workflow {
namespace {

using testing::HasSubstr;

const char* const kFlow = R"(workflow: trip
title: 出差审批
version: 1
form: trip
documents:
  slip: {title: 审批单, template: tables/slip.docx}
steps:
  draft:
    title: 填报
    seat: initiator
    edit: [trip]
    actions:
      submit: {to: heads, when: "size(trip.stops) > 0"}
  heads:
    title: 会签
    seats: [{post: 负责人, of: 人事科}, {post: 负责人, of: finance}]
    decide: {rule: all, on_reject: veto}
    due: 2 workdays
    actions:
      agree: {to: last}
      reject: {to: draft, opinion: required}
  last:
    title: 签发
    seat: {person: he}
    binds: [slip]
    actions:
      sign:
        title: 签字
        to: done
        effects:
          - number: {series: trips, into: trip.number, date: trip.day}
          - render: [slip]
          - append: {register: trips, rows: trip.stops}
      return: {to: draft, opinion: required}
  done: {end: true}
)";

const char* const kForm = R"(form: trip
title: 出差
fields:
  trip:
    type: group
    fields:
      number: {type: text}
      day: {type: date}
      days: {type: integer}
      stops:
        type: table
        fields:
          place: {type: text}
)";

const char* const kRegister = R"(register: trips
title: 出差台账
columns:
  place: {title: 地点}
  number: {title: 单号}
  case: {title: 办件}
series:
  trips: {title: 出差单, number: "差{{year}}{{serial}}", per: [year]}
)";

std::string load_faults(const std::string& text) {
  Diagnostics findings;
  load_workflow(yaml(text, "trip.workflow.yaml"), findings);
  return to_text(findings);
}

std::string reference_faults(const std::string& flow, const std::string& form_text = kForm,
                             const std::string& register_text = kRegister) {
  Diagnostics findings;
  auto definition = load_workflow(yaml(flow, "trip.workflow.yaml"), findings);
  auto form = form::load_form(yaml(form_text), findings);
  auto target = registers::load_register(yaml(register_text), findings);
  auto office = directory::load_directory(yaml(kOffice), findings);
  EXPECT_TRUE(definition && form && target && office) << to_text(findings);
  if (!definition || !form || !target || !office) return "does not load";
  Known known{{{form->name, &*form}}, {{target->name, &*target}}, &*office};
  check_references(*definition, known, findings);
  return to_text(findings);
}

TEST(LoadWorkflow, ReadsStepsSeatsActionsAndEffects) {
  Diagnostics findings;
  auto flow = load_workflow(yaml(kFlow, "trip.workflow.yaml"), findings);
  ASSERT_TRUE(flow && findings.empty()) << to_text(findings);
  EXPECT_EQ(flow->steps.front().id, "draft");
  EXPECT_EQ(flow->find_step("heads")->seats.size(), 2u);
  EXPECT_EQ(flow->find_step("heads")->due->amount, 2);
  EXPECT_EQ(flow->find_step("heads")->find_action("agree")->title, "同意");
  EXPECT_EQ(flow->find_step("last")->find_action("sign")->title, "签字");
  EXPECT_EQ(flow->find_step("last")->find_action("sign")->effects.size(), 3u);
  EXPECT_EQ(flow->find_document("slip")->path.name, "tables/slip.docx");
  EXPECT_EQ(reference_faults(kFlow), "");
}

TEST(LoadWorkflow, ListsTheActionsWhereAnUnknownOneIsNearNone) {
  std::string text(kFlow);
  text.replace(text.find("submit:"), 7, "pay:");
  Diagnostics findings;
  EXPECT_FALSE(load_workflow(yaml(text, "trip.workflow.yaml"), findings));
  ASSERT_EQ(findings.size(), 1u) << to_text(findings);
  EXPECT_NE(findings.begin()->hint.find("submit（送审）"), std::string::npos) << findings.begin()->hint;
}

TEST(LoadWorkflow, ReportsEachFaultOfTheFile) {
  const std::vector<std::tuple<std::string, std::string, std::string>> kCases = {
      {"title: 填报", "titel: 填报", "unknown-field"},
      {"to: heads", "to: haeds", "unknown-step"},
      {"submit:", "submitt:", "unknown-action"},
      {"render: [slip]", "render: [slap]", "unknown-document"},
      {"binds: [slip]", "binds: [slap]", "unknown-document"},
      {"  slip: {title", "  slap: {title", "unused-document"},
      {"template: tables", "templat: tables", "unknown-field"},
      {"template: tables/slip.docx", "template: a.docx, notice: b.yaml", "unexpected-field"},
      {", template: tables/slip.docx", "", "missing-field"},
      {"due: 2 workdays", "due: 2 workday", "bad-due"},
      {"due: 2 workdays", "due: workdays", "bad-due"},
      {"due: 2 workdays", "due: 0 days", "bad-due"},
      {"opinion: required", "opinion: requird", "bad-choice"},
      {"seat: initiator", "seat: initiatr", "bad-choice"},
      {"seat: {person: he}", "seat: {person: he, of: office}", "bad-seat"},
      {"seat: {person: he}", "seat: {person: he, post: 局长}", "bad-seat"},
      {"    seat: {person: he}\n", "", "missing-field"},
      {"seat: initiator", "seat: initiator\n    seats: [initiator]", "unexpected-field"},
      {"    decide: {rule: all, on_reject: veto}\n", "", "missing-field"},
      {"rule: all, on_reject: veto", "rule: all", "missing-field"},
      {"rule: all, on_reject: veto", "rule: one, on_reject: veto", "unexpected-field"},
      {"rule: all", "rule: al", "bad-choice"},
      {"of: finance}", "of: finance}, {post: 负责人, of: finance}", "duplicate-item"},
      {"agree: {to: last}", "agree: {to: last}\n      approve: {to: last}", "ambiguous-decision"},
      {"agree: {to: last}", "return: {to: last}", "ambiguous-decision"},
      {"when: \"size(trip.stops) > 0\"", "when: \"size(trip.stops > 0\"", "missing-symbol"},
      {"submit: {to: heads, ", "submit: {", "missing-field"},
      {"  done: {end: true}", "  done: {end: true, seat: initiator}", "unexpected-field"},
      {"- render: [slip]", "- {render: [slip], append: {register: trips, rows: trip}}", "bad-effect"},
      {"- render: [slip]", "- rendr: [slip]", "unknown-field"},
      {"version: 1", "version: one", "bad-number"},
      {"edit: [trip]", "edit: [trip, trip]", "duplicate-item"},
      {"title: 签发\n    seat", "seat", "missing-field"},
  };
  for (const auto& [from, to, code] : kCases) {
    std::string text = replace_all(kFlow, from, to);
    ASSERT_NE(text, kFlow) << from;
    EXPECT_THAT(load_faults(text), HasSubstr("error[" + code + "]")) << to;
  }
}

TEST(LoadWorkflow, PlacesAGuardsFaultAtItsColumn) {
  std::string faults = load_faults(replace_all(kFlow, "> 0\"", "> \""));
  // The quote stands in column 33; the end of the text is 20 characters further.
  EXPECT_THAT(faults, HasSubstr("trip.workflow.yaml:13:53: error[incomplete]")) << faults;
}

TEST(CheckReferences, ReportsEachFault) {
  const std::vector<std::tuple<std::string, std::string, std::string>> kCases = {
      {"form: trip", "form: tripp", "unknown-form"},
      {"edit: [trip]", "edit: [trips]", "unknown-field"},
      {"size(trip.stops)", "size(trip.stop)", "unknown-field"},
      {"size(trip.stops) > 0", "size(trip.stops)", "type-mismatch"},
      {"size(trip.stops) > 0", "trip.days > '1'", "type-mismatch"},
      {"series: trips", "series: trip", "unknown-series"},
      {"into: trip.number", "into: trip.numbr", "unknown-field"},
      {"into: trip.number", "into: trip.days", "wrong-type"},
      {"into: trip.number", "into: trip.stops.place", "inside-table"},
      {"date: trip.day}", "date: trip.dayz}", "unknown-field"},
      {"date: trip.day}", "date: trip.number}", "wrong-type"},
      {"register: trips", "register: trip", "unknown-register"},
      {"rows: trip.stops", "rows: trip.stop", "unknown-field"},
      {"rows: trip.stops", "rows: trip.days", "wrong-type"},
      {"rows: trip.stops", "rows: trip", "column-without-source"},
      {"of: 人事科", "of: 人事课", "unknown-department"},
      {"of: finance", "of: finanse", "unknown-department"},
      {"post: 负责人, of: 人事科", "post: 负责, of: 人事科", "unknown-post"},
      {"post: 负责人, of: 人事科", "post: 局长, of: 人事科", "nobody-can-act"},
      {"person: he", "person: hee", "unknown-person"},
  };
  for (const auto& [from, to, code] : kCases) {
    std::string text = replace_all(kFlow, from, to);
    ASSERT_NE(text, kFlow) << from;
    EXPECT_THAT(reference_faults(text), HasSubstr("error[" + code + "]")) << to;
  }
}

TEST(CheckReferences, FindsColumnsThatNothingFills) {
  EXPECT_THAT(reference_faults(kFlow, kForm, replace_all(kRegister, "  place:", "  plase:")),
              HasSubstr("error[column-without-source]"));
  EXPECT_THAT(reference_faults(kFlow, kForm, replace_all(kRegister, "  case:", "  kase:")),
              HasSubstr("error[column-without-source]"));
}

TEST(CheckReferences, RefusesASeriesWhoseParametersNoCaseHas) {
  std::string text = replace_all(kRegister, "per: [year]", "per: [year, class]");
  text = replace_all(text, "差{{year}}", "差{{year}}{{class}}");
  EXPECT_THAT(reference_faults(kFlow, kForm, text), HasSubstr("error[missing-parameter]"));
}

}  // namespace
}  // namespace wenshu::workflow
