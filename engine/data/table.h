// Rows of cells become a list of maps, keyed by the header row: what CSV and spreadsheets share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
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

// Gets the rows of a table one by one, where all of them would need room beside one another.
using RowSink = std::function<void(const Value& row)>;

class TableBuilder {
 public:
  // With `rows` they go there, and the table stays empty.
  TableBuilder(const StoredPlace::Origin& origin, Diagnostics& findings, RowSink rows = {})
      : origin_(StoredPlace::keep(origin)), findings_(findings), rows_(std::move(rows)) {}

  // Adds duplicate-column, forbidden-character, empty-column-name (no name at all). Names lose the blanks
  // around them and the line breaks and blanks that stretch them (姓　名); columns without a name may stay
  // while nothing stands in them.
  void take_header(const TableRow& row);

  // Null and empty cells become null; a cell that has a place already (merged down from another row) keeps it. Adds forbidden-character, and empty-column-name once a column.
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
  TableRow header_;
  std::vector<std::string> names_;
  std::vector<Key> keys_;       // the same, as the rows want them
  std::vector<bool> reported_;  // columns without a name, by index
  RowSink rows_;
  size_t count_ = 0;  // of rows
  Value table_ = Value::list();
};

// As parse_csv of load.h, row by row. What is wrong with a later row is found after earlier ones went to `rows`.
std::optional<Value> parse_csv(std::string_view bytes, std::string_view name, const RowSink& rows,
                               Diagnostics& findings);
// As parse_json of load.h; the items of a list at the top go to `rows`, whatever each is, and the list stays empty.
std::optional<Value> parse_json(std::string bytes, std::string_view name, const RowSink& rows,
                                Diagnostics& findings);

}  // namespace wenshu::data
