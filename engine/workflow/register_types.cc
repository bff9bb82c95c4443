#include "workflow/register_types.h"

namespace wenshu::workflow {

RegisterTypes::RegisterTypes(const std::map<std::string, const registers::Register*>& registers) {
  for (const auto& [name, ledger] : registers) {
    expression::Type::Fields columns;
    for (const registers::Column& column : ledger->columns)
      columns.emplace_back(column.key, expression::Type().or_empty());
    rows_.emplace(name, expression::Type::record(std::move(columns)));
  }
}

std::vector<std::string> RegisterTypes::names() const {
  std::vector<std::string> names;
  for (const auto& [name, row] : rows_) names.push_back(name);
  return names;
}

const expression::Type* RegisterTypes::row(std::string_view name) const {
  auto found = rows_.find(name);
  return found == rows_.end() ? nullptr : &found->second;
}

int64_t RegisterTypes::count(std::string_view, const std::vector<Match>&) const { return 0; }

Decimal RegisterTypes::sum(std::string_view, std::string_view, const std::vector<Match>&) const { return {}; }

}  // namespace wenshu::workflow
