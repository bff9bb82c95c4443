// What the steps of one file say of one another. Used inside workflow/ only.
#pragma once

#include "base/diagnostic.h"
#include "data/value.h"
#include "workflow/definition.h"

namespace wenshu::workflow {

// unknown-step, unknown-split, unknown-document, unused-document, duplicate-item, ambiguous-decision.
// `source` gives places of document keys. True when every step that is named is there.
bool check_steps(const Definition& definition, const data::Value& source, Diagnostics& findings);

}  // namespace wenshu::workflow
