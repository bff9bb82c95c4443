#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "form/calculate.h"
#include "workflow/act_parts.h"
#include "workflow/given.h"
#include "workflow/reading.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

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

bool is_at_or_below(const std::string& path, const std::vector<Reference>& roots) {
  return std::any_of(roots.begin(), roots.end(), [&](const Reference& root) {
    return path == root.name || path.starts_with(root.name + ".");
  });
}

// A number and its day come from the ledger alone: people write neither. A day that they wrote would be signed, and then
// written over as the number is given.
bool is_given(const Definition& flow, const std::string& path) {
  const auto writes = [&](const Effect& effect) {
    const auto* number = std::get_if<NumberEffect>(&effect);
    return number &&
           (is_at_or_below(path, {number->into}) || (number->date && is_at_or_below(path, {*number->date})));
  };
  const auto any = [&](const std::vector<Effect>& effects) {
    return std::any_of(effects.begin(), effects.end(), writes);
  };
  return std::any_of(flow.steps.begin(), flow.steps.end(), [&](const Step& step) {
    return any(step.effects) || std::any_of(step.actions.begin(), step.actions.end(),
                                            [&](const Action& action) { return any(action.effects); });
  });
}

}  // namespace

std::optional<Blocker> find_unknown_person(const Rules& rules, std::string_view person) {
  if (rules.directory.person(person)) return std::nullopt;
  return Blocker{"unknown-person", fmt::format("通讯录中没有 {}", person), {{"person", std::string(person)}}};
}

Blocker not_your_seat(const Rules& rules, const Marking& marking, const Act& act) {
  const std::string name = rules.directory.name_of(act.person);
  for (const Token& token : marking.tokens) {
    const Step* step = rules.definition.find_step(token.step);
    for (const Seat& seat : token.seats) {
      if (seat.by != act.person) continue;
      return {"already-decided",
              fmt::format("{} 在“{}”环节已经办过（{}），正等 {} 办理", name, step->title, seat.title,
                          describe_open(rules.directory, token)),
              {{"person", act.person}, {"step", step->id}, {"decision", seat.decision}}};
    }
  }
  std::vector<std::string> places;
  for (const Token& token : marking.tokens)
    places.push_back(fmt::format("在“{}”环节，{}{}", rules.definition.find_step(token.step)->title,
                                 token.seats.empty() ? "" : "应", describe_turn(rules.directory, token)));
  return {"not-your-seat",
          fmt::format("办件{}，{} 不能办", join(places, "；"), name),
          {{"person", act.person}, {"step", marking.step()}}};
}

Blocker which_step(const Rules& rules, const std::vector<Token*>& tokens, const Act& act) {
  std::vector<std::string> steps;
  for (const Token* token : tokens)
    steps.push_back(fmt::format("{}（{}）", token->step, rules.definition.find_step(token->step)->title));
  return {"which-step",
          fmt::format("{} 同时在几个环节有席位：{}，请说明办哪一个", rules.directory.name_of(act.person),
                      join(steps, "、")),
          {{"person", act.person}}};
}

Blocker unknown_action(const Step& step, const std::string& action) {
  std::string known;
  std::vector<std::string> names;
  for (const Action& one : step.actions) {
    if (one.name.text().starts_with('@')) continue;  // of another case's end: nobody can do it
    known += fmt::format("{}{}（{}）", known.empty() ? "" : "、", one.name, one.title);
    names.push_back(one.name);
  }
  return {"unknown-action",
          known.empty() ? fmt::format("“{}”环节没有人办的动作，也没有 {}", step.title, action)
                        : fmt::format("“{}”环节没有动作 {}，可办的有 {}", step.title, action, known),
          {{"action", action}, {"step", step.id}, {"near", near_name(action, names)}}};
}

// The guard's own faults (a value not filled in) are told in its words.
std::optional<Blocker> find_guard_blocker(const Rules& rules, const expression::Guard& guard,
                                          const std::string& what, const Value& data) {
  std::optional<expression::Type> own;
  const expression::Type& type = rules.type ? *rules.type : own.emplace(form::type_of(rules.form));
  if (expression::holds(guard, data, type, rules.ledgers).value_or(false)) return std::nullopt;
  Diagnostics faults;
  std::optional<Value> result = expression::evaluate(guard, data, faults, type, rules.ledgers);
  const std::string& text = guard.text();
  if (!result) {
    return Blocker{"guard-failed",
                   fmt::format("不能{}：条件 {} 无法判断（{}）", what, text, faults.begin()->message),
                   {{"guard", text}, {"cause", faults.begin()->code}}};
  }
  if (result->text() == "true") return std::nullopt;
  return Blocker{"guard-false", fmt::format("不能{}：条件 {} 不成立", what, text), {{"guard", text}}};
}

