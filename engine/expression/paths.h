// What a guard depends on, more exactly than paths_read() says it.
#pragma once

#include <string>
#include <vector>

#include "expression/guard.h"

namespace wenshu::expression {

// As paths_read(), but a table that a macro only goes through row by row is not read itself, only the columns that the
// macro looks at: sum(plan.classes.map(c, c.hours)) reads plan.classes.hours, and a filtered table as a whole all of it.
std::vector<std::string> columns_read(const Guard& guard);

}  // namespace wenshu::expression
