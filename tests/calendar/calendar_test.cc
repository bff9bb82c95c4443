// The judges of days are the State Council's notices of 2024 to 2026; of counting, articles 201 and 203 of the
// Civil Code.
#include "calendar/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "calendar/working_time.h"
#include "data/load.h"

namespace wenshu::calendar {
namespace {

using testing::HasSubstr;

const char* const kOffice = R"(calendar: office
title: 作息
uses: [cn-2024, cn-2025, cn-2026]
hours: ["08:30-12:00", "14:00-17:30"]
seasons:
  - {title: 夏季作息, from: 07-01, to: 08-31, hours: ["08:00-12:00", "15:00-18:00"]}
days:
  - {date: 2026-03-06, title: 半天, hours: ["08:30-12:00"]}
  - {date: 2026-09-10, title: 教师节, hours: []}
  - {date: 2026-03-14, title: 补课, hours: ["09:00-11:00"]}
)";

Calendar load(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "c.yaml", findings);
  auto calendar = value ? load_calendar(*value, findings) : std::nullopt;
  EXPECT_TRUE(calendar && findings.empty()) << to_text(findings);
  return calendar.value_or(Calendar());
}

const std::map<std::string, const Calendar*>& shipped() {
  static const auto kAll = [] {
    std::map<std::string, const Calendar*> all;
    for (const char* name : {"cn-2024", "cn-2025", "cn-2026", "office"}) {
      Diagnostics findings;
      auto value = data::load_file(
          std::string(WENSHU_SOURCE_DIR "/workflows/calendars/") + name + ".calendar.yaml", findings);
      auto calendar = load_calendar(*value, findings);
      EXPECT_TRUE(findings.empty()) << to_text(findings);
      all[name] = new Calendar(*calendar);  // NOLINT: lives as long as the tests
    }
    return all;
  }();
  return kAll;
}

const WorkingTime& office() {
  static const WorkingTime kOfficeTime(load(kOffice), shipped());
  return kOfficeTime;
}

Date day(std::string_view text) { return *parse_date(text); }
Time at(std::string_view text) { return *parse_time(text); }

// "2026-02-25 17:30", or why there is none.
std::string due(std::string_view start, std::string_view span, const std::vector<Pause>& pauses = {}) {
  Deadline deadline = due_after(at(start), *parse_span(span), office(), pauses);
  if (deadline.state == Deadline::State::stopped) return "stopped";
  if (deadline.state == Deadline::State::unknown_year) return "unknown " + std::to_string(deadline.year);
  return to_china_text(deadline.at);
}

TEST(Calendar, WorksAndRestsAsTheStateCouncilSays) {
  for (const char* worked :
       {"2024-02-04", "2024-02-18", "2024-02-09", "2024-04-07", "2024-04-28", "2024-05-11",
        "2024-09-14", "2024-09-29", "2024-10-12", "2025-01-26", "2025-02-08", "2025-04-27",
        "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09",
        "2026-09-20", "2026-10-10", "2025-10-09", "2026-02-24"}) {
    EXPECT_TRUE(office().is_workday(day(worked))) << worked;
  }
  for (const char* off :
       {"2024-01-01", "2024-02-10", "2024-02-17", "2024-04-04", "2024-05-05", "2024-06-10", "2024-09-17",
        "2024-10-07", "2025-01-01", "2025-01-28", "2025-02-04", "2025-04-04", "2025-05-05", "2025-06-02",
        "2025-10-08", "2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06", "2026-05-01", "2026-06-19",
        "2026-09-25", "2026-10-07", "2025-02-09", "2026-11-22"}) {
    EXPECT_FALSE(office().is_workday(day(off))) << off;
  }
}

// 2024 and 2025 have as many workdays as the notices' arithmetic gives: 52 weeks of five, less the paid holidays
// (11 days in 2024, 13 since 2025) that no make-up day returns.
TEST(Calendar, LosesOnlyTheStatutoryHolidays) {
  auto workdays = [](int year) {
    int count = 0;
    using namespace std::chrono;
    for (sys_days d = sys_days(std::chrono::year(year) / 1 / 1);
         d < sys_days(std::chrono::year(year + 1) / 1 / 1); d += days(1)) {
      count += office().is_workday(d) ? 1 : 0;
    }
    return count;
  };
  EXPECT_EQ(workdays(2024), 262 - 11) << "262 weekdays";
  EXPECT_EQ(workdays(2025), 261 - 13) << "261 weekdays; 13 statutory days";
  EXPECT_EQ(workdays(2026), 261 - 13 - 1 + 1) << "教师节 off, a Saturday worked";
}

