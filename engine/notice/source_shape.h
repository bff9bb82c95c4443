// Which keys a notice source may hold; inside this room only.
#pragma once

#include "data/schema.h"

namespace wenshu::notice {

// Dates, numbers and choices are texts here, since a source may hold tags: the checks read them.
const data::Shape& source_shape();

}  // namespace wenshu::notice
