#include "store/number.h"

#include "data/value.h"
#include "data/write.h"

namespace wenshu::store {
namespace {

Stmt rows_with(Tx& tx, const std::string& number) {
  std::string pattern = "%";
  for (const char c : data::to_json(data::Value(number))) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return tx.query(
      "SELECT register FROM register_rows WHERE cells LIKE ? ESCAPE '!' ORDER BY register, position",
      pattern + "%");
}

}  // namespace

std::optional<std::string> find_number_holder(Tx& tx, const std::string& number) {
  Stmt given = tx.query("SELECT series, subject FROM numbers WHERE number = ?", number);
  if (given.next() && given.row().text(1) != "import")
    return "编号序列 " + given.row().text(0) + "，" + given.row().text(1);
  Stmt rows = rows_with(tx, number);
  if (!rows.next()) return std::nullopt;
  return "台账 " + rows.row().text(0);
}

bool stands_in_ledger(Tx& tx, const std::string& number) { return rows_with(tx, number).next(); }

}  // namespace wenshu::store
