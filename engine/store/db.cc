#include "store/db.h"

#include <fmt/format.h>

#include "base/error.h"

namespace wenshu::store {

std::string to_text(const Cell& cell) {
  if (const auto* integer = std::get_if<int64_t>(&cell)) return std::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* blob = std::get_if<Blob>(&cell)) return fmt::format("<{} 字节>", blob->bytes.size());
  return "NULL";
}

namespace {

template <class Kind>
Kind take(const Cursor& cursor, int column) {
  Cell cell = cursor.cell(column);
  if (auto* value = std::get_if<Kind>(&cell)) return std::move(*value);
  throw Failure(fmt::format("库中的数据类型不对：{} = {}", cursor.name(column), to_text(cell)));
}

}  // namespace

bool Row::is_null(int column) const { return std::holds_alternative<std::monostate>(cursor_->cell(column)); }
int64_t Row::integer(int column) const { return take<int64_t>(*cursor_, column); }
std::string Row::text(int column) const { return take<std::string>(*cursor_, column); }
std::string Row::blob(int column) const { return take<Blob>(*cursor_, column).bytes; }
std::optional<std::string> Row::optional_text(int column) const {
  if (is_null(column)) return {};
  return text(column);
}

Tx::Tx(Db& db, Access access) : driver_(&db.driver()) { driver_->begin(access == Access::write); }

Tx::~Tx() {
  if (open_) driver_->roll_back();
}

void Tx::commit() {
  driver_->commit();
  open_ = false;
}

}  // namespace wenshu::store
