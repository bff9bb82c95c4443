#include <fmt/format.h>

#include <algorithm>

#include "expression/evaluator.h"
#include "expression/token.h"

namespace wenshu::expression {
namespace {

using Kind = Operand::Kind;

// Enough for macros over 1,000 rows times 1,000 rows; a second at most.
constexpr size_t kMostSteps = 5'000'000;
constexpr size_t kBytesAStep = 16;

}  // namespace

Operand Evaluator::evaluate(const Node& node) {
  if (++steps_ > kMostSteps) return charge(0, node.offset);
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
    case Node::Kind::map:
      return map(node);
    case Node::Kind::name:
      return field(whole(node.text), node);
    case Node::Kind::local:
      return locals_[node.slot];
    case Node::Kind::field:
      return field(evaluate(node.child(0)), node);
    case Node::Kind::index:
      return index(node);
    case Node::Kind::has:
      return has(node.child(0));
    case Node::Kind::negation: {
      Operand operand = truth(node.child(0));
      operand.truth = !operand.truth;
      return operand;
    }
    case Node::Kind::opposite:
      return opposite(node);
    case Node::Kind::relation:
      return relation(node);
    case Node::Kind::arithmetic:
      return arithmetic(node);
    case Node::Kind::all:
      return decided(node, false);
    case Node::Kind::any:
      return decided(node, true);
    case Node::Kind::conditional: {
      Operand test = truth(node.child(0));
      return test.is_fault() ? test : evaluate(node.child(test.truth ? 1 : 2));
    }
    case Node::Kind::call:
      return call(node);
    case Node::Kind::comprehension:
      return comprehension(node);
  }
  return {};
}

Operand Evaluator::fail(size_t offset, std::string_view code, std::string message, std::string hint) {
  fault_ = {offset, std::string(code), std::move(message), std::move(hint)};
  Operand operand;
  operand.kind = Kind::fault;
  return operand;
}

Operand Evaluator::lacks(size_t offset, const Operand& operand, std::string_view wanted) {
  if (operand.is_fault()) return operand;
  if (operand.is(Kind::null)) return fail(offset, "missing-value", fmt::format("此处的{}没有填写", wanted));
  return fail(offset, "type-mismatch", fmt::format("此处应是{}，得到的是{}", wanted, kind_name(operand)));
}

Operand Evaluator::charge(size_t steps, size_t offset) {
  steps_ += steps;
  if (steps_ <= kMostSteps) return {};
  return fail(offset, "too-costly", "条件要算的步数太多", "少用一层 exists、all、map，或先缩小列表");
}

Operand Evaluator::keep_list(Operand::Items items) {
  Operand operand;
  operand.kind = Kind::list;
  operand.items = &lists_.emplace_front(std::move(items));
  return operand;
}

Operand Evaluator::whole(std::string_view name) const {
  Operand operand;
  operand.kind = Kind::map;
  operand.value = &data_;
  operand.type = &type_;
  if (!outer_ || type_.find(name)) return operand;
  for (auto around = outer_->rbegin(); around != outer_->rend(); ++around) {
    if (!around->type->find(name)) continue;
    operand.value = around->data;
    operand.type = around->type;
    break;
  }
  return operand;
}

Operand Evaluator::list(const Node& node) {
  Operand::Items items;
  items.reserve(node.children.size());
  for (const auto& child : node.children) {
    items.push_back(evaluate(*child));
    if (items.back().is_fault()) return items.back();
  }
  return keep_list(std::move(items));
}

Operand Evaluator::map(const Node& node) {
  Operand::Pairs pairs;
  for (size_t i = 0; i < node.children.size(); i += 2) {
    Operand key = evaluate(node.child(i));
    if (key.is_fault()) return key;
    bool whole = key.is(Kind::number) && key.number.kind() != Number::Kind::decimal;
    if (!whole && !key.is(Kind::text) && !key.is(Kind::boolean)) {
      return fail(node.child(i).offset, "type-mismatch", fmt::format("{}不能作键", kind_name(key)));
    }
    for (const auto& pair : pairs) {
      if (equal(pair.first, key)) return fail(node.child(i).offset, "duplicate-key", "这个键写了两次");
    }
    Operand value = evaluate(node.child(i + 1));
    if (value.is_fault()) return value;
    if (Operand spent = charge(pairs.size(), node.offset); spent.is_fault()) return spent;
    pairs.emplace_back(key, value);
  }
  Operand operand;
  operand.kind = Kind::map;
  operand.pairs = &maps_.emplace_front(std::move(pairs));
  return operand;
}

