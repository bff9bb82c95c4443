#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/schema.h"
#include "expression/guard.h"
#include "expression/node.h"
#include "expression/token.h"

namespace wenshu::expression {
namespace {

using data::Value;

struct Operand {
  enum class Kind { null, boolean, number, text, list, record };
  Kind kind = Kind::null;
  bool truth = false;
  Decimal number;
  std::string text;
  bool untyped = false;  // a text of the data whose type nobody gave: may stand for a number or a truth value
  std::vector<Operand> items;
  const Value* record = nullptr;  // in the data
  Type type;                      // of a record or null of the data, any otherwise
};

Operand boolean(bool truth) {
  Operand operand;
  operand.kind = Operand::Kind::boolean;
  operand.truth = truth;
  return operand;
}

Operand number(Decimal value) {
  Operand operand;
  operand.kind = Operand::Kind::number;
  operand.number = value;
  return operand;
}

Operand text(std::string value) {
  Operand operand;
  operand.kind = Operand::Kind::text;
  operand.text = std::move(value);
  return operand;
}

struct Fault {
  size_t offset = 0;
  std::string code, message;
};

std::string_view kind_name(const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::null:
      return "空值";
    case Operand::Kind::boolean:
      return "真假值";
    case Operand::Kind::number:
      return "数";
    case Operand::Kind::text:
      return "文本";
    case Operand::Kind::list:
      return "列表";
    case Operand::Kind::record:
      return "记录";
  }
  return "";
}

std::optional<bool> as_boolean(const Operand& operand) {
  if (operand.kind == Operand::Kind::boolean) return operand.truth;
  if (operand.untyped && operand.text == "true") return true;
  if (operand.untyped && operand.text == "false") return false;
  return std::nullopt;
}

std::optional<Decimal> as_number(const Operand& operand) {
  if (operand.kind == Operand::Kind::number) return operand.number;
  return operand.untyped ? Decimal::parse(operand.text) : std::nullopt;
}

bool equal(const Operand& a, const Operand& b) {
  using Kind = Operand::Kind;
  if (a.kind == Kind::number || b.kind == Kind::number) {
    std::optional<Decimal> x = as_number(a), y = as_number(b);
    return x && y && *x == *y;
  }
  if (a.kind == Kind::boolean || b.kind == Kind::boolean) {
    std::optional<bool> x = as_boolean(a), y = as_boolean(b);
    return x && y && *x == *y;
  }
  if (a.kind != b.kind) return false;
  if (a.kind == Kind::text) return a.text == b.text;
  if (a.kind == Kind::record) return *a.record == *b.record;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), equal);
}

Value to_value(const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::null:
      return Value();
    case Operand::Kind::boolean:
      return Value::boolean(operand.truth);
    case Operand::Kind::number:
      return Value::number(operand.number.to_text());
    case Operand::Kind::text:
      return Value(operand.text);
    case Operand::Kind::list: {
      Value list = Value::list();
      for (const Operand& item : operand.items) list.add(to_value(item));
      return list;
    }
    case Operand::Kind::record:
      return *operand.record;
  }
  return Value();
}

// A fault is thrown inside this class and caught where CEL absorbs it (&& and ||) or at the top.
class Evaluator {
 public:
  Evaluator(const Value& data, const Type& type) : data_(data), type_(type) {}

  Operand evaluate(const Node& node) const {
    switch (node.kind) {
      case Node::Kind::null:
        return {};
      case Node::Kind::boolean:
        return boolean(node.truth);
      case Node::Kind::number:
        return number(node.number);
      case Node::Kind::text:
        return text(node.text);
      case Node::Kind::list:
        return list(node);
      case Node::Kind::name:
        return field(whole(), node);
      case Node::Kind::field:
        return field(evaluate(node.child(0)), node);
      case Node::Kind::index:
        return index(node);
      case Node::Kind::size:
        return size(node);
      case Node::Kind::has:
        return has(node.child(0));
      case Node::Kind::negation:
        return boolean(!truth(node.child(0)));
      case Node::Kind::opposite:
        return number(Decimal(0) - decimal(evaluate(node.child(0)), node.child(0).offset));
      case Node::Kind::relation:
        return relation(node);
      case Node::Kind::arithmetic:
        return arithmetic(node);
      case Node::Kind::all:
        return boolean(!decided(node, false));
      case Node::Kind::any:
        return boolean(decided(node, true));
      case Node::Kind::conditional:
        return evaluate(node.child(truth(node.child(0)) ? 1 : 2));
    }
    return {};
  }

