// A record with every field of a form in it: what templates are tried on before any case exists.
#pragma once

#include "data/value.h"
#include "form/form.h"

namespace wenshu::form {

// Each field has a value of its type, each table one row. It passes check_record, person,
// department and rules aside.
data::Value sample_record(const Form& form);

}  // namespace wenshu::form
