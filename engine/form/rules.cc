#include "form/rules.h"

#include <fmt/format.h>

#include "base/text.h"
#include "form/records.h"

namespace wenshu::form {
namespace {

using data::Value;
using expression::Around;

class Judge {
 public:
  Judge(const Form& form, const Value& values, Diagnostics& findings)
      : type_(type_of(form)), values_(values), findings_(findings) {}

  void judge(const std::vector<Rule>& rules, const std::vector<std::string>& keys) {
    if (rules.empty()) return;
    std::vector<Around> outer;
    for_each_record(
        values_, type_, keys, 0, outer,
        [&](const Value& record, const expression::Type& type, const std::vector<Around>& around) {
          for (const Rule& rule : rules) judge(rule, {&record, &type}, around);
        });
  }

  void judge_below(const std::vector<Field>& fields, std::vector<std::string>& keys) {
    for (const Field& field : fields) {
      keys.push_back(field.key);
      judge(field.rules, keys);
      judge_below(field.fields, keys);
      keys.pop_back();
    }
  }

 private:
  void judge(const Rule& rule, const Around& record, const std::vector<Around>& outer) {
    if (steps_ > kMostSteps) return;
    Diagnostics faults;
    const auto holds = expression::evaluate_within(rule.guard, record, outer, faults, steps_);
    const std::string shown = fmt::format("规则 {}", rule.guard.text());
    if (holds) {
      if (holds->text() != "true") findings_.error("rule-broken", record.data->place(), rule.message, shown);
    } else if (faults.begin()->code != "missing-value" && !findings_.has_errors()) {
      findings_.error("rule-failed", record.data->place(),
                      fmt::format("{} 无法判断：{}", shown, faults.begin()->message), faults.begin()->hint);
    }
    if (steps_ > kMostSteps)
      findings_.error("too-costly", record.data->place(), "各行的规则合起来算得太久",
                      "请减少行数，或把跨表的规则写在表格之外");
  }

  const expression::Type type_;
  const Value& values_;
  Diagnostics& findings_;
  size_t steps_ = 0;
};

}  // namespace

void check_rules(const Form& form, const Value& values, Diagnostics& findings) {
  Judge judge(form, values, findings);
  std::vector<std::string> keys;
  judge.judge(form.rules, keys);
  judge.judge_below(form.fields, keys);
}

}  // namespace wenshu::form
