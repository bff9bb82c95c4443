#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "expression/guard.h"
#include "expression/moment.h"
#include "expression/node.h"
#include "expression/token.h"

namespace wenshu::expression {
namespace {

using Kind = Type::Kind;

bool fits(const Type& type, Kind kind) {
  if (type.kind() == kind || type.kind() == Kind::any) return true;
  return kind == Kind::number && type.is_numeric();
}

bool is_instant(const Type& type) { return type.kind() == Kind::date || type.kind() == Kind::timestamp; }

bool is_moment(const Type& type) { return is_instant(type) || type.kind() == Kind::duration; }

// One method for each kind of node; gives `any` after a fault, so that one fault is reported once.
class Checker {
 public:
  Checker(const Guard& guard, const Type& data, const Ledgers* ledgers, Diagnostics& findings)
      : guard_(guard), data_(data), ledgers_(ledgers), findings_(findings) {}

  Type check(const Node& node) {
    switch (node.kind) {
      case Node::Kind::null:
        return Type::null();
      case Node::Kind::boolean:
        return Type::boolean();
      case Node::Kind::number:
        return number(node.number);
      case Node::Kind::text:
        return Type::text();
      case Node::Kind::list:
        return list(node);
      case Node::Kind::map:
        return map(node);
      case Node::Kind::name:
        return field_of(data_, node);
      case Node::Kind::local:
        return locals_[node.slot];
      case Node::Kind::field:
        return field_of(check(node.child(0)), node);
      case Node::Kind::index:
        return index(node);
      case Node::Kind::has:
        check(node.child(0));
        return Type::boolean();
      case Node::Kind::negation:
        demand(node.child(0), Kind::boolean, "“!” 后面");
        return Type::boolean();
      case Node::Kind::opposite:
        return opposite(node);
      case Node::Kind::relation:
        return relation(node);
      case Node::Kind::arithmetic:
        return arithmetic(node);
      case Node::Kind::all:
        for (const auto& child : node.children) demand(*child, Kind::boolean, "“&&” 两边");
        return Type::boolean();
      case Node::Kind::any:
        for (const auto& child : node.children) demand(*child, Kind::boolean, "“||” 两边");
        return Type::boolean();
      case Node::Kind::conditional:
        return conditional(node);
      case Node::Kind::call:
        return call(node);
      case Node::Kind::comprehension:
        return comprehension(node);
    }
    return Type();
  }

  void fault(size_t offset, std::string code, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), place_at(guard_.place(), guard_.text(), offset), std::move(message),
                    std::move(hint));
  }

 private:
  Type mismatch(size_t offset, std::string message) {
    fault(offset, "type-mismatch", std::move(message));
    return Type();
  }

  static Type number(const Number& value) {
    return value.kind() == Number::Kind::integer   ? Type::integer()
           : value.kind() == Number::Kind::natural ? Type::natural()
                                                   : Type::number();
  }

  Type demand(const Node& node, Kind kind, std::string_view where) {
    Type type = check(node);
    if (fits(type, kind)) return type;
    std::string_view wanted = kind == Kind::boolean ? "真假值" : kind == Kind::text ? "文本" : "数";
    return mismatch(node.offset, fmt::format("{}应是{}，此处是{}", where, wanted, type.name()));
  }

  Type field_of(const Type& record, const Node& node) {
    if (record.kind() == Kind::any) return Type();
    if (record.kind() == Kind::map) return record.item();
    if (record.kind() != Kind::record) {
      return mismatch(node.offset, fmt::format("{}没有字段 “{}”", record.name(), node.text));
    }
    if (const Type* type = record.find(node.text)) return *type;
    fault(node.offset, "unknown-field", fmt::format("未知字段 “{}”", node.text),
          near_name_hint(node.text, record.field_names()));
    return Type();
  }

  // The type that all of them have, or any.
  static Type common(const Type& a, const Type& b) {
    if (a.is_numeric() && b.is_numeric() && a.kind() != b.kind()) return Type::number();
    return a.kind() == b.kind() ? a : Type();
  }

