// wenshu fill and wenshu tags: a clerk's own Word file, or a text template.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/table_file.h"
#include "base/diagnostic.h"
#include "data/value.h"
#include "template/tag.h"

namespace wenshu::app {

// The tree that templates see: of a `data:` file its `values`, of a list (CSV, a sheet) a map with the one key
// `rows`.
std::optional<data::Value> load_template_data(const std::filesystem::path& path, Diagnostics& findings,
                                              const TableChoice& choice = {});

// Files that the data name stand in the data's own folder or below it: data that came by mail read nothing else.
// Photographs of a batch are read once each, as long as they are few.
templates::OpenFile open_beside(const std::filesystem::path& data_file);

// One row of the data alone, with the fields of the data around the rows.
data::Value record_of(const data::Value& row, const data::Value& tree);

// Every fault of a template for itself. Throws NotFound.
void check_template(const std::filesystem::path& path, const templates::Delimiters& delimiters,
                    Diagnostics& findings);

struct FillRequest {
  std::filesystem::path source, data, out;  // `out` may be empty when only who_lacks is wanted
  TableChoice choice = {};
  templates::Missing missing = templates::Missing::names;
  std::filesystem::path who_lacks = {};  // a sheet of the tags that have nothing to say, or empty
  // Not empty: one file for each row of the data, named by this column, in the folder `out`.
  std::string each = {};
  bool one_file = false;   // one Word file for all rows, each on pages of its own
  bool set_aside = false;  // of `each` and `one_file`: rows with a fault are left out, the others are filled
  templates::Delimiters delimiters = {};
  std::function<void(size_t done, size_t all)> progress = {};  // of rows; may be empty
};

struct Filled {
  std::vector<std::filesystem::path> files;
  size_t set_aside = 0;
  size_t lacks = 0;      // lines of who_lacks
  Diagnostics findings;  // warnings, and the faults of the rows set aside
};

// .docx through docx/, anything else as text. Throws FaultyInput with all findings; then nothing is written. Where
// who_lacks alone is wanted it is written nevertheless, and `findings` has the errors.
Filled fill_file(const FillRequest& request);

// An empty workbook for the data of a template (.xlsx): a sheet for what stands outside of lists (one row a document:
// FillRequest::each) and one for each list, a column for each tag (sheet_data.h). Gives the columns; `findings` gets what
// no table can hold. Throws FaultyInput.
std::vector<std::string> write_blank_sheet(const std::filesystem::path& source,
                                           const std::filesystem::path& out, Diagnostics& findings,
                                           const templates::Delimiters& delimiters = {});

// The formatters of tags: FORMATTERS.md, and the same as data.
std::string formatters_page();
data::Value formatters_value();
// The same of marks: MARKS.md.
std::string marks_page();
data::Value marks_value();

// The tags of a template: [{tag, type, place}]; the type in words: 文字, 日期, 金额, 列表. Throws FaultyInput.
data::Value list_tags(const std::filesystem::path& source, const templates::Delimiters& delimiters = {});

}  // namespace wenshu::app
