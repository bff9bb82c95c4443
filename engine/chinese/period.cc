#include "chinese/period.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "chinese/reading.h"

namespace wenshu::chinese {
namespace {

struct Word {
  std::u32string_view text;
  int first, last;
};

// Parts of a month: first and last day; longer words first. 初 中 底 are read as the 旬 they lie in.
constexpr std::array<Word, 11> kTenDays = {{{U"上中旬", 1, 20},
                                            {U"中上旬", 1, 20},
                                            {U"中下旬", 11, 31},
                                            {U"上旬", 1, 10},
                                            {U"中旬", 11, 20},
                                            {U"下旬", 21, 31},
                                            {U"月初", 1, 10},
                                            {U"初", 1, 10},
                                            {U"中", 11, 20},
                                            {U"底", 21, 31},
                                            {U"末", 21, 31}}};

// Parts of a year: first and last month. A last month before the first lies in the next year.
constexpr std::array<Word, 17> kSeasons = {{{U"全年度", 1, 12},
                                            {U"全年", 1, 12},
                                            {U"上半年", 1, 6},
                                            {U"下半年", 7, 12},
                                            {U"第一季度", 1, 3},
                                            {U"第二季度", 4, 6},
                                            {U"第三季度", 7, 9},
                                            {U"第四季度", 10, 12},
                                            {U"一季度", 1, 3},
                                            {U"二季度", 4, 6},
                                            {U"三季度", 7, 9},
                                            {U"四季度", 10, 12},
                                            {U"春季学期", 2, 7},
                                            {U"秋季学期", 9, 1},
                                            {U"暑假", 7, 8},
                                            {U"暑期", 7, 8},
                                            {U"寒假", 1, 2}}};

constexpr std::array<std::u32string_view, 9> kOpenTimes = {U"待定",     U"未定",         U"时间待定",
                                                           U"另行通知", U"时间另行通知", U"见附件",
                                                           U"不定期",   U"视情况而定",   U"待通知"};
constexpr std::array<std::u32string_view, 7> kTails = {U"(暂定)", U"(拟)", U"暂定", U"左右",
                                                       U"前后",   U"期间", U"间"};

}  // namespace

// One pass over one text; the year and month that a later point leaves out come from the point before it.
class Period::Reader {
 public:
  explicit Reader(std::u32string_view text) : reading_(text) {}

  std::optional<Span> read() {
    reading_.take(U"约");
    const auto first = read_span();
    if (!first) return std::nullopt;
    Span whole = *first;
    while (!reading_.at_end()) {
      if (!reading_.take(U"—") && !reading_.take(U"、") && !reading_.take(U",") && !reading_.take(U"和"))
        break;
      const auto next = read_span();
      if (!next) return std::nullopt;
      whole.last = next->last;
    }
    for (const auto tail : kTails) reading_.take(tail);
    if (!reading_.at_end()) return std::nullopt;
    return whole;
  }

 private:
  std::optional<Span> read_span() {
    if (!read_year()) return std::nullopt;
    for (const Word& season : kSeasons) {
      if (reading_.take(season.text)) return span(season.first, 1, season.last, 31);
    }
    if (month_ > 0) {  // 7月上旬—中旬
      if (const auto part = read_ten_days()) return part;
    }
    if (year_alone_) {  // 2020年, and nothing more
      if (reading_.at_end() || reading_.rest().front() == U'—') return span(1, 1, 12, 31);
    }
    const auto number = reading_.take_number(2);
    if (!number) return std::nullopt;
    return read_after_number(static_cast<int>(*number));
  }

  // 2020年, 次年. False for a year that is none.
  bool read_year() {
    year_alone_ = false;
    if (reading_.take(U"次年") || reading_.take(U"翌年") || reading_.take(U"下一年")) {
      next_ = true;
      year_alone_ = true;
      return true;
    }
    Reading ahead = reading_;
    const auto number = ahead.take_number(4);
    if (!number || !ahead.take(U"年")) return true;
    if (*number < 1900 || *number > 2999) return false;
    ahead.take(U"度");
    reading_ = ahead;
    year_ = static_cast<int>(*number);
    next_ = false;
    year_alone_ = true;
    return true;
  }

  std::optional<Span> read_after_number(int number) {
    if (reading_.take(U"月份") || reading_.take(U"月")) {
      if (number < 1 || number > 12) return std::nullopt;
      month_ = number;
      if (const auto part = read_ten_days()) return part;
      Reading ahead = reading_;
      const auto day = ahead.take_number(2);
      if (!day) return span(number, 1, number, 31);
      reading_ = ahead;
      return read_day(static_cast<int>(*day));
    }
    if (month_ > 0) return read_day(number);  // 7月20日—25日
    if (number < 1 || number > 12 || reading_.at_end() || reading_.rest().front() != U'—')
      return std::nullopt;
    return span(number, 1, number, 31);  // 9—12月
  }

  std::optional<Span> read_day(int day) {
    const bool named = reading_.take(U"日") || reading_.take(U"号");
    const bool goes_on = !reading_.at_end() && reading_.rest().front() == U'—';
    constexpr std::array<int, 13> kLongestMonths = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if ((!named && !goes_on) || day < 1 || day > kLongestMonths[month_]) return std::nullopt;
    return span(month_, day, month_, day);
  }

  std::optional<Span> read_ten_days() {
    for (const Word& part : kTenDays) {
      if (reading_.take(part.text)) return span(month_, part.first, month_, part.last);
    }
    return std::nullopt;
  }

  Span span(int first_month, int first_day, int last_month, int last_day) const {
    return {{year_, next_, first_month, first_day}, {year_, next_, last_month, last_day}};
  }

  Reading reading_;
  int year_ = 0;
  int month_ = 0;
  bool next_ = false;
  bool year_alone_ = false;
};

std::optional<Period> parse_period(std::string_view text) {
  const auto normal = normalise(text);
  if (!normal || normal->empty()) return std::nullopt;
  Period period;
  period.text_ = std::string(text);
  const bool annex = normal->substr(0, 3) == U"见附件";
  if (annex || std::find(kOpenTimes.begin(), kOpenTimes.end(), *normal) != kOpenTimes.end()) return period;
  period.span_ = Period::Reader(*normal).read();
  if (!period.span_) return std::nullopt;
  return period;
}

std::optional<Days> Period::days(int year) const {
  if (!span_) return std::nullopt;
  const auto date = [year](const Point& point, int more) {
    const std::chrono::year y{(point.year ? point.year : year) + (point.next ? 1 : 0) + more};
    const std::chrono::month m{static_cast<unsigned>(point.month)};
    const Date day{y, m, std::chrono::day(static_cast<unsigned>(point.day))};
    return day.ok() ? day : Date{y / m / std::chrono::last};
  };
  Days days{date(span_->first, 0), date(span_->last, 0)};
  if (days.last < days.first) days.last = date(span_->last, 1);
  return days;
}

std::strong_ordering compare(const Period& a, const Period& b, int year) {
  const auto x = a.days(year), y = b.days(year);
  if (x.has_value() != y.has_value()) return x ? std::strong_ordering::less : std::strong_ordering::greater;
  if (x) {
    if (x->first != y->first) return x->first <=> y->first;
    if (x->last != y->last) return x->last <=> y->last;
  }
  return a.text().compare(b.text()) <=> 0;
}

}  // namespace wenshu::chinese
