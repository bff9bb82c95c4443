// A sheet of an .xlsx workbook becomes a list of maps, like a CSV file: one map a row, keyed by the header.
//
// Text is text; numbers are JSON numbers without binary noise (0.3, not 0.30000000000000004), with the zeros
// that their format shows (1.50, and 007 as text); dates are text as people write them in data: 2020-07-27,
// 2020-07-27 09:00, 09:00, 2020年7月 where the format shows no day. Formulas give their stored results. A cell
// merged downwards counts for each of its rows.
//
// A head may have several rows: cells merged downwards (姓名) and cells merged across over names of their own (成绩 over
// 语文 and 数学) join them. A column is called by its lowest head, 语文; where that would name two columns, by all heads over
// it, 上学期_语文.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "data/table.h"
#include "data/value.h"

namespace wenshu::xlsx {

struct Choice {
  std::string sheet = {};  // by name; "" for the first sheet that is not hidden
  int header_row =
      0;  // as the program shows it, from 1, any of the head's rows; 0: the first row that looks like one, past titles
};

// `file` is the name that findings carry. The limits are those of ZIP containers (package/archive.h) and of
// tables (data/table.h), and 64 MiB of text in cells. Findings: password-protected, old-spreadsheet, those of
// containers, parts (xml/tree.h) and tables, not-a-workbook, missing-part, bad-sheet, unknown-sheet,
// no-header-row, bad-cell, cell-error, formula-without-value, number-too-long, bad-date. Warnings:
// other-sheets, hidden-rows. Of one kind the first 20 are told, then counted.
// With `rows` they go there one by one, and the list stays empty.
std::optional<data::Value> read_table(std::string_view bytes, std::string_view file, const Choice& choice,
                                      Diagnostics& findings, const data::RowSink& rows = {});

}  // namespace wenshu::xlsx
