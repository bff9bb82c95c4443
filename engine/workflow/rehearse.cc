#include "workflow/rehearse.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "workflow/actor.h"
#include "workflow/acts.h"
#include "workflow/decide.h"
#include "workflow/seating.h"
#include "workflow/words.h"

namespace wenshu::workflow {
namespace {

using data::Value;
using People = std::set<std::string>;

// By open step the people who may act.
std::map<std::string, People> open_of(const Marking& marking) {
  std::map<std::string, People> open;
  if (!marking.is_open()) return open;
  for (const Token& token : marking.tokens) {
    People& people = open[token.step];
    for (const Seat& seat : token.seats) {
      if (!seat.is_open() && seat.decision != kWaiting) continue;
      if (!seat.more->claimed.empty())
        people.insert(std::string(seat.more->claimed));
      else
        for (const auto& person : seat.candidates) people.insert(std::string(person));
    }
  }
  return open;
}

std::set<std::string> steps_of(const Marking& marking) {
  std::set<std::string> steps;
  for (const Token& token : marking.tokens) steps.insert(std::string(token.step));
  return steps;
}

std::string titles_of(const Definition& flow, const Marking& marking) {
  std::vector<std::string> titles;
  for (const std::string& id : steps_of(marking)) {
    const Step* step = flow.find_step(id);
    titles.push_back(fmt::format("“{}”", step ? step->title : id));
  }
  return join(titles, "、");
}

// What the event does not keep apart: whom and where the act named.
void restore_details(const StoredAct& stored, Act& act) {
  const ActWord* word = find_act(act.action);
  if (!stored.after.tokens.empty()) act.to = stored.after.step();
  for (const Token& token : stored.after.tokens)  // of several branches the step that the act has brought
    if (!stored.before.find(token.step)) act.to = token.step;
  act.choices = *stored.after.choices;
  for (const Token& token : stored.after.tokens) {
    if (!token.back_to.empty()) act.direct = true;
    const Token* was = stored.before.find(token.step);
    if (!word || !word->needs_people || !was) continue;
    std::set<std::string> known;
    for (const Seat& seat : was->seats)
      for (const auto& person : seat.candidates) known.insert(std::string(person));
    for (const Seat& seat : token.seats)
      for (const auto& person : seat.candidates)
        if (!known.contains(person) && seat.decision != kDropped) act.people.emplace_back(person);
    if (act.action == "drop")
      for (const Seat& seat : token.seats)
        if (seat.decision == kDropped && !seat.candidates.empty()) act.people = {seat.candidates.front()};
  }
  if (act.action == "copy" || act.action == "circulate")
    for (size_t i = stored.before.readers.size(); i < stored.after.readers.size(); ++i)
      act.people.emplace_back(stored.after.readers[i].person);
  if (act.action == "hand-over")
    for (const auto& [from, to] : *stored.after.replaced)
      if (!stored.before.replaced->contains(from)) act.people = {from, to};
}

class Rehearsal {
 public:
  Rehearsal(const Rules& old, const Rules& now, const StoredCase& stored)
      : old_(old), now_(now), stored_(stored) {}

  std::vector<Difference> run() {
    if (auto blockers = find_start_blockers(now_, stored_.initiator, stored_.data); !blockers.empty()) {
      note("refused", 0, "不能发起：" + blockers.front().text);
      return std::move(found_);
    }
    marking_ = start(now_, stored_.initiator, stored_.data);
    compare(stored_.started, 0);
    for (const StoredAct& act : stored_.acts)
      if (!replay(act)) break;
    return std::move(found_);
  }

 private:
  void note(const char* code, int64_t seq, std::string text) {
    found_.push_back({code, seq, std::move(text)});
  }

  std::string name_of(const StoredAct& act) const {
    return fmt::format("{} {}", act.act.date, now_.directory.name_of(act.act.person));
  }

  // False when the rest cannot be compared.
  bool replay(const StoredAct& stored) {
    if (stored.act.person.empty()) return follow(stored);
    Act act = stored.act;
    restore_details(stored, act);
    Attempt result = attempt(now_, marking_, stored.data, act);
    if (!result.blockers.empty() && result.blockers.front().code == "for-whom")
      try_principals(stored, act, result);
    if (!result.blockers.empty() && !is_at(stored.after)) try_holder(stored, act, result);
    if (!result.blockers.empty()) {
      if (is_ahead(stored)) return true;
      std::vector<std::string> reasons;
      for (const Blocker& blocker : result.blockers) reasons.push_back(blocker.text);
      note("refused", stored.seq,
           fmt::format("{} 办理 {}：新版不能办：{}{}", name_of(stored), act.action, join(reasons, "；"),
                       &stored == &stored_.acts.back() ? "" : "，此后不再比较"));
      return false;
    }
    if (steps_of(marking_) != steps_of(stored.after) && !catch_up(stored)) {
      note("path", stored.seq,
           fmt::format("{} 办理后，旧版到{}，新版到{}，此后不再比较", name_of(stored),
                       titles_of(old_.definition, stored.after), titles_of(now_.definition, marking_)));
      return false;
    }
    compare(stored.after, stored.seq);
    return true;
  }

  bool is_at(const Marking& marking) const { return steps_of(marking_) == steps_of(marking); }

  // Where others sit in the new version (told by then), they do the same.
  void try_holder(const StoredAct& stored, Act act, Attempt& result) {
    const bool others = result.blockers.front().code == "not-your-seat" && !find_act(act.action);
    if (!others || marking_.tokens.size() != 1) return;
    act.person = find_actor(now_, marking_, marking_.tokens.front());
    if (act.person.empty()) return;
    const std::string why = result.blockers.front().text;
    result = attempt(now_, marking_, stored.data, act);
    if (result.blockers.empty())
      note("refused", stored.seq,
           fmt::format("{} 办理 {}：新版不能办：{}，以下当作由 {} 办理", name_of(stored), act.action, why,
                       now_.directory.name_of(act.person)));
  }