std::vector<Blocker> find_edit_blockers(const Rules& rules, const Marking& marking, const Value& before,
                                        const Value& after, const Act& act) {
  std::vector<Blocker> blockers;
  const Token* token = act.step.empty() ? nullptr : marking.find(act.step);
  if (!token) {
    auto held = tokens_of(rules, marking, act.person, act.date);
    token = !held.empty() ? held.front() : marking.tokens.empty() ? nullptr : &marking.tokens.front();
  }
  const Step* step = token ? rules.definition.find_step(token->step) : nullptr;
  if (!step) return blockers;
  std::vector<std::string> changes;
  collect_changes(before, after, "", changes);
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  for (const std::string& path : changes) {
    if (form::is_derived(rules.form, path)) continue;  // follows from fields that may be changed, or not
    if (is_at_or_below(path, step->edit) || is_at_or_below(path, step->require)) {
      if (is_given(rules.definition, path))
        blockers.push_back({"number-given",
                            fmt::format("{} 由编号填入，谁也不能改写", rules.form.title_of(path)),
                            {{"step", step->id}, {"field", path}}});
      continue;
    }
    blockers.push_back({"field-not-editable",
                        fmt::format("“{}”环节不能修改 {}", step->title, rules.form.title_of(path)),
                        {{"step", step->id}, {"field", path}}});
  }
  return blockers;
}

bool is_manager(const Rules& rules, const Marking& marking, Symbol person) {
  const Value none;
  const Arrival arrival{marking, none, "", nullptr};
  for (const SeatRule& rule : rules.definition.managers) {
    std::string title;
    const auto people = people_of(rules, rule, arrival, "", title);
    if (std::find(people.begin(), people.end(), person.text()) != people.end()) return true;
  }
  return false;
}

std::vector<Blocker> find_given_blockers(const Rules& rules, const Value& given) {
  std::vector<std::string> filled;
  collect_changes(Value::map(), given, "", filled);
  std::vector<Blocker> blockers;
  for (const std::string& path : filled) {
    const Value* value = given.find_path(path);
    const bool empty = value && value->is_scalar() && value->text().empty();
    if (!empty && is_given(rules.definition, path))
      blockers.push_back({"number-given",
                          fmt::format("{} 由编号填入，发起时不能写", rules.form.title_of(path)),
                          {{"field", path}}});
  }
  return blockers;
}

namespace {

// What is calculated from a hidden field tells it: a total of one row is that row.
void add_derived_of_hidden(const form::Form& form, std::vector<std::string>& hidden) {
  const auto is_hidden = [&](const std::string& path) {
    return std::any_of(hidden.begin(), hidden.end(),
                       [&](const std::string& one) { return path == one || path.starts_with(one + "."); });
  };
  for (const std::string& path : form.calculated) {  // each after those that it reads
    const form::Field* field = form.find(path);
    if (!field || !field->derived || is_hidden(path)) continue;
    const auto read = expression::paths_read(*field->derived);
    const bool tells = std::any_of(read.begin(), read.end(), [&](const std::string& name) {
      // By the fields around it, the nearest first.
      for (size_t end = path.rfind('.'); end != path.npos && end > 0; end = path.rfind('.', end - 1)) {
        const std::string near = path.substr(0, end + 1) + name;
        if (form.find(near)) return is_hidden(near);
      }
      return is_hidden(name);
    });
    if (tells) hidden.push_back(path);
  }
}

}  // namespace

std::vector<std::string> hidden_from(const Rules& rules, const Marking& marking, Symbol person) {
  return hidden_from(rules, marking, person, {});
}

std::vector<std::string> hidden_from(const Rules& rules, const Marking& marking, Symbol person,
                                     const std::vector<std::string>& acted_at) {
  std::vector<std::string> hidden;
  for (const Step& step : rules.definition.steps) {
    for (const Reference& path : step.hide) {
      if (std::find(hidden.begin(), hidden.end(), path.name) == hidden.end()) hidden.push_back(path.name);
    }
  }
  if (hidden.empty()) return hidden;
  if (!person.empty() && (person == marking.initiator || is_manager(rules, marking, person))) return {};
  std::vector<const Step*> own;
  for (const std::string& id : acted_at) own.push_back(rules.definition.find_step(id));
  for (const Token* token : tokens_of(rules, marking, person, ""))
    own.push_back(rules.definition.find_step(token->step));
  for (const Step* step : own) {
    if (!step) continue;
    std::erase_if(hidden, [&](const std::string& path) {
      return std::none_of(step->hide.begin(), step->hide.end(),
                          [&](const Reference& one) { return one.name == path; });
    });
  }
  add_derived_of_hidden(rules.form, hidden);
  return hidden;
}

}  // namespace wenshu::workflow