 private:
  [[noreturn]] static void fault(size_t offset, std::string code, std::string message) {
    throw Fault{offset, std::move(code), std::move(message)};
  }

  Operand whole() const {
    Operand operand;
    operand.kind = Operand::Kind::record;
    operand.record = &data_;
    operand.type = type_;
    return operand;
  }

  // Data as its type says; without a type, JSON's own kinds and untyped texts.
  static Operand read(const Value* value, const Type& type, size_t offset) {
    Operand operand;
    if (!value || value->is_null()) {
      operand.type = type;
      if (type.kind() == Type::Kind::list) operand.kind = Operand::Kind::list;  // a table without rows
      return operand;
    }
    if (value->is_list()) {
      operand.kind = Operand::Kind::list;
      for (const Value& item : value->items()) operand.items.push_back(read(&item, type.item(), offset));
      return operand;
    }
    if (value->is_map()) {
      operand.kind = Operand::Kind::record;
      operand.record = value;
      operand.type = type;
      return operand;
    }
    return read_scalar(*value, type, offset);
  }

  static Operand read_scalar(const Value& value, const Type& type, size_t offset) {
    if (type.kind() == Type::Kind::number || value.kind() == Value::Kind::number) {
      std::optional<Decimal> decimal = Decimal::parse(value.text());
      if (!decimal) fault(offset, "type-mismatch", fmt::format("“{}” 不是可用的数", value.text()));
      return number(*decimal);
    }
    if (type.kind() == Type::Kind::boolean || value.kind() == Value::Kind::boolean) {
      std::optional<bool> truth = data::to_boolean(value);
      if (!truth) fault(offset, "type-mismatch", fmt::format("“{}” 不是 true 或 false", value.text()));
      return boolean(*truth);
    }
    Operand operand = text(value.text());
    operand.untyped = type.kind() == Type::Kind::any;
    return operand;
  }

  static Operand field(const Operand& record, const Node& node) {
    return member(record, node.text, node.offset);
  }

  static Operand member(const Operand& record, const std::string& name, size_t offset) {
    const Type* type = record.type.find(name);
    bool typed = record.type.kind() == Type::Kind::record;
    if (record.kind == Operand::Kind::null && typed && type) return read(nullptr, *type, offset);
    if (record.kind != Operand::Kind::record) {
      fault(offset, "missing-value", fmt::format("{}没有字段 “{}”", kind_name(record), name));
    }
    const Value* value = record.record->find(name);
    if (!value && !type) fault(offset, "missing-value", fmt::format("数据中没有字段 “{}”", name));
    return read(value, type ? *type : Type(), offset);
  }

  Operand list(const Node& node) const {
    Operand operand;
    operand.kind = Operand::Kind::list;
    for (const auto& child : node.children) operand.items.push_back(evaluate(*child));
    return operand;
  }

  Operand index(const Node& node) const {
    Operand whole = evaluate(node.child(0)), key = evaluate(node.child(1));
    if (whole.kind == Operand::Kind::record && key.kind == Operand::Kind::text) {
      return member(whole, key.text, node.child(1).offset);
    }
    if (whole.kind != Operand::Kind::list) {
      fault(node.offset, "type-mismatch", fmt::format("{}不能用 “[…]” 取值", kind_name(whole)));
    }
    std::optional<int64_t> at = decimal(key, node.child(1).offset).to_integer();
    if (!at || *at < 0 || static_cast<size_t>(*at) >= whole.items.size()) {
      fault(node.child(1).offset, "missing-value",
            fmt::format("列表有 {} 项，没有序号 {}（从 0 起）", whole.items.size(), to_value(key).text()));
    }
    return whole.items[static_cast<size_t>(*at)];
  }

  Operand size(const Node& node) const {
    Operand operand = evaluate(node.child(0));
    if (operand.kind == Operand::Kind::list) return number(static_cast<int64_t>(operand.items.size()));
    if (operand.kind == Operand::Kind::record) return number(static_cast<int64_t>(operand.record->size()));
    if (operand.kind == Operand::Kind::text)
      return number(static_cast<int64_t>(count_characters(operand.text)));
    fault(node.child(0).offset, operand.kind == Operand::Kind::null ? "missing-value" : "type-mismatch",
          fmt::format("size() 不能数{}", kind_name(operand)));
  }

