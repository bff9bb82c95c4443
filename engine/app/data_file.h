// What a file of data says: the one rule for fill, notice, eval, case start and case act.
#pragma once

#include <filesystem>
#include <optional>

#include "app/table_file.h"
#include "data/value.h"

namespace wenshu::app {

// The first key of a file that people write names its kind: of kind `data` the values stand under `values` (and
// `form` may name the form they are for). Whatever else is given is the values themselves.
bool is_data_file(const data::Value& given);
const data::Value& values_in(const data::Value& given);

// One record, for a case: a tree of values, a `data:` file as it stands, or the only row of a table (.csv, .xlsx).
// Findings besides those of load_table_file: empty-file, and not-one-record for a table of several rows.
std::optional<data::Value> load_record(const std::filesystem::path& path, Diagnostics& findings);

}  // namespace wenshu::app
