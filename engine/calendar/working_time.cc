#include "calendar/working_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace wenshu::calendar {
namespace {

using namespace std::chrono;

constexpr int kMostAmount = 1000;
constexpr hours kChinaOffset{8};

constexpr std::array<std::string_view, 4> kUnits = {"hours", "workhours", "days", "workdays"};

Time instant(sys_days day, minutes clock) { return Time(day) + clock - kChinaOffset; }

bool is_in(month_day day, const Season& season) {
  bool turns = season.to < season.from;
  return turns ? day >= season.from || day <= season.to : day >= season.from && day <= season.to;
}

constexpr Time kNever = Time::max();

// Sorted and joined; an open pause ends never.
std::vector<std::pair<Time, Time>> join(const std::vector<Pause>& pauses) {
  std::vector<std::pair<Time, Time>> sorted, joined;
  for (const Pause& pause : pauses) sorted.emplace_back(pause.from, pause.to.value_or(kNever));
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [from, to] : sorted) {
    if (!joined.empty() && from <= joined.back().second) {
      joined.back().second = std::max(joined.back().second, to);
    } else if (from < to) {
      joined.emplace_back(from, to);
    }
  }
  return joined;
}

class Count {
 public:
  Count(Time start, const WorkingTime& calendar, const std::vector<Pause>& pauses)
      : start_(start), calendar_(calendar), pauses_(join(pauses)) {}

  Deadline run(const Span& span) {
    switch (span.unit) {
      case Span::Unit::hours:
        return spend(hours(span.amount), {{start_, kNever}});
      case Span::Unit::workhours:
        return work(hours(span.amount));
      case Span::Unit::days:
      case Span::Unit::workdays:
        return count_days(span.amount, span.unit == Span::Unit::workdays);
    }
    return {};
  }

 private:
  bool stopped_for_good(Time at) const {
    return !pauses_.empty() && pauses_.back().second == kNever && at >= pauses_.back().first;
  }
  bool stands_still(Time at) const {
    return std::any_of(pauses_.begin(), pauses_.end(),
                       [&](const auto& p) { return at >= p.first && at < p.second; });
  }

  // Goes through stretches of running time, without their pauses, until `left` is spent.
  Deadline spend(seconds left, const std::vector<std::pair<Time, Time>>& stretches) {
    for (auto [from, to] : stretches) {
      from = std::max(from, start_);
      for (const auto& [pause, resume] : pauses_) {
        if (resume <= from || pause >= to) continue;
        if (pause > from) {
          if (pause - from >= left) return {Deadline::State::known, from + left, 0};
          left -= pause - from;
        }
        from = resume;
      }
      if (from >= to) continue;
      if (to - from >= left) return {Deadline::State::known, from + left, 0};
      left -= to - from;
    }
    left_ = left;
    return {Deadline::State::stopped, {}, 0};
  }

  Deadline work(seconds left) {
    for (sys_days day = china_date(start_);; day += days(1)) {
      if (auto fault = unknown(day)) return *fault;
      std::vector<std::pair<Time, Time>> stretches;
      for (const Hours& hours : calendar_.hours_of(day)) {
        Time from = instant(day, hours.from), to = instant(day, hours.to);
        if (to > start_) stretches.emplace_back(from, to);
      }
      Deadline deadline = spend(left, stretches);
      if (deadline.state == Deadline::State::known) return deadline;
      left = left_;
      if (stopped_for_good(instant(day, hours(24)))) return {Deadline::State::stopped, {}, 0};
    }
  }

  std::optional<Deadline> unknown(sys_days day) const {
    int year = static_cast<int>(Date(day).year());
    if (calendar_.knows(year)) return std::nullopt;
    return Deadline{Deadline::State::unknown_year, {}, year};
  }

  Time closing(sys_days day) const {
    const auto& hours_of_day = calendar_.hours_of(day);
    return instant(day, hours_of_day.empty() ? minutes(hours(24)) : hours_of_day.back().to);
  }

  Deadline count_days(int left, bool only_workdays) {
    for (sys_days day = sys_days(china_date(start_)) + days(1);; day += days(1)) {
      if (auto fault = unknown(day)) return *fault;
      Time end = closing(day);
      if (stopped_for_good(end)) return {Deadline::State::stopped, {}, 0};
      bool workday = calendar_.is_workday(day);
      if (left > 0 && !stands_still(end) && (workday || !only_workdays)) --left;
      if (left == 0 && workday && !stands_still(end)) return {Deadline::State::known, end, 0};
    }
  }

