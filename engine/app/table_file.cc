#include "app/table_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "data/load.h"
#include "package/archive.h"
#include "xlsx/read.h"

namespace wenshu::app {
namespace {

constexpr std::string_view kWorkbook = ".xlsx", kTable = ".csv", kTree = ".json";
constexpr std::string_view kOthers[] = {".yaml", ".yml", ".json", ".csv"};
// What offices also have; all of these programs can save .xlsx.
constexpr std::string_view kSpreadsheets[] = {".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods"};

bool is_one_of(const std::string& extension, auto& names) {
  return std::find(std::begin(names), std::end(names), extension) != std::end(names);
}

}  // namespace

std::optional<data::Value> load_table_file(const std::filesystem::path& path, Diagnostics& findings,
                                           const TableChoice& choice, const data::RowSink& rows) {
  const std::string extension = data::extension_of(path);
  const Place where{data::display_name(path), 0, 0, {}};
  if (extension == kWorkbook) {
    if (!data::check_path(path, package::kMaxPackedBytes, findings)) return std::nullopt;
    return xlsx::read_table(read_file(path), where.file, {choice.worksheet, choice.header_row}, findings,
                            rows);
  }
  if (is_one_of(extension, kOthers)) {
    if (choice.given())
      findings.error("not-a-workbook", where, "--worksheet 和 --header-row 只能用于 .xlsx 工作簿",
                     "去掉这两个选项");
    if (!rows || (extension != kTable && extension != kTree)) return data::load_file(path, findings);
    if (!data::check_path(path, data::kMaxTableBytes, findings)) return std::nullopt;
    if (extension == kTree) return data::parse_json(read_file(path), where.file, rows, findings);
    return data::parse_csv(read_file(path), where.file, rows, findings);
  }
  if (!data::check_path(path, SIZE_MAX, findings)) return std::nullopt;
  findings.error("unknown-file-type", where,
                 fmt::format("不认识的文件类型 \"{}\"", path.extension().string()),
                 is_one_of(extension, kSpreadsheets) ? "请用 Excel 或 WPS 另存为 .xlsx"
                                                     : "可用 .yaml .yml .json .csv .xlsx");
  return std::nullopt;
}

}  // namespace wenshu::app
