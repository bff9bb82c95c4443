// The working time of an office, out of files or out of the store, and what a span of it comes to.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/context.h"
#include "app/definitions.h"
#include "calendar/working_time.h"

namespace wenshu::app {

// By the calendar `office` among `definitions`; nothing when there is none. REQUIRES: checked definitions.
std::optional<calendar::WorkingTime> working_time_of(const Definitions& definitions);

struct CountedSpan {
  Time from, due;
  calendar::Span span;
};
// wenshu due: when `span` ("2 workdays") that begins at `from` is over, by the calendars below `calendars`. Throws
// FaultyInput: bad-due, no-office-calendar, calendar-year, and every fault of the calendars.
CountedSpan count_span(const std::string& span, Time from, const std::filesystem::path& calendars,
                       const std::filesystem::path& home);

}  // namespace wenshu::app
