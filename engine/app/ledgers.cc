#include "app/ledgers.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/published.h"
#include "base/error.h"
#include "data/load.h"
#include "data/schema.h"

namespace wenshu::app {

using data::Value;

namespace {

// Cells are texts; 2020 of a guard and "2020" of a row are one.
bool equal(const Value& cell, const Value& wanted) {
  if (!cell.is_scalar() || !wanted.is_scalar()) return cell.is_null() && wanted.is_null();
  if (cell.text() == wanted.text()) return true;
  const auto a = data::to_decimal(cell), b = data::to_decimal(wanted);
  return a && b && *a == *b;
}

bool fits(const Value& row, const std::vector<expression::Ledgers::Match>& matches) {
  return std::all_of(matches.begin(), matches.end(),
                     [&](const auto& match) { return equal(row[match.column], match.value); });
}

}  // namespace

std::map<std::string, StoreLedgers::Ledger, std::less<>>& StoreLedgers::all() const {
  if (all_) return *all_;
  all_.emplace();
  for (const auto& [name, ledger] : load_registers(tx_)) {
    expression::Type::Fields columns;
    for (const auto& column : ledger.columns) columns.emplace_back(column.key, expression::Type().or_empty());
    all_->emplace(name, Ledger{expression::Type::record(std::move(columns)), {}});
  }
  return *all_;
}

std::vector<std::string> StoreLedgers::names() const {
  std::vector<std::string> names;
  for (const auto& [name, ledger] : all()) names.push_back(name);
  return names;
}

const expression::Type* StoreLedgers::row(std::string_view name) const {
  const auto found = all().find(name);
  return found == all().end() ? nullptr : &found->second.row;
}

const std::vector<Value>& StoreLedgers::rows_of(std::string_view name) const {
  auto& rows = all().find(name)->second.rows;
  if (rows) return *rows;
  rows.emplace();
  for (store::Stmt stored = tx_.query("SELECT cells FROM register_rows WHERE register = ? ORDER BY position",
                                      std::string(name));
       stored.next();) {
    Diagnostics findings;
    auto cells = data::parse_json(stored.row().text(0), "台账", findings);
    if (!cells) throw Failure(fmt::format("无法读取台账 {}（{}）", name, to_text(findings)));
    rows->push_back(std::move(*cells));
  }
  return *rows;
}

int64_t StoreLedgers::count(std::string_view name, const std::vector<Match>& matches) const {
  const auto& rows = rows_of(name);
  return std::count_if(rows.begin(), rows.end(), [&](const Value& row) { return fits(row, matches); });
}

Decimal StoreLedgers::sum(std::string_view name, std::string_view column,
                          const std::vector<Match>& matches) const {
  Decimal total;
  for (const Value& row : rows_of(name)) {
    if (!fits(row, matches)) continue;
    // What stands there as words (见附件) adds nothing.
    if (const auto amount = data::to_decimal(row[column])) total = total + *amount;
  }
  return total;
}

}  // namespace wenshu::app
