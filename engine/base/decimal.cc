#include "base/decimal.h"

#include <fmt/format.h>

#include "base/error.h"

namespace wenshu {
namespace {

constexpr int kMaxScale = 9;
constexpr int kMaxDigits = 18;  // every such number fits int64_t
constexpr int64_t kMaxUnits = 999'999'999'999'999'999;

__extension__ using Wide =
    __int128;  // holds every product of two int64_t, so nothing wraps before it is tested

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Trailing zeros off, then the limits. Nothing when the number needs more digits than there are.
bool normalise(Wide& units, int& scale) {
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  return scale <= kMaxScale && units <= kMaxUnits && units >= -kMaxUnits;
}

[[noreturn]] void throw_too_long() { throw Failure("数值过大（超过 18 位数字）"); }

}  // namespace

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"

Decimal::Decimal(int64_t units, int scale) : units_(units), scale_(scale) {}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  while (whole.size() > 1 && whole.starts_with('0')) whole.remove_prefix(1);
  if (fraction.size() > kMaxScale || whole.size() + fraction.size() > kMaxDigits + (whole == "0" ? 1 : 0)) {
    return std::nullopt;
  }
  int64_t units = 0;
  for (std::string_view digits : {whole, fraction}) {
    for (char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      units = units * 10 + (c - '0');
    }
  }
  return Decimal(negative ? -units : units, static_cast<int>(fraction.size()));
}

std::string Decimal::to_text() const {
  if (scale_ == 0) return std::to_string(units_);
  uint64_t magnitude = units_ < 0 ? -static_cast<uint64_t>(units_) : static_cast<uint64_t>(units_);
  uint64_t unit = static_cast<uint64_t>(power_of_ten(scale_));
  return fmt::format("{}{}.{:0{}}", units_ < 0 ? "-" : "", magnitude / unit, magnitude % unit, scale_);
}

std::optional<int64_t> Decimal::to_integer() const {
  if (scale_ != 0) return std::nullopt;
  return units_;
}

Decimal operator+(Decimal a, Decimal b) {
  int scale = std::max(a.scale_, b.scale_);
  Wide units = a.units_ * power_of_ten(scale - a.scale_) + b.units_ * power_of_ten(scale - b.scale_);
  if (!normalise(units, scale)) throw_too_long();
  return Decimal(static_cast<int64_t>(units), scale);
}

Decimal operator-(Decimal a, Decimal b) {
  int scale = std::max(a.scale_, b.scale_);
  Wide units = a.units_ * power_of_ten(scale - a.scale_) - b.units_ * power_of_ten(scale - b.scale_);
  if (!normalise(units, scale)) throw_too_long();
  return Decimal(static_cast<int64_t>(units), scale);
}

Decimal operator*(Decimal a, Decimal b) {
  int scale = a.scale_ + b.scale_;
  Wide units = static_cast<Wide>(a.units_) * b.units_;
  if (!normalise(units, scale)) throw_too_long();
  return Decimal(static_cast<int64_t>(units), scale);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  Wide left = a.units_ * power_of_ten(std::max(0, b.scale_ - a.scale_));
  Wide right = b.units_ * power_of_ten(std::max(0, a.scale_ - b.scale_));
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

#pragma GCC diagnostic pop

}  // namespace wenshu
