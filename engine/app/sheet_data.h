// Which sheets of a workbook hold the data of a template: one for what stands alone, one for each list, by its name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/table_file.h"
#include "template/text.h"

namespace wenshu::app {

// The sheet of what stands outside of lists, where the first sheet is the list `rows`.
constexpr const char* kAloneSheet = "全文";

struct TemplateSheet {
  std::string title;  // the list's name; of the first sheet 数据
  std::vector<std::string> columns;
};

struct TemplateSheets {
  bool has_rows = false;              // the template has a list `rows`
  std::vector<TemplateSheet> sheets;  // in the order of a workbook; `rows`, or what stands alone, first
  std::vector<std::string> lists;     // names of the lists besides `rows`
  std::vector<std::string> left_out;  // tags that no table can hold: lists in lists, fields of groups
};

TemplateSheets sheets_of(const std::vector<templates::TagPlace>& tags);

// Data of a table for a template: `tree` is {rows: the table}, as load_template_data() gives it. Sheets of the workbook
// that are named as lists become those lists, and the first sheet's only row what stands alone; in a template with one
// list and nothing else, the table is that list whatever its name. True when all sheets that the template knows were
// taken; otherwise the tree is as it was.
bool take_sheets(const std::filesystem::path& path, const TemplateSheets& wanted, data::Value& tree,
                 Diagnostics& findings);

}  // namespace wenshu::app
