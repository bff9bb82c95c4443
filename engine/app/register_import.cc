#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/published.h"
#include "app/register.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "data/schema.h"
#include "store/act.h"

namespace wenshu::app {

using data::Value;

namespace {

// Cells by column name; a head may be a column's name or its title.
std::optional<Value> read_row(const Value& row, const registers::Register& ledger, Diagnostics& findings) {
  Value cells = Value::map();
  for (const auto& column : ledger.columns) cells.set(column.key, Value());
  bool anything = false;
  for (const auto& entry : row.entries()) {
    const registers::Column* column = ledger.find_column(entry.key);
    for (const auto& one : ledger.columns)
      if (!column && one.title == entry.key) column = &one;
    if (!column) continue;  // reported once for the whole file
    if (cells[column->key].is_scalar()) {
      findings.error("duplicate-column", entry.key_place,
                     fmt::format("“{}”和“{}”是同一栏目，写了两遍", column->key, column->title),
                     "删去其中一列");
      continue;
    }
    if (!entry.value.is_null() && !entry.value.is_scalar()) {
      findings.error("wrong-type", entry.value.place(), fmt::format("{} 应当是一个单元格", column->title));
      continue;
    }
    if (!entry.value.is_null()) {
      const std::string text(trim(entry.value.text()));
      if (const auto bad = find_forbidden_character(text))
        findings.error("forbidden-character", entry.value.place(),
                       fmt::format("{} 中有不能使用的控制字符", column->title), "删去该字符后再导入");
      anything = anything || !text.empty();
      cells.set(column->key, text);
    }
  }
  if (!anything) {
    findings.error("empty-row", row.place(), "这一行没有任何台账栏目的内容", "删去空行");
    return {};
  }
  return cells;
}

void check_heads(const Value& rows, const registers::Register& ledger, Diagnostics& findings) {
  std::vector<std::string> known;
  std::set<std::string> seen;
  for (const auto& column : ledger.columns) {
    known.push_back(column.title);
    if (column.key != column.title) known.push_back(column.key);
  }
  for (const Value& row : rows.items())
    for (const auto& entry : row.entries()) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end() || !seen.insert(entry.key).second)
        continue;
      const std::string hint = near_name_hint(entry.key, known);
      findings.error("unknown-column", entry.key_place,
                     fmt::format("台账 {} 没有栏目 \"{}\"", ledger.title, entry.key),
                     hint.empty() ? "栏目有：" + join(known, "、") : hint);
    }
}

std::vector<Value> read_rows(const std::filesystem::path& file, const TableChoice& choice,
                             const registers::Register& ledger, Diagnostics& findings) {
  std::vector<Value> result;
  const auto rows = load_table_file(file, findings, choice);
  if (rows && !rows->is_list()) {
    findings.error("wrong-type", rows->place(), "要导入的文件应当是一张表", "用 CSV 或 .xlsx，第一行写栏目");
  } else if (rows) {
    check_heads(*rows, ledger, findings);
    for (const Value& row : rows->items()) {
      if (!row.is_map())
        findings.error("wrong-type", row.place(), "每一行应当是栏目和内容");
      else if (auto cells = read_row(row, ledger, findings))
        result.push_back(std::move(*cells));
    }
    if (rows->size() == 0) findings.error("no-rows", rows->place(), "文件里没有可导入的行");
  }
  if (findings.has_errors()) throw FaultyInput(findings);
  return result;
}

}  // namespace

int64_t import_rows(const Context& context, const std::string& name, const std::filesystem::path& file,
                    const TableChoice& choice, Diagnostics* warnings) {
  store::Store store = open_store(context);
  std::string actor;
  {
    store::Tx tx(store.db(), store::Access::read);
    actor = resolve_person(context, load_office(tx));
  }
  // The file itself is the request: its second coming is told from its first.
  std::string bytes = std::filesystem::is_regular_file(file) ? read_file(file) : "";
  const std::string request = "import/" + name + "/" + crypto::sha256_hex(bytes);
  store::Act act(store, {.actor = actor, .at = context.clock->now(), .request = request, .input = bytes});
  const auto registers = load_registers(act.tx());
  const auto ledger = registers.find(name);
  if (ledger == registers.end())
    throw NotFound(fmt::format("没有台账 {}：用 wenshu register list 查看", name));
  if (act.answered())
    throw Refused(std::vector<Blocker>{
        {"rows-imported-before",
         fmt::format("同样的文件已于事件 {} 导入台账 {}", act.answered()->seq, ledger->second.title),
         {{"register", name}}}});
  Diagnostics findings;
  std::vector<Value> rows = read_rows(file, choice, ledger->second, findings);
  if (warnings) warnings->append(findings);
  const auto count = static_cast<int64_t>(rows.size());
  for (Value& row : rows) act.add_row(name, std::move(row));
  act.finish("rows-imported", name);
  return count;
}

}  // namespace wenshu::app
