// The rows of a table become the people of a class.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "certificate/people.h"
#include "certificate/sheet.h"

namespace wenshu::certificate {

// Findings: unknown and missing columns, empty required cells, the same id twice, one name twice without ids, control,
// private-use and invisible characters, marks that stand for a lost character. Headers are column ids or titles. The good
// rows are kept whatever was found, so that the same run can check their texts.
class Roster {
 public:
  // `table` is where findings of the whole stand. REQUIRES: the sheet and `findings` outlive this.
  Roster(const Sheet& sheet, const Place& table, Diagnostics& findings);

  // The columns of a row, before the first is taken: for tables whose rows need not be alike (JSON). Otherwise those of
  // the first row count.
  void see_columns(const data::Value& row);
  void take(const data::Value& row);
  size_t taken() const { return taken_; }  // rows, good ones or not
  People finish();

 private:
  void check_columns();
  std::vector<bool> given_columns() const;
  std::optional<Person> read_row(const data::Value& row);
  bool check_cell(const Column& column, const data::Value& cell, const std::string& text);
  bool check_type(const Column& column, const data::Value& cell, const std::string& text);
  bool check_own_cell(const Column& column, const data::Value& row, const data::Value& cell);
  bool check_id(const data::Value& cell, const std::string& id);
  bool check_name(const data::Value& cell, const std::string& name);
  void check_twins();
  void check_similar_ids();
  void check_swapped_columns();
  const Column* find_column(std::string_view header) const;

  const Sheet& sheet_;
  Place table_;
  Diagnostics& findings_;
  std::set<std::string> seen_;          // headers
  std::set<const Column*> found_;       // columns they stand for
  bool checked_ = false, good_ = true;  // the columns
  size_t taken_ = 0;
  People people_;
};

// All rows of a CSV or JSON roster.
People read_people(const Sheet& sheet, const data::Value& rows, Diagnostics& findings);
// Nothing when there is an error.
std::optional<People> load_roster(const Sheet& sheet, const data::Value& rows, Diagnostics& findings);

}  // namespace wenshu::certificate
