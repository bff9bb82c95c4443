// Forms: the typed fields of a case.
//
//   form: annual-plan
//   title: 年度培训计划
//   fields:
//     plan:
//       title: 计划
//       type: group                 # a record inside the record
//       fields:
//         year: {title: 年度, type: integer, required: true}
//         groups: {title: 项目组, type: table, least: 1, fields: {…}}     # rows of fields; tables may nest
//         modes: {title: 方式, type: choices, of: [网络研修, 短期集中]}
//         total: {title: 合计, type: money, derived: "sum(plan.groups.map(g, g.cost))"}
//   rules:
//     - {rule: "plan.year >= 2020", message: 年度不能早于 2020}
//
// Every key is told in workflows/README.md, which a test holds against form_shape().
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/schema.h"
#include "data/value.h"
#include "expression/guard.h"
#include "expression/type.h"

namespace wenshu::form {

enum class FieldType {
  text,       // one line
  long_text,  // paragraphs
  integer,
  decimal,  // exact
  money,    // exact, 元, at most two places
  boolean,
  date,        // 2020-07-27
  period,      // 7月下旬, 9月—12月 (chinese/period.h)
  count,       // 32人, 40人左右, 见附件 (chinese/count.h)
  choice,      // one of `of`
  choices,     // a list of them, none twice
  person,      // an id of the directory, or a name that one person bears
  department,  // an id or title of the directory
  file,        // {name, size, hash}: an attachment, whose bytes the store keeps under their hash
  group,
  table,
};
std::string_view to_text(FieldType type);  // as written in YAML: "long-text"

// What must hold between fields: of the whole record, of a group, or of each row of a table. A rule that lacks a
// value (a field that is not filled in) says nothing: `required` does.
struct Rule {
  expression::Guard guard;
  std::string message;  // what a person is told when it does not hold
};

struct Field {
  std::string key;
  std::string title;  // the key itself when the file gives none
  FieldType type = FieldType::text;
  bool required = false;
  size_t least = 0;                            // rows of a table, items of choices
  std::vector<std::string> choices;            // of choice and choices
  std::vector<Field> fields;                   // of group and table, in the order written
  std::vector<Rule> rules;                     // of group and table
  std::optional<expression::Guard> derived;    // always calculated, never written by people
  std::optional<expression::Guard> otherwise;  // `default`: calculated when a case begins without it
  Place place;                                 // of the key
};

struct Form {
  std::string name;
  std::string title;
  std::vector<Field> fields;
  std::vector<Rule> rules;
  // Paths of fields with `derived` or `default`, each after those that it reads.
  std::vector<std::string> calculated;

  // "plan.groups.classes": walks groups and tables alike. nullptr when there is no such field.
  const Field* find(std::string_view dotted) const;
  // All paths, "plan", "plan.year", …: what a near name is sought among.
  std::vector<std::string> paths() const;
  // 计划 / 项目组 / 班次: the titles along a path, for sentences.
  std::string title_of(std::string_view dotted) const;
};

const data::Shape& form_shape();

// Faults of expressions among them: unknown-field, type-mismatch, derived-circle, row-reads-table.
std::optional<Form> load_form(const data::Value& source, Diagnostics& findings);

// Whom a `person` or `department` field may name; an empty function lets every text pass. It adds its own
// finding (unknown-person, ambiguous-person, unknown-department) at the value's place.
struct Lookups {
  std::function<void(const data::Value& value, Diagnostics& findings)> person;
  std::function<void(const data::Value& value, Diagnostics& findings)> department;
};

// Every fault of a record: unknown-field (near name), missing-field, wrong-type, bad-choice, too-few-rows,
// rule-broken … True when there was none. `null` counts as absent.
bool check_record(const Form& form, const data::Value& values, Diagnostics& findings,
                  const Lookups& lookups = {});

// The record type that guards are checked against and that reads texts as numbers.
expression::Type type_of(const Form& form);

}  // namespace wenshu::form
