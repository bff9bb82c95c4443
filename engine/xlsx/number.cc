#include "xlsx/number.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "base/date.h"
#include "base/text.h"

namespace wenshu::xlsx {
namespace {

using Kind = NumberFormat::Kind;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The first section of a format code without literals, colours and padding; [h] and the like become H.
std::string plain_code(std::string_view code) {
  std::string plain;
  for (size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    switch (code[i]) {
      case '"':
        i = std::min(code.find('"', i + 1), code.size());
        break;
      case '\\':
      case '_':
      case '*':
        ++i;
        break;
      case '[': {
        const size_t end = std::min(code.find(']', i), code.size());
        const char unit = i + 1 < end ? lower(code[i + 1]) : '\0';
        const bool elapsed =
            code.substr(i + 1, end - i - 1).find_first_not_of("hHmMsS") == std::string_view::npos;
        if (elapsed && (unit == 'h' || unit == 'm' || unit == 's')) plain += 'H';
        i = end;
        break;
      }
      default:
        plain += lower(code[i]);
    }
  }
  return plain;
}

bool has(const std::string& plain, char letter) { return plain.find(letter) != std::string::npos; }

// 0000 and 0.00: how many digits are always shown. Grouping and # ask for none, and the sign of a currency is left to the
// template: an amount stays a number.
NumberFormat digits_of(std::string plain) {
  constexpr int kMostDigits = 15;
  NumberFormat format;
  if (plain.ends_with('%')) {
    plain.pop_back();
    NumberFormat hundredfold = digits_of(plain);
    hundredfold.percent = true;
    return hundredfold;
  }
  for (const char* sign : {"¥", "￥", "$", "€", "£", "元"}) plain = replace_all(plain, sign, "");
  if (plain.find_first_not_of("0#?,. ") != std::string::npos) return format;
  const size_t point = std::min(plain.find('.'), plain.size());
  for (size_t i = 0; i < plain.size(); ++i)
    if (plain[i] == '0') ++(i < point ? format.integers : format.decimals);
  format.integers = std::min(format.integers, kMostDigits);
  format.decimals = std::min(format.decimals, kMostDigits);
  return format;
}

// A decimal number in digits alone: sign, digits, and where the point stands among them.
struct Digits {
  bool negative = false;
  std::string digits;
  int point = 0;  // digits before it; may be negative or beyond them
};

// Fifteen digits are what a spreadsheet keeps and shows; more are noise of binary fractions.
Digits digits_of(double number) {
  const std::string scientific = fmt::format("{:.14e}", number);  // -1.23450000000000e+05
  Digits result;
  result.negative = scientific[0] == '-';
  const size_t exponent = scientific.find('e');
  for (const char c : scientific.substr(0, exponent))
    if (c >= '0' && c <= '9') result.digits += c;
  result.point = std::stoi(scientific.substr(exponent + 1)) + 1;
  result.digits.erase(result.digits.find_last_not_of('0') + 1);
  return result;
}

std::string to_text(const Digits& number, const NumberFormat& format) {
  const auto length = static_cast<int>(number.digits.size());
  std::string whole, fraction;
  if (number.point > 0) {
    whole = number.digits.substr(0, static_cast<size_t>(std::min(number.point, length)));
    whole.append(static_cast<size_t>(std::max(0, number.point - length)), '0');
    if (length > number.point) fraction = number.digits.substr(static_cast<size_t>(number.point));
  } else if (length > 0) {
    fraction = std::string(static_cast<size_t>(-number.point), '0') + number.digits;
  }
  const auto least = static_cast<size_t>(std::max(1, format.integers));
  if (whole.size() < least) whole.insert(0, least - whole.size(), '0');
  const auto decimals = static_cast<size_t>(format.decimals);
  if (fraction.size() < decimals) fraction.append(decimals - fraction.size(), '0');
  return (number.negative && length > 0 ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

// Written as JSON and people write it, short enough to be exact: most numbers are.
bool is_plain(std::string_view written) {
  constexpr size_t kExact = 15;
  if (written.empty() || written.size() > kExact || written.back() == '.' || written.front() == '.')
    return false;
  if (written.front() == '0' && written.size() > 1 && written[1] != '.') return false;
  return written.find_first_not_of("0123456789.") == std::string_view::npos &&
         !(written.back() == '0' && written.find('.') != std::string_view::npos);
}

std::optional<data::Value> plain_number(double number, const NumberFormat& format, CellFault& fault) {
  constexpr double kTooLong = 1e15;
  constexpr double kSmallest = 1e-30;  // what is smaller is left over from a subtraction
  if (std::fabs(number) >= kTooLong) {
    fault = {"number-too-long", "数字超过 15 位，表格软件已经丢掉末尾的数字",
             "身份证号一类的号码，请先把这一列设为文本格式，再重新录入"};
    return std::nullopt;
  }
  Digits digits = digits_of(std::fabs(number) < kSmallest ? 0.0 : number);
  if (format.percent) {
    if (!digits.digits.empty()) digits.point += 2;
    return data::Value(to_text(digits, format) + "%");
  }
  std::string text = to_text(digits, format);
  const bool padded =
      text.size() > 1 && text[text[0] == '-'] == '0' && text.find('.') != (text[0] == '-') + 1u;
  return padded ? data::Value(std::move(text)) : data::Value::number(std::move(text));
}

constexpr int kSecondsADay = 86'400;

// A day that there never was, 1900-02-29, has the number 60 in the older calendar.
std::optional<Date> day_of(long long serial, Epoch epoch) {
  using namespace std::chrono;
  constexpr int kLeapDayThatWasNot = 60;
  constexpr sys_days kFirst1904 = year(1904) / January / 1;
  constexpr sys_days kBefore1900 = year(1899) / December / 31;
  if (epoch == Epoch::from_1900 && (serial < 1 || serial == kLeapDayThatWasNot)) return std::nullopt;
  sys_days day = epoch == Epoch::from_1904 ? kFirst1904 : kBefore1900;
  day += days(static_cast<int>(serial) - (epoch == Epoch::from_1900 && serial > kLeapDayThatWasNot ? 1 : 0));
  return Date(day);
}

std::string clock_text(long long seconds) {
  const auto rest = seconds % 60;
  return fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60) +
         (rest == 0 ? "" : fmt::format(":{:02}", rest));
}

std::optional<data::Value> date_or_time(double number, const NumberFormat& format, Epoch epoch,
                                        CellFault& fault) {
  constexpr double kLastDay = 2'958'465;  // 9999-12-31, where the calendar of spreadsheets ends
  if (number < 0 || number >= kLastDay + 1) {
    fault = {"bad-date", "这个数字不是日期", "改正日期，或把单元格的格式改为常规"};
    return std::nullopt;
  }
  const auto seconds = static_cast<long long>(std::llround(number * kSecondsADay));
  if (format.kind == Kind::elapsed) return clock_text(seconds);
  const long long clock = seconds % kSecondsADay;
  if (format.kind == Kind::time || (format.kind == Kind::date_time && seconds < kSecondsADay && seconds > 0))
    return clock_text(clock);
  const auto date = day_of(seconds / kSecondsADay, epoch);
  if (!date) {
    fault = {"bad-date", "这个数字不是日期", "改正日期，或把单元格的格式改为常规"};
    return std::nullopt;
  }
  if (format.kind == Kind::month)
    return fmt::format("{}年{}月", static_cast<int>(date->year()), static_cast<unsigned>(date->month()));
  if (format.kind == Kind::date || clock == 0) return wenshu::to_text(*date);
  return wenshu::to_text(*date) + " " + clock_text(clock);
}

}  // namespace

NumberFormat parse_format(std::string_view code) {
  const std::string plain = plain_code(code);
  if (plain.find("general") != std::string::npos || plain == "@") return {};
  const bool clock = has(plain, 'h') || has(plain, 's');
  const bool weekday = plain.find("aaa") != std::string::npos;  // aaaa shows 星期四
  const bool day =
      weekday || has(plain, 'y') || has(plain, 'd') || (has(plain, 'm') && !clock && !has(plain, 'H'));
  if (has(plain, 'H')) return {Kind::elapsed};
  if (day && clock) return {Kind::date_time};
  if (day && has(plain, 'y') && !has(plain, 'd')) return {has(plain, 'm') ? Kind::month : Kind::date};
  if (day) return {Kind::date};
  if (clock) return {Kind::time};
  return digits_of(plain);
}

NumberFormat builtin_format(int id) {
  switch (id) {
    case 2:
    case 4:
    case 7:
    case 8:
    case 39:
    case 40:
    case 43:
    case 44:
      return {Kind::number, 1, 2};
    case 9:
      return {Kind::number, 1, 0, true};
    case 10:
      return {Kind::number, 1, 2, true};
    case 17:
    case 27:
    case 36:
    case 50:
    case 52:
    case 57:
      return {Kind::month};
    case 22:
      return {Kind::date_time};
    case 18:
    case 19:
    case 20:
    case 21:
    case 32:
    case 33:
    case 34:
    case 35:
    case 45:
    case 47:
    case 55:
    case 56:
      return {Kind::time};
    case 46:
      return {Kind::elapsed};
    default:
      break;
  }
  const bool is_date = (id >= 14 && id <= 16) || (id >= 28 && id <= 31) || (id >= 51 && id <= 58);
  return {is_date ? Kind::date : Kind::number};
}

std::optional<data::Value> read_number(std::string_view written, const NumberFormat& format, Epoch epoch,
                                       CellFault& fault) {
  double number = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
  if (error != std::errc() || end != written.data() + written.size() || !std::isfinite(number)) {
    fault = {"bad-cell", fmt::format("单元格里的“{}”不是数字", written.substr(0, 40)),
             "请用表格软件打开后另存一份"};
    return std::nullopt;
  }
  const bool as_written =
      format.kind == Kind::number && format.integers <= 1 && format.decimals == 0 && !format.percent;
  if (as_written && is_plain(written)) return data::Value::number(std::string(written));
  return format.kind == Kind::number ? plain_number(number, format, fault)
                                     : date_or_time(number, format, epoch, fault);
}

}  // namespace wenshu::xlsx
