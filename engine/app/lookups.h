// Whom the person and department fields of a form may name. Inner header of app/.
#pragma once

#include "directory/directory.h"
#include "form/form.h"

namespace wenshu::app {

// REQUIRES: `office` outlives the result.
form::Lookups lookups_in(const directory::Directory& office);

}  // namespace wenshu::app
