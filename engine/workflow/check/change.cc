// M1: a new version against cases that run by the old one.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/check/parts.h"

namespace wenshu::workflow::check {
namespace {

std::string names(const directory::Directory& office, const std::vector<std::string>& people) {
  std::vector<std::string> all;
  for (const std::string& person : people) all.push_back(office.name_of(person));
  return join(all, "、");
}

std::vector<std::string> people_at(const Known& known, const Step& step) {
  std::vector<std::string> people;
  for (const SeatRule& rule : step.seats) {
    for (std::string& person : fixed_people(known, rule)) people.push_back(std::move(person));
  }
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

}  // namespace

void check_change(const Definition& before, const Definition& after, const Known& known,
                  Diagnostics& findings) {
  for (const Step& old : before.steps) {
    if (old.kind != StepKind::human) continue;
    const Step* now = after.find_step(old.id);
    if (!now || now->kind != StepKind::human) {
      findings.error(
          "step-gone", after.steps.front().place,
          fmt::format(
              "旧版第 {} 版的环节 “{}”（{}）在新版没有了，停在那里的办件没有去处\n  经过: 办件停在“{}” → "
              "换成新版 → 找不到这个环节",
              before.version, old.title, old.id, old.title),
          "保留这个环节的名字，或先把停在那里的办件办完");
      continue;
    }
    for (const Action& action : old.actions) {
      if (now->find_action(action.name)) continue;
      findings.warning("action-gone", now->place,
                       fmt::format("“{}”环节没有了动作 {}（{}）\n  经过: 办件停在“{}” → 换成新版 → 不能再{}",
                                   now->title, action.title, action.name, old.title, action.title));
    }
    if (!known.directory) continue;
    const auto then = people_at(known, old), next = people_at(known, *now);
    std::vector<std::string> gone;
    std::set_difference(then.begin(), then.end(), next.begin(), next.end(), std::back_inserter(gone));
    if (gone.empty() || next.empty()) continue;
    findings.warning(
        "people-gone", now->place,
        fmt::format("“{}”环节在新版里少了能办的人：{}\n  经过: 办件正等 {} 办理 → 换成新版 → 他们不能再办",
                    now->title, names(*known.directory, gone), names(*known.directory, gone)),
        "请确认在办件由谁接着办");
  }
}

}  // namespace wenshu::workflow::check