TEST(Calendar, NamesItsDays) {
  EXPECT_EQ(office().title_of(day("2026-02-16")), "春节");
  EXPECT_EQ(office().title_of(day("2026-02-14")), "春节调休上班");
  EXPECT_EQ(office().title_of(day("2026-09-10")), "教师节");
  EXPECT_EQ(office().title_of(day("2026-03-10")), "");
}

TEST(Calendar, KnowsHalfDaysSeasonsAndOwnDays) {
  EXPECT_EQ(office().hours_of(day("2026-03-06")).size(), 1u);
  EXPECT_TRUE(office().hours_of(day("2026-09-10")).empty());
  EXPECT_EQ(office().hours_of(day("2026-07-01"))[1].to, std::chrono::hours(18));
  EXPECT_EQ(office().hours_of(day("2026-09-01"))[1].to, std::chrono::minutes(17 * 60 + 30));
  EXPECT_TRUE(office().is_workday(day("2026-03-14"))) << "a Saturday that the bureau works";
}

TEST(Deadline, CountsWorkdaysFromTheNextDayToTheCloseOfTheLast) {
  EXPECT_EQ(due("2026-03-02 10:00", "2 workdays"), "2026-03-04 17:30");
  EXPECT_EQ(due("2026-03-05 17:00", "1 workdays"), "2026-03-06 12:00") << "a half day closes at noon";
  EXPECT_EQ(due("2026-02-12 15:00", "2 workdays"), "2026-02-14 17:30") << "the Saturday is worked";
  EXPECT_EQ(due("2026-02-13 15:00", "2 workdays"), "2026-02-24 17:30") << "nine days of 春节 between";
  EXPECT_EQ(due("2026-02-15 09:00", "1 workdays"), "2026-02-24 17:30") << "begun on a holiday";
  EXPECT_EQ(due("2025-12-31 09:00", "1 workdays"), "2026-01-04 17:30") << "over the turn of the year";
}

TEST(Deadline, CountsDaysAndMovesToTheNextWorkday) {
  EXPECT_EQ(due("2026-03-02 10:00", "3 days"), "2026-03-05 17:30");
  EXPECT_EQ(due("2026-02-13 10:00", "3 days"), "2026-02-24 17:30");
}

TEST(Deadline, CountsHours) {
  EXPECT_EQ(due("2026-03-02 16:00", "12 hours"), "2026-03-03 04:00");
  EXPECT_EQ(due("2026-03-02 16:30", "4 workhours"), "2026-03-03 11:30");
  EXPECT_EQ(due("2026-03-02 11:00", "2 workhours"), "2026-03-02 15:00") << "lunch does not count";
  EXPECT_EQ(due("2026-03-05 16:30", "5 workhours"), "2026-03-09 09:00") << "half a day on Friday";
  EXPECT_EQ(due("2026-02-13 17:00", "1 workhours"), "2026-02-14 09:00");
  EXPECT_EQ(due("2026-03-02 08:30", "7 workhours"), "2026-03-02 17:30");
}

TEST(Deadline, StandsStillWhileSuspended) {
  EXPECT_EQ(due("2026-03-02 16:00", "12 hours", {{at("2026-03-02 18:00"), at("2026-03-03 18:00")}}),
            "2026-03-04 04:00");
  EXPECT_EQ(due("2026-03-02 08:30", "4 workhours", {{at("2026-03-02 10:00"), at("2026-03-02 14:30")}}),
            "2026-03-02 17:00");
  EXPECT_EQ(due("2026-03-02 08:30", "4 workhours",
                {{at("2026-03-02 11:00"), at("2026-03-02 14:30")},
                 {at("2026-03-02 10:00"), at("2026-03-02 11:30")}}),
            "2026-03-02 17:00")
      << "pauses may overlap";
  EXPECT_EQ(due("2026-03-02 10:00", "2 workdays", {{at("2026-03-03 09:00"), at("2026-03-04 09:00")}}),
            "2026-03-05 17:30");
  EXPECT_EQ(due("2026-03-02 10:00", "2 workdays", {{at("2026-03-03 09:00"), at("2026-03-03 11:00")}}),
            "2026-03-04 17:30")
      << "it runs again when the office closes";
  EXPECT_EQ(due("2026-03-02 10:00", "2 workdays", {{at("2026-03-04 09:00"), std::nullopt}}), "stopped");
  EXPECT_EQ(due("2026-03-02 10:00", "2 workdays", {{at("2026-03-05 09:00"), std::nullopt}}),
            "2026-03-04 17:30");
  EXPECT_EQ(due("2026-03-02 10:00", "5 workhours", {{at("2026-03-02 11:00"), std::nullopt}}), "stopped");
  EXPECT_EQ(due("2026-03-02 10:00", "5 hours", {{at("2026-03-02 11:00"), std::nullopt}}), "stopped");
}

