// Types and order of a form's expressions. Used inside form/ only.
#pragma once

#include "form/form.h"

namespace wenshu::form {

// Checks rules, defaults and derived fields against the fields around them and fills `calculated`.
void check_expressions(Form& form, Diagnostics& findings);

// A record of fields as guards see it.
expression::Type record_of(const std::vector<Field>& fields);
expression::Type type_of_field(const Field& field);

}  // namespace wenshu::form
