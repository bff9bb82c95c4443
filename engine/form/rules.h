// Rules between fields, judged. Used inside form/ only.
#pragma once

#include "form/form.h"

namespace wenshu::form {

// Adds rule-broken at each record that breaks a rule, rule-failed where a rule cannot be judged for another
// reason than an empty field.
void check_rules(const Form& form, const data::Value& values, Diagnostics& findings);

// All expressions of one record together end after so many steps (a second of a slow machine): a table of many rows
// whose rules each walk another table of many rows must not hold the program up.
inline constexpr size_t kMostSteps = 20'000'000;

}  // namespace wenshu::form