Operand Evaluator::field(const Operand& record, const Node& node) {
  return record.is_fault() ? record : member(record, node.text, node.offset);
}

Operand Evaluator::member(const Operand& record, std::string_view name, size_t offset) {
  static const Type any;
  const Type* type = record.type ? record.type->find(name) : nullptr;
  Operand found;
  bool keyed = record.pairs || (record.type && record.type->kind() == Type::Kind::map);
  if (record.is(Kind::map) && keyed) {
    std::optional<Operand> value = find_key(record, text(name));
    return value ? *value : fail(offset, "missing-value", fmt::format("没有键 “{}”", name));
  }
  if (record.is(Kind::null) && type) {
    found = read(nullptr, *type);
  } else if (!record.is(Kind::map)) {
    return fail(offset, "missing-value", fmt::format("{}没有字段 “{}”", kind_name(record), name));
  } else {
    const data::Value* value = record.value->find(name);
    if (!value && !type) return fail(offset, "missing-value", fmt::format("数据中没有字段 “{}”", name));
    found = read(value, type ? *type : any);
    if (found.is_fault()) {
      std::string wanted = type ? type->name() : "数";
      return fail(offset, "type-mismatch", fmt::format("“{}” 不是可用的{}", value->text(), wanted));
    }
  }
  return found;
}

Operand Evaluator::index(const Node& node) {
  Operand whole = evaluate(node.child(0));
  if (whole.is_fault()) return whole;
  Operand key = evaluate(node.child(1));
  if (key.is_fault()) return key;
  size_t offset = node.child(1).offset;
  if (whole.is(Kind::map) && whole.pairs) {
    std::optional<Operand> value = find_key(whole, key);
    return value ? *value : fail(offset, "missing-value", fmt::format("没有键 “{}”", to_value(key).text()));
  }
  if (whole.is(Kind::map) && key.is(Kind::text)) return member(whole, key.text, offset);
  if (!whole.is(Kind::list)) {
    return fail(node.offset, "type-mismatch", fmt::format("{}不能用 “[…]” 取值", kind_name(whole)));
  }
  std::optional<Number> number = as_number(key);
  if (!number) return lacks(offset, key, "数");
  std::optional<int64_t> at = number->to_integer();
  if (!at || *at < 0 || static_cast<size_t>(*at) >= item_count(whole)) {
    return fail(offset, "missing-value",
                fmt::format("列表有 {} 项，没有序号 {}（从 0 起）", item_count(whole), number->to_text()));
  }
  Operand found = item(whole, static_cast<size_t>(*at));
  return found.is_fault() ? fail(offset, "type-mismatch", "列表的这一项不合它的类型") : found;
}

// Present and not null. A record that is missing on the way is a fault, as in CEL, unless the type knows it.
Operand Evaluator::has(const Node& node) {
  Operand record = node.kind == Node::Kind::name ? whole(node.text) : evaluate(node.child(0));
  if (record.is_fault()) return record;
  if (record.is(Kind::null) && record.type && record.type->find(node.text)) return boolean(false);
  if (!record.is(Kind::map)) {
    return fail(node.offset, "missing-value", fmt::format("{}没有字段 “{}”", kind_name(record), node.text));
  }
  if (record.pairs) return boolean(find_key(record, text(node.text)).has_value());
  const data::Value* value = record.value->find(node.text);
  return boolean(value && !value->is_null());
}

Operand Evaluator::truth(const Node& node) {
  Operand operand = evaluate(node);
  if (std::optional<bool> truth = as_boolean(operand)) return boolean(*truth);
  return lacks(node.offset, operand, "真假值");
}

