#include "expression/operand.h"

#include "data/schema.h"

namespace wenshu::expression {
namespace {

using data::Value;
using Kind = Operand::Kind;

const Type& type_or_any(const Type* type) {
  static const Type any;
  return type ? *type : any;
}

Operand fault() {
  Operand operand;
  operand.kind = Kind::fault;
  return operand;
}

Operand read_scalar(const Value& value, const Type& type) {
  if (type.is_numeric() || value.kind() == Value::Kind::number) {
    std::optional<Number> read = Number::parse(value.text());
    if (read && type.kind() == Type::Kind::integer && !read->is_whole()) return fault();
    if (read && type.kind() == Type::Kind::number) read = read->convert(Number::Kind::decimal);
    if (read && type.kind() == Type::Kind::natural) read = read->convert(Number::Kind::natural);
    return read ? number(*read) : fault();
  }
  if (type.kind() == Type::Kind::boolean || value.kind() == Value::Kind::boolean) {
    std::optional<bool> truth = data::to_boolean(value);
    return truth ? boolean(*truth) : fault();
  }
  if (type.kind() == Type::Kind::date) {
    std::optional<Moment> day = parse_day(value.text());
    return day ? moment(Kind::date, *day) : fault();
  }
  if (type.kind() == Type::Kind::timestamp) {
    std::optional<Moment> instant = parse_timestamp(value.text());
    return instant ? moment(Kind::timestamp, *instant) : fault();
  }
  if (type.kind() == Type::Kind::duration) {
    std::optional<Moment> span = parse_duration(value.text());
    return span ? moment(Kind::duration, *span) : fault();
  }
  Operand operand = text(value.text());
  operand.untyped = type.kind() == Type::Kind::any;
  return operand;
}

bool equal_lists(const Operand& a, const Operand& b) {
  if (item_count(a) != item_count(b)) return false;
  for (size_t i = 0; i < item_count(a); ++i) {
    if (!equal(item(a, i), item(b, i))) return false;
  }
  return true;
}

bool equal_maps(const Operand& a, const Operand& b) {
  if (key_count(a) != key_count(b)) return false;
  for (size_t i = 0; i < key_count(a); ++i) {
    Operand key = key_at(a, i);
    std::optional<Operand> other = find_key(b, key);
    if (!other || !equal(*find_key(a, key), *other)) return false;
  }
  return true;
}

}  // namespace

Operand boolean(bool truth) {
  Operand operand;
  operand.kind = Kind::boolean;
  operand.truth = truth;
  return operand;
}

Operand number(const Number& value) {
  Operand operand;
  operand.kind = Kind::number;
  operand.number = value;
  return operand;
}

Operand text(std::string_view value) {
  Operand operand;
  operand.kind = Kind::text;
  operand.text = value;
  return operand;
}

Operand moment(Kind kind, Moment value) {
  Operand operand;
  operand.kind = kind;
  operand.moment = value;
  return operand;
}

std::string_view kind_name(const Operand& operand) {
  switch (operand.kind) {
    case Kind::fault:
      return "错误";
    case Kind::null:
      return "空值";
    case Kind::boolean:
      return "真假值";
    case Kind::number:
      return "数";
    case Kind::text:
      return "文本";
    case Kind::list:
      return "列表";
    case Kind::map:
      return "记录";
    case Kind::date:
      return "日期";
    case Kind::timestamp:
      return "时刻";
    case Kind::duration:
      return "时长";
  }
  return "";
}

Operand read(const Value* value, const Type& type) {
  Operand operand;
  operand.type = &type;
  if (!value || value->is_null()) {
    if (type.kind() == Type::Kind::list) operand.kind = Kind::list;  // a table without rows
    return operand;
  }
  if (value->is_scalar()) return read_scalar(*value, type);
  operand.kind = value->is_list() ? Kind::list : Kind::map;
  operand.value = value;
  return operand;
}

size_t item_count(const Operand& list) {
  return list.items ? list.items->size() : list.value ? list.value->size() : 0;
}

Operand item(const Operand& list, size_t index) {
  if (list.items) return (*list.items)[index];
  return read(&list.value->items()[index], type_or_any(list.type).item());
}

std::optional<Operand> find_key(const Operand& map, const Operand& key) {
  if (map.pairs) {
    for (const auto& [name, value] : *map.pairs) {
      if (equal(name, key)) return value;
    }
    return std::nullopt;
  }
  if (!map.value || !key.is(Kind::text)) return std::nullopt;
  const Value* value = map.value->find(key.text);
  if (!value) return std::nullopt;
  const Type& type = type_or_any(map.type);
  return read(value, type.kind() == Type::Kind::map ? type.item() : type_or_any(type.find(key.text)));
}

size_t key_count(const Operand& map) { return map.pairs ? map.pairs->size() : map.value->size(); }

Operand key_at(const Operand& map, size_t index) {
  return map.pairs ? (*map.pairs)[index].first : text(map.value->entries()[index].key);
}

std::optional<bool> as_boolean(const Operand& operand) {
  if (operand.kind == Kind::boolean) return operand.truth;
  if (operand.untyped && operand.text == "true") return true;
  if (operand.untyped && operand.text == "false") return false;
  return std::nullopt;
}

std::optional<Number> as_number(const Operand& operand) {
  if (operand.kind == Kind::number) return operand.number;
  return operand.untyped ? Number::parse(operand.text) : std::nullopt;
}

std::optional<Moment> as_date(const Operand& operand) {
  if (operand.kind == Kind::date) return operand.moment;
  return operand.kind == Kind::text ? parse_day(operand.text) : std::nullopt;
}

bool equal(const Operand& a, const Operand& b) {
  if (a.is(Kind::number) || b.is(Kind::number)) {
    std::optional<Number> x = as_number(a), y = as_number(b);
    return x && y && *x == *y;
  }
  if (a.is(Kind::boolean) || b.is(Kind::boolean)) {
    std::optional<bool> x = as_boolean(a), y = as_boolean(b);
    return x && y && *x == *y;
  }
  if (a.is(Kind::date) || b.is(Kind::date)) {
    std::optional<Moment> x = as_date(a), y = as_date(b);
    return x && y && *x == *y;
  }
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::text:
      return a.text == b.text;
    case Kind::list:
      return equal_lists(a, b);
    case Kind::map:
      return equal_maps(a, b);
    case Kind::timestamp:
    case Kind::duration:
      return a.moment == b.moment;
    default:
      return true;  // null
  }
}

Value to_value(const Operand& operand) {
  switch (operand.kind) {
    case Kind::fault:
    case Kind::null:
      return Value();
    case Kind::boolean:
      return Value::boolean(operand.truth);
    case Kind::number:
      return Value::number(operand.number.to_text());
    case Kind::text:
      return Value(std::string(operand.text));
    case Kind::date:
      return Value(day_text(operand.moment));
    case Kind::timestamp:
      return Value(timestamp_text(operand.moment));
    case Kind::duration:
      return Value(duration_text(operand.moment));
    case Kind::list: {
      Value list = Value::list();
      for (size_t i = 0; i < item_count(operand); ++i) list.add(to_value(item(operand, i)));
      return list;
    }
    case Kind::map: {
      if (operand.value) return *operand.value;
      Value map = Value::map();
      for (const auto& [key, value] : *operand.pairs) map.set(to_value(key).text(), to_value(value));
      return map;
    }
  }
  return Value();
}

}  // namespace wenshu::expression