  Type list(const Node& node) {
    Type of;
    for (size_t i = 0; i < node.children.size(); ++i) {
      Type item = check(node.child(i));
      of = i == 0 ? item : common(of, item);
    }
    return Type::list(of);
  }

  Type map(const Node& node) {
    Type of;
    for (size_t i = 0; i < node.children.size(); i += 2) {
      Type key = check(node.child(i)), value = check(node.child(i + 1));
      if (!fits(key, Kind::text) && !fits(key, Kind::integer) && key.kind() != Kind::natural &&
          key.kind() != Kind::boolean) {
        mismatch(node.child(i).offset, fmt::format("{}不能作键", key.name()));
      }
      of = i == 0 ? value : common(of, value);
    }
    return Type::map(of);
  }

  Type index(const Node& node) {
    Type whole = check(node.child(0));
    const Node& key = node.child(1);
    Type key_type = check(key);
    if (whole.kind() == Kind::list) {
      if (!fits(key_type, Kind::number)) return mismatch(key.offset, "列表的序号应是数");
      return whole.item();
    }
    if (whole.kind() == Kind::record) {
      if (!fits(key_type, Kind::text)) return mismatch(key.offset, "记录的字段名应是文本");
      return key.kind == Node::Kind::text ? field_of(whole, key) : Type();
    }
    if (whole.kind() == Kind::any || whole.kind() == Kind::map) return whole.item();
    return mismatch(node.offset, fmt::format("{}不能用 “[…]” 取值", whole.name()));
  }

  Type opposite(const Node& node) {
    Type type = check(node.child(0));
    if (type.kind() == Kind::duration) return type;
    if (type.kind() == Kind::natural || !fits(type, Kind::number)) {
      return mismatch(node.child(0).offset, fmt::format("“-” 后面应是数，此处是{}", type.name()));
    }
    return type.kind() == Kind::any ? Type() : type;
  }

  Type arithmetic(const Node& node) {
    Type result = check(node.child(0));
    for (size_t i = 0; i < node.operators.size(); ++i) {
      Type next = check(node.child(i + 1));
      result = calculated(node, i, result, next);
    }
    return result;
  }

  Type calculated(const Node& node, size_t i, const Type& a, const Type& b) {
    Operator op = node.operators[i];
    if (is_moment(a) || is_moment(b)) return calculated_moments(node, op, a, b);
    if (a.kind() == Kind::any || b.kind() == Kind::any) {
      const Type& known = a.kind() == Kind::any ? b : a;
      bool joins = op == Operator::plus && (known.kind() == Kind::text || known.kind() == Kind::list);
      if (joins || known.kind() == Kind::any || known.is_numeric()) return Type();
    }
    bool joins = a.kind() == b.kind() && (a.kind() == Kind::text || a.kind() == Kind::list);
    if (joins && op == Operator::plus)
      return a.kind() == Kind::text ? Type::text() : Type::list(common(a.item(), b.item()));
    if (joins) return mismatch(node.offset, fmt::format("{}只能用 “+” 连接", a.name()));
    for (const auto& [type, child] : {std::pair(&a, i), std::pair(&b, i + 1)}) {
      if (!fits(*type, Kind::number) && type->kind() != Kind::text && type->kind() != Kind::list) {
        return mismatch(node.child(child).offset, fmt::format("{}不能参加计算", type->name()));
      }
    }
    bool mixed = a.kind() != b.kind() && a.is_numeric() && b.is_numeric() && a.kind() != Kind::number &&
                 b.kind() != Kind::number;
    if (!a.is_numeric() || !b.is_numeric() || mixed) {
      return mismatch(node.child(i + 1).offset, fmt::format("{}不能和{}一起计算", a.name(), b.name()));
    }
    if (op == Operator::modulo && a.kind() == Kind::number) {
      return mismatch(node.offset, "“%” 只用于整数，先用 int(…) 取整");
    }
    return a.kind() == b.kind() ? a : Type::number();
  }

