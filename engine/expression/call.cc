#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "expression/evaluator.h"
#include "expression/pattern.h"

namespace wenshu::expression {
namespace {

using Kind = Operand::Kind;

std::optional<bool> parse_truth(std::string_view text) {
  static constexpr std::string_view kTrue[] = {"1", "t", "true", "TRUE", "True"};
  static constexpr std::string_view kFalse[] = {"0", "f", "false", "FALSE", "False"};
  if (std::find(std::begin(kTrue), std::end(kTrue), text) != std::end(kTrue)) return true;
  if (std::find(std::begin(kFalse), std::end(kFalse), text) != std::end(kFalse)) return false;
  return std::nullopt;
}

}  // namespace

Operand Evaluator::call(const Node& node) {
  if (node.function == Function::round) return round(node);
  if (node.function >= Function::register_count) return ask_ledgers(node);
  Operand first = evaluate(node.child(0));
  if (first.is_fault()) return first;
  switch (node.function) {
    case Function::size:
      return size(node, first);
    case Function::dyn:
      return first;
    case Function::sum:
      return sum(node, first);
    case Function::contains:
    case Function::starts_with:
    case Function::ends_with: {
      Operand part = evaluate(node.child(1));
      return part.is_fault() ? part : text_test(node, first, part);
    }
    case Function::matches: {
      Operand pattern = evaluate(node.child(1));
      return pattern.is_fault() ? pattern : matches(node, first, pattern);
    }
    default:
      return node.function >= Function::full_year ? part_of_moment(node, first) : convert(node, first);
  }
}

Operand Evaluator::size(const Node& node, const Operand& whole) {
  switch (whole.kind) {
    case Kind::list:
      return number(static_cast<int64_t>(item_count(whole)));
    case Kind::map:
      return number(static_cast<int64_t>(key_count(whole)));
    case Kind::text: {
      Operand spent = charge(whole.text.size() / 16, node.offset);
      return spent.is_fault() ? spent : number(static_cast<int64_t>(count_characters(whole.text)));
    }
    default:
      return lacks(node.child(0).offset, whole, "列表或文本");
  }
}

Operand Evaluator::convert(const Node& node, const Operand& from) {
  switch (node.function) {
    case Function::to_int:
      return convert_number(node, from, Number::Kind::integer);
    case Function::to_uint:
      return convert_number(node, from, Number::Kind::natural);
    case Function::to_decimal:
      return convert_number(node, from, Number::Kind::decimal);
    case Function::to_text:
      return convert_text(node, from);
    case Function::to_boolean: {
      std::optional<bool> truth = from.is(Kind::text) ? parse_truth(from.text) : as_boolean(from);
      if (truth) return boolean(*truth);
      if (from.is(Kind::text)) return fail(node.offset, "bad-conversion", "文本不是 true 或 false");
      return lacks(node.child(0).offset, from, "真假值");
    }
    default:
      return convert_moment(node, from);
  }
}

Operand Evaluator::convert_number(const Node& node, const Operand& from, Number::Kind kind) {
  std::optional<Number> value;
  if (from.is(Kind::number)) {
    value = from.number.convert(kind);
  } else if (from.is(Kind::timestamp) && kind == Number::Kind::integer) {
    value = Number(from.moment.seconds);
  } else if (from.is(Kind::text)) {
    bool integral = kind != Number::Kind::decimal;
    bool fraction = from.text.find_first_of(".eE") != from.text.npos;
    value = integral && fraction ? std::nullopt
            : kind == Number::Kind::natural && !from.text.ends_with('u') && !from.text.starts_with('-')
                ? Number::parse_literal(std::string(from.text) + "u")
                : Number::parse(from.text);
    if (value) value = value->convert(kind);
  } else {
    return lacks(node.child(0).offset, from, "数");
  }
  if (value) return number(*value);
  return fail(node.offset, "bad-conversion",
              fmt::format("“{}” 不能换成{}", to_value(from).text(),
                          kind == Number::Kind::integer   ? "整数"
                          : kind == Number::Kind::natural ? "非负整数"
                                                          : "小数"));
}

Operand Evaluator::convert_text(const Node& node, const Operand& from) {
  if (from.is(Kind::text)) return from;
  if (from.is(Kind::list) || from.is(Kind::map) || from.is(Kind::null)) {
    return lacks(node.child(0).offset, from, "单个值");
  }
  return text(keep(to_value(from).text()));
}

Operand Evaluator::convert_moment(const Node& node, const Operand& from) {
  Kind wanted = node.function == Function::to_timestamp  ? Kind::timestamp
                : node.function == Function::to_duration ? Kind::duration
                                                         : Kind::date;
  if (from.is(wanted)) return from;
  std::optional<int64_t> seconds = from.is(Kind::number) ? from.number.to_integer() : std::nullopt;
  if (seconds && wanted == Kind::timestamp && is_timestamp_range({*seconds, 0})) {
    return moment(Kind::timestamp, {*seconds, 0});
  }
  if (!from.is(Kind::text)) {
    if (from.is(Kind::number)) return fail(node.offset, "bad-conversion", "这个数不能换成时间");
    return lacks(node.child(0).offset, from, "文本");
  }
  std::optional<Moment> read = wanted == Kind::timestamp  ? parse_timestamp(from.text)
                               : wanted == Kind::duration ? parse_duration(from.text)
                                                          : parse_day(from.text);
  if (read) return moment(wanted, *read);
  return fail(node.offset, "bad-conversion", fmt::format("“{}” 看不懂", from.text),
              wanted == Kind::timestamp  ? "写作 2020-07-27T09:00:00+08:00"
              : wanted == Kind::duration ? "写作 36h、1h30m 或 90s"
                                         : "写作 2020-07-27");
}

Operand Evaluator::text_test(const Node& node, const Operand& whole, const Operand& part) {
  if (!whole.is(Kind::text)) return lacks(node.child(0).offset, whole, "文本");
  if (!part.is(Kind::text)) return lacks(node.child(1).offset, part, "文本");
  Operand spent = charge((whole.text.size() + part.text.size()) / 16, node.offset);
  if (spent.is_fault()) return spent;
  switch (node.function) {
    case Function::contains:
      return boolean(whole.text.find(part.text) != whole.text.npos);
    case Function::starts_with:
      return boolean(whole.text.starts_with(part.text));
    default:
      return boolean(whole.text.ends_with(part.text));
  }
}

Operand Evaluator::matches(const Node& node, const Operand& whole, const Operand& pattern) {
  if (!whole.is(Kind::text)) return lacks(node.child(0).offset, whole, "文本");
  if (!pattern.is(Kind::text)) return lacks(node.child(1).offset, pattern, "文本");
  constexpr size_t kStepsOfAPattern = 2000;  // compiling takes as long as so many additions
  Operand spent = charge(whole.text.size() / 4 + (node.pattern ? 0 : kStepsOfAPattern), node.offset);
  if (spent.is_fault()) return spent;
  if (node.pattern) return boolean(node.pattern->finds_in(whole.text));
  std::string why;
  auto compiled = Pattern::compile(pattern.text, why);
  if (!compiled) return fail(node.child(1).offset, "bad-pattern", "匹配式不对：" + why);
  return boolean(compiled->finds_in(whole.text));
}

Operand Evaluator::part_of_moment(const Node& node, const Operand& from) {
  bool clock = node.function >= Function::hours;
  if (from.is(Kind::duration) &&
      clock) {  // the whole span in that unit, but the milliseconds within a second
    int64_t seconds = from.moment.seconds + (from.moment.seconds < 0 && from.moment.nanos > 0 ? 1 : 0);
    int64_t nanos = from.moment.seconds < 0 && from.moment.nanos > 0 ? from.moment.nanos - 1'000'000'000
                                                                     : from.moment.nanos;
    return number(node.function == Function::hours     ? seconds / 3600
                  : node.function == Function::minutes ? seconds / 60
                  : node.function == Function::seconds ? seconds
                                                       : nanos / 1'000'000);
  }
  if (!from.is(Kind::timestamp) && !(from.is(Kind::date) && !clock)) {
    return lacks(node.child(0).offset, from, clock ? "时刻或时长" : "日期或时刻");
  }
  Moment local = from.moment;
  if (node.children.size() == 2) {
    Operand zone = evaluate(node.child(1));
    if (!zone.is(Kind::text)) return lacks(node.child(1).offset, zone, "文本");
    std::optional<int64_t> offset = parse_zone(zone.text);
    if (!offset) {
      return fail(node.child(1).offset, "bad-zone", fmt::format("不认识时区 “{}”", zone.text),
                  "写作 +08:00 或 Asia/Shanghai");
    }
    local.seconds += *offset;
  }
  Parts parts = split_moment(local);
  switch (node.function) {
    case Function::full_year:
      return number(parts.year);
    case Function::month:
      return number(parts.month);
    case Function::date:
      return number(parts.day_of_month + 1);
    case Function::day_of_month:
      return number(parts.day_of_month);
    case Function::day_of_week:
      return number(parts.day_of_week);
    case Function::day_of_year:
      return number(parts.day_of_year);
    case Function::hours:
      return number(parts.hours);
    case Function::minutes:
      return number(parts.minutes);
    case Function::seconds:
      return number(parts.seconds);
    default:
      return number(parts.milliseconds);
  }
}

// round(a / b, 2) rounds the quotient once; round(a, 2) the number.
Operand Evaluator::round(const Node& node) {
  const Node& inner = node.child(0);
  bool quotient = inner.kind == Node::Kind::arithmetic && inner.operators.size() == 1 &&
                  inner.operators[0] == Operator::divide;
  Operand a = evaluate(quotient ? inner.child(0) : inner);
  if (a.is_fault()) return a;
  Operand b = quotient ? evaluate(inner.child(1)) : number(1);
  if (b.is_fault()) return b;
  Operand places = evaluate(node.child(1));
  std::optional<Number> x = as_number(a), y = as_number(b), p = as_number(places);
  if (!x) return lacks(inner.offset, a, "数");
  if (!y) return lacks(inner.offset, b, "数");
  std::optional<int64_t> whole = p ? p->to_integer() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 9) {
    return places.is_fault() ? places
                             : fail(node.child(1).offset, "bad-argument", "小数位数应是 0 至 9 的整数");
  }
  if (*y == Number(0)) return fail(inner.offset, "division-by-zero", "不能除以 0");
  std::optional<Number> result = Number::divide_rounded(*x, *y, static_cast<int>(*whole));
  return result ? number(*result) : fail(node.offset, "number-too-long", "数值过大（超过 18 位数字）");
}

