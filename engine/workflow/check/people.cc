// P1 to P4: is there somebody, and is he allowed?
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/text.h"
#include "workflow/check/parts.h"
#include "workflow/decide.h"

namespace wenshu::workflow::check {
namespace {

using directory::Directory;

// Longer than this a seat must not stand empty without somebody to stand in.
constexpr size_t kLongestChain = 32;  // of people who stand in for one another
constexpr int kLongAway = 30;         // days: a leave that a notice period does not bridge

std::string stuck_at(const Step& step) { return fmt::format("卡在“{}”", step.title); }

void check_away(const Subject& subject, size_t at, const SeatRule& rule) {
  const Directory& office = *subject.known.directory;
  const auto people = fixed_people(subject.known, rule);
  if (people.size() != 1) return;
  const directory::Person* person = office.person(people.front());
  if (!person || !person->away) return;
  const auto days = std::chrono::sys_days(person->away->until) - std::chrono::sys_days(person->away->from);
  if (days.count() + 1 <= kLongAway) return;
  const bool covered =
      std::any_of(office.stand_ins.begin(), office.stand_ins.end(), [&](const directory::StandIn& one) {
        return one.of == person->id && one.covers(subject.flow.name) && one.days.from <= person->away->from &&
               person->away->until <= one.days.until;
      });
  if (covered) return;
  const Step& step = subject.flow.steps[at];
  subject.findings.warning(
      "long-away", rule.place,
      fmt::format("“{}”只有 {} 能办，他 {} 至 {} 不在岗，又没有人代理{}", step.title, person->name,
                  wenshu::to_text(person->away->from), wenshu::to_text(person->away->until),
                  story_to(subject, at, stuck_at(step) + fmt::format("，等 {} 回来", person->name))),
      "请在通讯录的 stand_ins 中写明由谁代理");
}

// 本人不审本人: a seat that is always, or may only be, the initiator's own.
void check_barred(const Subject& subject, size_t at) {
  const Step& step = subject.flow.steps[at];
  if (!step.not_initiator) return;
  for (const SeatRule& rule : step.seats) {
    const auto people = fixed_people(subject.known, rule);
    const bool own = rule.kind == SeatRule::Kind::initiator;
    if (!own && people.size() != 1) continue;
    std::string above;
    if (!people.empty()) above = directory::superior(*subject.known.directory, people.front(), 1);
    if (!above.empty()) continue;
    const std::string who = own ? "经办人" : subject.known.directory->name_of(people.front());
    subject.findings.error("only-candidate-barred", rule.place,
                           fmt::format("“{}”{}只有 {} 能办，经办人就是他时又不许办，也找不到他的上级{}",
                                       step.title, step.seats.size() > 1 ? "有一个席位" : "", who,
                                       story_to(subject, at, stuck_at(step) + "，无人可办")),
                           "请加一个席位，或在通讯录中写明部门负责人（head）");
  }
}

// Seats that can be filled at once by different people, each by one who may take it (augmenting paths).
size_t filled_at_once(const std::vector<std::vector<std::string>>& seats) {
  std::map<std::string, size_t> sits;
  std::function<bool(size_t, std::set<std::string>&)> place = [&](size_t seat, std::set<std::string>& seen) {
    for (const std::string& person : seats[seat]) {
      if (!seen.insert(person).second) continue;
      const auto other = sits.find(person);
      if (other != sits.end() && !place(other->second, seen)) continue;
      sits[person] = seat;
      return true;
    }
    return false;
  };
  size_t filled = 0;
  for (size_t seat = 0; seat < seats.size(); ++seat) {
    std::set<std::string> seen;
    filled += place(seat, seen);
  }
  return filled;
}

// A countersign of fewer people than seats is none: somebody decides twice.
void check_same_person(const Subject& subject, size_t at) {
  const Step& step = subject.flow.steps[at];
  if (step.seats.size() < 2 || step.decide.rule == DecideRule::one) return;
  std::set<std::string> all;
  std::vector<std::vector<std::string>> seats;
  for (const SeatRule& rule : step.seats) {
    const auto people = fixed_people(subject.known, rule);
    if (people.empty()) return;
    all.insert(people.begin(), people.end());
    seats.emplace_back(people.begin(), people.end());
  }
  const size_t filled = filled_at_once(seats);
  if (filled == seats.size()) return;
  std::vector<std::string> names;
  for (const std::string& person : all) names.push_back(subject.known.directory->name_of(person));
  const std::string who = join(names, "、");
  if (all.size() > 1) {
    subject.findings.warning(
        "same-person-twice", step.place,
        fmt::format("“{}”有 {} 个席位，能办的 {} 不够一人一席，有人要办两席{}", step.title, seats.size(), who,
                    story_to(subject, at, fmt::format("{} 个席位由 {} 个人办完", seats.size(), filled))),
        "请核对席位，一人一席");
    return;
  }
  subject.findings.warning(
      "same-person-alone", step.place,
      fmt::format("会签“{}”的 {} 个席位都只有 {} 一人能办，他办一次就全签了{}", step.title, seats.size(), who,
                  story_to(subject, at, fmt::format("{} 一人签完", who))),
      "请核对席位，或改成一个 seat");
}

// How many people a field names for certain: each row of its table, if the form demands rows, one.
long long least_people(const Subject& subject, size_t at, const SeatRule& rule) {
  if (!subject.form) return 0;
  const std::string& path = rule.field.name;
  const auto demanded = [&](const std::string& wanted) {
    const Step& step = subject.flow.steps[at];
    return std::any_of(step.require.begin(), step.require.end(),
                       [&](const Reference& one) { return one.name == wanted; });
  };
  long long least = 1;
  for (size_t dot = path.find('.');; dot = path.find('.', dot + 1)) {
    const std::string part = path.substr(0, dot);
    const form::Field* field = subject.form->find(part);
    if (!field || !(field->required || field->least > 0 || field->otherwise || demanded(part))) return 0;
    if (field->type == form::FieldType::table)
      least *= static_cast<long long>(std::max<size_t>(field->least, 1));
    if (dot == std::string::npos) return least;
  }
}

// P3 of seats that the rows of a table give: with as few rows as the form allows nothing may pass.
void check_votes_of_rows(const Subject& subject, size_t at, const SeatRule& rule, long long all,
                         long long needed) {
  const Step& step = subject.flow.steps[at];
  const long long least = std::max<long long>(needed, step.decide.quorum);
  if (all >= least || all == 0) return;  // none at all is G3
  subject.findings.warning(
      "votes-may-fall-short", step.decide.place,
      fmt::format("“{}”要 {} 票，可 {} 可能只有 {} 票{}", step.title, least,
                  subject.form->title_of(rule.field.name), all,
                  story_to(subject, at, fmt::format("只有 {} 票，{}，送不进去", all, stuck_at(step)))),
      fmt::format("在表单的表格里写 least: {}，或把 threshold 写成 2/3 一类的分数", least));
}

void check_votes(const Subject& subject, size_t at) {
  const Step& step = subject.flow.steps[at];
  if (step.decide.rule != DecideRule::votes) return;
  long long all = 0;
  const SeatRule* of_rows = nullptr;
  for (const SeatRule& rule : step.seats) {
    if (rule.kind == SeatRule::Kind::chosen) return;  // how many is not known before there is a case
    if (rule.kind == SeatRule::Kind::field) of_rows = &rule;
    all += rule.weight * (rule.kind == SeatRule::Kind::field ? least_people(subject, at, rule) : 1);
  }
  const long long needed = needed_votes(step.decide, all);
  if (of_rows) return check_votes_of_rows(subject, at, *of_rows, all, needed);
  const bool short_of = needed > all, too_few = step.decide.quorum > all;
  if (!short_of && !too_few) return;
  subject.findings.error("votes-out-of-reach", step.decide.place,
                         fmt::format("“{}”一共 {} 票，{}，怎么投都通不过{}", step.title, all,
                                     short_of ? fmt::format("却要 {} 票赞成", needed)
                                              : fmt::format("却要投出 {} 票才有效", step.decide.quorum),
                                     story_to(subject, at, "全体赞成，仍算不通过")),
                         fmt::format("threshold 和 quorum 都不能超过 {}", all));
}

// The department at the top of the one where a person works.
std::string unit_of(const Directory& office, const std::string& person) {
  const directory::Department* at = office.department_of(person);
  while (at && !at->under.empty()) at = office.department(at->under);
  return at ? at->id : "";
}

bool overlap(const directory::Days& a, const directory::Days& b) {
  return a.from <= b.until && b.from <= a.until;
}

bool share_workflow(const directory::StandIn& a, const directory::StandIn& b, const std::string& flow) {
  return a.covers(flow) && b.covers(flow);
}

// P4: A for B and B for A at the same time, over any number of people.
void check_stand_ins(const Subject& subject) {
  const Directory& office = *subject.known.directory;
  const bool layered = std::any_of(office.departments.begin(), office.departments.end(),
                                   [](const directory::Department& d) { return !d.under.empty(); });
  const auto& all = office.stand_ins;
  std::vector<char> told(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    if (!all[i].covers(subject.flow.name)) continue;
    if (layered && unit_of(office, all[i].of) != unit_of(office, all[i].by))
      subject.findings.warning(
          "stand-in-elsewhere", all[i].place,
          fmt::format("{} 由别的单位的 {} 代理", office.name_of(all[i].of), office.name_of(all[i].by)),
          "代理人应在本单位之内");
    std::vector<size_t> chain = {i};
    for (size_t hops = 0; hops < kLongestChain && !told[i]; ++hops) {
      const directory::StandIn& last = all[chain.back()];
      auto next = std::find_if(all.begin(), all.end(), [&](const directory::StandIn& one) {
        return one.of == last.by && overlap(one.days, all[i].days) &&
               share_workflow(one, all[i], subject.flow.name);
      });
      if (next == all.end()) break;
      const size_t found = static_cast<size_t>(next - all.begin());
      if (found == i) {
        std::vector<std::string> names;
        for (size_t one : chain) {
          told[one] = true;
          names.push_back(office.name_of(all[one].of));
        }
        names.push_back(office.name_of(all[i].of));
        subject.findings.error("stand-ins-in-a-circle", all[i].place,
                               fmt::format("代理绕成了圈：{}\n  经过: 这几人同时不在 → 谁也没有人代办",
                                           join(names, " 由下一位代理 → ")),
                               "请另指定一位在岗的人");
        break;
      }
      if (std::find(chain.begin(), chain.end(), found) != chain.end()) break;
      chain.push_back(found);
    }
  }
}

// P1: an office that is not so deep gives no such superior to anybody.
void check_superior(const Subject& subject, size_t at, const SeatRule& rule) {
  if (rule.kind != SeatRule::Kind::superior) return;
  const Directory& office = *subject.known.directory;
  const bool any = std::any_of(office.people.begin(), office.people.end(), [&](const auto& person) {
    return !directory::superior(office, person.id, rule.level).empty();
  });
  if (any) return;
  const Step& step = subject.flow.steps[at];
  subject.findings.error("nobody-can-act", rule.place,
                         fmt::format("“{}”要往上第 {} 级的负责人，通讯录里谁也没有{}", step.title, rule.level,
                                     story_to(subject, at, stuck_at(step) + "，无人可办")),
                         "请核对 level，或在通讯录中写明部门的 head 和 under");
}

}  // namespace

void check_people(const Subject& subject) {
  for (size_t at = 0; at < subject.flow.steps.size(); ++at) {
    check_votes(subject, at);
    if (!subject.known.directory) continue;
    for (const SeatRule& rule : subject.flow.steps[at].seats) {
      check_away(subject, at, rule);
      check_superior(subject, at, rule);
    }
    check_barred(subject, at);
    check_same_person(subject, at);
  }
  if (subject.known.directory) check_stand_ins(subject);
}

}  // namespace wenshu::workflow::check
