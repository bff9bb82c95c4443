// The references between definitions: what one file says of another. Inner header of app/.
#pragma once

#include "app/definitions.h"
#include "base/diagnostic.h"

namespace wenshu::app {

// Workflows against forms, registers, directory and documents; sheets against registers; data against forms and sheets.
// `complete` is false when a file could not be loaded: then no reference is called unknown.
void check_definitions(const Definitions& all, const Definitions* known, bool complete,
                       Diagnostics& findings);

}  // namespace wenshu::app
