// Data that a person gives, whatever program wrote it: the one place where spreadsheets join YAML, JSON and CSV.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "data/table.h"
#include "data/value.h"

namespace wenshu::app {

// Which part of a workbook is meant; both may be left open (xlsx/read.h).
struct TableChoice {
  std::string worksheet = {};
  int header_row = 0;

  bool given() const { return !worksheet.empty() || header_row > 0; }
};

// .yaml .yml .json .csv (data/load.h) or .xlsx; a table is a list of maps. Findings besides theirs: no-such-file,
// not-a-file, unknown-file-type (with the way out for .xls, .et, .ods), and not-a-workbook for a choice that
// the file does not offer. With `rows`, those of a .csv, .xlsx or .json go there one by one and the list stays empty.
std::optional<data::Value> load_table_file(const std::filesystem::path& path, Diagnostics& findings,
                                           const TableChoice& choice = {}, const data::RowSink& rows = {});

}  // namespace wenshu::app
