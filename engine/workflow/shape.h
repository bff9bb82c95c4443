// Which keys a workflow file may hold. Used inside workflow/ only.
#pragma once

#include "data/schema.h"

namespace wenshu::workflow {

const data::Shape& workflow_shape();

}  // namespace wenshu::workflow
