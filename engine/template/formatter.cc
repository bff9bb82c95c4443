#include "template/formatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/text.h"
#include "chinese/count.h"
#include "chinese/date.h"
#include "chinese/numeral.h"

namespace wenshu::templates {
namespace {

using data::Value;

// Integers above this are no list numbers or years; to_numeral itself goes further.
constexpr long long kMostNumeral = 999'999'999'999;

bool is_blank(const Value& value) {
  if (value.is_null()) return true;
  if (value.is_scalar()) return value.text().empty();
  return value.size() == 0;
}

std::string shown(const Value& value) {
  if (!value.is_scalar()) return "列表或分组";
  const std::u32string characters = to_characters(value.text());
  return characters.size() <= 20 ? value.text() : to_utf8(characters.substr(0, 20)) + "…";
}

std::optional<Date> date_of(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  if (const auto date = parse_date(value.text())) return date;
  return chinese::parse_date_text(value.text());
}

Value format_date(const Value& value, std::string (*print_date)(Date), std::string& fault) {
  if (is_blank(value)) return {};
  const auto date = date_of(value);
  if (date) return print_date(*date);
  fault = fmt::format("“{}”不是日期（应如 2020-07-27 或 2020年7月27日）", shown(value));
  return {};
}

Value as_date(const Value& value, const std::string&, std::string& fault) {
  return format_date(value, chinese::to_date_text, fault);
}

Value as_numeral_date(const Value& value, const std::string&, std::string& fault) {
  return format_date(value, chinese::to_numeral_date, fault);
}

Value as_numeral(const Value& value, const std::string&, std::string& fault) {
  if (is_blank(value)) return {};
  const auto number = value.is_scalar() ? Decimal::parse(value.text()) : std::nullopt;
  const auto integer = number ? number->to_integer() : std::nullopt;
  if (integer && *integer >= 0 && *integer <= kMostNumeral) return chinese::to_numeral(*integer);
  fault = fmt::format("“{}”不是整数，不能写成汉字数字", shown(value));
  return {};
}

// Numbers alone add up exactly; as soon as one says 人 (or is no number) all are head-counts.
Value sum(const Value& value, const std::string&, std::string& fault) {
  std::vector<Value> single;
  if (!value.is_list() && !value.is_null()) single.push_back(value);
  const std::vector<Value>& items = value.is_list() ? value.items() : single;
  Decimal total;
  bool decimals = true, people = true;
  chinese::CountSum heads;
  for (const Value& item : items) {
    const auto count = item.is_null()     ? chinese::parse_count("")
                       : item.is_scalar() ? chinese::parse_count(item.text())
                                          : std::nullopt;
    const auto number = item.is_scalar() ? Decimal::parse(item.text()) : std::nullopt;
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

Value or_default(const Value& value, const std::string& text, std::string&) {
  return is_blank(value) ? Value(text) : value;
}

struct Entry {
  const char* name;
  Value (*apply)(const Value& value, const std::string& argument, std::string& fault);
};

// A new formatter is one function above and one line here.
constexpr std::array<Entry, 7> kFormatters = {{{"date", as_date},
                                               {"date-cn", as_numeral_date},
                                               {"chinese", as_numeral},
                                               {"sum", sum},
                                               {"count", count},
                                               {"join", join_items},
                                               {"default", or_default}}};

}  // namespace

const std::vector<std::string>& formatter_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Entry& entry : kFormatters) names.emplace_back(entry.name);
    return names;
  }();
  return kNames;
}

bool is_formatter(std::string_view name) {
  return std::any_of(kFormatters.begin(), kFormatters.end(),
                     [name](const Entry& entry) { return entry.name == name; });
}

Value format(const Value& value, const Formatter& formatter, std::string& fault) {
  for (const Entry& entry : kFormatters) {
    if (entry.name != formatter.name) continue;
    try {
      return entry.apply(value, formatter.argument, fault);
    } catch (const Failure&) {  // Decimal: 18 digits do not hold the result
      fault = "合计太大，超出 18 位";
      return {};
    }
  }
  fault = fmt::format("没有格式 {}", formatter.name);
  return {};
}

std::optional<std::string> print(const Value& value) {
  if (value.is_null()) return "";
  if (value.is_scalar()) return value.text();
  if (value.is_map()) return std::nullopt;
  std::vector<std::string> parts;
  for (const Value& item : value.items()) {
    if (!item.is_null() && !item.is_scalar()) return std::nullopt;
    if (!is_blank(item)) parts.push_back(item.text());
  }
  return join(parts, "、");
}

}  // namespace wenshu::templates
