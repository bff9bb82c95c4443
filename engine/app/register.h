// wenshu register: ledgers and number series.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/context.h"
#include "app/table_file.h"
#include "data/value.h"

namespace wenshu::app {

struct RegisterLine {
  std::string name, title;
  int64_t rows = 0;
  std::vector<std::string> series;
};

struct RegisterTable {
  std::string name, title;
  std::vector<std::pair<std::string, std::string>> columns;  // name, title
  std::vector<std::vector<std::string>> rows;                // cells as printed, by the order of entry
  std::vector<std::string> origins;  // of each row: a case id, "import", "certificates"
};

struct Gap {
  std::string series, scope;
  int64_t first = 0, last = 0;  // serials that no one holds below the highest given
};

struct SeriesState {
  std::string series, scope;
  int64_t given = 0, highest = 0;
  std::string last_number;
};

std::vector<RegisterLine> list_registers(const Context& context);
RegisterTable show_register(const Context& context, const std::string& name);  // throws NotFound
std::string export_register(const Context& context, const std::string& name);  // CSV with titles as header
// The same into a file, as a workbook where its name ends in .xlsx. Throws FaultyInput for what no sheet holds.
void export_register(const Context& context, const std::string& name, const std::filesystem::path& out);
std::vector<Gap> find_gaps(const Context& context);
std::vector<SeriesState> list_series(const Context& context);

// Rows of a CSV, .xlsx or JSON file into a register; heads are column names or titles. FaultyInput with every
// fault, and then nothing was taken. Returns how many rows. Acts as context.person. A file of the same bytes is
// taken once: the second time throws Refused (`rows-imported-before`).
int64_t import_rows(const Context& context, const std::string& name, const std::filesystem::path& file,
                    const TableChoice& choice = {}, Diagnostics* warnings = nullptr);

data::Value to_value(const std::vector<RegisterLine>& lines);
data::Value to_value(const RegisterTable& table);
data::Value to_value(const std::vector<Gap>& gaps);
data::Value to_value(const std::vector<SeriesState>& series);

}  // namespace wenshu::app
