#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/moves.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

Blocker unheld(const Step& step, const Seat& seat) {
  return {"nobody-can-act",
          fmt::format("“{}”环节的席位 {} 没有人担任，办件到了那里无人可办；请先在通讯录中写明", step.title,
                      seat.title),
          {{"step", step.id}, {"seat", seat.title}}};
}

// Seats of the step that nobody could act on.
std::vector<Blocker> find_unheld(const Rules& rules, const Step& step, std::string_view initiator) {
  std::vector<Blocker> blockers;
  for (const Seat& seat : make_seats(rules, step, initiator)) {
    if (seat.candidates.empty()) blockers.push_back(unheld(step, seat));
  }
  return blockers;
}

std::optional<Blocker> find_unknown_person(const Rules& rules, std::string_view person) {
  if (rules.directory.person(person)) return std::nullopt;
  return Blocker{"unknown-person", fmt::format("通讯录中没有 {}", person), {{"person", std::string(person)}}};
}

Blocker not_your_seat(const Rules& rules, const Marking& marking, const Step& step,
                      const std::string& person) {
  const std::string name = rules.directory.name_of(person);
  for (const Seat& seat : marking.seats) {
    if (seat.by != person) continue;
    return {"already-decided",
            fmt::format("{} 在“{}”环节已经办过（{}），正等 {} 办理", name, step.title, seat.title,
                        describe_open(rules.directory, marking)),
            {{"person", person}, {"step", step.id}, {"decision", seat.decision}}};
  }
  return {"not-your-seat",
          fmt::format("办件在“{}”环节，应由 {} 办理，{} 不能办", step.title,
                      describe_open(rules.directory, marking), name),
          {{"person", person}, {"step", step.id}}};
}

Blocker unknown_action(const Step& step, const std::string& action) {
  std::string known;
  std::vector<std::string> names;
  for (const Action& one : step.actions) {
    known += fmt::format("{}{}（{}）", known.empty() ? "" : "、", one.name, one.title);
    names.push_back(one.name);
  }
  return {"unknown-action",
          fmt::format("“{}”环节没有动作 {}，可办的有 {}", step.title, action, known),
          {{"action", action}, {"step", step.id}, {"near", near_name(action, names)}}};
}

// The guard's own faults (a value not filled in) are told in its words.
std::optional<Blocker> find_guard_blocker(const Rules& rules, const Action& action, const Value& data) {
  if (!action.when) return std::nullopt;
  Diagnostics faults;
  std::optional<Value> result = expression::evaluate(*action.when, data, faults, form::type_of(rules.form));
  const std::string& text = action.when->text();
  if (!result) {
    return Blocker{"guard-failed",
                   fmt::format("不能{}：条件 {} 无法判断（{}）", action.title, text, faults.begin()->message),
                   {{"action", action.name}, {"guard", text}, {"cause", faults.begin()->code}}};
  }
  if (result->text() == "true") return std::nullopt;
  return Blocker{"guard-false",
                 fmt::format("不能{}：条件 {} 不成立", action.title, text),
                 {{"action", action.name}, {"guard", text}}};
}

// Paths whose values differ; a table whose number of rows differs is one path.
void collect_changes(const Value& before, const Value& after, const std::string& path,
                     std::vector<std::string>& changes) {
  if (before == after) return;
  auto child = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  bool maps = (before.is_map() || before.is_null()) && (after.is_map() || after.is_null());
  if (maps) {
    for (const Value::Entry& entry : before.entries()) {
      collect_changes(entry.value, after[entry.key], child(entry.key), changes);
    }
    for (const Value::Entry& entry : after.entries()) {
      if (!before.find(entry.key)) collect_changes(Value(), entry.value, child(entry.key), changes);
    }
  } else if (before.is_list() && after.is_list() && before.size() == after.size()) {
    for (size_t i = 0; i < before.size(); ++i) collect_changes(before[i], after[i], path, changes);
  } else {
    changes.push_back(path);
  }
}

bool may_edit(const Step& step, const std::string& path) {
  return std::any_of(step.edit.begin(), step.edit.end(), [&](const Reference& edit) {
    return path == edit.name || path.starts_with(edit.name + ".");
  });
}

}  // namespace

std::vector<Blocker> find_start_blockers(const Rules& rules, std::string_view initiator) {
  if (auto unknown = find_unknown_person(rules, initiator)) return {*unknown};
  return find_unheld(rules, rules.definition.steps.front(), initiator);
}

std::vector<Blocker> find_blockers(const Rules& rules, const Marking& marking, const Value& data,
                                   const Act& act) {
  const Step* step = rules.definition.find_step(marking.step);
  if (marking.status == Status::ended || !step || step->end) {
    return {{"case-ended", fmt::format("办件已办结（{}），不能再办", step ? step->title : marking.step), {}}};
  }
  if (auto unknown = find_unknown_person(rules, act.person)) return {*unknown};

  std::vector<Blocker> blockers;
  bool seated = !open_seats_of(marking, act.person).empty();
  if (!seated) blockers.push_back(not_your_seat(rules, marking, *step, act.person));
  const Action* action = step->find_action(act.action);
  if (!action) {
    blockers.push_back(unknown_action(*step, act.action));
    return blockers;
  }
  if (action->opinion_required && trim(act.opinion).empty()) {
    blockers.push_back(
        {"opinion-required", fmt::format("{}时必须写明意见", action->title), {{"action", action->name}}});
  }
  if (auto blocker = find_guard_blocker(rules, *action, data)) blockers.push_back(*blocker);
  const Action* leave = seated ? decide(*step, marking, act).leave : nullptr;
  if (leave) {
    auto unheld = find_unheld(rules, *rules.definition.find_step(leave->to.name), marking.initiator);
    blockers.insert(blockers.end(), unheld.begin(), unheld.end());
  }
  return blockers;
}

std::vector<Blocker> find_edit_blockers(const Rules& rules, const Marking& marking, const Value& before,
                                        const Value& after) {
  std::vector<Blocker> blockers;
  const Step* step = rules.definition.find_step(marking.step);
  if (!step) return blockers;
  std::vector<std::string> changes;
  collect_changes(before, after, "", changes);
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  for (const std::string& path : changes) {
    if (may_edit(*step, path)) continue;
    blockers.push_back({"field-not-editable",
                        fmt::format("“{}”环节不能修改 {}", step->title, rules.form.title_of(path)),
                        {{"step", step->id}, {"field", path}}});
  }
  return blockers;
}

}  // namespace wenshu::workflow
