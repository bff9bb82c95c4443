#include "app/data_file.h"

#include <fmt/format.h>

#include "data/load.h"

namespace wenshu::app {

bool is_data_file(const data::Value& given) {
  return given.is_map() && given.size() > 0 && given.entries().front().key == "data" &&
         given.find("values") != nullptr;
}

const data::Value& values_in(const data::Value& given) {
  return is_data_file(given) ? *given.find("values") : given;
}

std::optional<data::Value> load_record(const std::filesystem::path& path, Diagnostics& findings) {
  auto given = load_table_file(path, findings);
  if (!given) return std::nullopt;
  const Place where{data::display_name(path), 0, 0, {}};
  if (given->is_null() || (given->is_list() && given->size() == 0)) {
    findings.error("empty-file", where, "文件里没有数据");
    return std::nullopt;
  }
  if (!given->is_list()) return given;
  if (given->size() > 1 || !(*given)[0].is_map()) {
    findings.error("not-one-record", where, fmt::format("这里要一份数据，文件里有 {} 行", given->size()),
                   "表格只留表头和一行；有明细的数据用 .yaml 或 .json 给出");
    return std::nullopt;
  }
  data::Value record = (*given)[0];
  return record;
}

}  // namespace wenshu::app