  Time start_;
  const WorkingTime& calendar_;
  std::vector<std::pair<Time, Time>> pauses_;
  seconds left_{};
};

}  // namespace

std::optional<Span> parse_span(std::string_view text) {
  std::vector<std::string> parts = split(trim(text), " ");
  if (parts.size() != 2) return std::nullopt;
  Span span;
  const char* end = parts[0].data() + parts[0].size();
  auto [after, fault] = std::from_chars(parts[0].data(), end, span.amount);
  auto unit = std::find(kUnits.begin(), kUnits.end(), parts[1]);
  bool good = fault == std::errc() && after == end && span.amount > 0 && span.amount <= kMostAmount &&
              unit != kUnits.end();
  if (!good) return std::nullopt;
  span.unit = static_cast<Span::Unit>(unit - kUnits.begin());
  return span;
}

std::string to_text(const Span& span) {
  static constexpr std::array<std::string_view, 4> kWords = {"小时", "个工作小时", "天", "个工作日"};
  return fmt::format("{} {}", span.amount, kWords[static_cast<size_t>(span.unit)]);
}

WorkingTime::WorkingTime(const Calendar& office, const std::map<std::string, const Calendar*>& all)
    : hours_(office.hours), seasons_(office.seasons), days_(office.days) {
  for (const Reference& use : office.uses) {
    const Calendar& source = *all.at(use.name);
    Year& year = years_[*source.year];
    for (const Holiday& holiday : source.holidays) {
      for (sys_days day = holiday.from; day <= sys_days(holiday.to); day += days(1))
        year.off[day] = holiday.title;
      for (Date day : holiday.work) year.worked[day] = holiday.title + "调休上班";
    }
  }
}

const std::vector<Hours>& WorkingTime::hours_of(Date date) const {
  static const std::vector<Hours> kNone;
  if (auto special = days_.find(date); special != days_.end()) return special->second.hours;
  const Year& year = years_.at(static_cast<int>(date.year()));
  weekday day{sys_days(date)};
  bool weekend = day == Saturday || day == Sunday;
  if (year.off.contains(date) || (weekend && !year.worked.contains(date))) return kNone;
  for (const Season& season : seasons_) {
    if (is_in(date.month() / date.day(), season)) return season.hours;
  }
  return hours_;
}

std::string WorkingTime::title_of(Date date) const {
  if (auto special = days_.find(date); special != days_.end()) return special->second.title;
  const Year& year = years_.at(static_cast<int>(date.year()));
  if (auto off = year.off.find(date); off != year.off.end()) return off->second;
  auto worked = year.worked.find(date);
  return worked == year.worked.end() ? "" : worked->second;
}

Deadline due_after(Time start, const Span& span, const WorkingTime& calendar,
                   const std::vector<Pause>& pauses) {
  return Count(start, calendar, pauses).run(span);
}

std::optional<Time> ahead_of(Time due, const Span& span, const WorkingTime& calendar) {
  if (span.unit == Span::Unit::hours) return due - hours(span.amount);
  if (span.unit == Span::Unit::days) return due - days(span.amount);
  sys_days day = china_date(due);
  if (span.unit == Span::Unit::workdays) {
    for (int left = span.amount; left > 0;) {
      day -= days(1);
      if (!calendar.knows(static_cast<int>(Date(day).year()))) return std::nullopt;
      if (calendar.is_workday(day)) --left;
    }
    return due - (sys_days(china_date(due)) - day);
  }
  seconds left = hours(span.amount);
  for (;; day -= days(1)) {
    if (!calendar.knows(static_cast<int>(Date(day).year()))) return std::nullopt;
    const auto& stretches = calendar.hours_of(day);
    for (auto stretch = stretches.rbegin(); stretch != stretches.rend(); ++stretch) {
      const Time from = instant(day, stretch->from), to = std::min(instant(day, stretch->to), due);
      if (to <= from) continue;
      if (to - from >= left) return to - left;
      left -= to - from;
    }
  }
}

}  // namespace wenshu::calendar
