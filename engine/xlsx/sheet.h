// One sheet's XML as rows of values: merged cells, hidden rows, titles above the header.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "data/table.h"
#include "data/value.h"
#include "xlsx/read.h"
#include "xlsx/workbook.h"

namespace wenshu::xlsx {

// `spot_prefix` is 工作表“二班” where a workbook has several sheets, otherwise "". `to` as of read_table.
std::optional<data::Value> read_sheet(std::string_view bytes, const Workbook& book, const SheetPart& sheet,
                                      std::string_view file, std::string_view spot_prefix, int header_row,
                                      const data::RowSink& to, Diagnostics& findings);

// Whether any cell of the sheet holds anything. A sheet that cannot be read has something.
bool has_content(std::string_view bytes);

}  // namespace wenshu::xlsx
