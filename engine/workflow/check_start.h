// What a step that begins another case says of it. Used inside workflow/ only.
#pragma once

#include "workflow/definition.h"

namespace wenshu::workflow {

// unknown-workflow, unknown-field, type-mismatch, missing-field (of the other form), inside-table,
// sub-workflow-circle. `form` and `ledgers` of the definition itself; `form` may be null.
void check_start(const Definition& definition, const Step& step, const Known& known, const form::Form* form,
                 const expression::Ledgers& ledgers, Diagnostics& findings);

}  // namespace wenshu::workflow
