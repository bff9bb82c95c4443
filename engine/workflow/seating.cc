#include "workflow/seating.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "workflow/takers.h"

namespace wenshu::workflow {
namespace {

using data::Value;
using Ids = std::vector<std::string>;

bool contains(const Ids& people, std::string_view person) {
  return std::find(people.begin(), people.end(), person) != people.end();
}

const directory::Department* department_of(const Rules& rules, const SeatRule& rule, const Arrival& arrival) {
  if (rule.of_initiator) return rules.directory.department_of(arrival.marking.initiator);
  return rule.of ? rules.directory.department(rule.of->name) : nullptr;
}

// All texts at a path, through tables.
void collect(const Value& value, const std::vector<std::string>& keys, size_t depth, const Rules& rules,
             Ids& found) {
  if (value.is_list()) {
    for (const Value& row : value.items()) collect(row, keys, depth, rules, found);
  } else if (depth < keys.size()) {
    if (const Value* below = value.find(keys[depth])) collect(*below, keys, depth + 1, rules, found);
  } else if (value.is_scalar()) {
    directory::Match match = directory::find_person(rules.directory, value.text());
    if (match.person && !contains(found, match.person->id)) found.push_back(match.person->id);
  }
}

const Ids* choice_for(const Arrival& arrival, const SeatRule& rule, const std::string& step) {
  if (arrival.choices && (rule.by_previous || arrival.sender == arrival.marking.initiator)) {
    if (auto found = arrival.choices->find(step); found != arrival.choices->end()) return &found->second;
  }
  if (rule.by_previous) return nullptr;
  const PeopleOfSteps& chosen = *arrival.marking.choices;
  auto found = chosen.find(step);
  return found == chosen.end() ? nullptr : &found->second;
}

Ids allowed_of(const Rules& rules, const SeatRule& rule, const Arrival& arrival, const std::string& step) {
  Ids allowed;
  std::string title;
  for (const SeatRule& from : rule.from) {
    for (std::string& person : people_of(rules, from, arrival, step, title))
      allowed.push_back(std::move(person));
  }
  return allowed;
}

// One of several: who has least to do (the first of equals), or the next in the order of the directory.
void pick_one(const Rules& rules, Pick pick, Ids& people) {
  if (pick == Pick::none || people.size() < 2) return;
  size_t at = 0;
  if (pick == Pick::in_turn) {
    at = static_cast<size_t>(std::max(0, rules.turn - 1)) % people.size();
  } else {
    auto load = [&](const std::string& person) {
      if (!rules.loads) return 0;
      auto found = rules.loads->find(person);
      return found == rules.loads->end() ? 0 : found->second;
    };
    for (size_t i = 1; i < people.size(); ++i) {
      if (load(people[i]) < load(people[at])) at = i;
    }
  }
  people = {people[at]};
}

// 本人不审本人: the initiator's superior takes a seat that only the initiator could have taken.
void bar_initiator(const Rules& rules, Symbol initiator, Seat& seat) {
  if (!seat.candidates.contains(initiator)) return;
  seat.candidates.erase(initiator);
  if (!seat.candidates.empty()) return;
  std::string above = directory::superior(rules.directory, initiator, 1);
  if (above.empty()) return;
  seat.title = seat.title.text() + "（由上级代审）";
  seat.candidates = People{above};
}

void replace_leavers(const Marking& marking, People& candidates) {
  if (!marking.replaced) return;
  const auto& replaced = *marking.replaced;
  std::vector<Symbol> people = candidates.list();
  for (Symbol& person : people) {
    for (size_t hops = 0; hops <= replaced.size(); ++hops) {
      auto found = replaced.find(person);
      if (found == replaced.end()) break;
      person = found->second;
    }
  }
  candidates = std::move(people);
}

Symbol key_of(size_t place) {
  static const std::array<Symbol, 10> kFirst = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  return place < kFirst.size() ? kFirst[place] : Symbol(std::to_string(place));
}

void add_seat(const Rules& rules, const Step& step, const Arrival& arrival, const SeatRule& rule, Seat seat,
              std::vector<Seat>& seats) {
  seat.weight = rule.weight;
  replace_leavers(arrival.marking, seat.candidates);
  if (step.not_initiator) bar_initiator(rules, arrival.marking.initiator, seat);
  const bool later = step.decide.rule == DecideRule::in_order && !seats.empty();
  if (later) seat.decision = kWaiting;
  seats.push_back(std::move(seat));
  seats.back().key = key_of(seats.size());
}

}  // namespace

Ids people_of(const Rules& rules, const SeatRule& rule, const Arrival& arrival, const std::string& step,
              std::string& title) {
  Ids people;
  const directory::Directory& office = rules.directory;
  switch (rule.kind) {
    case SeatRule::Kind::initiator:
      title = "经办人";
      people = {arrival.marking.initiator.text()};
      break;
    case SeatRule::Kind::person: {
      const directory::Person* person = office.person(rule.person.name);
      if (!person) person = directory::find_person(office, rule.person.name).person;
      title = person ? person->name : rule.person.name;
      if (person) people = {person->id};
      break;
    }
    case SeatRule::Kind::post: {
      const directory::Department* department = department_of(rules, rule, arrival);
      title = (department ? department->title : rule.of ? rule.of->name : "") + rule.post.name;
      if (department) {
        people = directory::holders(office, rule.post.name, department->id);
      } else if (!rule.of && !rule.of_initiator) {
        people = directory::holders(office, rule.post.name);
      }
      break;
    }
    case SeatRule::Kind::head: {
      const directory::Department* department = department_of(rules, rule, arrival);
      title = (department ? department->title : rule.of ? rule.of->name : "") + "负责人";
      if (department && !department->head.empty()) people = {department->head};
      break;
    }
    case SeatRule::Kind::superior: {
      title = rule.level == 1 ? "上级" : fmt::format("第{}级上级", rule.level);
      std::string above = directory::superior(office, arrival.marking.initiator, rule.level);
      if (!above.empty()) people = {above};
      break;
    }
    case SeatRule::Kind::role:
      title = rule.role.name;
      if (const directory::Role* role = office.role(rule.role.name)) people = role->people;
      break;
    case SeatRule::Kind::field:
      title = rules.form.title_of(rule.field.name);
      collect(arrival.data, split(rule.field.name, "."), 0, rules, people);
      break;
    case SeatRule::Kind::chosen:
      title = rule.by_previous ? "上一环节选定的人" : "经办人选定的人";
      if (const Ids* chosen = choice_for(arrival, rule, step)) people = *chosen;
      break;
  }
  pick_one(rules, rule.pick, people);
  return people;
}

namespace {

bool asks_initiator(const SeatRule& rule) {
  return rule.kind == SeatRule::Kind::initiator || rule.kind == SeatRule::Kind::superior || rule.of_initiator;
}

// Whether the seats follow from the rules and at most from who began the case.
bool is_fixed(const Step& step, const Marking& marking) {
  if (marking.replaced || marking.assigned) return false;
  return std::none_of(step.seats.begin(), step.seats.end(), [](const SeatRule& rule) {
    return rule.kind == SeatRule::Kind::field || rule.kind == SeatRule::Kind::chosen ||
           rule.pick != Pick::none;
  });
}

// The one person who holds the post; false where there are none or several.
bool name_holder(const Rules& rules, const SeatRule& rule, const Arrival& arrival, Seat& seat) {
  if (rule.pick != Pick::none) return false;
  const directory::Department* department = department_of(rules, rule, arrival);
  if (!department && (rule.of || rule.of_initiator)) return false;
  const directory::Person* holder = nullptr;
  for (const directory::Person& person : rules.directory.people) {
    if (department && person.department != department->id) continue;
    if (!contains(person.posts, rule.post.name)) continue;
    if (holder) return false;
    holder = &person;
  }
  if (!holder) return false;
  seat.title = department ? Symbol(department->title + rule.post.name) : Symbol(rule.post.name);
  seat.candidates = People::only(holder->id);
  return true;
}

// What most seats are, without lists of texts: who began the case, a person by id, or who alone holds a post.
bool name_one(const Rules& rules, const SeatRule& rule, const Arrival& arrival, Seat& seat) {
  if (rule.kind == SeatRule::Kind::initiator) {
    static const Symbol kTitle("经办人");
    seat.title = kTitle;
    seat.candidates = People::only(arrival.marking.initiator);
    return true;
  }
  if (rule.kind == SeatRule::Kind::post) return name_holder(rules, rule, arrival, seat);
  if (rule.kind != SeatRule::Kind::person) return false;
  const directory::Person* person = rules.directory.person(rule.person.name);
  if (!person) return false;
  seat.title = person->name;
  seat.candidates = People::only(person->id);
  return true;
}

std::vector<Seat> find_seats(const Rules& rules, const Step& step, const Arrival& arrival) {
  std::vector<Seat> seats;
  seats.reserve(step.seats.size());
  const bool several = step.decide.place.line > 0 || step.seats.size() > 1;
  const PeopleOfSteps& assignments = *arrival.marking.assigned;
  if (auto assigned = assignments.find(step.id); assigned != assignments.end()) {
    // 改未来环节: one seat each where several decide, else one seat that any of them may take.
    std::vector<Ids> groups;
    if (several)
      for (const std::string& person : assigned->second) groups.push_back({person});
    else
      groups.push_back(assigned->second);
    for (Ids& people : groups) {
      Seat seat;
      seat.title = "改派的办理人";
      seat.candidates = people;
      add_seat(rules, step, arrival, step.seats.front(), std::move(seat), seats);
    }
    return seats;
  }
  for (const SeatRule& rule : step.seats) {
    Seat seat;
    if (name_one(rules, rule, arrival, seat)) {
      add_seat(rules, step, arrival, rule, std::move(seat), seats);
      continue;
    }
    std::string title;
    seat.candidates = people_of(rules, rule, arrival, step.id, title);
    seat.title = title;
    // Among several seats, people whom a field or a choice names sit one by one.
    const bool each = rule.kind == SeatRule::Kind::field || rule.kind == SeatRule::Kind::chosen;
    if (several && each && seat.candidates.size() > 1) {
      for (Symbol person : seat.candidates) {
        Seat one;
        one.title = seat.title;
        one.candidates = People{person};
        add_seat(rules, step, arrival, rule, std::move(one), seats);
      }
    } else {
      add_seat(rules, step, arrival, rule, std::move(seat), seats);
    }
  }
  return seats;
}

}  // namespace

std::vector<Seat> make_seats(const Rules& rules, const Step& step, const Arrival& arrival) {
  if (!rules.memo || !is_fixed(step, arrival.marking)) return find_seats(rules, step, arrival);
  auto& steps = rules.memo->steps;
  if (steps.empty()) steps.resize(rules.definition.steps.size());
  auto& known = steps[static_cast<size_t>(&step - rules.definition.steps.data())];
  const bool asks = step.not_initiator || std::any_of(step.seats.begin(), step.seats.end(), asks_initiator);
  const Symbol initiator = asks ? arrival.marking.initiator : Symbol();
  for (const SeatMemo::Found& one : known) {
    if (one.initiator == initiator) return one.seats;
  }
  constexpr size_t kMost = 64;  // beyond, the search costs what it saves
  std::vector<Seat> seats = find_seats(rules, step, arrival);
  if (known.size() < kMost) known.push_back({initiator, seats});
  return seats;
}

std::vector<Blocker> find_choice_blockers(const Rules& rules, const Step& step, const Arrival& arrival) {
  std::vector<Blocker> blockers;
  if (arrival.marking.assigned->contains(step.id)) return blockers;
  for (const SeatRule& rule : step.seats) {
    if (rule.kind != SeatRule::Kind::chosen) continue;
    const Ids allowed = allowed_of(rules, rule, arrival, step.id);
    const Ids* chosen = choice_for(arrival, rule, step.id);
    const std::string among =
        rule.from.empty() ? "" : fmt::format("，可选的有 {}", names_of(rules.directory, allowed, "、"));
    if (!chosen || chosen->empty()) {
      // Who acts now chooses with this act; an initiator whom the case has left, by an act of his own.
      const bool later = !rule.by_previous && arrival.sender != arrival.marking.initiator;
      blockers.push_back({"choose-people",
                          fmt::format("“{}”环节由谁办理要由{}选定{}{}", step.title,
                                      rule.by_previous ? "上一环节" : "经办人", among,
                                      later ? fmt::format("；请经办人先选定：assign --to {} --people 人员 "
                                                          "--opinion 原因（送审时也可以写 --choose {}=人员）",
                                                          step.id, step.id)
                                            : ""),
                          {{"step", step.id}}});
      continue;
    }
    for (const std::string& person : *chosen) {
      if (!rules.directory.person(person) || (!rule.from.empty() && !contains(allowed, person)))
        blockers.push_back(
            {"choose-people",
             fmt::format("“{}”环节不能选 {}{}", step.title, rules.directory.name_of(person), among),
             {{"step", step.id}, {"person", person}}});
    }
  }
  return blockers;
}

std::string names_of(const directory::Directory& directory, const People& people, std::string_view between) {
  std::vector<std::string> names;
  for (Symbol person : people) names.push_back(directory.name_of(person));
  return join(names, between);
}

namespace {

std::string describe(const directory::Directory& directory, const Seat& seat) {
  std::string names = !seat.more->claimed.empty() ? directory.name_of(seat.more->claimed)
                      : seat.candidates.empty()   ? "无人"
                                                  : names_of(directory, seat.candidates);
  return names == seat.title ? names : names + "（" + seat.title.text() + "）";
}

}  // namespace

std::string describe_open(const directory::Directory& directory, const Marking& marking) {
  std::vector<std::string> parts;
  for (const Seat* seat : open_seats(marking)) parts.push_back(describe(directory, *seat));
  return join(parts, "、");
}

std::string describe_open(const directory::Directory& directory, const Token& token) {
  std::vector<std::string> parts;
  for (const Seat& seat : token.seats) {
    if (!seat.is_open()) continue;
    // Who has decided already is not waited for.
    const std::vector<Symbol> takers = takers_of(token, seat);
    if (takers.size() == seat.candidates.size() || !seat.more->claimed.empty()) {
      parts.push_back(describe(directory, seat));
      continue;
    }
    std::vector<std::string> names;
    for (const Symbol person : takers) names.push_back(directory.name_of(person));
    parts.push_back(join(names, "或"));
  }
  return join(parts, "、");
}

std::string describe_turn(const directory::Directory& directory, const Token& token) {
  if (!token.seats.empty()) return fmt::format("由 {} 办理", describe_open(directory, token));
  return token.child.empty() ? "等子流程办结" : fmt::format("等子流程 {} 办结", token.child);
}

}  // namespace wenshu::workflow