// All or any of the children. A fault counts only when no child decides (CEL).
Operand Evaluator::decided(const Node& node, bool deciding) {
  std::optional<Fault> first;
  for (const auto& child : node.children) {
    Operand operand = truth(*child);
    if (operand.is_fault()) {
      if (!first) first = std::move(fault_);
    } else if (operand.truth == deciding) {
      return operand;
    }
  }
  if (!first) return boolean(!deciding);
  Operand operand = fail(0, "", "");
  fault_ = std::move(*first);
  return operand;
}

Operand Evaluator::relation(const Node& node) {
  Operand a = evaluate(node.child(0));
  if (a.is_fault()) return a;
  Operand b = evaluate(node.child(1));
  if (b.is_fault()) return b;
  switch (node.operators[0]) {
    case Operator::equal:
      return boolean(equal(a, b));
    case Operator::unequal:
      return boolean(!equal(a, b));
    case Operator::in:
      return contains(node, a, b);
    default:
      return ordered(node, a, b);
  }
}

Operand Evaluator::contains(const Node& node, const Operand& wanted, const Operand& whole) {
  if (whole.is(Kind::map)) return boolean(find_key(whole, wanted).has_value());
  if (!whole.is(Kind::list)) return lacks(node.offset, whole, "列表（“in” 后面）");
  size_t count = item_count(whole);
  if (Operand spent = charge(count, node.offset); spent.is_fault()) return spent;
  for (size_t i = 0; i < count; ++i) {
    if (equal(wanted, item(whole, i))) return boolean(true);
  }
  return boolean(false);
}

Operand Evaluator::ordered(const Node& node, const Operand& a, const Operand& b) {
  std::strong_ordering order = std::strong_ordering::equal;
  size_t left = node.child(0).offset, right = node.child(1).offset;
  if (a.is(Kind::text) && b.is(Kind::text)) {
    order = a.text <=> b.text;  // dates as 2020-07-27 sort as texts
  } else if (a.is(Kind::date) || b.is(Kind::date)) {
    std::optional<Moment> x = as_date(a), y = as_date(b);
    if (!x) return lacks(left, a, "日期");
    if (!y) return lacks(right, b, "日期");
    order = *x <=> *y;
  } else if (a.kind == b.kind && (a.is(Kind::timestamp) || a.is(Kind::duration))) {
    order = a.moment <=> b.moment;
  } else if (a.is(Kind::boolean) && b.is(Kind::boolean)) {
    order = a.truth <=> b.truth;
  } else {
    std::optional<Number> x = as_number(a), y = as_number(b);
    if (!x) return lacks(left, a, "数");
    if (!y) return lacks(right, b, "数");
    order = *x <=> *y;
  }
  switch (node.operators[0]) {
    case Operator::less:
      return boolean(order < 0);
    case Operator::less_equal:
      return boolean(order <= 0);
    case Operator::greater:
      return boolean(order > 0);
    default:
      return boolean(order >= 0);
  }
}

Operand Evaluator::opposite(const Node& node) {
  Operand operand = evaluate(node.child(0));
  if (operand.is(Kind::duration)) return moment(Kind::duration, expression::opposite(operand.moment));
  std::optional<Number> value = as_number(operand);
  if (!value) return lacks(node.child(0).offset, operand, "数");
  std::optional<Number> result = value->opposite();
  return result ? number(*result) : fail(node.offset, "number-too-long", "这个数没有相反数");
}

Operand Evaluator::arithmetic(const Node& node) {
  Operand result = evaluate(node.child(0));
  for (size_t i = 0; i < node.operators.size() && !result.is_fault(); ++i) {
    Operand next = evaluate(node.child(i + 1));
    if (next.is_fault()) return next;
    result = calculate(node, i, result, next);
  }
  return result;
}

Operand Evaluator::calculate(const Node& node, size_t i, const Operand& a, const Operand& b) {
  Operator op = node.operators[i];
  bool joins = op == Operator::plus && a.kind == b.kind && (a.is(Kind::text) || a.is(Kind::list));
  if (joins) return join(node, a, b);
  if (a.kind >= Kind::date || b.kind >= Kind::date) return calculate_moments(node, op, a, b);
  std::optional<Number> x = as_number(a), y = as_number(b);
  if (!x) return lacks(node.child(i).offset, a, "数");
  if (!y) return lacks(node.child(i + 1).offset, b, "数");
  return calculate_numbers(node, op, *x, *y);
}

