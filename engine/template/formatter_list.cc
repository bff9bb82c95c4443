#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"
#include "chinese/count.h"
#include "template/formatter_functions.h"

namespace wenshu::templates {
namespace {

using data::Value;

// A single thing is a list of itself.
std::vector<Value> items_of(const Value& value) {
  if (value.is_list()) return value.items();
  return value.is_null() ? std::vector<Value>() : std::vector<Value>{value};
}

std::optional<Decimal> number_of(const Value& item) {
  return item.is_scalar() ? Decimal::parse(without_grouping(item.text())) : std::nullopt;
}

template <class Better>
Value choose(const Value& value, std::string& fault, Better better) {
  std::optional<Decimal> chosen;
  for (const Value& item : items_of(value)) {
    if (is_blank(item)) continue;
    const auto number = number_of(item);
    if (!number) {
      fault = fmt::format("“{}”不是数字，不能比大小", shown(item));
      return {};
    }
    if (!chosen || better(*number, *chosen)) chosen = number;
  }
  return chosen ? Value(chosen->to_text()) : Value();
}

}  // namespace

// Numbers alone add up exactly; as soon as one says 人 (or is no number) all are head-counts.
Value sum(const Value& value, const std::string&, std::string& fault) {
  Decimal total;
  bool decimals = true, people = true;
  chinese::CountSum heads;
  for (const Value& item : items_of(value)) {
    const auto count = item.is_null()     ? chinese::parse_count("")
                       : item.is_scalar() ? chinese::parse_count(without_grouping(item.text()))
                                          : std::nullopt;
    const auto number = number_of(item);
    if (!count && !number) {
      fault = fmt::format("“{}”既不是数字，也不是人数，不能合计", shown(item));
      return {};
    }
    if (count) heads.add(*count);
    if (number) total = total + *number;
    decimals = decimals && (number || is_blank(item));
    people = people && count;
    if (!people && !decimals) {
      fault = fmt::format("“{}”不是人数，不能与其他各项合计", shown(item));
      return {};
    }
  }
  return decimals ? total.to_text() : heads.to_text();
}

Value least(const Value& value, const std::string&, std::string& fault) {
  return choose(value, fault, [](Decimal a, Decimal b) { return a < b; });
}

Value most(const Value& value, const std::string&, std::string& fault) {
  return choose(value, fault, [](Decimal a, Decimal b) { return b < a; });
}

Value count(const Value& value, const std::string&, std::string&) {
  if (value.is_null()) return Value::number(0LL);
  return Value::number(value.is_scalar() ? 1LL : static_cast<long long>(value.size()));
}

Value join_items(const Value& value, const std::string& separator, std::string& fault) {
  if (!value.is_list()) {
    if (!value.is_map()) return value;
    fault = "分组不能用 join 连接，只有列表可以";
    return {};
  }
  std::vector<std::string> parts;
  for (const Value& item : value.items()) {
    if (!item.is_null() && !item.is_scalar()) {
      fault = "列表的各项不是文字，不能用 join 连接";
      return {};
    }
    if (!is_blank(item)) parts.push_back(item.text());
  }
  return join(parts, separator.empty() ? "、" : separator);
}

// In the order of their first coming.
Value unique(const Value& value, const std::string&, std::string& fault) {
  if (!value.is_list()) return value;
  Value result = Value::list();
  std::vector<std::string> seen;
  for (const Value& item : value.items()) {
    if (!item.is_null() && !item.is_scalar()) {
      fault = "列表的各项不是文字，不能用 unique 去重";
      return {};
    }
    const auto at = std::lower_bound(seen.begin(), seen.end(), item.text());
    if (at != seen.end() && *at == item.text()) continue;
    seen.insert(at, item.text());
    result.add(item);
  }
  return result;
}

Value first(const Value& value, const std::string&, std::string&) {
  if (!value.is_list()) return value;
  return value.size() > 0 ? value.items().front() : Value();
}

Value last(const Value& value, const std::string&, std::string&) {
  if (!value.is_list()) return value;
  return value.size() > 0 ? value.items().back() : Value();
}

}  // namespace wenshu::templates
