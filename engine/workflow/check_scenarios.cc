// What a scenario file names, against the workflow, the form, the registers and the office.
#include <fmt/format.h>

#include <algorithm>

#include "data/schema.h"
#include "workflow/acts.h"
#include "workflow/scenario.h"
#include "workflow/words.h"

namespace wenshu::workflow {
namespace {

using data::Value;

class Checker {
 public:
  Checker(const ScenarioSurroundings& around, Diagnostics& findings) : around_(around), findings_(findings) {
    for (const Step& step : around.definition.steps) {
      steps_.push_back(step.id);
      if (step.start) starts_.push_back(step.id);
      for (const Action& action : step.actions) actions_.push_back(action.name);
    }
    for (const ActWord& word : act_words()) actions_.emplace_back(word.name);
    for (const Document& document : around.definition.documents) {
      for (std::string& file : files_of(document)) documents_.push_back(std::move(file));
    }
    for (const auto& [name, ledger] : around.registers) registers_.push_back(name);
  }

  void check_case(const ScenarioCase& one, const Value& source) {
    person(source["as"]);
    Value data = one.data;
    record(data, one.then);
    expectation(source["then"]);
    for (size_t i = 0; i < one.acts.size(); ++i) {
      const Value& written = source["acts"][i];
      check_act(written);
      if (one.acts[i].data.is_null() || !one.acts[i].of.empty()) continue;
      Value changed = data;
      merge(changed, one.acts[i].data);
      if (one.acts[i].then.refused.empty()) data = changed;
      record(changed, one.acts[i].then);
    }
  }

 private:
  void check_act(const Value& act) {
    expectation(act["then"]);
    if (act.find("clock")) return;
    person(act["as"]);
    if (act.find("of")) {
      name(act["of"], "step", "环节", starts_);
      std::vector<std::string> words = actions_;
      for (const ActionWord& word : action_words()) words.emplace_back(word.name);
      name(act["act"], "action", "动作", words);
      return;  // the rest is the other workflow's
    }
    name(act["act"], "action", "动作", actions_);
    if (act.find("step")) name(act["step"], "step", "环节", steps_);
    if (act.find("to")) name(act["to"], "step", "环节", steps_);
    for (const Value& one : act["people"].items()) person(one);
    for (const auto& entry : act["choose"].entries()) {
      key(entry, "step", "环节", steps_);
      for (const Value& one : entry.value.items()) person(one);
    }
  }

  void expectation(const Value& then) {
    for (const Value& code : then["refused"].items()) name(code, "code", "不能办的原因", refusal_codes());
    for (const auto& entry : then["seats"].entries()) {
      key(entry, "step", "环节", steps_);
      for (const Value& one : entry.value.items()) person(one);
    }
    for (const Value& one : then["readers"].items()) person(one);
    if (then.find("ended")) name(then["ended"], "step", "环节", steps_);
    for (const Value& one : then["documents"].items()) name(one, "document", "文书", documents_);
    for (const auto& entry : then["fields"].entries()) key(entry, "field", "字段", around_.form.paths());
    for (const auto& entry : then["rows"].entries()) key(entry, "register", "台账", registers_);
  }

  void name(const Value& value, std::string_view code, std::string_view what,
            const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), value.text()) == known.end())
      data::report_unknown(value, code, what, known, findings_);
  }

  void key(const Value::Entry& entry, std::string_view code, std::string_view what,
           const std::vector<std::string>& known) {
    Value value(entry.key);
    value.set_place(entry.key_place);
    name(value, code, what, known);
  }

  void person(const Value& value) {
    if (around_.office) directory::check_person(*around_.office, value.text(), value.place(), findings_);
  }

  // What the form refuses may be the very thing that the scenario shows; a field that it does not know never is, unless
  // the scenario says so.
  void record(const Value& data, const Expectation& then) {
    form::Lookups lookups;
    if (around_.office)
      lookups.person = [&](const Value& value, Diagnostics& into) {
        directory::check_person(*around_.office, value.text(), value.place(), into);
      };
    if (around_.office)
      lookups.department = [&](const Value& value, Diagnostics& into) {
        if (around_.office->department(value.text())) return;
        std::vector<std::string> known;
        for (const auto& department : around_.office->departments) known.push_back(department.title);
        data::report_unknown(value, "department", "部门", known, into);
      };
    Diagnostics found;
    form::check_record(around_.form, data, found, lookups);
    const auto is_expected = [&](const std::string& code) {
      return std::any_of(then.refused.begin(), then.refused.end(),
                         [&](const Reference& one) { return one.name == code; });
    };
    for (const Diagnostic& finding : found) {  // a value that cases share is told once: sort()
      if (then.refused.empty() || (finding.code == "unknown-field" && !is_expected(finding.code)))
        findings_.add(finding);
    }
  }

  const ScenarioSurroundings& around_;
  Diagnostics& findings_;
  std::vector<std::string> steps_, starts_, actions_, documents_, registers_;
};

}  // namespace

const std::vector<std::string>& refusal_codes() {
  static const std::vector<std::string> kCodes = {
      "adviser-only",       "already-acted",  "already-decided",  "already-open",     "already-read",
      "already-seated",     "already-sent",   "bad-choice",       "case-ended",       "case-open",
      "case-suspended",     "case-voided",    "choose-people",    "choose-step",      "field-not-editable",
      "field-required",     "for-whom",       "guard-failed",     "guard-false",      "initiator-barred",
      "missing-field",      "needs-people",   "no-branch",        "no-step-back",     "nobody-can-act",
      "not-allowed-here",   "not-in-bulk",    "not-initiator",    "not-manager",      "not-there",
      "not-your-seat",      "not-yours",      "nothing-to-claim", "nothing-to-drop",  "nothing-to-recall",
      "nothing-to-release", "number-given",   "opinion-required", "parent-suspended", "proof-name",
      "proof-not-text",     "proof-nothing",  "proof-substance",  "proof-too-much",   "proof-word",
      "rule-broken",        "signature-void", "too-few-rows",     "unknown-action",   "unknown-field",
      "unknown-person",     "unknown-step",   "unused-option",    "urged-today",      "votes-out-of-reach",
      "which-step",         "wrong-type"};
  return kCodes;
}

void check_scenarios(const Scenarios& scenarios, const ScenarioSurroundings& around, Diagnostics& findings) {
  Checker checker(around, findings);
  for (size_t i = 0; i < scenarios.cases.size(); ++i)
    checker.check_case(scenarios.cases[i], scenarios.source["cases"][i]);
}

}  // namespace wenshu::workflow
