// The rows that an `append` effect leaves in a register.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "data/value.h"
#include "form/form.h"
#include "register/register.h"
#include "workflow/definition.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// Each row is a map with one entry for each column of the register, in their order: the field of that name in
// the row, else in the records around it from the inside out, else `built_in` (keys of kBuiltInSources), else
// null. Choices become one text, joined with 、; persons and departments
// become their names.
std::vector<data::Value> make_rows(const AppendEffect& effect, const Rules& rules,
                                   const registers::Register& target, const data::Value& data,
                                   const std::map<std::string, std::string>& built_in);

// Names that can fill a column of rows at `path`: fields of the row and of the records around it, and the
// built-in ones.
std::vector<std::string> row_sources(const form::Form& form, std::string_view path);

}  // namespace wenshu::workflow
