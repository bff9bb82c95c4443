// Tables of which some rows cannot be read: where faulty rows are set aside, these are, too.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "app/table_file.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

// Rows of a table in which a cell cannot be read.
struct Aside {
  Diagnostics faults;
  size_t rows = 0;
};

// .xlsx or .csv
bool is_table(const std::filesystem::path& path);

// {rows: …} of a table: the rows that can be read; the others are in `aside`. A fault of the table itself is in `findings`,
// as elsewhere; then nothing is returned.
std::optional<data::Value> load_sound_rows(const std::filesystem::path& path, const TableChoice& choice,
                                           Diagnostics& findings, Aside& aside);

}  // namespace wenshu::app
