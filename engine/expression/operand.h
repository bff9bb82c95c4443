// What a part of a guard comes to. Used inside expression/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/value.h"
#include "expression/moment.h"
#include "expression/number.h"
#include "expression/type.h"

namespace wenshu::expression {

// Texts, lists and maps belong to the data, to the guard or to the evaluator: copying is cheap.
struct Operand {
  enum class Kind : uint8_t { fault, null, boolean, number, text, list, map, date, timestamp, duration };
  using Items = std::vector<Operand>;
  using Pairs = std::vector<std::pair<Operand, Operand>>;

  Kind kind = Kind::null;
  bool truth = false;
  bool untyped = false;  // a text of the data whose type nobody gave: may stand for a number or a truth value
  std::string_view text;
  Number number;
  Moment moment;                       // of a date, timestamp or duration
  const data::Value* value = nullptr;  // a list or map of the data
  const Type* type = nullptr;          // of a list, map or null of the data
  const Items* items = nullptr;        // a list of the guard; neither of the two is an empty list
  const Pairs* pairs = nullptr;        // a map of the guard

  bool is(Kind wanted) const { return kind == wanted; }
  bool is_fault() const { return kind == Kind::fault; }
};

Operand boolean(bool truth);
Operand number(const Number& value);
Operand text(std::string_view value);
Operand moment(Operand::Kind kind, Moment value);

std::string_view kind_name(const Operand& operand);  // 数、文本…

// A node of the data by its type; a fault (without a sentence) when it does not read so.
Operand read(const data::Value* value, const Type& type);

size_t item_count(const Operand& list);
Operand item(const Operand& list, size_t index);  // REQUIRES: index < item_count(list)
// The value of a map under a key; nothing when it is not there.
std::optional<Operand> find_key(const Operand& map, const Operand& key);
size_t key_count(const Operand& map);
Operand key_at(const Operand& map, size_t index);

std::optional<bool> as_boolean(const Operand& operand);
std::optional<Number> as_number(const Operand& operand);
std::optional<Moment> as_date(const Operand& operand);  // a date, or a text that is one
bool equal(const Operand& a, const Operand& b);
data::Value to_value(const Operand& operand);

}  // namespace wenshu::expression