  Type calculated_moments(const Node& node, Operator op, const Type& a, const Type& b) {
    bool plus = op == Operator::plus, minus = op == Operator::minus;
    bool spans = fits(b, Kind::duration) || (plus && fits(a, Kind::duration));
    if (minus && is_instant(a) && (b.kind() == a.kind() || b.kind() == Kind::any)) {
      return b.kind() == Kind::any ? Type() : Type::duration();
    }
    if (plus && a.kind() == Kind::duration && is_instant(b)) return b;
    if ((plus || minus) && spans && (is_moment(a) || a.kind() == Kind::any)) return a;
    return mismatch(node.offset, fmt::format("{}和{}不能这样计算", a.name(), b.name()));
  }

  Type conditional(const Node& node) {
    demand(node.child(0), Kind::boolean, "“?” 前面");
    Type yes = check(node.child(1));
    return common(yes, check(node.child(2)));
  }

  Type relation(const Node& node) {
    const Node &left = node.child(0), &right = node.child(1);
    Type a = check(left), b = check(right);
    Operator op = node.operators[0];
    if (op == Operator::in) {
      contains(node, a, b);
    } else if (!comparable(a, left, b, right, op == Operator::equal || op == Operator::unequal)) {
      mismatch(node.offset, fmt::format("{}和{}不能这样比较", a.name(), b.name()));
    }
    return Type::boolean();
  }

  void contains(const Node& node, const Type& item, const Type& whole) {
    const Node &left = node.child(0), &right = node.child(1);
    if (whole.kind() == Kind::any || whole.kind() == Kind::map) return;
    if (whole.kind() == Kind::record) {
      if (!fits(item, Kind::text)) mismatch(left.offset, "字段名应是文本");
      if (left.kind == Node::Kind::text) field_of(whole, left);
    } else if (whole.kind() != Kind::list) {
      mismatch(node.offset, fmt::format("“in” 后面应是列表，此处是{}", whole.name()));
    } else if (right.kind == Node::Kind::list) {
      for (const auto& child : right.children) {
        Diagnostics seen;  // the item's own faults have been reported
        Checker again(guard_, data_, ledgers_, seen);
        again.locals_ = locals_;
        Type type = again.check(*child);
        bool fitting = comparable(item, left, type, *child, true);
        if (!fitting && whole.item().kind() != Kind::any) {  // a mixed list may hold anything
          mismatch(child->offset, fmt::format("{}里不会有{}", type.name(), item.name()));
        }
      }
    } else if (!comparable(item, left, whole.item(), right, true)) {
      mismatch(node.offset, fmt::format("{}的列表里不会有{}", whole.item().name(), item.name()));
    }
  }

  // Also looks at literals beside a choice or a date.
  bool comparable(const Type& a, const Node& a_node, const Type& b, const Node& b_node, bool equality) {
    if (a.kind() == Kind::any || b.kind() == Kind::any) return true;
    if (a.kind() == Kind::null || b.kind() == Kind::null) return equality;
    bool dates = a.kind() == Kind::date || b.kind() == Kind::date;
    if (dates && (literal_date(a, b_node) || literal_date(b, a_node))) return true;
    if (a.is_numeric() && b.is_numeric()) return true;
    bool maps = (a.kind() == Kind::map || a.kind() == Kind::record) &&
                (b.kind() == Kind::map || b.kind() == Kind::record);
    if (maps) return equality;
    if (a.kind() != b.kind()) return false;
    if (a.kind() == Kind::text) {
      check_choice(a, b_node);
      check_choice(b, a_node);
    }
    return equality || a.kind() != Kind::list;
  }

  bool literal_date(const Type& date, const Node& literal) {
    if (date.kind() != Kind::date || literal.kind != Node::Kind::text) return false;
    if (!parse_date(literal.text)) {
      fault(literal.offset, "bad-date", fmt::format("“{}” 不是日期", literal.text), "写作 \"2020-07-27\"");
    }
    return true;
  }

  void check_choice(const Type& choice, const Node& literal) {
    if (choice.choices().empty() || literal.kind != Node::Kind::text) return;
    const auto& names = choice.choices();
    if (std::find(names.begin(), names.end(), literal.text) != names.end()) return;
    fault(literal.offset, "unknown-choice", fmt::format("没有选项 “{}”", literal.text),
          near_name_hint(literal.text, names));
  }