// Empty items count for nothing: a column that not every row fills is summed over the rows that do.
Operand Evaluator::sum(const Node& node, const Operand& list) {
  if (!list.is(Kind::list)) return lacks(node.child(0).offset, list, "列表");
  Number total;
  for (size_t i = 0; i < item_count(list); ++i) {
    Operand one = item(list, i);
    if (one.is(Kind::null)) continue;
    std::optional<Number> value = as_number(one);
    if (!value) return fail(node.offset, "type-mismatch", fmt::format("第 {} 项不是数", i + 1));
    Operand next = calculate_numbers(node, Operator::plus, total, *value);
    if (next.is_fault()) return next;
    total = next.number;
  }
  return number(total);
}

// count('register', {'column': value}), exists(…) alike, sum('register', 'column', {…})
Operand Evaluator::ask_ledgers(const Node& node) {
  if (!ledgers_) return fail(node.offset, "no-registers", "此处没有台账可查");
  std::string_view name = node.child(0).text;
  const Type* row = ledgers_->row(name);
  if (!row) return fail(node.child(0).offset, "unknown-register", fmt::format("没有台账 “{}”", name));
  bool sums = node.function == Function::register_sum;
  std::vector<Ledgers::Match> matches;
  size_t at = sums ? 2 : 1;
  if (node.children.size() > at) {
    Operand wanted = evaluate(node.child(at));
    if (!wanted.is(Kind::map)) return lacks(node.child(at).offset, wanted, "对照表");
    for (size_t i = 0; i < key_count(wanted); ++i) {
      Operand key = key_at(wanted, i), value = *find_key(wanted, key);
      std::string column = to_value(key).text();
      if (row->kind() == Type::Kind::record && !row->find(column)) {
        return fail(node.child(at).offset, "unknown-column",
                    fmt::format("台账 {} 没有列 “{}”", name, column));
      }
      if (value.is(Kind::null))
        return fail(node.child(at).offset, "missing-value", fmt::format("“{}” 没有填写", column));
      matches.push_back({std::move(column), to_value(value)});
    }
  }
  if (sums) {
    std::optional<Number> total = Number::parse(ledgers_->sum(name, node.child(1).text, matches).to_text());
    return total ? number(*total) : fail(node.offset, "number-too-long", "合计过大");
  }
  int64_t count = ledgers_->count(name, matches);
  return node.function == Function::register_count ? number(count) : boolean(count > 0);
}

}  // namespace wenshu::expression
