#include "app/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/published.h"
#include "app/withdrawn.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "data/write.h"
#include "store/certificates.h"
#include "xlsx/write.h"

namespace wenshu::app {

using data::Value;

namespace {

const registers::Register& find_register(const std::map<std::string, registers::Register>& all,
                                         const std::string& name) {
  if (const auto found = all.find(name); found != all.end()) return found->second;
  for (const auto& [key, ledger] : all)
    if (ledger.title == name) return ledger;
  std::vector<std::string> names;
  for (const auto& [key, ledger] : all) names.push_back(key);
  const std::string hint = near_name_hint(name, names);
  throw NotFound(
      fmt::format("没有台账 {}{}", name, hint.empty() ? "：用 wenshu register list 查看" : "：" + hint));
}

std::string cell_text(const Value& cell) {
  if (!cell.is_list()) return cell.is_map() ? data::to_json(cell) : cell.text();
  std::vector<std::string> parts;
  for (const Value& item : cell.items()) parts.push_back(cell_text(item));
  return join(parts, "、");
}

}  // namespace

std::vector<RegisterLine> list_registers(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  std::vector<RegisterLine> lines;
  for (const auto& [name, ledger] : load_registers(tx)) {
    RegisterLine line{name, ledger.title, 0, {}};
    store::Stmt count = tx.query("SELECT count(*) FROM register_rows WHERE register = ?", name);
    count.next();
    line.rows = count.row().integer(0);
    for (const auto& series : ledger.series) line.series.push_back(series.name);
    lines.push_back(std::move(line));
  }
  return lines;
}

namespace {

RegisterTable read_register(store::Tx& tx, const std::string& name) {
  const auto registers = load_registers(tx);
  const registers::Register& ledger = find_register(registers, name);
  RegisterTable table{ledger.name, ledger.title, {}, {}, {}};
  for (const auto& column : ledger.columns) table.columns.emplace_back(column.key, column.title);
  store::Stmt rows = tx.query(
      "SELECT cells, kind, subject FROM register_rows WHERE register = ? ORDER BY position", ledger.name);
  while (rows.next()) {
    Diagnostics findings;
    const auto cells = data::parse_json(rows.row().text(0), "台账 " + ledger.name, findings);
    if (!cells) throw Failure(fmt::format("无法读取台账 {}（{}）", ledger.title, to_text(findings)));
    std::vector<std::string> printed;
    for (const auto& [key, title] : table.columns) printed.push_back(cell_text((*cells)[key]));
    table.rows.push_back(std::move(printed));
    const std::string kind = rows.row().text(1);
    table.origins.push_back(kind == "case-acted"      ? rows.row().text(2)
                            : kind == "rows-imported" ? "import"
                                                      : "certificates");
  }
  return table;
}

std::string words_of(const store::CertificateAct& act) {
  const std::string day = day_of(act.at);
  if (act.act == "void") return fmt::format("{} 作废：{}", day, act.reason);
  if (act.act == "replace") return fmt::format("{} 换发为 {}：{}", day, act.other, act.reason);
  return fmt::format("{} 补发：{}", day, act.reason);
}

// What became of the numbers, where anything did: a column that the register itself has not.
void add_states(store::Tx& tx, RegisterTable& table) {
  const auto number = std::find_if(table.columns.begin(), table.columns.end(),
                                   [](const auto& column) { return column.first == "number"; });
  if (number == table.columns.end()) return;
  std::map<std::string, std::string> states;
  for (const auto& act : store::list_certificate_acts(tx)) {
    std::string& state = states[act.number];
    state += (state.empty() ? "" : "；") + words_of(act);
  }
  const auto at = static_cast<size_t>(number - table.columns.begin());
  const auto state_of = [&](size_t row) {
    const auto found = table.origins[row] == "certificates" ? states.find(table.rows[row][at]) : states.end();
    return found == states.end() ? "" : found->second;
  };
  bool any = false;
  for (size_t row = 0; row < table.rows.size(); ++row) any = any || !state_of(row).empty();
  if (!any) return;
  for (size_t row = 0; row < table.rows.size(); ++row) table.rows[row].push_back(state_of(row));
  table.columns.emplace_back("later", "后来");
}

}  // namespace

RegisterTable show_register(const Context& context, const std::string& name) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  RegisterTable table = read_register(tx, name);
  add_states(tx, table);
  return table;
}

