// Rows of cells become a list of maps, keyed by the header row: what CSV and spreadsheets share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::data {

constexpr size_t kMaxTableBytes = 64u << 20;  // of a file
constexpr size_t kMaxTableColumns = 1'000;
constexpr int kMaxTableRows = 1'048'576;  // what a spreadsheet holds
// A cell costs some 400 bytes as a Value: half a gigabyte at the most.
constexpr size_t kMaxTableCells = 1'000'000;

struct TableRow {
  int number = 0;  // as a spreadsheet shows it, from 1
  int line = 0;    // where it begins, as a text editor counts
  std::vector<Value> cells;
};

bool is_blank(const TableRow& row);  // no cell has anything

class TableBuilder {
 public:
  TableBuilder(const StoredPlace::Origin& origin, Diagnostics& findings)
      : origin_(StoredPlace::keep(origin)), findings_(findings) {}

  // Adds duplicate-column, forbidden-character, empty-column-name (no name at all). Names lose the blanks
  // around them and the line breaks and blanks that stretch them (姓　名); columns without a name may stay
  // while nothing stands in them.
  void take_header(const TableRow& row);

  // Null and empty cells become null. Adds forbidden-character, and empty-column-name once a column.
  void take_row(TableRow row);

  // False, with `table-too-large`, when there is too much of something: then nothing more may be read.
  bool check_size(const TableRow& row, bool too_many_columns);

  bool has_header() const { return !names_.empty(); }
  const std::vector<std::string>& names() const { return names_; }  // "" for a column without a name
  Value& table() { return table_; }
  // Of a row, or of a cell (columns from 0).
  StoredPlace place(const TableRow& row, std::optional<size_t> column) const {
    return {origin_, row.line, column ? static_cast<int>(*column) + 1 : 0, row.number};
  }

 private:
  void check_characters(const TableRow& row, size_t column);
  void report_nameless(const TableRow& row, size_t column);

  StoredPlace::OriginId origin_;
  Diagnostics& findings_;
  std::vector<std::string> names_;
  std::vector<bool> reported_;  // columns without a name, by index
  Value table_ = Value::list();
};

}  // namespace wenshu::data
