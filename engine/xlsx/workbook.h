// The parts of a workbook that its sheets lean on: which sheets there are, shared strings, number formats.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "package/archive.h"
#include "xlsx/number.h"

namespace wenshu::xlsx {

struct SheetPart {
  std::string name;
  std::string part;  // "xl/worksheets/sheet1.xml"; "" when the workbook names none that is there
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetPart> sheets;      // of cells; charts are left out
  std::vector<std::string> strings;   // shared, by index
  std::vector<NumberFormat> formats;  // of a cell's style, by index
  Epoch epoch = Epoch::from_1900;
};

// Findings not-a-workbook, missing-part, bad-sheet and those of xml/.
std::optional<Workbook> load_workbook(const package::Archive& archive, std::string_view file,
                                      Diagnostics& findings);

// _x000D_ and the like stand for characters that XML cannot hold (ST_Xstring).
std::string resolve_escapes(std::string text);

}  // namespace wenshu::xlsx
