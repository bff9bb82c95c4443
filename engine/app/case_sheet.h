// wenshu case sheet: 审批单. The fields of a case, its boxes of opinions, what was signed and the whole history, on a sheet
// of a fixed form.
#pragma once

#include <filesystem>
#include <string>

#include "app/context.h"

namespace wenshu::app {

// Writes `out`, a .docx or .pdf. The bytes follow from the events of the case alone: whenever it is written, the same
// sheet. Throws NotFound; FaultyInput for another ending and for characters in no font.
void write_case_sheet(const Context& context, const std::string& id, const std::filesystem::path& out);

}  // namespace wenshu::app
