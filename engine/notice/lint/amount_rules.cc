// Sums of money in capital numerals (支付结算办法, annex 1): 壹仟肆佰零玖元伍角.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "notice/lint/rule.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

constexpr std::u32string_view kFigures = U"零壹贰叁肆伍陆柒捌玖";
constexpr std::u32string_view kUnits = U"拾佰仟万亿元圆角分整正";

bool is_capital(char32_t c) { return kFigures.find(c) != kFigures.npos || kUnits.find(c) != kUnits.npos; }

// 壹仟贰佰 in hundredths of a yuan; nothing where the text says no sum.
std::optional<long long> parse_amount(std::u32string_view text) {
  long long whole = 0, ten_thousands = 0, below = 0, cents = 0;
  long long figure = -1;
  bool yuan = false;
  for (const char32_t c : text) {
    if (const size_t n = kFigures.find(c); n != kFigures.npos) {
      figure = static_cast<long long>(n);
      continue;
    }
    const auto take = [&](long long unit) { below += (figure < 0 ? 1 : figure) * unit, figure = -1; };
    switch (c) {
      case U'拾':
        take(10);
        break;
      case U'佰':
        take(100);
        break;
      case U'仟':
        take(1000);
        break;
      case U'万':
        ten_thousands += (below + std::max(0LL, figure)) * 10'000, below = 0, figure = -1;
        break;
      case U'亿':
        whole += (ten_thousands + below + std::max(0LL, figure)) * 100'000'000, ten_thousands = below = 0,
                                                                                figure = -1;
        break;
      case U'元':
      case U'圆':
        whole += ten_thousands + below + std::max(0LL, figure), ten_thousands = below = 0, figure = -1,
                                                                yuan = true;
        break;
      case U'角':
        cents += std::max(0LL, figure) * 10, figure = -1;
        break;
      case U'分':
        cents += std::max(0LL, figure), figure = -1;
        break;
      default:
        break;
    }
    if (whole > 1'000'000'000'000LL) return std::nullopt;
  }
  return yuan ? std::optional(whole * 100 + cents) : std::nullopt;
}

// Up to 9999, with one 零 for zeros inside.
std::u32string figures_below(long long n, bool leading_zero) {
  constexpr std::array<std::u32string_view, 4> kPlaces = {U"", U"拾", U"佰", U"仟"};
  std::u32string out;
  bool zero = leading_zero && n > 0 && n < 1000;
  for (int place = 3, unit = 1000; place >= 0; --place, unit /= 10) {
    const auto figure = static_cast<size_t>(n / unit % 10);
    if (figure == 0) {
      zero = zero || !out.empty();
      continue;
    }
    if (zero) out += U'零';
    zero = false;
    out += kFigures[figure];
    out += kPlaces[static_cast<size_t>(place)];
  }
  return out;
}

std::u32string amount_text(long long hundredths) {
  const long long whole = hundredths / 100, jiao = hundredths / 10 % 10, fen = hundredths % 10;
  std::u32string out;
  if (whole >= 100'000'000) out += figures_below(whole / 100'000'000, false) + U"亿";
  if (const long long middle = whole / 10'000 % 10'000; middle > 0)
    out += figures_below(middle, !out.empty()) + U"万";
  out += figures_below(whole % 10'000, !out.empty());
  if (!out.empty()) out += U'元';
  if (jiao == 0 && fen == 0) return out + U"整";
  if (jiao > 0) out += std::u32string(1, kFigures[static_cast<size_t>(jiao)]) + U"角";
  if (jiao == 0 && whole > 0) out += U'零';
  if (fen > 0) out += std::u32string(1, kFigures[static_cast<size_t>(fen)]) + U"分";
  return out;
}

struct Amount {
  const Text* text;
  size_t begin, end;  // characters
  long long hundredths;
};

template <class Visit>
void visit_amounts(const Draft& draft, Visit visit) {
  const auto look_at = [&](const Text& text) {
    if (text.text.find("元") == std::string::npos && text.text.find("圆") == std::string::npos) return;
    const std::u32string& all = text.characters();
    for (size_t i = 0; i < all.size();) {
      size_t end = i;
      while (end < all.size() && is_capital(all[end])) ++end;
      const std::u32string_view run = std::u32string_view(all).substr(i, end - i);
      const bool figures = run.find_first_of(kFigures) != run.npos && run.find_first_of(kFigures) < 1;
      if (run.size() >= 2 && figures)
        if (const auto sum = parse_amount(run)) visit(Amount{&text, i, end, *sum}, all);
      i = std::max(end, i + 1);
    }
  };
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) look_at(paragraph.all);
  for (const Text& cell : draft.cells) look_at(cell);
}

