#include "expression/moment.h"

#include <fmt/format.h>

#include <chrono>

#include "base/date.h"

namespace wenshu::expression {
namespace {

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
__extension__ using Wide = __int128;

std::optional<int> take_number(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

std::string_view take_digits(std::string_view& text) {
  size_t end = text.find_first_not_of("0123456789");
  std::string_view digits = text.substr(0, end);
  text.remove_prefix(digits.size());
  return digits;
}

// ".5" as nanoseconds; nothing after the point, or more than nine digits, is none.
std::optional<int32_t> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::string_view digits = take_digits(text);
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  int32_t nanos = 0;
  for (size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return nanos;
}

// hh:mm, the hours with one or two digits.
std::optional<int64_t> take_clock_offset(std::string_view text) {
  std::optional<int> hours = take_number(text, text.find(':') == 1 ? 1 : 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  std::optional<int> minutes = take_number(text, 2);
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
  return *hours * 3600 + *minutes * 60;
}

std::string fraction_text(int32_t nanos) {
  if (nanos == 0) return {};
  std::string digits = fmt::format("{:09}", nanos);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

// A span of `nanos` nanoseconds.
std::optional<Moment> from_nanos(Wide nanos) {
  constexpr Wide kMost = static_cast<Wide>(INT64_MAX);  // CEL: durations fit 64 bits of nanoseconds
  if (nanos > kMost || nanos < -kMost - 1) return std::nullopt;
  Wide rest = nanos % kBillion;
  Wide seconds = nanos / kBillion;
  if (rest < 0) {
    rest += kBillion;
    --seconds;
  }
  return Moment{static_cast<int64_t>(seconds), static_cast<int32_t>(rest)};
}

Wide to_nanos(Moment span) { return static_cast<Wide>(span.seconds) * kBillion + span.nanos; }

// Nanoseconds in one unit, or 0.
int64_t take_unit(std::string_view& text) {
  static constexpr struct {
    std::string_view name;
    int64_t nanos;
  } kUnits[] = {{"ns", 1},       {"us", 1000},         {"µs", 1000},          {"ms", 1'000'000},
                {"s", kBillion}, {"m", 60 * kBillion}, {"h", 3600 * kBillion}};
  for (const auto& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return unit.nanos;
  }
  return 0;
}

}  // namespace

bool is_timestamp_range(Moment moment) {
  return moment.seconds >= kFirstSecond && moment.seconds <= kLastSecond;
}

std::optional<Moment> parse_day(std::string_view text) {
  std::optional<Date> date = parse_date(text);
  if (!date) return std::nullopt;
  return Moment{std::chrono::sys_seconds(std::chrono::sys_days(*date)).time_since_epoch().count(), 0};
}

std::optional<Moment> parse_timestamp(std::string_view text) {
  std::optional<Moment> moment = parse_day(text.substr(0, 10));
  if (!moment) return std::nullopt;
  text.remove_prefix(10);
  if (!take(text, 'T') && !take(text, 't')) return std::nullopt;
  std::optional<int> hours = take_number(text, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  std::optional<int> minutes = take_number(text, 2);
  if (!minutes || *minutes > 59 || !take(text, ':')) return std::nullopt;
  std::optional<int> seconds = take_number(text, 2);
  std::optional<int32_t> nanos = seconds && *seconds <= 59 ? take_fraction(text) : std::nullopt;
  if (!nanos) return std::nullopt;
  int64_t offset = 0;
  if (text != "Z" && text != "z") {
    bool west = text.starts_with('-');
    if (!west && !text.starts_with('+')) return std::nullopt;
    std::optional<int64_t> clock = take_clock_offset(text.substr(1));
    if (!clock) return std::nullopt;
    offset = west ? -*clock : *clock;
  }
  moment->seconds += *hours * 3600 + *minutes * 60 + *seconds - offset;
  moment->nanos = *nanos;
  return is_timestamp_range(*moment) ? moment : std::nullopt;
}

std::optional<Moment> parse_duration(std::string_view text) {
  bool negative = take(text, '-');
  if (!negative) take(text, '+');
  if (text == "0") return Moment{};
  if (text.empty()) return std::nullopt;
  Wide nanos = 0;
  while (!text.empty()) {
    std::string_view digits = take_digits(text);
    std::optional<int32_t> fraction = take_fraction(text);
    int64_t unit = fraction ? take_unit(text) : 0;
    if (digits.empty() || digits.size() > 15 || unit == 0) return std::nullopt;
    int64_t whole = 0;
    for (char c : digits) whole = whole * 10 + (c - '0');
    nanos += static_cast<Wide>(whole) * unit + static_cast<Wide>(*fraction) * unit / kBillion;
  }
  return from_nanos(negative ? -nanos : nanos);
}

std::string day_text(Moment day) {
  return to_text(Date(std::chrono::floor<std::chrono::days>(Time(std::chrono::seconds(day.seconds)))));
}

std::string timestamp_text(Moment moment) {
  std::string text = to_text(Time(std::chrono::seconds(moment.seconds)));
  text.pop_back();  // Z
  return text + fraction_text(moment.nanos) + "Z";
}

std::string duration_text(Moment span) {
  bool negative = span.seconds < 0;
  if (negative) span = opposite(span);
  return fmt::format("{}{}{}s", negative ? "-" : "", span.seconds, fraction_text(span.nanos));
}

Moment opposite(Moment span) {
  if (span.nanos == 0) return {-span.seconds, 0};
  return {-span.seconds - 1, static_cast<int32_t>(kBillion - span.nanos)};
}

std::optional<Moment> add_spans(Moment a, Moment b) { return from_nanos(to_nanos(a) + to_nanos(b)); }

std::optional<Moment> add_to_timestamp(Moment moment, Moment span) {
  int64_t nanos = static_cast<int64_t>(moment.nanos) + span.nanos;
  Moment sum{moment.seconds + span.seconds + nanos / kBillion, static_cast<int32_t>(nanos % kBillion)};
  if (!is_timestamp_range(sum)) return std::nullopt;
  return sum;
}

Parts split_moment(Moment moment) {
  using namespace std::chrono;
  Time time{seconds(moment.seconds)};
  auto midnight = floor<days>(time);
  Date date(midnight);
  hh_mm_ss<seconds> clock(time - midnight);
  Parts parts{};
  parts.year = static_cast<int>(date.year());
  parts.month = static_cast<unsigned>(date.month()) - 1;
  parts.day_of_month = static_cast<unsigned>(date.day()) - 1;
  parts.day_of_week = weekday(midnight).c_encoding();
  parts.day_of_year = (midnight - sys_days(date.year() / January / 1)).count();
  parts.hours = clock.hours().count();
  parts.minutes = clock.minutes().count();
  parts.seconds = clock.seconds().count();
  parts.milliseconds = moment.nanos / 1'000'000;
  return parts;
}

std::optional<int64_t> parse_zone(std::string_view text) {
  if (text == "UTC") return 0;
  if (text == "Asia/Shanghai") return 8 * 3600;
  bool west = take(text, '-');
  if (!west) take(text, '+');
  std::optional<int64_t> offset = take_clock_offset(text);
  if (!offset) return std::nullopt;
  return west ? -*offset : *offset;
}

}  // namespace wenshu::expression
