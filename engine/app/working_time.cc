#include "app/working_time.h"

#include <fmt/format.h>

#include "base/error.h"
#include "data/load.h"

namespace wenshu::app {

std::optional<calendar::WorkingTime> working_time_of(const Definitions& definitions) {
  std::map<std::string, const calendar::Calendar*> all;
  for (const auto& [name, loaded] : definitions.calendars) all[name] = &loaded.object;
  const auto office = all.find("office");
  if (office == all.end()) return std::nullopt;
  return calendar::WorkingTime(*office->second, all);
}

CountedSpan count_span(const std::string& span, Time from, const std::filesystem::path& calendars,
                       const std::filesystem::path& home) {
  Diagnostics findings;
  const auto parsed = calendar::parse_span(span);
  if (!parsed) {
    const auto blank = span.find(' ');
    const bool out_of_range = blank != span.npos && blank > 0 &&
                              span.find_first_not_of("0123456789") == blank &&
                              calendar::parse_span("1" + span.substr(blank));
    findings.error("bad-due", {"期限", 1, 1, ""},
                   fmt::format("期限 “{}” {}", span, out_of_range ? "不在 1 到 1000 之间" : "看不懂"),
                   "写作 2 workdays、4 workhours、3 days 或 12 hours，数从 1 到 1000");
  }
  const auto definitions = load_definitions({calendars}, home, findings);
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  const Place place{data::display_name(calendars), 0, 0, ""};
  const auto working_time = working_time_of(definitions);
  if (!working_time) {
    findings.error("no-office-calendar", place, "这里没有单位作息（calendar: office）", "核对路径");
    throw FaultyInput(std::move(findings));
  }
  const auto deadline = calendar::due_after(from, *parsed, *working_time);
  if (deadline.state == calendar::Deadline::State::unknown_year) {
    findings.error("calendar-year", place, fmt::format("日历中没有 {} 年", deadline.year),
                   fmt::format("加上 cn-{} 并写进 office 的 uses", deadline.year));
    throw FaultyInput(std::move(findings));
  }
  return {from, deadline.at, *parsed};
}

}  // namespace wenshu::app