std::string export_register(const Context& context, const std::string& name) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  const RegisterTable table = read_register(tx, name);
  std::vector<std::string> header;
  for (const auto& [key, title] : table.columns) header.push_back(title);
  return data::to_csv(header, table.rows);
}

void export_register(const Context& context, const std::string& name, const std::filesystem::path& out) {
  if (data::extension_of(out) != ".xlsx") return write_file(out, export_register(context, name));
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  RegisterTable table = read_register(tx, name);
  xlsx::Sheet sheet{table.title, {}, std::move(table.rows)};
  for (const auto& [key, title] : table.columns) sheet.header.push_back(title);
  Diagnostics findings;
  const auto bytes = xlsx::write_table(sheet, data::display_name(out), findings);
  if (!bytes) throw FaultyInput(findings);
  write_file(out, *bytes);
}

std::vector<Gap> find_gaps(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  std::vector<Gap> gaps;
  std::string series, scope;
  int64_t last = 0;
  store::Stmt rows = tx.query("SELECT series, scope, serial FROM numbers ORDER BY series, scope, serial");
  while (rows.next()) {
    const store::Row row = rows.row();
    if (row.text(0) != series || row.text(1) != scope) {
      series = row.text(0);
      scope = row.text(1);
      last = 0;
    }
    const int64_t serial = row.integer(2);
    if (serial != last + 1) gaps.push_back({series, scope, last + 1, serial - 1});
    last = serial;
  }
  return gaps;
}

std::vector<SeriesState> list_series(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  std::vector<SeriesState> list;
  store::Stmt rows = tx.query(
      "SELECT n.series, n.scope, s.given, s.highest, n.number FROM numbers n JOIN "
      "(SELECT series, scope, count(*) AS given, max(serial) AS highest FROM numbers GROUP BY series, scope) "
      "s "
      "ON n.series = s.series AND n.scope = s.scope AND n.serial = s.highest ORDER BY n.series, n.scope");
  while (rows.next()) {
    const store::Row row = rows.row();
    list.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3), row.text(4)});
  }
  return list;
}

Value to_value(const std::vector<RegisterLine>& lines) {
  Value value = Value::list();
  for (const RegisterLine& line : lines) {
    Value entry = Value::map();
    entry.set("name", line.name);
    entry.set("title", line.title);
    entry.set("rows", Value::number(static_cast<long long>(line.rows)));
    Value& series = entry.set("series", Value::list());
    for (const std::string& name : line.series) series.add(name);
    value.add(std::move(entry));
  }
  return value;
}

Value to_value(const RegisterTable& table) {
  Value value = Value::map();
  value.set("name", table.name);
  value.set("title", table.title);
  Value& columns = value.set("columns", Value::map());
  for (const auto& [key, title] : table.columns) columns.set(key, title);
  Value& rows = value.set("rows", Value::list());
  for (size_t i = 0; i < table.rows.size(); ++i) {
    Value row = Value::map();
    Value& cells = row.set("cells", Value::map());
    for (size_t j = 0; j < table.columns.size(); ++j) cells.set(table.columns[j].first, table.rows[i][j]);
    row.set("origin", table.origins[i]);
    rows.add(std::move(row));
  }
  return value;
}

Value to_value(const std::vector<Gap>& gaps) {
  Value value = Value::list();
  for (const Gap& gap : gaps) {
    Value entry = Value::map();
    entry.set("series", gap.series);
    entry.set("scope", gap.scope);
    entry.set("first", Value::number(static_cast<long long>(gap.first)));
    entry.set("last", Value::number(static_cast<long long>(gap.last)));
    value.add(std::move(entry));
  }
  return value;
}

Value to_value(const std::vector<SeriesState>& series) {
  Value value = Value::list();
  for (const SeriesState& state : series) {
    Value entry = Value::map();
    entry.set("series", state.series);
    entry.set("scope", state.scope);
    entry.set("given", Value::number(static_cast<long long>(state.given)));
    entry.set("highest", Value::number(static_cast<long long>(state.highest)));
    entry.set("last_number", state.last_number);
    value.add(std::move(entry));
  }
  return value;
}

}  // namespace wenshu::app