Operand Evaluator::join(const Node& node, const Operand& a, const Operand& b) {
  if (a.is(Kind::text)) {
    Operand spent = charge((a.text.size() + b.text.size()) / kBytesAStep, node.offset);
    if (spent.is_fault()) return spent;
    return text(keep(std::string(a.text) + std::string(b.text)));
  }
  if (Operand spent = charge(item_count(a) + item_count(b), node.offset); spent.is_fault()) return spent;
  Operand::Items items;
  for (const Operand* list : {&a, &b}) {
    for (size_t i = 0; i < item_count(*list); ++i) items.push_back(item(*list, i));
  }
  return keep_list(std::move(items));
}

Operand Evaluator::calculate_numbers(const Node& node, Operator op, const Number& a, const Number& b) {
  if (!Number::can_mix(a, b)) {
    return fail(node.offset, "type-mismatch", "整数和非负整数（5u）不能一起计算",
                "用 int(…) 或 uint(…) 转换");
  }
  bool divides = op == Operator::divide || op == Operator::modulo;
  if (divides && b == Number(0)) return fail(node.offset, "division-by-zero", "不能除以 0");
  bool decimal = a.kind() == Number::Kind::decimal || b.kind() == Number::Kind::decimal;
  if (op == Operator::modulo && decimal) {
    return fail(node.offset, "type-mismatch", "“%” 只用于整数");
  }
  std::optional<Number> result = op == Operator::plus     ? Number::add(a, b)
                                 : op == Operator::minus  ? Number::subtract(a, b)
                                 : op == Operator::times  ? Number::multiply(a, b)
                                 : op == Operator::divide ? Number::divide(a, b)
                                                          : Number::modulo(a, b);
  if (result) return number(*result);
  if (op == Operator::divide && decimal) {
    return fail(node.offset, "inexact-division", "除不尽", "写作 round(… / …, 2)，四舍五入到两位小数");
  }
  return fail(node.offset, "number-too-long",
              decimal ? "数值过大（超过 18 位数字，或小数点后超过 9 位）" : "整数超出 64 位的范围");
}

