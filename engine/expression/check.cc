#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "expression/guard.h"
#include "expression/node.h"
#include "expression/token.h"

namespace wenshu::expression {
namespace {

using Kind = Type::Kind;

bool fits(const Type& type, Kind kind) { return type.kind() == kind || type.kind() == Kind::any; }

// One method for each kind of node; gives `any` after a fault, so that one fault is reported once.
class Checker {
 public:
  Checker(const Guard& guard, const Type& data, Diagnostics& findings)
      : guard_(guard), data_(data), findings_(findings) {}

  Type check(const Node& node) {
    switch (node.kind) {
      case Node::Kind::null:
        return Type::null();
      case Node::Kind::boolean:
        return Type::boolean();
      case Node::Kind::number:
        return Type::number();
      case Node::Kind::text:
        return Type::text();
      case Node::Kind::list:
        return list(node);
      case Node::Kind::name:
        return field_of(data_, node);
      case Node::Kind::field:
        return field_of(check(node.child(0)), node);
      case Node::Kind::index:
        return index(node);
      case Node::Kind::size:
        return size(node);
      case Node::Kind::has:
        check(node.child(0));
        return Type::boolean();
      case Node::Kind::negation:
        demand(node.child(0), Kind::boolean, "“!” 后面");
        return Type::boolean();
      case Node::Kind::opposite:
        demand(node.child(0), Kind::number, "“-” 后面");
        return Type::number();
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

  void demand(const Node& node, Kind kind, std::string_view where) {
    Type type = check(node);
    if (fits(type, kind)) return;
    std::string_view wanted = kind == Kind::boolean ? "真假值" : "数";
    mismatch(node.offset, fmt::format("{}应是{}，此处是{}", where, wanted, type.name()));
  }

  Type field_of(const Type& record, const Node& node) {
    if (record.kind() == Kind::any) return Type();
    if (record.kind() != Kind::record) {
      return mismatch(node.offset, fmt::format("{}没有字段 “{}”", record.name(), node.text));
    }
    if (const Type* type = record.find(node.text)) return *type;
    fault(node.offset, "unknown-field", fmt::format("未知字段 “{}”", node.text),
          near_name_hint(node.text, record.field_names()));
    return Type();
  }

  Type list(const Node& node) {
    Type common;
    bool first = true;
    for (const auto& child : node.children) {
      Type item = check(*child);
      common = first || item.kind() == common.kind() ? item : Type();
      first = false;
    }
    return Type::list(common);
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
    if (whole.kind() == Kind::any) return Type();
    return mismatch(node.offset, fmt::format("{}不能用 “[…]” 取值", whole.name()));
  }

  Type size(const Node& node) {
    Type whole = check(node.child(0));
    bool countable = fits(whole, Kind::list) || whole.kind() == Kind::text || whole.kind() == Kind::record;
    if (!countable) mismatch(node.child(0).offset, fmt::format("size() 不能数{}", whole.name()));
    return Type::number();
  }

  Type arithmetic(const Node& node) {
    Type first = check(node.child(0));
    bool texts = first.kind() == Kind::text;
    if (!texts && !fits(first, Kind::number)) {
      mismatch(node.child(0).offset, fmt::format("{}不能参加计算", first.name()));
    }
    for (size_t i = 0; i < node.operators.size(); ++i) {
      Type next = check(node.child(i + 1));
      if (texts && node.operators[i] != Operator::plus) return mismatch(node.offset, "文本只能用 “+” 连接");
      if (!fits(next, texts ? Kind::text : Kind::number)) {
        if (first.kind() == Kind::any && next.kind() == Kind::text) continue;  // may be text at run time
        return mismatch(node.child(i + 1).offset,
                        fmt::format("{}不能和{}一起计算", first.name(), next.name()));
      }
    }
    return texts ? Type::text() : first.kind() == Kind::any ? Type() : Type::number();
  }

  Type conditional(const Node& node) {
    demand(node.child(0), Kind::boolean, "“?” 前面");
    Type yes = check(node.child(1)), no = check(node.child(2));
    return yes.kind() == no.kind() ? yes : Type();
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
    if (whole.kind() == Kind::any) return;
    if (whole.kind() == Kind::record) {
      if (!fits(item, Kind::text)) mismatch(left.offset, "字段名应是文本");
      if (left.kind == Node::Kind::text) field_of(whole, left);
    } else if (whole.kind() != Kind::list) {
      mismatch(node.offset, fmt::format("“in” 后面应是列表，此处是{}", whole.name()));
    } else if (right.kind == Node::Kind::list) {
      for (const auto& child : right.children) {
        Diagnostics seen;  // the item's own faults have been reported
        Type type = Checker(guard_, data_, seen).check(*child);
        if (!comparable(item, left, type, *child, true)) {
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
    if (a.kind() != b.kind()) return false;
    if (a.kind() == Kind::text) {
      check_choice(a, b_node);
      check_choice(b, a_node);
    }
    bool ordered = a.kind() == Kind::number || a.kind() == Kind::text || a.kind() == Kind::date;
    return ordered || (equality && a.kind() != Kind::record);
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

  const Guard& guard_;
  const Type& data_;
  Diagnostics& findings_;
};

}  // namespace

Type check_types(const Guard& guard, const Type& data, Diagnostics& findings) {
  return Checker(guard, data, findings).check(guard.root());
}

bool check_condition(const Guard& guard, const Type& data, Diagnostics& findings) {
  Diagnostics own;
  Checker checker(guard, data, own);
  Type type = checker.check(guard.root());
  if (!own.has_errors() && !fits(type, Kind::boolean)) {
    checker.fault(0, "type-mismatch", fmt::format("条件应得出真假，此处得出{}", type.name()));
  }
  findings.append(own);
  return !own.has_errors();
}

}  // namespace wenshu::expression
