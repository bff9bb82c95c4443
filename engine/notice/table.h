// A table of an annex from its source; inside this room only.
#pragma once

#include <vector>

#include "data/value.h"
#include "notice/notice.h"

namespace wenshu::notice {

// Takes what is well-formed and leaves out the rest, which the checks have named.
Table read_table(const data::Value& value);

std::vector<double> column_widths(const Table& table, double width_mm);

}  // namespace wenshu::notice
