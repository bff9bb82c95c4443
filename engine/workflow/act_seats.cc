#include "workflow/act_seats.h"

#include <fmt/format.h>

#include <algorithm>

#include "workflow/act_parts.h"
#include "workflow/decide.h"

namespace wenshu::workflow {
namespace {

using data::Value;

class SeatActs {
 public:
  SeatActs(const Rules& rules, const Marking& marking, Token& token, const Step& step, const Act& act)
      : rules_(rules),
        marking_(marking),
        token_(token),
        seats_(token.seats),
        step_(step),
        act_(act),
        mine_(held_seats(rules, marking, token, act)) {}

  Attempt run(std::string_view name) {
    if (name == "keep") keep();
    if (name == "claim") claim();
    if (name == "release") release();
    if (name == "add-before" || name == "add-after" || name == "add-beside") add(name);
    if (name == "drop") drop();
    if (name == "transfer") transfer();
    if (name == "delegate") delegate();
    return std::move(result_);
  }

 private:
  void refuse(std::string code, std::string text) {
    result_.blockers.push_back({std::move(code), std::move(text), {}});
  }
  void note(std::string_view code, Symbol seat, const std::string& other = {}) {
    Fact fact;
    fact.code = code;
    fact.step = &step_;
    fact.seat = seat;
    fact.person = act_.person;
    fact.other = other;
    fact.opinion = act_.opinion;
    result_.move.facts.push_back(std::move(fact));
  }
  Seat& first_of_mine() {
    return seats_[static_cast<size_t>(std::find(mine_.begin(), mine_.end(), 1) - mine_.begin())];
  }
  std::string name_of(const std::string& person) const { return rules_.directory.name_of(person); }

  void keep() {
    Value kept = Value::map();
    kept.set("by", act_.person.text());
    kept.set("opinion", act_.opinion);
    if (act_.kept) kept.set("data", *act_.kept);
    first_of_mine().more.edit().kept = std::move(kept);
    note("kept", first_of_mine().title);
    result_.move.facts.back().opinion.clear();  // others do not see it
  }

  void claim() {
    bool any = false;
    for (size_t i = 0; i < seats_.size(); ++i) {
      if (!mine_[i] || seats_[i].candidates.size() < 2 || !seats_[i].more->claimed.empty()) continue;
      seats_[i].more.edit().claimed = act_.person;
      note("claimed", seats_[i].title);
      any = true;
    }
    if (!any) refuse("nothing-to-claim", "这里没有要认领的席位：只有你一人能办，或已被认领");
  }

  void release() {
    bool any = false;
    for (Seat& seat : seats_) {
      if (!seat.is_open() || seat.more->claimed != act_.person) continue;
      seat.more.edit().claimed.clear();
      note("released", seat.title);
      any = true;
    }
    if (!any) refuse("nothing-to-release", "没有你认领的席位");
  }

  // Nobody sits at one step twice, and none whose seat would count where he must not decide.
  bool are_free(bool counting) {
    for (const std::string& person : act_.people) {
      if (std::count(act_.people.begin(), act_.people.end(), person) > 1) {
        refuse("already-seated", fmt::format("{} 写了两次", name_of(person)));
        break;
      }
      auto barred = counting ? find_seating_blocker(rules_, marking_, token_, person) : std::nullopt;
      if (barred) result_.blockers.push_back(std::move(*barred));
      for (const Seat& seat : seats_) {
        const bool pending = seat.is_open() || seat.decision == kWaiting;
        if (pending && seat.candidates == People{person}) {
          refuse("already-seated", fmt::format("{} 已经在“{}”环节有席位", name_of(person), step_.title));
          break;
        }
      }
    }
    return result_.blockers.empty();
  }

  void add(std::string_view name) {
    Seat& own = first_of_mine();
    if (role_of(own) != SeatRole::counting)
      return refuse("adviser-only", "受托提出意见的人不能再加签，请写明意见后交还");
    const bool before = name == "add-before", after = name == "add-after";
    if (!are_free(!before)) return;
    const Symbol key = own.key;
    if (before) own.decision = kWaiting;
    for (const std::string& person : act_.people) {
      Seat seat;
      seat.key = std::to_string(seats_.size() + 1);
      seat.title = name_of(person);
      seat.candidates = People{person};
      seat.more.edit().added_by = act_.person;
      if (before) seat.more.edit().before = key;
      if (after) seat.more.edit().after = key;
      const bool later = after || (!before && step_.decide.rule == DecideRule::in_order);
      if (later) seat.decision = kWaiting;
      seats_.push_back(std::move(seat));
      note("added", before ? "在前" : after ? "在后" : "并列", person);
    }
  }

