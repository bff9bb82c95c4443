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

  void check() {
    for (const Step& step : definition_.steps) check_step(step);
    if (targets_known_) check_graph();
  }

  bool uses(const std::string& document) const { return used_.contains(document); }

 private:
  void check_step(const Step& step) {
    check_no_doubles(step.edit);
    check_documents(step.binds);
    check_seats(step);
    for (const Action& action : step.actions) {
      if (!definition_.find_step(action.to.name)) {
        report_unknown(action.to, "unknown-step", "环节", step_ids_, findings_);
        targets_known_ = false;
      }
      for (const Effect& effect : action.effects) {
        if (auto* render = std::get_if<RenderEffect>(&effect)) check_documents(render->documents);
      }
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

  // Several seats become one decision only when it is clear what they agree to.
  void check_seats(const Step& step) {
    std::set<std::string> seen;
    for (const SeatRule& seat : step.seats) {
      std::string key = fmt::format("{}|{}|{}|{}", static_cast<int>(seat.kind), seat.post.name,
                                    seat.of_initiator ? "initiator.department"
                                    : seat.of         ? seat.of->name
                                                      : "",
                                    seat.person.name);
      if (!seen.insert(key).second) findings_.error("duplicate-item", seat.place, "同一席位写了两次");
    }
    if (step.seats.size() < 2) return;
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

  void check_graph() {
    bool has_end =
        std::any_of(definition_.steps.begin(), definition_.steps.end(), [](const Step& s) { return s.end; });
    if (!has_end) {
      findings_.error("no-end", definition_.steps.front().place, "流程没有结束环节",
                      "请加入 done: {end: true}");
      return;
    }
    if (definition_.steps.front().end) {
      findings_.error("no-start", definition_.steps.front().place, "第一个环节是起点，不能是结束环节");
      return;
    }
    std::set<std::string> reached = {definition_.steps.front().id};
    spread([&](const Step& step, const Step& to) {
      return reached.contains(step.id) && reached.insert(to.id).second;
    });
    std::set<std::string> ending;
    for (const Step& step : definition_.steps) {
      if (step.end) ending.insert(step.id);
    }
    spread([&](const Step& step, const Step& to) {
      return ending.contains(to.id) && ending.insert(step.id).second;
    });
    for (const Step& step : definition_.steps) {
      if (!reached.contains(step.id)) {
        findings_.error("unreachable-step", step.place, fmt::format("环节 “{}” 到不了", step.id),
                        "没有动作转到它：请核对各动作的 to");
      } else if (!ending.contains(step.id)) {
        findings_.error("no-way-to-end", step.place, fmt::format("从环节 “{}” 走不到结束", step.id));
      }
    }
  }

  // Repeats `follow` over all moves until it changes nothing more.
  template <class Follow>
  void spread(Follow follow) {
    for (bool changed = true; changed;) {
      changed = false;
      for (const Step& step : definition_.steps) {
        for (const Action& action : step.actions) {
          if (follow(step, *definition_.find_step(action.to.name))) changed = true;
        }
      }
    }
  }

  const Definition& definition_;
  Diagnostics& findings_;
  std::vector<std::string> step_ids_, document_ids_;
  std::set<std::string> used_;
  bool targets_known_ = true;
};

}  // namespace

void check_steps(const Definition& definition, const data::Value& source, Diagnostics& findings) {
  Checker checker(definition, findings);
  checker.check();
  for (const data::Value::Entry& entry : source["documents"].entries()) {
    if (checker.uses(entry.key)) continue;
    findings.error("unused-document", entry.key_place, fmt::format("文书 “{}” 没有环节用到", entry.key),
                   "请写在 render 或 binds 中，或删去");
  }
}

}  // namespace wenshu::workflow
