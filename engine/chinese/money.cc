#include "chinese/money.h"

#include "chinese/numeral.h"

namespace wenshu::chinese {

std::optional<std::string> to_capital_money(Decimal amount) {
  constexpr int64_t kTooMuch = 1'000'000'000'000;
  const bool negative = amount < Decimal(0);
  if (negative) amount = Decimal(0) - amount;
  if (amount >= Decimal(kTooMuch)) return std::nullopt;
  const auto all = (amount * Decimal(100)).to_integer();
  if (!all) return std::nullopt;
  const int64_t yuan = *all / 100, jiao = *all / 10 % 10, fen = *all % 10;
  std::string text = negative ? "负" : "";
  if (yuan > 0 || *all == 0) text += to_capital_numeral(yuan) + "元";
  if (jiao == 0 && fen == 0) return text + "整";
  const bool gap = jiao == 0 || yuan % 10 == 0;
  if (yuan > 0 && gap) text += "零";
  if (jiao > 0) text += to_capital_numeral(jiao) + "角";
  if (fen > 0) text += to_capital_numeral(fen) + "分";
  return text;
}

}  // namespace wenshu::chinese