void check_form(const Draft& draft, const Rule& rule, Report& report) {
  visit_amounts(draft, [&](const Amount& amount, const std::u32string& all) {
    std::u32string written = all.substr(amount.begin, amount.end - amount.begin);
    std::replace(written.begin(), written.end(), U'圆', U'元');
    std::replace(written.begin(), written.end(), U'正', U'整');
    const std::u32string right = amount_text(amount.hundredths);
    // 陆元方, a name; 伍佰元以上: only an amount by itself wants its 整.
    const bool goes_on = amount.end < all.size() && is_chinese(all[amount.end]);
    if (written + U"整" == right && goes_on) return;
    if (written == right || (written == right + U"整" && right.back() == U'角')) return;
    std::vector<Fix> fixes;
    if (!amount.text->columns.empty())
      fixes.push_back({amount.text->at(amount.begin), amount.end - amount.begin, to_utf8(right)});
    report.add(rule, amount.text->at(amount.begin), fmt::format("大写金额写作“{}”", to_utf8(written)),
               fmt::format("写作 {}", to_utf8(right)), std::move(fixes));
  });
}

// （1409.50元） or （¥1,409.50） behind the capitals.
void check_figures(const Draft& draft, const Rule& rule, Report& report) {
  visit_amounts(draft, [&](const Amount& amount, const std::u32string& all) {
    size_t at = amount.end;
    if (at >= all.size() || all[at] != U'（') return;
    ++at;
    if (at < all.size() && (all[at] == U'¥' || all[at] == U'￥')) ++at;
    long long hundredths = 0;
    int decimals = -1;
    const size_t first = at;
    for (; at < all.size() && at - first < 18; ++at) {
      const char32_t c = all[at];
      if (c == U',' || c == U'，') continue;
      if (c == U'.' && decimals < 0) {
        decimals = 0;
        continue;
      }
      if (c < U'0' || c > U'9' || decimals == 2) break;
      hundredths = hundredths * 10 + (c - U'0');
      if (decimals >= 0) ++decimals;
    }
    if (at == first) return;
    for (int i = std::max(decimals, 0); i < 2; ++i) hundredths *= 10;
    if (at < all.size() && all[at] == U'万') hundredths *= 10'000;
    if (hundredths != amount.hundredths)
      report.add(rule, amount.text->at(amount.begin),
                 fmt::format("大写金额与小写金额不同：{}，{}",
                             to_utf8(all.substr(amount.begin, amount.end - amount.begin)),
                             to_utf8(all.substr(first, at - first))),
                 "两处改为一致");
  });
}

}  // namespace

std::vector<Rule> amount_rules() {
  using enum Strength;
  return {
      {"amount-form", usual, "支付结算办法附件一", "大写金额：中间的零只写一个，到元为止写“整”",
       "拨付经费人民币壹仟零佰零玖元。", "拨付经费人民币壹仟零玖元整。", check_form},
      {"amount-differs", usual, "支付结算办法附件一", "大写与小写金额一致",
       "拨付经费人民币壹万贰仟元整（12500元）。", "拨付经费人民币壹万贰仟元整（12000元）。", check_figures},
  };
}

}  // namespace wenshu::notice