  // Present and not null. A record that is missing on the way is a fault, as in CEL, unless the type knows
  // it.
  Operand has(const Node& node) const {
    Operand record = node.kind == Node::Kind::name ? whole() : evaluate(node.child(0));
    if (record.kind == Operand::Kind::null && record.type.find(node.text)) return boolean(false);
    if (record.kind != Operand::Kind::record) {
      fault(node.offset, "missing-value", fmt::format("{}没有字段 “{}”", kind_name(record), node.text));
    }
    const Value* value = record.record->find(node.text);
    return boolean(value && !value->is_null());
  }

  bool truth(const Node& node) const {
    Operand operand = evaluate(node);
    if (std::optional<bool> truth = as_boolean(operand)) return *truth;
    fault(node.offset, operand.kind == Operand::Kind::null ? "missing-value" : "type-mismatch",
          fmt::format("此处应是真假值，得到的是{}", kind_name(operand)));
  }

  // Whether some child is `deciding`. A fault counts only when no child decides (CEL).
  bool decided(const Node& node, bool deciding) const {
    std::optional<Fault> first;
    for (const auto& child : node.children) {
      try {
        if (truth(*child) == deciding) return true;
      } catch (const Fault& fault) {
        if (!first) first = fault;
      }
    }
    if (first) throw *first;
    return false;
  }

  static Decimal decimal(const Operand& operand, size_t offset) {
    if (std::optional<Decimal> value = as_number(operand)) return *value;
    fault(offset, operand.kind == Operand::Kind::null ? "missing-value" : "type-mismatch",
          operand.kind == Operand::Kind::null ? "此处的数没有填写"
                                              : fmt::format("此处应是数，得到的是{}", kind_name(operand)));
  }

  Operand relation(const Node& node) const {
    Operand a = evaluate(node.child(0)), b = evaluate(node.child(1));
    switch (node.operators[0]) {
      case Operator::equal:
        return boolean(equal(a, b));
      case Operator::unequal:
        return boolean(!equal(a, b));
      case Operator::in:
        return boolean(contains(node, a, b));
      default:
        return boolean(ordered(node, a, b));
    }
  }

  static bool contains(const Node& node, const Operand& item, const Operand& whole) {
    if (whole.kind == Operand::Kind::list) {
      return std::any_of(whole.items.begin(), whole.items.end(),
                         [&](const Operand& other) { return equal(item, other); });
    }
    if (whole.kind == Operand::Kind::record && item.kind == Operand::Kind::text) {
      return whole.record->find(item.text) != nullptr;
    }
    fault(node.offset, whole.kind == Operand::Kind::null ? "missing-value" : "type-mismatch",
          fmt::format("“in” 后面应是列表，得到的是{}", kind_name(whole)));
  }

  static bool ordered(const Node& node, const Operand& a, const Operand& b) {
    std::strong_ordering order = std::strong_ordering::equal;
    if (a.kind == Operand::Kind::text && b.kind == Operand::Kind::text) {
      order = a.text <=> b.text;  // dates as 2020-07-27 sort as texts
    } else {
      order = decimal(a, node.child(0).offset) <=> decimal(b, node.child(1).offset);
    }
    switch (node.operators[0]) {
      case Operator::less:
        return order < 0;
      case Operator::less_equal:
        return order <= 0;
      case Operator::greater:
        return order > 0;
      default:
        return order >= 0;
    }
  }

  Operand arithmetic(const Node& node) const {
    Operand result = evaluate(node.child(0));
    for (size_t i = 0; i < node.operators.size(); ++i) {
      const Node& next_node = node.child(i + 1);
      Operand next = evaluate(next_node);
      bool texts = result.kind == Operand::Kind::text && next.kind == Operand::Kind::text;
      if (texts && node.operators[i] == Operator::plus) {
        result = text(result.text + next.text);
        continue;
      }
      Decimal a = decimal(result, node.child(i).offset), b = decimal(next, next_node.offset);
      result = number(calculate(node, node.operators[i], a, b));
    }
    return result;
  }

  static Decimal calculate(const Node& node, Operator op, Decimal a, Decimal b) {
    try {
      if (op == Operator::plus) return a + b;
      if (op == Operator::minus) return a - b;
      return a * b;
    } catch (const Failure& failure) {
      fault(node.offset, "number-too-long", failure.what());
    }
  }

  const Value& data_;
  const Type& type_;
};

}  // namespace

std::optional<Value> evaluate(const Guard& guard, const Value& data, Diagnostics& findings,
                              const Type& type) {
  try {
    return to_value(Evaluator(data, type).evaluate(guard.root()));
  } catch (const Fault& fault) {
    findings.error(fault.code, place_at(guard.place(), guard.text(), fault.offset), fault.message);
    return std::nullopt;
  }
}

}  // namespace wenshu::expression
