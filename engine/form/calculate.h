// Fields that nobody fills in: `derived` and `default`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/value.h"
#include "form/form.h"

namespace wenshu::form {

// What a `default` may name besides the fields: `initiator.id`, `initiator.name`, `initiator.department`, `today`.
struct Beginning {
  std::string person, name, department;  // of who begins the case; ids, and the department's title
  std::string today;                     // 2020-07-27; "" when nobody says
};
expression::Type beginning_type();

// Fills in what is absent and has a default (with `beginning` only), then writes every derived field. A derived
// field that stands there with another value is the finding derived-differs; a calculation that fails,
// calculation-failed; one that only lacks a value leaves its field empty. True when there was no fault.
bool calculate(const Form& form, data::Value& values, Diagnostics& findings,
               const Beginning* beginning = nullptr);

// Takes every derived field out: before changes are laid over a record that has them.
void clear_derived(const Form& form, data::Value& values);

// True for a path at or inside a derived field.
bool is_derived(const Form& form, std::string_view dotted);

}  // namespace wenshu::form
