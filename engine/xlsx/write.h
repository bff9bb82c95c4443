// A table of text becomes an .xlsx workbook of one sheet: registers, rosters, lists of what is missing.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::xlsx {

struct Sheet {
  std::string title;                           // the sheet's name, made fit to be one
  std::vector<std::string> header;             // bold, and stays in sight
  std::vector<std::vector<std::string>> rows;  // cells as CSV would have them; a row may be shorter
};

// A sheet whose rows are made when they are wanted, each twice, in order: all of a county would need room beside one another.
struct LongSheet {
  std::string title;
  std::vector<std::string> header;
  size_t count = 0;  // of rows
  std::function<std::vector<std::string>(size_t index)> row = {};
};

// 36 and 1.50 become numbers that print so, 2024-06-06 a day; all else is text: a formula, 007, and anything of
// more than 10 digits before the point, which is a number of an identity card or a telephone. read_table() gives
// the same texts back. Same input, same bytes. Findings table-too-large and cell-too-long (32,767 characters),
// whose places are in `file`. Throws Failure. REQUIRES: UTF-8 without forbidden characters (base/text.h).
std::optional<std::string> write_tables(const std::vector<Sheet>& sheets, const std::string& file,
                                        Diagnostics& findings);
std::optional<std::string> write_table(const Sheet& sheet, const std::string& file, Diagnostics& findings);
std::optional<std::string> write_long_table(const LongSheet& sheet, const std::string& file,
                                            Diagnostics& findings);

}  // namespace wenshu::xlsx