  void drop() {
    const std::string& person = act_.people.front();
    auto found = std::find_if(seats_.begin(), seats_.end(), [&](const Seat& seat) {
      return !seat.more->added_by.empty() && seat.by.empty() && seat.decision != kDropped &&
             seat.candidates == People{person};
    });
    if (found == seats_.end())
      return refuse("nothing-to-drop", fmt::format("没有 {} 还没办的加签", name_of(person)));
    if (found->more->added_by != act_.person)
      return refuse("not-yours",
                    fmt::format("这个加签是 {} 加的，只有他能减", name_of(found->more->added_by)));
    found->decision = kDropped;
    note("dropped", found->title);
    open_next(step_, seats_);
  }

  void transfer() {
    if (act_.people.size() != 1) return refuse("needs-people", "转办一次只转给一个人");
    if (!are_free(role_of(first_of_mine()) == SeatRole::counting)) return;
    for (size_t i = 0; i < seats_.size(); ++i) {
      if (!mine_[i]) continue;
      seats_[i].candidates = act_.people;
      seats_[i].forget_holder();
      if (seats_[i].more) seats_[i].more.edit().kept.reset();
      note("transferred", seats_[i].title, act_.people.front());
    }
  }

  void delegate() {
    Seat& own = first_of_mine();
    if (act_.people.size() != 1) return refuse("needs-people", "委派一次只委派一个人");
    if (role_of(own) == SeatRole::helper) return refuse("adviser-only", "受托提出意见的人不能再委派");
    if (!are_free(false)) return;
    own.more.edit().principal = own.candidates.contains(act_.person) ? act_.person : own.candidates.front();
    own.candidates = act_.people;
    own.forget_holder();
    note("delegated", own.title, act_.people.front());
  }

  const Rules& rules_;
  const Marking& marking_;
  const Token& token_;
  std::vector<Seat>& seats_;
  const Step& step_;
  const Act& act_;
  std::vector<char> mine_;
  Attempt result_;
};

}  // namespace

bool allows(const Step& step, std::string_view act) {
  return std::any_of(step.allow.begin(), step.allow.end(),
                     [&](const Reference& one) { return one.name == act; });
}

Attempt attempt_on_seats(const Rules& rules, const Marking& marking, Token& token, const Step& step,
                         const Act& act, const ActWord& word) {
  return SeatActs(rules, marking, token, step, act).run(word.name);
}

Attempt attempt_reading(const Rules& rules, Marking& marking, const Act& act) {
  Attempt result;
  Fact fact;
  fact.person = act.person;
  fact.opinion = act.opinion;
  if (act.action == "read") {
    fact.code = "read";
    for (Token* token : held_tokens(rules, marking, act)) {
      for (Seat& seat : token->seats) {
        if (seat.more->read_by.empty() && may_act(rules, seat, act.person, act.date))
          seat.more.edit().read_by = act.person;
      }
    }
    for (Reader& reader : marking.readers) {
      if (reader.person != act.person || !reader.read.empty()) continue;
      reader.read = act.date;
      reader.opinion = act.opinion;
    }
    result.move.facts.push_back(std::move(fact));
    return result;
  }
  const bool duty = act.action == "circulate";
  for (const std::string& person : act.people) {
    const bool has = std::any_of(marking.readers.begin(), marking.readers.end(), [&](const Reader& reader) {
      return reader.person == person && reader.duty == duty;
    });
    if (has && !act.again) continue;  // once a person a case
    marking.readers.push_back({person, duty, act.person});
    fact.code = duty ? "circulated" : "copied";
    fact.other = person;
    result.move.facts.push_back(fact);
  }
  if (result.move.facts.empty())
    result.blockers.push_back(
        {"already-sent", fmt::format("已经{}过，要再送请写明再送一次", find_act(act.action)->title), {}});
  return result;
}

}  // namespace wenshu::workflow