// instant ± span, instant - instant, span ± span; of dates: day ± whole days, day - day.
Operand Evaluator::calculate_moments(const Node& node, Operator op, const Operand& a, const Operand& b) {
  auto out_of_range = [&] { return fail(node.offset, "out-of-range", "时间超出可用的范围"); };
  auto instant = [](const Operand& operand) { return operand.is(Kind::date) || operand.is(Kind::timestamp); };
  bool minus = op == Operator::minus;
  if (op != Operator::plus && !minus) return fail(node.offset, "type-mismatch", "时间只能加减");
  if (minus && instant(a) && a.kind == b.kind) {
    std::optional<Moment> span = add_spans(a.moment, expression::opposite(b.moment));
    return span ? moment(Kind::duration, *span) : out_of_range();
  }
  const Operand& base = !minus && a.is(Kind::duration) && instant(b) ? b : a;
  const Operand& other = &base == &a ? b : a;
  if (!other.is(Kind::duration) || base.kind < Kind::date) {
    return fail(node.offset, "type-mismatch", fmt::format("{}和{}不能一起计算", kind_name(a), kind_name(b)));
  }
  Moment span = minus ? expression::opposite(other.moment) : other.moment;
  if (base.is(Kind::date) && (span.nanos != 0 || span.seconds % 86'400 != 0)) {
    return fail(node.offset, "type-mismatch", "日期只能加减整天", "例如 duration('24h')");
  }
  std::optional<Moment> sum =
      instant(base) ? add_to_timestamp(base.moment, span) : add_spans(base.moment, span);
  return sum ? moment(base.kind, *sum) : out_of_range();
}

Operand Evaluator::comprehension(const Node& node) {
  Operand range = evaluate(node.child(0));
  if (range.is_fault()) return range;
  if (!range.is(Kind::list) && !range.is(Kind::map)) return lacks(node.offset, range, "列表");
  size_t count = range.is(Kind::list) ? item_count(range) : key_count(range);
  locals_.resize(std::max(locals_.size(), node.slot + 1));
  switch (node.function) {
    case Function::all:
    case Function::exists:
      return quantified(node, range, count);
    case Function::exists_one:
      return exists_one(node, range, count);
    default:
      return collected(node, range, count);
  }
}

// Child `part` with the variable bound to one item (of a map: one key).
Operand Evaluator::bound(const Node& node, const Operand& range, size_t index, size_t part) {
  Operand one = range.is(Kind::list) ? item(range, index) : key_at(range, index);
  if (one.is_fault())
    return fail(node.offset, "type-mismatch", fmt::format("第 {} 项不合它的类型", index + 1));
  locals_[node.slot] = one;
  return part == 0 ? one : evaluate(node.child(part));
}

Operand Evaluator::quantified(const Node& node, const Operand& range, size_t count) {
  bool deciding = node.function == Function::exists;
  std::optional<Fault> first;
  for (size_t i = 0; i < count; ++i) {
    Operand operand = bound(node, range, i, 1);
    std::optional<bool> truth = as_boolean(operand);
    if (truth && *truth == deciding) return boolean(deciding);
    if (!truth && !first) {
      lacks(node.child(1).offset, operand, "真假值");
      first = std::move(fault_);
      if (first->code == "too-costly") break;
    }
  }
  if (!first) return boolean(!deciding);
  Operand operand = fail(0, "", "");
  fault_ = std::move(*first);
  return operand;
}

Operand Evaluator::exists_one(const Node& node, const Operand& range, size_t count) {
  size_t found = 0;
  for (size_t i = 0; i < count; ++i) {
    Operand operand = bound(node, range, i, 1);
    std::optional<bool> truth = as_boolean(operand);
    if (!truth) return lacks(node.child(1).offset, operand, "真假值");
    found += *truth ? 1 : 0;
  }
  return boolean(found == 1);
}

// filter(x, test), map(x, value), map(x, test, value)
Operand Evaluator::collected(const Node& node, const Operand& range, size_t count) {
  bool tests = node.function == Function::filter || node.children.size() == 3;
  size_t result = node.function == Function::filter ? 0 : node.children.size() - 1;
  Operand::Items items;
  for (size_t i = 0; i < count; ++i) {
    if (tests) {
      Operand operand = bound(node, range, i, 1);
      std::optional<bool> truth = as_boolean(operand);
      if (!truth) return lacks(node.child(1).offset, operand, "真假值");
      if (!*truth) continue;
    }
    items.push_back(bound(node, range, i, result));
    if (items.back().is_fault()) return items.back();
  }
  return keep_list(std::move(items));
}

namespace {

std::optional<data::Value> result_of(const Guard& guard, Evaluator& evaluator, Diagnostics& findings) {
  Operand result = evaluator.evaluate(guard.root());
  if (!result.is_fault()) return to_value(result);
  const Fault& fault = evaluator.fault();
  findings.error(fault.code, place_at(guard.place(), guard.text(), fault.offset), fault.message, fault.hint);
  return std::nullopt;
}

}  // namespace

std::optional<data::Value> evaluate(const Guard& guard, const data::Value& data, Diagnostics& findings,
                                    const Type& type, const Ledgers* ledgers) {
  Evaluator evaluator(data, type, ledgers);
  return result_of(guard, evaluator, findings);
}

std::optional<data::Value> evaluate_within(const Guard& guard, const Around& record,
                                           const std::vector<Around>& outer, Diagnostics& findings,
                                           size_t& steps) {
  Evaluator evaluator(*record.data, *record.type, nullptr, &outer);
  std::optional<data::Value> result = result_of(guard, evaluator, findings);
  steps += evaluator.steps();
  return result;
}

std::optional<bool> holds(const Guard& guard, const data::Value& data, const Type& type,
                          const Ledgers* ledgers) {
  Operand result = Evaluator(data, type, ledgers).evaluate(guard.root());
  return as_boolean(result);
}

}  // namespace wenshu::expression
