// Days and times of the text that no calendar and no clock has.
#include <fmt/format.h>

#include <optional>

#include "base/date.h"
#include "base/text.h"
#include "notice/line_signs.h"
#include "notice/lint/rule.h"

namespace wenshu::notice {
namespace {

using Characters = std::u32string_view;

// The number of at most `most` figures that ends before `end` or begins at `begin`; nothing when there is none, or more.
struct Number {
  int value = 0;
  size_t begin = 0, end = 0;
};

std::optional<Number> number_from(Characters text, size_t begin, size_t most) {
  Number found{0, begin, begin};
  while (found.end < text.size() && is_digit(text[found.end]) && found.end - begin <= most)
    found.value = found.value * 10 + static_cast<int>(text[found.end++] - U'0');
  const size_t length = found.end - begin;
  return length > 0 && length <= most ? std::optional(found) : std::nullopt;
}

std::optional<Number> number_before(Characters text, size_t end, size_t most) {
  size_t begin = end;
  while (begin > 0 && is_digit(text[begin - 1]) && end - begin <= most) --begin;
  return number_from(text, begin, most);
}

// The year that stands before a month; a leap year where none does.
int year_before(Characters text, size_t month) {
  constexpr int kAnyYear = 2000;
  if (month == 0 || text[month - 1] != U'年') return kAnyYear;
  const auto year = number_before(text, month - 1, 4);
  return year ? year->value : kAnyYear;
}

bool exists(int year, int month, int day) {
  return Date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
              std::chrono::day(static_cast<unsigned>(day))}
      .ok();
}

// 2月30日 and 13月1日; a month alone may be a span (共13月), but not behind its year.
void check_months(const Text& text, const Rule& rule, Report& report) {
  const Characters all = text.characters();
  for (size_t at = all.find(U'月'); at != all.npos; at = all.find(U'月', at + 1)) {
    const auto month = number_before(all, at, 2);
    if (!month) continue;
    const auto day = number_from(all, at + 1, 2);
    const bool dated = day && day->end < all.size() && (all[day->end] == U'日' || all[day->end] == U'号');
    const bool behind_year =
        month->begin > 4 && all[month->begin - 1] == U'年' && is_digit(all[month->begin - 2]);
    const bool fits = dated ? exists(year_before(all, month->begin), month->value, day->value)
                            : !behind_year || (month->value >= 1 && month->value <= 12);
    if (fits) continue;
    const size_t end = dated ? day->end + 1 : at + 1;
    report.add(rule, text.at(month->begin),
               fmt::format("没有这一天：{}", to_utf8(all.substr(month->begin, end - month->begin))),
               "核对日期");
  }
}

// 25:00 and 8:70 where the words say that it is a time: 时间为, 上午, 3日 … before it.
void check_hours(const Text& text, const Rule& rule, Report& report) {
  const Characters all = text.characters();
  for (size_t at = all.find(U':'); at != all.npos; at = all.find(U':', at + 1)) {
    const auto hour = number_before(all, at, 2), minute = number_from(all, at + 1, 2);
    if (!hour || !minute || minute->end - minute->begin != 2) continue;
    if (hour->value < 24 && minute->value < 60) continue;
    if (hour->value == 24 && minute->value == 0) continue;
    const Characters before = all.substr(0, hour->begin);
    const bool time = before.ends_with(U"时间为") || before.ends_with(U"时间：") ||
                      before.ends_with(U"上午") || before.ends_with(U"下午") || before.ends_with(U"晚上") ||
                      (before.ends_with(U'日') && hour->begin > 1 && is_digit(all[hour->begin - 2]));
    if (time)
      report.add(rule, text.at(hour->begin),
                 fmt::format("没有这个时刻：{}", to_utf8(all.substr(hour->begin, minute->end - hour->begin))),
                 "核对时间");
  }
}

void check_days(const Draft& draft, const Rule& rule, Report& report) {
  const auto check = [&](const Text& text) {
    if (text.text.find("月") != std::string::npos) check_months(text, rule, report);
    if (text.text.find(':') != std::string::npos) check_hours(text, rule, report);
  };
  if (draft.title) check(*draft.title);
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) check(paragraph.all);
  for (const Text& cell : draft.cells) check(cell);
}

}  // namespace

std::vector<Rule> day_rules() {
  return {{"day-unreal", Strength::usual, "公历", "日期和时刻是实际有的", "定于2025年2月30日25:00举行。",
           "定于2024年2月29日24:00结束。", check_days}};
}

}  // namespace wenshu::notice
