#include "workflow/check_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "data/schema.h"

namespace wenshu::workflow {
namespace {

void report_unknown(const Reference& reference, std::string_view code, std::string_view what,
                    const std::vector<std::string>& known, Diagnostics& findings) {
  data::Value value(reference.name);
  value.set_place(reference.place);
  data::report_unknown(value, code, what, known, findings);
}

class Checker {
 public:
  Checker(const Definition& definition, Diagnostics& findings)
      : definition_(definition), findings_(findings) {
    for (const Step& step : definition.steps) step_ids_.push_back(step.id);
    for (const Document& document : definition.documents) document_ids_.push_back(document.id);
  }

  bool check() {
    for (const Step& step : definition_.steps) check_step(step);
    return targets_known_;
  }

  bool uses(const std::string& document) const { return used_.contains(document); }

 private:
  void check_step(const Step& step) {
    check_no_doubles(step.edit);
    check_no_doubles(step.require);
    check_no_doubles(step.hide);
    check_no_doubles(step.allow);
    check_documents(step.binds);
    check_seats(step);
    for (const Action& action : step.actions) {
      if (action.target == Target::step && action.kind != ActionKind::abstain) check_target(action.to);
      check_effects(action.effects);
    }
    for (const Branch& branch : step.branches) check_target(branch.to);
    if (step.kind == StepKind::automatic) check_target(step.to);
    check_effects(step.effects);
    if (step.join) check_join(step);
  }

  void check_target(const Reference& to) {
    if (definition_.find_step(to.name)) return;
    targets_known_ = false;
    if (!to.name.empty()) report_unknown(to, "unknown-step", "环节", step_ids_, findings_);
  }

  void check_effects(const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      if (auto* render = std::get_if<RenderEffect>(&effect)) check_documents(render->documents);
    }
  }

  void check_join(const Step& step) {
    const Step* split = definition_.find_step(step.join->name);
    if (!split || split->kind != StepKind::split || split->route == Route::one) {
      std::vector<std::string> splits;
      for (const Step& one : definition_.steps) {
        if (one.kind == StepKind::split && one.route != Route::one) splits.push_back(one.id);
      }
      report_unknown(*step.join, "unknown-split", "同时走几支的分支环节", splits, findings_);
      targets_known_ = false;
    } else if (!joined_.insert(split->id).second) {
      findings_.error("duplicate-item", step.join->place, fmt::format("分支 “{}” 有两处汇合", split->id),
                      "一个分支环节只在一处汇合");
    }
  }

  void check_documents(const std::vector<Reference>& documents) {
    check_no_doubles(documents);
    for (const Reference& document : documents) {
      used_.insert(document.name);
      if (!definition_.find_document(document.name)) {
        report_unknown(document, "unknown-document", "文书", document_ids_, findings_);
      }
    }
  }

  void check_no_doubles(const std::vector<Reference>& names) {
    std::set<std::string> seen;
    for (const Reference& name : names) {
      if (seen.insert(name.name).second) continue;
      findings_.error("duplicate-item", name.place, fmt::format("“{}” 写了两次", name.name));
    }
  }

  static std::string key_of(const SeatRule& seat) {
    std::string from;
    for (const SeatRule& one : seat.from) from += key_of(one) + ";";
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", static_cast<int>(seat.kind), seat.post.name,
                       seat.of_initiator ? "initiator.department"
                       : seat.of         ? seat.of->name
                                         : "",
                       seat.person.name, seat.level, seat.role.name, seat.field.name, seat.by_previous, from);
  }

  // Several seats become one decision only when it is clear what they agree to.
  void check_seats(const Step& step) {
    std::set<std::string> seen;
    for (const SeatRule& seat : step.seats) {
      if (!seen.insert(key_of(seat)).second)
        findings_.error("duplicate-item", seat.place, "同一席位写了两次");
    }
    for (const Action& action : step.actions) {
      if (action.kind == ActionKind::abstain && step.decide.rule != DecideRule::votes)
        findings_.error("unexpected-field", action.place, "只有票决（rule: votes）的环节才有弃权");
    }
    const bool grows = std::any_of(step.allow.begin(), step.allow.end(), [](const Reference& act) {
      return act.name == "add-after" || act.name == "add-beside";
    });
    if (step.seats.size() < 2 && !grows && step.decide.place.line == 0) return;
    for (ActionKind kind : {ActionKind::forward, ActionKind::reject}) {
      auto count = std::count_if(step.actions.begin(), step.actions.end(),
                                 [&](const Action& a) { return a.kind == kind; });
      bool wrong = kind == ActionKind::forward ? count != 1 : count > 1;
      if (wrong) {
        findings_.error("ambiguous-decision", step.place,
                        fmt::format("会签环节 “{}” 应有且只有一个表示{}的动作，现在有 {} 个", step.id,
                                    kind == ActionKind::forward ? "同意" : "不同意", count));
      }
    }
  }

  const Definition& definition_;
  Diagnostics& findings_;
  std::vector<std::string> step_ids_, document_ids_;
  std::set<std::string> used_, joined_;
  bool targets_known_ = true;
};

}  // namespace

bool check_steps(const Definition& definition, const data::Value& source, Diagnostics& findings) {
  Checker checker(definition, findings);
  const bool known = checker.check();
  for (const data::Value::Entry& entry : source["documents"].entries()) {
    if (checker.uses(entry.key)) continue;
    findings.error("unused-document", entry.key_place, fmt::format("文书 “{}” 没有环节用到", entry.key),
                   "请写在 render 或 binds 中，或删去");
  }
  return known;
}

}  // namespace wenshu::workflow