  Type comprehension(const Node& node) {
    Type range = check(node.child(0));
    if (!fits(range, Kind::list) && range.kind() != Kind::map && range.kind() != Kind::record) {
      mismatch(node.child(0).offset, fmt::format("{}没有各项可数", range.name()));
      range = Type();
    }
    locals_.resize(node.slot);
    locals_.push_back(range.kind() == Kind::list ? range.item() : Type());
    bool tests = node.function != Function::map || node.children.size() == 3;
    if (tests) demand(node.child(1), Kind::boolean, "各项的条件");
    if (node.function == Function::filter) return range.kind() == Kind::list ? range : Type::list(Type());
    if (node.function != Function::map) return Type::boolean();
    return Type::list(check(*node.children.back()));
  }

  Type call(const Node& node) {
    switch (node.function) {
      case Function::register_count:
      case Function::register_sum:
      case Function::register_exists:
        return ask_ledgers(node);
      case Function::size:
        return size(node);
      case Function::contains:
      case Function::starts_with:
      case Function::ends_with:
      case Function::matches:
        for (const auto& child : node.children) demand(*child, Kind::text, "此处");
        return Type::boolean();
      case Function::round:
        return round(node);
      case Function::sum:
        return sum(node);
      default:
        return node.function >= Function::full_year ? part_of_moment(node) : convert(node);
    }
  }

  Type size(const Node& node) {
    Type whole = check(node.child(0));
    bool countable = fits(whole, Kind::list) || whole.kind() == Kind::text || whole.kind() == Kind::map ||
                     whole.kind() == Kind::record;
    if (!countable) mismatch(node.child(0).offset, fmt::format("size() 不能数{}", whole.name()));
    return Type::integer();
  }

  Type round(const Node& node) {
    const Node& inner = node.child(0);
    demand(inner, Kind::number, "round() 里");
    demand(node.child(1), Kind::number, "小数位数");
    return Type::number();
  }

  Type sum(const Node& node) {
    Type list = check(node.child(0));
    if (!fits(list, Kind::list)) {
      mismatch(node.child(0).offset, fmt::format("sum() 不能加{}", list.name()));
    } else if (!fits(list.item(), Kind::number)) {
      mismatch(node.child(0).offset, fmt::format("sum() 不能加{}的列表", list.item().name()),
               "例如 sum(rows.map(row, row.hours))");
    }
    return list.item().is_numeric() ? list.item() : Type();
  }

  void mismatch(size_t offset, std::string message, std::string hint) {
    fault(offset, "type-mismatch", std::move(message), std::move(hint));
  }

  // Which kinds each conversion takes.
  Type convert(const Node& node) {
    Type from = check(node.child(0));
    bool textual = from.kind() == Kind::text || from.kind() == Kind::any;
    auto result = [&](bool good, Type to, std::string_view name) {
      if (!good) mismatch(node.child(0).offset, fmt::format("{}不能换成{}", from.name(), name));
      return to;
    };
    bool single = from.kind() != Kind::list && from.kind() != Kind::map && from.kind() != Kind::record &&
                  from.kind() != Kind::null;
    switch (node.function) {
      case Function::to_int:
        return result(textual || from.is_numeric() || from.kind() == Kind::timestamp, Type::integer(),
                      "整数");
      case Function::to_uint:
        return result(textual || from.is_numeric(), Type::natural(), "非负整数");
      case Function::to_decimal:
        return result(textual || from.is_numeric(), Type::number(), "小数");
      case Function::to_text:
        return result(single, Type::text(), "文本");
      case Function::to_boolean:
        return result(textual || from.kind() == Kind::boolean, Type::boolean(), "真假值");
      case Function::to_timestamp:
        return result(textual || from.kind() == Kind::integer || from.kind() == Kind::timestamp,
                      Type::timestamp(), "时刻");
      case Function::to_duration:
        return result(textual || from.kind() == Kind::duration, Type::duration(), "时长");
      case Function::to_date:
        check_literal_date(node.child(0));
        return result(textual || from.kind() == Kind::date, Type::date(), "日期");
      default:
        return Type();  // dyn
    }
  }

