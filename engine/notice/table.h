// A table of an annex from its source; inside this room only.
#pragma once

#include <vector>

#include "data/value.h"
#include "notice/notice.h"

namespace wenshu::notice {

// Takes what is well-formed and leaves out the rest, which the checks have named.
Table read_table(const data::Value& value);

// As the shares of the columns say; one that would tear a number takes room from those that have some to spare.
std::vector<double> column_widths(const Table& table, double width_mm);
// What each column needs for its longest number to stand on one line; 0 for one without numbers.
std::vector<double> number_widths(const Table& table);

}  // namespace wenshu::notice
