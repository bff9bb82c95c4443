#include "workflow/dump/told.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/words.h"

namespace wenshu::workflow::dump {
namespace {

std::string department_of(const SeatRule& rule, const Progress& progress) {
  if (rule.of_initiator) return "经办人部门";
  if (!rule.of) return "";
  const auto* department = progress.office ? progress.office->department(rule.of->name) : nullptr;
  return department ? department->title : rule.of->name;
}

std::string seat_of(const SeatRule& rule, const Progress& progress) {
  switch (rule.kind) {
    case SeatRule::Kind::initiator:
      return "经办人";
    case SeatRule::Kind::post:
      return department_of(rule, progress) + rule.post.name;
    case SeatRule::Kind::person:
      return progress.office && progress.office->person(rule.person.name)
                 ? progress.office->name_of(rule.person.name)
                 : rule.person.name;
    case SeatRule::Kind::head:
      return department_of(rule, progress) + "负责人";
    case SeatRule::Kind::superior:
      return rule.level == 1 ? "经办人的上级" : fmt::format("经办人的第{}级上级", rule.level);
    case SeatRule::Kind::role:
      return rule.role.name;
    case SeatRule::Kind::field:
      return (progress.form ? progress.form->title_of(rule.field.name) : rule.field.name) + " 所填的人";
    case SeatRule::Kind::chosen:
      return rule.by_previous ? "上一环节选定的人" : "经办人选定的人";
  }
  return "";
}

std::string seats_of(const Step& step, const Progress& progress) {
  constexpr size_t kShown = 3;
  if (step.kind == StepKind::child) return "子流程 " + step.start->workflow.name;
  std::vector<std::string> seats;
  for (size_t i = 0; i < std::min(kShown, step.seats.size()); ++i)
    seats.push_back(seat_of(step.seats[i], progress));
  return join(seats, "、") + (step.seats.size() > kShown ? fmt::format(" 等{}席", step.seats.size()) : "");
}

std::string decision_of(const Step& step) {
  const bool many =
      step.seats.size() > 1 || (!step.seats.empty() && step.seats.front().kind == SeatRule::Kind::field);
  if (!many) return "";
  switch (step.decide.rule) {
    case DecideRule::one:
      return "或签";
    case DecideRule::all:
      return step.decide.on_reject == OnReject::veto ? "会签，一票否决" : "会签";
    case DecideRule::in_order:
      return "顺序会签";
    case DecideRule::votes:
      return step.decide.of_all > 0 ? fmt::format("票决 {}/{}", step.decide.threshold, step.decide.of_all)
                                    : fmt::format("票决 {} 票", step.decide.threshold);
  }
  return "";
}

std::string ways_back_of(const Step& step) {
  std::vector<std::string> ways;
  for (const Action& action : step.actions) {
    if (action.target == Target::previous) ways.push_back(action.title + "上一步");
    if (action.target == Target::any) ways.push_back(action.title + "任一步");
  }
  return ways.empty() ? "" : "可" + join(ways, "、");
}

}  // namespace

std::vector<std::string> lines_below(const Step& step, const Progress& progress) {
  std::vector<std::string> lines;
  const auto note = progress.notes.find(step.id);
  if (note != progress.notes.end() && !note->second.empty())
    lines.push_back(note->second);
  else if (std::string seats = seats_of(step, progress); !seats.empty())
    lines.push_back(std::move(seats));
  std::vector<std::string> rules;
  if (std::string rule = decision_of(step); !rule.empty()) rules.push_back(std::move(rule));
  if (step.due) rules.push_back("限 " + to_chinese(*step.due));
  if (!rules.empty()) lines.push_back(join(rules, "，"));
  if (std::string back = ways_back_of(step); !back.empty()) lines.push_back(std::move(back));
  return lines;
}

}  // namespace wenshu::workflow::dump