  // For whom somebody stood in is not kept with the act: the first for whom he may.
  void try_principals(const StoredAct& stored, Act act, Attempt& result) {
    const auto day = parse_date(act.date);
    if (!day) return;
    for (const std::string& principal :
         directory::stood_in_for(now_.directory, act.person, now_.definition.name, *day)) {
      act.people = {principal};
      result = attempt(now_, marking_, stored.data, act);
      if (result.blockers.empty()) return;
    }
  }

  // What happened by itself (a clock, a sub-workflow, a migration) is taken as it was.
  bool follow(const StoredAct& stored) {
    for (const std::string& id : steps_of(stored.after))
      if (!now_.definition.find_step(id)) return false;
    marking_ = stored.after;
    return true;
  }

  // The step at which the old act was done is none of the new version, which stands already where it led.
  bool is_ahead(const StoredAct& stored) {
    if (steps_of(marking_) != steps_of(stored.after)) return false;
    for (const std::string& id : steps_of(stored.before)) {
      if (now_.definition.find_step(id)) continue;
      const Step* step = old_.definition.find_step(id);
      note("path", stored.seq, fmt::format("新版少一个环节“{}”", step ? step->title : id));
      return true;
    }
    return false;
  }

  // Steps that only the new version asks are agreed to, until it stands where the old one stood; also a step that the
  // new version has no longer is passed.
  bool catch_up(const StoredAct& stored) {
    const Marking kept = marking_;
    std::vector<Difference> more;
    for (size_t hops = 0; hops <= now_.definition.steps.size(); ++hops) {
      if (steps_of(marking_) == steps_of(stored.after)) {
        found_.insert(found_.end(), more.begin(), more.end());
        return true;
      }
      if (!marking_.is_live() || marking_.tokens.size() != 1) break;
      const std::string at = marking_.step();
      const bool known = old_.definition.find_step(at);
      const bool stays = known && stored.before.find(at) && !stored.after.find(at);
      if (known && !stays) break;
      const Step& step = *now_.definition.find_step(at);
      const std::string people = describe_open(now_.directory, marking_);
      const std::string due = step.due ? "，期限 " + to_chinese(*step.due) : "";
      if (const Step* gone = known ? nullptr : find_gone(stored.after)) {
        found_.insert(found_.end(), more.begin(), more.end());
        note("path", stored.seq,
             fmt::format("新版少一个环节“{}”，多一个环节“{}”，由 {} 办理{}", gone->title, step.title, people,
                         due));
        return true;
      }
      more.push_back({"path", stored.seq,
                      stays
                          ? fmt::format("“{}”环节旧版到这里就办完了，新版还要由 {} 办理", step.title, people)
                          : fmt::format("新版多一个环节“{}”，由 {} 办理{}", step.title, people, due)});
      if (!agree(step, stored)) break;
    }
    // A step of the old version that the new one lacks: the next stored act is passed over.
    const bool lacks =
        std::any_of(stored.after.tokens.begin(), stored.after.tokens.end(),
                    [&](const Token& token) { return !now_.definition.find_step(token.step); });
    marking_ = kept;
    return lacks && stored.after.is_open();
  }

  // The one step where the old case stood that the new version has no longer.
  const Step* find_gone(const Marking& was) const {
    if (was.tokens.size() != 1 || now_.definition.find_step(was.step())) return nullptr;
    return old_.definition.find_step(was.step());
  }

  bool agree(const Step& step, const StoredAct& stored) {
    const Action* forward = find_kind(step, ActionKind::forward);
    if (!forward) return false;
    const std::string id = step.id;
    for (size_t turns = 0; turns < 1000; ++turns) {
      const auto open = open_seats(marking_);
      if (open.empty() || std::string(marking_.step()) != id) return true;
      Act act;
      act.person = find_actor(now_, marking_, marking_.tokens.front());
      act.action = forward->name;
      act.opinion = "演练";
      act.date = stored.act.date;
      if (!attempt(now_, marking_, stored.data, act).blockers.empty()) return false;
    }
    return false;
  }

  void compare(const Marking& was, int64_t seq) {
    const auto before = open_of(was), after = open_of(marking_);
    for (const auto& [id, people] : after) {
      const auto same = before.find(id);
      if (same == before.end()) continue;
      const Step &old = *old_.definition.find_step(id), &now = *now_.definition.find_step(id);
      if (same->second != people && told_.insert(id + ":people").second)
        note("people", seq,
             fmt::format("“{}”环节旧版由 {} 办理，新版由 {} 办理", now.title, names_of(same->second),
                         names_of(people)));
      const std::string a = old.due ? to_chinese(*old.due) : "没有期限",
                        b = now.due ? to_chinese(*now.due) : "没有期限";
      if (a != b && told_.insert(id + ":due").second)
        note("deadline", seq, fmt::format("“{}”环节的期限由 {} 改为 {}", now.title, a, b));
    }
  }

  std::string names_of(const People& people) const {
    return people.empty() ? "无人"
                          : workflow::names_of(now_.directory,
                                               std::vector<std::string>(people.begin(), people.end()), "、");
  }

  const Rules& old_;
  const Rules& now_;
  const StoredCase& stored_;
  Marking marking_;
  std::vector<Difference> found_;
  std::set<std::string> told_;
};

}  // namespace

std::vector<Difference> rehearse(const Rules& old, const Rules& now, const StoredCase& stored) {
  return Rehearsal(old, now, stored).run();
}

}  // namespace wenshu::workflow
