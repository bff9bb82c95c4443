#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "chinese/money.h"
#include "chinese/numeral.h"
#include "template/formatter_functions.h"

namespace wenshu::templates {
namespace {

using data::Value;

// Integers above this are no list numbers or years; to_numeral itself goes further.
constexpr long long kMostNumeral = 999'999'999'999;

Value format_integer(const Value& value, std::string& fault, std::string (*print)(long long)) {
  if (is_blank(value)) return {};
  const auto number = value.is_scalar() ? Decimal::parse(value.text()) : std::nullopt;
  const auto integer = number ? number->to_integer() : std::nullopt;
  if (integer && *integer >= 0 && *integer <= kMostNumeral) return print(*integer);
  fault = fmt::format("“{}”不是整数，不能写成汉字数字", shown(value));
  return {};
}

// Grouped figures (1,234.50) and signs of money are how people type amounts.
std::optional<Decimal> number_of(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  std::string text(trim(value.text()));
  for (const std::string_view sign : {"￥", "¥", "人民币"})
    if (text.starts_with(sign)) text.erase(0, sign.size());
  if (text.ends_with("元")) text.erase(text.size() - std::string_view("元").size());
  text = replace_all(replace_all(std::move(text), "，", ","), ",", "");
  return Decimal::parse(trim(text));
}

std::optional<Decimal> number_of(const Value& value, std::string& fault) {
  const auto number = number_of(value);
  if (!number) fault = fmt::format("“{}”不是数字", shown(value));
  return number;
}

size_t to_places(const std::string& argument, size_t otherwise) {
  size_t places = otherwise;
  std::from_chars(argument.data(), argument.data() + argument.size(), places);
  return places;
}

// Half away from zero, exactly: 36.005 to two places is 36.01.
std::string round_to(Decimal number, size_t places) {
  std::string text = number.to_text();
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  const size_t point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point);
  std::string fraction = point < text.size() ? text.substr(point + 1) : "";
  const bool up = fraction.size() > places && fraction[places] >= '5';
  fraction.resize(places, '0');
  digits += fraction;
  size_t at = digits.size();
  for (bool carry = up; carry; carry = digits[at] == '0') {
    if (at == 0) {
      digits.insert(0, "1");
      break;
    }
    --at;
    digits[at] = digits[at] == '9' ? '0' : static_cast<char>(digits[at] + 1);
  }
  const size_t whole = digits.size() - places;
  const bool is_zero = digits.find_first_not_of('0') == std::string::npos;
  return (negative && !is_zero ? "-" : "") + digits.substr(0, whole) +
         (places > 0 ? "." + digits.substr(whole) : "");
}

}  // namespace

std::string without_grouping(const std::string& text) {
  const std::string_view trimmed = trim(text);
  size_t at = trimmed.starts_with('-') ? 1 : 0;
  const auto figures_at = [&](size_t begin) {
    return std::min(trimmed.find_first_not_of("0123456789", begin), trimmed.size()) - begin;
  };
  const size_t first = figures_at(at);
  if (first == 0 || first > 3) return text;
  std::string plain(trimmed.substr(0, at + first));
  for (at += first; at < trimmed.size() && trimmed[at] == ','; at += 4) {
    if (figures_at(at + 1) != 3) return text;
    plain += trimmed.substr(at + 1, 3);
  }
  return plain + std::string(trimmed.substr(at));
}

Value as_numeral(const Value& value, const std::string&, std::string& fault) {
  return format_integer(value, fault, chinese::to_numeral);
}

Value as_capital(const Value& value, const std::string&, std::string& fault) {
  return format_integer(value, fault, chinese::to_capital_numeral);
}

Value as_digits(const Value& value, const std::string&, std::string& fault) {
  return format_integer(value, fault, chinese::to_digit_numeral);
}

// ECMA-376 part 1, 17.18.59 chineseCounting: from a hundred on, figure by figure.
Value as_counting(const Value& value, const std::string&, std::string& fault) {
  return format_integer(value, fault, [](long long number) {
    return number < 100 ? chinese::to_numeral(number) : chinese::to_digit_numeral(number);
  });
}

Value as_money(const Value& value, const std::string& prefix, std::string& fault) {
  if (is_blank(value)) return {};
  const auto number = number_of(value, fault);
  if (!number) return {};
  const auto text = chinese::to_capital_money(*number);
  if (!text) fault = fmt::format("“{}”不能写成大写金额：应不到一万亿元，至多两位小数", shown(value));
  if (!text) return {};
  return prefix == "plain" ? *text : (prefix.empty() ? "人民币" : prefix) + *text;
}

Value as_decimals(const Value& value, const std::string& places, std::string& fault) {
  if (is_blank(value)) return {};
  const auto number = number_of(value, fault);
  return number ? Value(round_to(*number, to_places(places, 2))) : Value();
}

Value as_thousands(const Value& value, const std::string& places, std::string& fault) {
  if (is_blank(value)) return {};
  const auto number = number_of(value, fault);
  if (!number) return {};
  std::string text = places.empty() ? number->to_text() : round_to(*number, to_places(places, 0));
  const size_t first = text.starts_with('-') ? 1 : 0;
  constexpr size_t kGroup = 3;
  for (size_t at = std::min(text.find('.'), text.size()); at > first + kGroup;)
    text.insert(at -= kGroup, ",");
  return text;
}

Value as_percent(const Value& value, const std::string& places, std::string& fault) {
  if (is_blank(value)) return {};
  if (value.is_scalar() && value.text().ends_with('%') && places.empty()) return value;
  const auto number = number_of(value, fault);
  if (!number) return {};
  const Decimal hundredfold = *number * Decimal(100);
  return (places.empty() ? hundredfold.to_text() : round_to(hundredfold, to_places(places, 0))) + "%";
}

Value as_padded(const Value& value, const std::string& digits, std::string& fault) {
  if (is_blank(value)) return {};
  const auto number = number_of(value, fault);
  if (!number) return {};
  std::string text(trim(value.text()));
  const size_t first = text.starts_with('-') ? 1 : 0;
  const size_t whole = std::min(text.find('.'), text.size()) - first, wanted = to_places(digits, 0);
  if (whole < wanted) text.insert(first, wanted - whole, '0');
  return text;
}

}  // namespace wenshu::templates
