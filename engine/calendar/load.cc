#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "calendar/calendar.h"
#include "data/schema.h"

namespace wenshu::calendar {
namespace {

using data::Need;
using data::Value;
using namespace std::chrono;

constexpr int kFirstYear = 1990, kLastYear = 2100;

const data::Shape& shape() {
  using namespace data;
  static const Shape kHours = list(text());
  static const Shape kShape = map({
      {"calendar", identifier(), Need::required},
      {"title", text(), Need::required},
      {"source", text()},
      {"year", integer(kFirstYear, kLastYear)},
      {"holidays", list(map({{"title", text(), Need::required},
                             {"from", date(), Need::required},
                             {"to", date()},
                             {"work", list(date(), 1)}}),
                        1)},
      {"uses", list(identifier(), 1)},
      {"hours", list(text(), 1)},
      {"seasons", list(map({{"title", text(), Need::required},
                            {"from", text(), Need::required},
                            {"to", text(), Need::required},
                            {"hours", list(text(), 1), Need::required}}),
                       1)},
      {"days", list(map({{"date", date(), Need::required},
                         {"title", text(), Need::required},
                         {"hours", kHours, Need::required}}),
                    1)},
  });
  return kShape;
}

std::optional<int> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<minutes> parse_clock(std::string_view text) {
  size_t colon = text.find(':');
  if (colon == text.npos || text.size() != colon + 3) return std::nullopt;
  std::optional<int> hour = parse_number(text.substr(0, colon)),
                     minute = parse_number(text.substr(colon + 1));
  if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute > 0)) return std::nullopt;
  return hours(*hour) + minutes(*minute);
}

std::optional<month_day> parse_month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  std::optional<int> m = parse_number(text.substr(0, 2)), d = parse_number(text.substr(3));
  if (!m || !d) return std::nullopt;
  month_day parsed{month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
  return parsed.ok() ? std::optional(parsed) : std::nullopt;
}

bool is_weekend(Date date) {
  weekday day{sys_days(date)};
  return day == Saturday || day == Sunday;
}

class Reader {
 public:
  explicit Reader(Diagnostics& findings) : findings_(findings) {}

  Calendar read(const Value& source) {
    Calendar calendar;
    calendar.name = source["calendar"].text();
    calendar.title = source["title"].text();
    calendar.source = source["source"].text();
    if (source.find("year")) {
      calendar.year = static_cast<int>(*data::to_integer(source["year"]));
      read_year(source, calendar);
    } else {
      read_office(source, calendar);
    }
    return calendar;
  }