TEST(Deadline, SaysWhichYearIsMissing) {
  EXPECT_EQ(due("2026-12-31 10:00", "1 workdays"), "unknown 2027");
  EXPECT_EQ(due("2026-12-31 17:00", "1 workhours"), "unknown 2027");
  EXPECT_EQ(due("2023-03-01 10:00", "4 workhours"), "unknown 2023");
  EXPECT_EQ(due("2026-01-05 10:00", "1000 workdays"), "unknown 2027");
}

TEST(Deadline, ReadsSpans) {
  EXPECT_EQ(to_text(*parse_span("2 workdays")), "2 个工作日");
  EXPECT_EQ(parse_span("4 workhours")->unit, Span::Unit::workhours);
  for (const char* bad : {"", "2", "workdays", "0 days", "-1 days", "2 weeks", "1001 days", "2  days",
                          "2.5 hours", "２ days"}) {
    EXPECT_FALSE(parse_span(bad)) << bad;
  }
}

std::string faults(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "c.yaml", findings);
  if (value) load_calendar(*value, findings);
  std::string all;
  for (const Diagnostic& d : findings)
    all += (all.empty() ? "" : " ") + d.code + "@" + std::to_string(d.where.line);
  return all;
}

TEST(Calendar, FindsItsFaults) {
  const std::string year =
      "calendar: cn-2026\ntitle: 年\nyear: 2026\nholidays:\n  - {title: 春节, from: 2026-02-15, to: "
      "2026-02-23, work: [2026-02-14]}\n";
  EXPECT_EQ(faults(year), "");
  const std::vector<std::tuple<std::string, std::string, std::string>> kCases = {
      {"cn-2026", "cn-22026", "bad-name@1"},
      {"year: 2026", "year: 2062", "bad-name@1 other-year@5 other-year@5 other-year@5"},
      {"from: 2026-02-15", "from: 2026-02-30", "bad-date@5"},
      {"to: 2026-02-23", "to: 2026-02-13", "bad-order@5"},
      {"to: 2026-02-23", "to: 2026-12-23", "bad-order@5"},
      {"work: [2026-02-14]", "work: [2026-02-16]", "duplicate-day@5"},
      {"work: [2026-02-14]", "work: [2026-02-13]", "not-a-weekend@5"},
      {"work: [2026-02-14]", "work: [2026-02-14, 2026-02-14]", "duplicate-day@5"},
      {"work: [2026-02-14]", "work: [2025-02-15]", "other-year@5"},
      {"year: 2026", "year: 2026\nhours: [\"08:00-12:00\"]", "unexpected-field@4"},
      {"title: 春节", "titel: 春节", "unknown-field@5 missing-field@5"},
  };
  for (const auto& [from, to, expected] : kCases)
    EXPECT_EQ(faults(replace_all(year, from, to)), expected) << to;
  const std::vector<std::tuple<std::string, std::string, std::string>> kOfficeCases = {
      {"\"08:30-12:00\", \"14:00", "\"08:30-12:00\", \"11:00", "bad-hours@4"},
      {"\"08:30-12:00\", \"14:00", "\"12:00-08:30\", \"14:00", "bad-hours@4"},
      {"08:00-12:00", "八点到十二点", "bad-hours@6"},
      {"from: 07-01", "from: 02-30", "bad-day@6"},
      {"2026-09-10", "2026-03-06", "duplicate-day@9"},
      {"uses: [cn-2024, cn-2025, cn-2026]\n", "", "missing-field@1"},
      {"title: 教师节, ", "", "missing-field@9"},
  };
  for (const auto& [from, to, expected] : kOfficeCases) {
    ASSERT_NE(replace_all(kOffice, from, to), kOffice) << from;
    EXPECT_EQ(faults(replace_all(kOffice, from, to)), expected) << to;
  }
}

TEST(Calendar, ChecksTheYearsItUses) {
  auto uses = [](const std::string& list) {
    Diagnostics findings;
    check_uses(load(replace_all(kOffice, "cn-2024, cn-2025, cn-2026", list)), shipped(), findings);
    std::string all = to_text(findings);
    return all;
  };
  EXPECT_EQ(uses("cn-2025, cn-2026"), "");
  EXPECT_THAT(uses("cn-2o26, cn-2026"), HasSubstr("是否为 \"cn-2026\"?"));
  EXPECT_THAT(uses("office, cn-2026"), HasSubstr("unknown-calendar"));
  EXPECT_THAT(uses("cn-2026, cn-2026"), HasSubstr("duplicate-year"));
  EXPECT_THAT(uses("cn-2024"), HasSubstr("other-year"));
}

}  // namespace
}  // namespace wenshu::calendar
