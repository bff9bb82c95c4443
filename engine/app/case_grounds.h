// On what a refusal rests: the line of the definition, or the event of the case's history.
#pragma once

#include <string_view>
#include <vector>

#include "app/case_record.h"
#include "base/error.h"

namespace wenshu::app {

struct Ground {
  Place rule;         // without a line when an event says so
  int64_t event = 0;  // 0 when a rule says so
};

// `step`, `action`: what was tried, where; either may be null.
Ground ground_of(const Blocker& blocker, const CaseRecord& record, const std::vector<HistoryLine>& history,
                 const workflow::Step* step, const workflow::Action* action);

// The last event that a test holds of; the first of all when none does.
template <class Test>
int64_t last_event(const std::vector<HistoryLine>& history, Test test) {
  for (auto line = history.rbegin(); line != history.rend(); ++line)
    if (test(*line)) return line->seq;
  return history.front().seq;
}

// The event by which a case has come to its end, or stands still: reading it afterwards is no such event.
int64_t last_change(const std::vector<HistoryLine>& history);

}  // namespace wenshu::app
