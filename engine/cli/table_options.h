// --worksheet and --header-row: which part of an .xlsx is meant.
#pragma once

#include <CLI/CLI.hpp>

#include "app/table_file.h"

namespace wenshu::cli {

// `choice` must outlive the parsing.
void add_table_options(CLI::App& command, app::TableChoice& choice);

}  // namespace wenshu::cli
