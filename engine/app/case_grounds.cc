#include "app/case_grounds.h"

#include <algorithm>

namespace wenshu::app {
namespace {

using Codes = std::vector<std::string_view>;

bool is_one_of(std::string_view code, const Codes& codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_reading(std::string_view action) {
  return action == "read" || action == "copy" || action == "circulate" || action == "urge";
}

std::string parameter(const Blocker& blocker, const std::string& name) {
  const auto found = blocker.parameters.find(name);
  return found == blocker.parameters.end() ? "" : found->second;
}

// What has happened so that this may not happen now; 0 when it is no matter of what has happened.
int64_t event_of(const Blocker& blocker, const std::vector<HistoryLine>& history) {
  const std::string& code = blocker.code;
  if (is_one_of(code, {"case-suspended", "parent-suspended"}))
    return last_event(
        history, [](const HistoryLine& line) { return line.action == "suspend" || line.action == "hold"; });
  if (is_one_of(code, {"case-ended", "case-voided", "case-open", "already-acted", "already-read",
                       "nothing-to-recall"}))
    return last_change(history);
  if (is_one_of(code, {"not-initiator", "not-yours"})) return history.front().seq;  // who began it
  if (code == "urged-today")
    return last_event(history, [](const HistoryLine& line) { return line.action == "urge"; });
  if (code == "adviser-only")
    return last_event(history, [](const HistoryLine& line) {
      return line.action == "delegate" || line.action.starts_with("add-");
    });
  if (code == "already-decided") {
    const std::string person = parameter(blocker, "person"), step = parameter(blocker, "step");
    return last_event(history,
                      [&](const HistoryLine& line) { return line.person == person && line.step == step; });
  }
  return 0;
}

Place place_of_seats(const workflow::Step& step) {
  return step.seats.empty() || step.seats.front().place.line == 0 ? step.place : step.seats.front().place;
}

Place place_of_requirement(const workflow::Step& step, const std::string& field) {
  for (const workflow::Reference& one : step.require)
    if (one.name == field && one.place.line > 0) return one.place;
  return step.place;
}

}  // namespace

int64_t last_change(const std::vector<HistoryLine>& history) {
  return last_event(history, [](const HistoryLine& line) { return !is_reading(line.action); });
}

Ground ground_of(const Blocker& blocker, const CaseRecord& record, const std::vector<HistoryLine>& history,
                 const workflow::Step* step, const workflow::Action* action) {
  if (const int64_t event = event_of(blocker, history); event > 0) return {{}, event};
  const workflow::Definition& flow = record.published->definition;
  if (!step) step = &flow.steps.front();
  if (blocker.code == "not-manager")
    return {flow.managers.empty() ? flow.steps.front().place : flow.managers.front().place, 0};
  if (blocker.code.starts_with("guard-") && action) return {action->place, 0};
  const workflow::Step* other = flow.find_step(parameter(blocker, "step"));
  if (blocker.code == "field-required")
    return {place_of_requirement(other ? *other : *step, parameter(blocker, "field")), 0};
  if (blocker.code == "not-your-seat" || blocker.code == "nobody-can-act" || blocker.code == "choose-people")
    return {place_of_seats(other ? *other : *step), 0};
  if (other && other != step) return {other->place, 0};
  return {action ? action->place : step->place, 0};
}

}  // namespace wenshu::app
