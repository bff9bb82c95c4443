// Exact decimal numbers: money, hours. No binary fractions anywhere.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu {

// units / 10^scale, 0 <= scale <= 9; normal form has no trailing zero after the point.
// Arithmetic throws Failure when 18 digits do not hold the result.
class Decimal {
 public:
  Decimal() = default;
  Decimal(int64_t integer) : units_(integer) {}  // NOLINT: an integer is a decimal

  // -12.50, 3, +4; no exponent, no grouping. Nothing when the text is something else or too long.
  static std::optional<Decimal> parse(std::string_view text);

  std::string to_text() const;
  std::optional<int64_t> to_integer() const;  // nothing when there is a fraction
  bool is_integer() const { return scale_ == 0; }

  friend Decimal operator+(Decimal a, Decimal b);
  friend Decimal operator-(Decimal a, Decimal b);
  friend Decimal operator*(Decimal a, Decimal b);
  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  Decimal(int64_t units, int scale);
  int64_t units_ = 0;
  int scale_ = 0;
};

}  // namespace wenshu
