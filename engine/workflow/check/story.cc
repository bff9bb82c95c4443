// The shortest way to a fault, as a clerk would tell it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/check/parts.h"

namespace wenshu::workflow::check {
namespace {

constexpr size_t kLongestStory = 12;  // acts; of a longer one the beginning is left out

std::string tell(std::vector<std::string> acts, const std::string& stuck) {
  std::string text = "\n  经过: ";
  if (acts.size() > kLongestStory) {
    text += fmt::format("（前面 {} 步略）→ ", acts.size() - kLongestStory);
    acts.erase(acts.begin(), acts.end() - static_cast<std::ptrdiff_t>(kLongestStory));
  }
  acts.push_back(stuck);
  return text + join(acts, " → ");
}

}  // namespace

std::vector<std::string> fixed_people(const Known& known, const SeatRule& rule) {
  if (!known.directory) return {};
  const directory::Directory& office = *known.directory;
  switch (rule.kind) {
    case SeatRule::Kind::person: {
      const auto* person = directory::find_person(office, rule.person.name).person;
      return person ? std::vector<std::string>{person->id} : std::vector<std::string>();
    }
    case SeatRule::Kind::post: {
      if (rule.of_initiator) return {};
      std::optional<std::string_view> of;
      if (rule.of) of = rule.of->name;
      return directory::holders(office, rule.post.name, of);
    }
    case SeatRule::Kind::head: {
      const auto* department = rule.of ? office.department(rule.of->name) : nullptr;
      if (!department || department->head.empty()) return {};
      return {department->head};
    }
    case SeatRule::Kind::role: {
      const auto* role = office.role(rule.role.name);
      return role ? role->people : std::vector<std::string>();
    }
    default:
      return {};
  }
}

namespace {

std::string department_title(const Subject& subject, const Reference& of) {
  const auto* department = subject.known.directory ? subject.known.directory->department(of.name) : nullptr;
  return department ? department->title : of.name;
}

}  // namespace

std::string who_sits(const Subject& subject, const SeatRule& rule) {
  std::string title;
  const std::string of = rule.of_initiator ? "经办人部门"
                         : rule.of         ? department_title(subject, *rule.of)
                                           : "";
  switch (rule.kind) {
    case SeatRule::Kind::initiator:
      return "经办人";
    case SeatRule::Kind::post:
      title = of + rule.post.name;
      break;
    case SeatRule::Kind::person:
      if (!subject.known.directory) return rule.person.name;
      return directory::find_person(*subject.known.directory, rule.person.name).person
                 ? subject.known.directory->name_of(fixed_people(subject.known, rule).front())
                 : rule.person.name;
    case SeatRule::Kind::head:
      title = of + "负责人";
      break;
    case SeatRule::Kind::superior:
      return fmt::format("经办人的第{}级上级", rule.level);
    case SeatRule::Kind::role:
      title = rule.role.name;
      break;
    case SeatRule::Kind::field:
      return fmt::format("字段 {} 所填的人", rule.field.name);
    case SeatRule::Kind::chosen:
      return rule.by_previous ? "上一环节选定的人" : "经办人选定的人";
  }
  std::vector<std::string> names;
  for (const std::string& id : fixed_people(subject.known, rule))
    names.push_back(subject.known.directory->name_of(id));
  constexpr size_t kShown = 2;
  const bool many = names.size() > kShown;
  if (many) names.resize(kShown);
  const std::string people = join(names, "或") + (many ? "等" : "");
  return people.empty() || people == title ? title : fmt::format("{}（{}）", people, title);
}

std::string who_sits(const Subject& subject, const Step& step) {
  constexpr size_t kShown = 3;
  if (step.kind == StepKind::child) return "子流程 " + step.start->workflow.name;
  std::vector<std::string> seats;
  for (const SeatRule& rule : step.seats) seats.push_back(who_sits(subject, rule));
  const size_t all = seats.size();
  if (all > kShown) seats.resize(kShown);
  return join(seats, "、") + (all > kShown ? fmt::format("等 {} 席", all) : "");
}

std::string story(const Subject& subject, const Flow& flow, const Path& path, const std::string& stuck) {
  std::vector<std::string> acts;
  for (Index transition : path) {
    const Way& way = flow.ways[transition];
    const Step& step = subject.flow.steps[way.step];
    if (!way.action) continue;
    acts.push_back(fmt::format("{} 在“{}”{}", who_sits(subject, step), step.title, way.action->title));
  }
  return tell(std::move(acts), stuck);
}

std::string story_to(const Subject& subject, size_t step, const std::string& stuck) {
  const size_t count = subject.flow.steps.size();
  std::vector<const Edge*> by(count, nullptr);
  std::vector<char> seen(count);
  std::vector<std::vector<const Edge*>> out(count);
  for (const Edge& edge : subject.edges) out[edge.from].push_back(&edge);
  std::vector<size_t> open = {0};
  seen[0] = true;
  for (size_t i = 0; i < open.size() && !seen[step]; ++i) {
    for (const Edge* edge : out[open[i]]) {
      if (seen[edge->to]) continue;
      seen[edge->to] = true;
      by[edge->to] = edge;
      open.push_back(edge->to);
    }
  }
  if (!seen[step]) return {};
  std::vector<std::string> acts;
  for (size_t at = step; by[at]; at = by[at]->from) {
    if (!by[at]->action) continue;
    const Step& from = subject.flow.steps[by[at]->from];
    acts.push_back(fmt::format("{} 在“{}”{}", who_sits(subject, from), from.title, by[at]->action->title));
  }
  std::reverse(acts.begin(), acts.end());
  return tell(std::move(acts), stuck);
}

}  // namespace wenshu::workflow::check
