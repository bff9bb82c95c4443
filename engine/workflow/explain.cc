#include <fmt/format.h>

#include "workflow/moves.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

std::string where_it_stands(const Rules& rules, const Marking& marking, const Step& step) {
  std::string round = marking.round > 1 ? fmt::format("（第 {} 轮）", marking.round) : "";
  return fmt::format("办件在“{}”环节{}，由 {} 办理。", step.title, round,
                     describe_open(rules.directory, marking));
}

std::string why_not_this_person(const Rules& rules, const Marking& marking, const Step& step,
                                const std::string& person) {
  const std::string name = rules.directory.name_of(person);
  for (const Seat& seat : marking.seats) {
    if (seat.by == person) {
      return fmt::format("{} 在这一环节已经办过（{}），不必再办。", name,
                         step.find_action(seat.decision)->title);
    }
  }
  return fmt::format("{} 现在不能办：不在上述席位中。", name);
}

// What this action would do, or each reason why it may not be done.
std::string what_of_action(const Rules& rules, const Marking& marking, const Value& data,
                           const std::string& person, const Action& action) {
  // The opinion is not written yet: that one is needed is no reason against.
  std::string opinion = action.opinion_required ? "意见" : "";
  std::string reasons;
  for (const Blocker& blocker : find_blockers(rules, marking, data, {person, action.name, opinion})) {
    reasons += (reasons.empty() ? "" : "；") + blocker.text;
  }
  std::string head = fmt::format("{}（{}）", action.title, action.name);
  if (!reasons.empty()) return fmt::format("{}：{}。", head, reasons);
  return fmt::format("{}：可以办{}，转到“{}”。", head, action.opinion_required ? "，须写意见" : "",
                     rules.definition.find_step(action.to.name)->title);
}

}  // namespace

std::vector<std::string> explain(const Rules& rules, const Marking& marking, const Value& data,
                                 std::string_view person) {
  const Step* step = rules.definition.find_step(marking.step);
  if (!step || step->end)
    return {fmt::format("办件已办结（{}），不能再办。", step ? step->title : marking.step)};
  std::string id(person);
  std::vector<std::string> sentences = {where_it_stands(rules, marking, *step)};
  if (!rules.directory.person(id)) {
    sentences.push_back(fmt::format("通讯录中没有 {}。", id));
    return sentences;
  }
  std::vector<const Seat*> mine = open_seats_of(marking, id);
  if (mine.empty()) {
    sentences.push_back(why_not_this_person(rules, marking, *step, id));
    return sentences;
  }
  for (const Seat* seat : mine) {
    sentences.push_back(fmt::format("{} 可以办，席位是 {}。", rules.directory.name_of(id), seat->title));
  }
  for (const Action& action : step->actions)
    sentences.push_back(what_of_action(rules, marking, data, id, action));
  return sentences;
}

}  // namespace wenshu::workflow