 private:
  void error(std::string code, const Place& place, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), place, std::move(message), std::move(hint));
  }

  void refuse(const Value& source, std::initializer_list<const char*> keys, std::string_view why) {
    for (const char* key : keys) {
      if (const Value* found = source.find(key))
        error("unexpected-field", found->place(), fmt::format("{}没有 “{}”", why, key));
    }
  }

  void read_year(const Value& source, Calendar& calendar) {
    refuse(source, {"uses", "hours", "seasons", "days"}, "写明 year 的日历只列节假日，");
    std::string ending = fmt::format("-{}", *calendar.year);
    if (!calendar.name.ends_with(ending)) {
      error("bad-name", source["calendar"].place(),
            fmt::format("{} 年的日历，名称应以 “{}” 结尾", *calendar.year, ending), "例如 cn" + ending);
    }
    if (!source.find("holidays")) error("missing-field", source.place(), "节假日日历缺少 holidays");
    std::map<Date, std::string> off;
    for (const Value& item : source["holidays"].items()) {
      calendar.holidays.push_back(read_holiday(item, *calendar.year, off));
    }
    check_work(source["holidays"], off);
  }

  Holiday read_holiday(const Value& item, int year, std::map<Date, std::string>& off) {
    Holiday holiday{item["title"].text(), *data::to_date(item["from"]), {}, {}};
    const Value* to = item.find("to");
    holiday.to = to ? *data::to_date(*to) : holiday.from;
    check_in_year(item["from"], year);
    if (to) check_in_year(*to, year);
    if (holiday.to < holiday.from) {
      error("bad-order", to->place(), fmt::format("“{}” 的最后一天早于第一天", holiday.title));
    } else if (sys_days(holiday.to) - sys_days(holiday.from) > days(30)) {
      error("bad-order", to->place(), fmt::format("“{}” 超过 30 天", holiday.title), "核对日期");
    } else {
      add_days_off(holiday, item, off);
    }
    for (const Value& day : item["work"].items()) {
      check_in_year(day, year);
      holiday.work.push_back(*data::to_date(day));
    }
    return holiday;
  }

  void check_in_year(const Value& day, int year) {
    if (static_cast<int>(data::to_date(day)->year()) == year) return;
    error("other-year", day.place(), fmt::format("{} 不在 {} 年", day.text(), year));
  }

  void add_days_off(const Holiday& holiday, const Value& item, std::map<Date, std::string>& off) {
    for (sys_days day = holiday.from; day <= sys_days(holiday.to); day += days(1)) {
      if (off.emplace(day, holiday.title).second) continue;
      error("duplicate-day", item["from"].place(),
            fmt::format("{} 已在 “{}” 中", to_text(Date(day)), off[day]));
      return;
    }
  }

  void check_work(const Value& holidays, const std::map<Date, std::string>& off) {
    std::set<Date> seen;
    for (const Value& item : holidays.items()) {
      for (const Value& day : item["work"].items()) {
        Date date = *data::to_date(day);
        if (off.contains(date)) {
          error("duplicate-day", day.place(), fmt::format("{} 既放假又上班", day.text()), "核对日期");
        } else if (!is_weekend(date)) {
          error("not-a-weekend", day.place(), fmt::format("{} 不是周末，本来就上班", day.text()), "核对日期");
        } else if (!seen.insert(date).second) {
          error("duplicate-day", day.place(), fmt::format("{} 写了两次", day.text()));
        }
      }
    }
  }

  void read_office(const Value& source, Calendar& calendar) {
    refuse(source, {"holidays"}, "没有 year 的日历是单位作息，");
    for (const char* key : {"uses", "hours"}) {
      if (!source.find(key)) {
        error("missing-field", source.place(), fmt::format("单位作息缺少 “{}”", key),
              "节假日日历写 year 和 holidays，单位作息写 uses 和 hours");
      }
    }
    for (const Value& name : source["uses"].items()) calendar.uses.push_back({name.text(), name.place()});
    calendar.hours = read_hours(source["hours"]);
    for (const Value& item : source["seasons"].items()) read_season(item, calendar);
    for (const Value& item : source["days"].items()) {
      SpecialDay day{item["title"].text(), read_hours(item["hours"])};
      if (!calendar.days.emplace(*data::to_date(item["date"]), std::move(day)).second) {
        error("duplicate-day", item["date"].place(), fmt::format("{} 写了两次", item["date"].text()));
      }
    }
  }

  void read_season(const Value& item, Calendar& calendar) {
    std::optional<month_day> from = parse_month_day(item["from"].text()),
                             to = parse_month_day(item["to"].text());
    for (const auto& [day, key] : {std::pair(from, "from"), std::pair(to, "to")}) {
      if (!day)
        error("bad-day", item[key].place(), fmt::format("“{}” 不是一年中的一天", item[key].text()),
              "写作 05-01");
    }
    std::vector<Hours> hours = read_hours(item["hours"]);
    if (from && to) calendar.seasons.push_back({item["title"].text(), *from, *to, std::move(hours)});
  }

  std::vector<Hours> read_hours(const Value& list) {
    std::vector<Hours> all;
    for (const Value& item : list.items()) {
      std::vector<std::string> ends = split(item.text(), "-");
      std::optional<minutes> from, to;
      if (ends.size() == 2) {
        from = parse_clock(trim(ends[0]));
        to = parse_clock(trim(ends[1]));
      }
      if (!from || !to || *from >= *to) {
        error("bad-hours", item.place(), fmt::format("“{}” 不是一段时间", item.text()), "写作 08:30-12:00");
      } else if (!all.empty() && all.back().to > *from) {
        error("bad-hours", item.place(), fmt::format("“{}” 和前一段重叠或颠倒", item.text()), "按先后写");
      } else {
        all.push_back({*from, *to});
      }
    }
    return all;
  }

  Diagnostics& findings_;
};

}  // namespace

std::optional<Calendar> load_calendar(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  std::optional<Calendar> calendar;
  if (data::check_shape(source, shape(), own)) calendar = Reader(own).read(source);
  findings.append(own);
  return own.has_errors() ? std::nullopt : calendar;
}

bool check_uses(const Calendar& office, const std::map<std::string, const Calendar*>& all,
                Diagnostics& findings) {
  Diagnostics own;
  std::vector<std::string> names;
  for (const auto& [name, calendar] : all) {
    if (calendar->year) names.push_back(name);
  }
  std::map<int, std::string> years;
  for (const Reference& use : office.uses) {
    auto found = all.find(use.name);
    if (found == all.end() || !found->second->year) {
      own.error("unknown-calendar", use.place, fmt::format("没有节假日日历 “{}”", use.name),
                near_name_hint(use.name, names));
    } else if (auto [year, added] = years.emplace(*found->second->year, use.name); !added) {
      own.error("duplicate-year", use.place, fmt::format("{} 年已由 “{}” 给出", year->first, year->second));
    }
  }
  for (const auto& [date, day] : office.days) {
    if (own.has_errors() || years.contains(static_cast<int>(date.year()))) continue;
    own.error("other-year", office.uses.empty() ? Place{} : office.uses.front().place,
              fmt::format("{}（{}）所在的年份不在 uses 中", to_text(date), day.title));
  }
  findings.append(own);
  return !own.has_errors();
}

}  // namespace wenshu::calendar
