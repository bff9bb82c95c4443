#include "expression/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace wenshu::expression {
namespace {

constexpr int kMaxScale = 9;
constexpr Wide kMaxDecimal = 999'999'999'999'999'999;
constexpr Wide kTooWide = static_cast<Wide>(1) << 100;  // far past every number, far below what Wide holds

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Number::Kind common(const Number& a, const Number& b) {
  return a.kind() == b.kind() ? a.kind() : Number::Kind::decimal;
}

// Digits in base 10 or 16; nothing when there is none, or another character, or far too many.
std::optional<Wide> parse_digits(std::string_view text, int base) {
  if (text.empty()) return std::nullopt;
  Wide units = 0;
  for (char c : text) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    if (digit >= base) return std::nullopt;
    units = units * base + digit;
    if (units > kTooWide) return std::nullopt;
  }
  return units;
}

// "", "e3", "E-2": the exponent; nothing when it is no number or would not matter any more.
std::optional<int> parse_exponent(std::string_view text) {
  if (text.empty()) return 0;
  text.remove_prefix(1);
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::optional<Wide> digits = parse_digits(text, 10);
  if (!digits || *digits > 40) return std::nullopt;
  return static_cast<int>(negative ? -*digits : *digits);
}

std::optional<Number> parse_decimal(std::string_view text, bool negative) {
  size_t e = text.find_first_of("eE");
  std::optional<int> exponent = parse_exponent(e == text.npos ? "" : text.substr(e));
  text = text.substr(0, e);
  size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == text.npos ? "" : text.substr(point + 1);
  if (!exponent || (point != text.npos && fraction.empty())) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  std::optional<Wide> units = parse_digits(std::string(whole) + std::string(fraction) + "", 10);
  if (!units && whole.empty() && fraction.empty() && point != text.npos) units = 0;  // ".0"
  if (!units) return std::nullopt;
  int scale = static_cast<int>(fraction.size()) - *exponent;
  if (scale < 0) {
    if (scale < -18 && *units != 0) return std::nullopt;
    units = *units == 0 ? 0 : *units * power_of_ten(-scale);
    scale = 0;
  }
  return Number::make(Number::Kind::decimal, negative ? -*units : *units, scale);
}

}  // namespace

std::optional<Number> Number::make(Kind kind, Wide units, int scale) {
  Number number;
  number.kind_ = kind;
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  using Limits = std::numeric_limits<int64_t>;
  bool fits = kind == Kind::integer ? scale == 0 && units >= Limits::min() && units <= Limits::max()
              : kind == Kind::natural
                  ? scale == 0 && units >= 0 && units <= std::numeric_limits<uint64_t>::max()
                  : scale <= kMaxScale && units <= kMaxDecimal && units >= -kMaxDecimal;
  if (!fits) return std::nullopt;
  number.units_ = units;
  number.scale_ = static_cast<uint8_t>(scale);
  return number;
}

std::optional<Number> Number::parse_literal(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  bool natural = text.ends_with('u') || text.ends_with('U');
  if (natural) text.remove_suffix(1);
  bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (!hexadecimal && !natural && text.find_first_of(".eE") != text.npos)
    return parse_decimal(text, negative);
  std::optional<Wide> units = parse_digits(hexadecimal ? text.substr(2) : text, hexadecimal ? 16 : 10);
  if (!units) return std::nullopt;
  return make(natural ? Kind::natural : Kind::integer, negative ? -*units : *units);
}

std::optional<Number> Number::parse(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.find_first_of(".eE") != text.npos) {
    bool digit_first = text.front() >= '0' && text.front() <= '9';
    return digit_first ? parse_decimal(text, negative) : std::nullopt;
  }
  std::optional<Wide> units = parse_digits(text, 10);
  if (!units) return std::nullopt;
  return make(Kind::integer, negative ? -*units : *units);
}

std::optional<int64_t> Number::to_integer() const {
  std::optional<Number> integer = scale_ == 0 ? make(Kind::integer, units_) : std::nullopt;
  if (!integer) return std::nullopt;
  return static_cast<int64_t>(units_);
}

std::optional<Number> Number::convert(Kind kind) const {
  if (kind == Kind::decimal) return make(kind, units_, scale_);
  return make(kind, units_ / power_of_ten(scale_));
}

std::string Number::to_text() const {
  bool negative = units_ < 0;
  Wide magnitude = negative ? -units_ : units_;
  Wide unit = power_of_ten(scale_);
  std::string whole = fmt::format("{}{}", negative ? "-" : "", static_cast<uint64_t>(magnitude / unit));
  if (scale_ == 0) return whole;
  return fmt::format("{}.{:0{}}", whole, static_cast<uint64_t>(magnitude % unit), static_cast<int>(scale_));
}

bool Number::can_mix(const Number& a, const Number& b) {
  return a.kind_ == b.kind_ || a.kind_ == Kind::decimal || b.kind_ == Kind::decimal;
}

std::optional<Number> Number::add(const Number& a, const Number& b) {
  int scale = std::max(a.scale_, b.scale_);
  return make(common(a, b),
              a.units_ * power_of_ten(scale - a.scale_) + b.units_ * power_of_ten(scale - b.scale_), scale);
}

std::optional<Number> Number::subtract(const Number& a, const Number& b) {
  int scale = std::max(a.scale_, b.scale_);
  return make(common(a, b),
              a.units_ * power_of_ten(scale - a.scale_) - b.units_ * power_of_ten(scale - b.scale_), scale);
}

std::optional<Number> Number::multiply(const Number& a, const Number& b) {
  Wide units = 0;
  if (__builtin_mul_overflow(a.units_, b.units_, &units)) return std::nullopt;
  return make(common(a, b), units, a.scale_ + b.scale_);
}

std::optional<Number> Number::divide(const Number& a, const Number& b) {
  if (common(a, b) != Kind::decimal) return make(a.kind_, a.units_ / b.units_);
  Wide units = a.units_ * power_of_ten(kMaxScale + b.scale_ - a.scale_);
  if (units % b.units_ != 0) return std::nullopt;
  return make(Kind::decimal, units / b.units_, kMaxScale);
}

std::optional<Number> Number::modulo(const Number& a, const Number& b) {
  return make(a.kind_, a.units_ % b.units_);
}

std::optional<Number> Number::divide_rounded(const Number& a, const Number& b, int places) {
  int shift = places + b.scale_ - a.scale_;
  Wide above = a.units_ * power_of_ten(std::max(0, shift));
  Wide below = b.units_ * power_of_ten(std::max(0, -shift));
  if (below < 0) {
    above = -above;
    below = -below;
  }
  Wide quotient = above / below, rest = above % below;
  if (rest >= 0 && rest * 2 >= below) ++quotient;
  if (rest < 0 && -rest * 2 >= below) --quotient;
  return make(Kind::decimal, quotient, places);
}

std::optional<Number> Number::opposite() const {
  if (kind_ == Kind::natural) return std::nullopt;
  return make(kind_, -units_, scale_);
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (a.scale_ == b.scale_) return a.units_ <=> b.units_;
  Wide left = a.units_ * power_of_ten(std::max(0, b.scale_ - a.scale_));
  Wide right = b.units_ * power_of_ten(std::max(0, a.scale_ - b.scale_));
  return left <=> right;
}

}  // namespace wenshu::expression
