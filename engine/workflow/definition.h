// A workflow as written: documents, steps, seats, actions, guards, effects. Keys as in workflows/*.workflow.yaml:
//
//   workflow: annual-plan            title, version, form
//   documents: {notice: {title, notice: notices/annual-plan.yaml}, schedule: {title, template: tables/x.docx}}
//   steps:                           the first step is the start; a step is an `end` or has seats and actions
//     review:
//       title: 科室审核
//       seat: initiator | {post: 负责人, of: 人事科 | initiator.department} | {person: ID}
//       seats: [ … ]                 several seats instead of one; then `decide` says how they become one decision
//       decide: {rule: all | one, on_reject: veto | count}
//       edit: [plan]                 paths of the form that may change here
//       due: 2 workdays              kept; also days, hours
//       binds: [notice]              documents whose text the signature at this step holds for
//       actions:
//         agree: {title, to: STEP, when: "GUARD", opinion: required, effects: [ … ]}
//     done: {end: true}
//
// Effects run in order: {number: {series, into: PATH, date: PATH}}, {render: [DOCUMENT]},
// {append: {register, rows: PATH}}.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "directory/directory.h"
#include "expression/guard.h"
#include "form/form.h"
#include "register/register.h"

namespace wenshu::workflow {

// A name written in the file that leads elsewhere.
struct Reference {
  std::string name;
  Place place;
};

struct Document {
  enum class Kind { notice, word_template };
  std::string id;
  std::string title;
  Kind kind = Kind::notice;
  Reference path;  // under templates/
};

// Takes the next number of a series, once for a case: a case that comes by again keeps its number.
struct NumberEffect {
  Reference series;
  Reference into;                 // text field of the form
  std::optional<Reference> date;  // date field that gets the day on which the number was taken
};
struct RenderEffect {
  std::vector<Reference> documents;
};
// Rows for a register: one for each row of a table (also nested: all rows below), one for a group.
// A column is filled by the field of its name in the row, else in the records around it, else by one of
// kBuiltInSources.
struct AppendEffect {
  Reference target;  // register
  Reference rows;    // path of a table or group
};
using Effect = std::variant<NumberEffect, RenderEffect, AppendEffect>;

// What a register column may take besides fields: the case's id, the day of the act (2020-07-27), the name of
// the person who acts.
inline const std::vector<std::string> kBuiltInSources = {"case", "date", "person"};

// Action names are a closed vocabulary, so that a typing error is found; each has a kind and a usual title.
enum class ActionKind {
  forward,  // 送审 同意 签发 …: a decision for
  reject,   // 不同意: a decision against
  back,     // 退回 撤回: closes the round at once
};
struct ActionWord {
  std::string_view name;
  std::string_view title;
  ActionKind kind;
};
const std::vector<ActionWord>& action_words();

struct Action {
  std::string name;  // submit agree return …
  std::string title;
  ActionKind kind = ActionKind::forward;
  Reference to;
  std::optional<expression::Guard> when;
  bool opinion_required = false;
  std::vector<Effect> effects;
  Place place;
};

struct SeatRule {
  enum class Kind { initiator, post, person };
  Kind kind = Kind::initiator;
  Reference post;
  std::optional<Reference> of;  // a department; nothing = whoever holds the post anywhere
  bool of_initiator = false;    // of: initiator.department
  Reference person;
  Place place;
};

enum class DecideRule { all, one };
enum class OnReject { veto, count };

struct Due {
  enum class Unit { hours, days, workdays };
  int amount = 0;
  Unit unit = Unit::workdays;
};

struct Step {
  std::string id;
  std::string title;
  bool end = false;
  std::vector<SeatRule> seats;  // one for `seat`
  DecideRule decide = DecideRule::all;
  OnReject on_reject = OnReject::veto;
  std::vector<Reference> edit;
  std::optional<Due> due;
  std::vector<Reference> binds;
  std::vector<Action> actions;
  Place place;

  const Action* find_action(std::string_view name) const;
};

struct Definition {
  std::string name;
  std::string title;
  int version = 1;
  Reference form;
  std::vector<Document> documents;
  std::vector<Step> steps;  // in the order written; the first is the start

  const Step* find_step(std::string_view id) const;
  const Document* find_document(std::string_view id) const;
  size_t index_of(std::string_view step) const;  // steps.size() when there is none
};

// Every fault that the file alone shows: unknown keys, steps, documents, actions; no end, unreachable steps,
// steps without a way to an end; a declared document that nothing renders or binds; guards that do not parse.
std::optional<Definition> load_workflow(const data::Value& source, Diagnostics& findings);

// What references may lead to. Without a directory posts, departments and persons are not checked.
struct Known {
  std::map<std::string, const form::Form*> forms;
  std::map<std::string, const registers::Register*> registers;
  const directory::Directory* directory = nullptr;
};

// Every reference that leads out of the file: form, guard types, `edit`, `into` and `rows` paths, series,
// registers and their columns, posts, departments, persons; `nobody-can-act` for a seat that no one holds.
void check_references(const Definition& definition, const Known& known, Diagnostics& findings);

}  // namespace wenshu::workflow
