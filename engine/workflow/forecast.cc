#include "workflow/forecast.h"

#include <algorithm>
#include <set>

#include "workflow/actor.h"
#include "workflow/decide.h"

namespace wenshu::workflow {
namespace {

// More acts than a case of paper ever sees; what goes round in circles ends here.
constexpr int kMostActs = 500;

// Somebody who may act at the token, and the first action for.
std::optional<Act> next_act(const Rules& rules, const Marking& marking, const Token& token) {
  const Step* step = rules.definition.find_step(token.step);
  const Action* action = step ? find_kind(*step, ActionKind::forward) : nullptr;
  Act act;
  act.person = find_actor(rules, marking, token);
  if (!action || act.person.empty()) return std::nullopt;
  act.action = action->name;
  act.opinion = "…";
  act.step = token.step;
  return act;
}

class Seer {
 public:
  Seer(const Rules& rules, const Marking& marking, const data::Value& data, std::string_view date)
      : rules_(rules), marking_(marking), data_(data), date_(date) {
    if (marking_.status == Status::suspended) marking_.status = Status::running;
    for (const Token& token : marking_.tokens) seen_.insert(token.step);
  }

  Outlook run() {
    for (int acts = 0; acts < kMostActs && marking_.is_live(); ++acts) {
      if (!go_on()) break;
      note();
    }
    if (marking_.status == Status::ended) outlook_.ends.push_back(marking_.step());
    return std::move(outlook_);
  }

 private:
  bool go_on() {
    outlook_.stuck.clear();
    for (size_t i = 0; i < marking_.tokens.size(); ++i) {
      const Token token = marking_.tokens[i];
      const Step* step = rules_.definition.find_step(token.step);
      if (!step) continue;
      Attempt done;
      if (step->kind == StepKind::child) {
        Automatic automatic;
        automatic.step = step->id;
        automatic.action = kChildEnded;
        automatic.date = date_;
        done = attempt_automatic(rules_, marking_, data_, automatic);
      } else if (auto act = next_act(rules_, marking_, token)) {
        act->date = date_;
        done = attempt(rules_, marking_, data_, *act);
      } else {
        continue;
      }
      if (done.blockers.empty()) return true;
      outlook_.stuck = done.blockers.front().text;
    }
    return false;
  }

  void note() {
    for (const Token& token : marking_.tokens) {
      const Step* step = rules_.definition.find_step(token.step);
      if (!step || step->end() || !seen_.insert(token.step).second) continue;
      Forecast one{token.step, {}};
      for (const Seat& seat : token.seats) {
        for (const std::string& person : seat.candidates) {
          if (std::find(one.people.begin(), one.people.end(), person) == one.people.end())
            one.people.push_back(person);
        }
      }
      outlook_.steps.push_back(std::move(one));
    }
  }

  const Rules& rules_;
  Marking marking_;
  const data::Value& data_;
  std::string date_;
  std::set<std::string> seen_;
  Outlook outlook_;
};

}  // namespace

Outlook forecast(const Rules& rules, const Marking& marking, const data::Value& data, std::string_view date) {
  if (!marking.is_open()) return {};
  return Seer(rules, marking, data, date).run();
}

}  // namespace wenshu::workflow
