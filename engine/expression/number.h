// Numbers of guards: CEL's int and uint of 64 bits, and exact decimals in place of its double.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu::expression {

__extension__ using Wide = __int128;

// units / 10^scale. Decimals have at most 18 digits, 9 of them after the point, and no zero at the end there;
// integers and naturals have no scale. What does not fit is nothing: there is no rounding and no wrapping.
class Number {
 public:
  enum class Kind : uint8_t { integer, natural, decimal };

  Number() = default;
  Number(int64_t integer) : units_(integer) {}  // NOLINT: an integer is a number
  static std::optional<Number> make(Kind kind, Wide units, int scale = 0);

  // 12, -3, 0x1F; 5u (natural); 0.50, .5, 1e3 (decimal).
  static std::optional<Number> parse_literal(std::string_view text);
  // 12 and -3 are integers, 0.50 and 1e3 decimals; 19 digits and more only where an int holds them.
  static std::optional<Number> parse(std::string_view text);

  Kind kind() const { return kind_; }
  Wide units() const { return units_; }
  int scale() const { return scale_; }
  bool is_whole() const { return scale_ == 0; }
  std::optional<int64_t> to_integer() const;       // nothing with a fraction or outside int64_t
  std::optional<Number> convert(Kind kind) const;  // a fraction is cut off, as CEL's int(double) does
  std::string to_text() const;

  // Mixed kinds: with a decimal the result is a decimal. Nothing when it does not fit.
  // REQUIRES: not an integer with a natural (can_mix).
  static bool can_mix(const Number& a, const Number& b);
  static std::optional<Number> add(const Number& a, const Number& b);
  static std::optional<Number> subtract(const Number& a, const Number& b);
  static std::optional<Number> multiply(const Number& a, const Number& b);
  // Of integers: the whole part, as in CEL. Of decimals: nothing when it does not come out within 9 places.
  // REQUIRES: b is not 0.
  static std::optional<Number> divide(const Number& a, const Number& b);
  static std::optional<Number> modulo(const Number& a, const Number& b);
  // a / b as a decimal of `places`, half away from zero (四舍五入). REQUIRES: b is not 0, places 0 to 9.
  static std::optional<Number> divide_rounded(const Number& a, const Number& b, int places);
  std::optional<Number> opposite() const;

  friend bool operator==(const Number& a, const Number& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);  // by value, whatever the kinds

 private:
  Wide units_ = 0;
  uint8_t scale_ = 0;
  Kind kind_ = Kind::integer;
};

}  // namespace wenshu::expression