  void check_literal_date(const Node& literal) { literal_date(Type::date(), literal); }

  Type part_of_moment(const Node& node) {
    Type from = check(node.child(0));
    bool clock = node.function >= Function::hours;
    bool good = from.kind() == Kind::any || from.kind() == Kind::timestamp ||
                (from.kind() == Kind::duration && clock && node.children.size() == 1) ||
                (from.kind() == Kind::date && !clock && node.children.size() == 1);
    if (!good) mismatch(node.child(0).offset, fmt::format("{}没有这个部分", from.name()));
    if (node.children.size() == 2) demand(node.child(1), Kind::text, "时区");
    return Type::integer();
  }

  // The register and the columns are written out, so that they can be checked before there is any data.
  Type ask_ledgers(const Node& node) {
    bool sums = node.function == Function::register_sum;
    Type result = node.function == Function::register_exists ? Type::boolean()
                  : sums                                     ? Type::number()
                                                             : Type::integer();
    const Node& name = node.child(0);
    const Node* match = node.children.size() > (sums ? 2U : 1U) ? node.children.back().get() : nullptr;
    if (name.kind != Node::Kind::text || (sums && node.child(1).kind != Node::Kind::text)) {
      fault(name.offset, "bad-argument", "台账和列的名称要用引号直接写出", "例如 count('training-classes')");
      return result;
    }
    if (match && match->kind != Node::Kind::map) {
      fault(match->offset, "bad-argument", "最后一个参数写明哪些列等于什么", "例如 {'year': plan.year}");
      return result;
    }
    const Type* row = ledgers_ ? ledgers_->row(name.text) : nullptr;
    if (ledgers_ && !row) {
      fault(name.offset, "unknown-register", fmt::format("没有台账 “{}”", name.text),
            near_name_hint(name.text, ledgers_->names()));
    }
    if (sums && row) column_of(*row, name.text, node.child(1));
    if (match) check_match(row, name.text, *match);
    return result;
  }

  const Type* column_of(const Type& row, const std::string& name, const Node& column) {
    const Type* type = row.find(column.text);
    if (!type && row.kind() == Kind::record) {
      fault(column.offset, "unknown-column", fmt::format("台账 {} 没有列 “{}”", name, column.text),
            near_name_hint(column.text, row.field_names()));
    }
    return type;
  }

  void check_match(const Type* row, const std::string& name, const Node& match) {
    for (size_t i = 0; i < match.children.size(); i += 2) {
      const Node &key = match.child(i), &value = match.child(i + 1);
      Type given = check(value);
      if (key.kind != Node::Kind::text) {
        fault(key.offset, "bad-argument", "列的名称要用引号直接写出");
      } else if (const Type* column = row ? column_of(*row, name, key) : nullptr) {
        if (!comparable(*column, key, given, value, true)) {
          mismatch(value.offset,
                   fmt::format("列 “{}” 是{}，不会等于{}", key.text, column->name(), given.name()));
        }
      }
    }
  }

  const Guard& guard_;
  const Type& data_;
  const Ledgers* ledgers_;
  Diagnostics& findings_;
  std::vector<Type> locals_;
};

}  // namespace

Type check_types(const Guard& guard, const Type& data, Diagnostics& findings, const Ledgers* ledgers) {
  return Checker(guard, data, ledgers, findings).check(guard.root());
}

bool check_condition(const Guard& guard, const Type& data, Diagnostics& findings, const Ledgers* ledgers) {
  Diagnostics own;
  Checker checker(guard, data, ledgers, own);
  Type type = checker.check(guard.root());
  if (!own.has_errors() && !fits(type, Kind::boolean)) {
    checker.fault(0, "type-mismatch", fmt::format("条件应得出真假，此处得出{}", type.name()));
  }
  findings.append(own);
  return !own.has_errors();
}

}  // namespace wenshu::expression
