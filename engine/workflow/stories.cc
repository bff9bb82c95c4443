#include "workflow/stories.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include "workflow/act_parts.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

constexpr size_t kMostStates = 1500;  // of one record
constexpr size_t kMostSeats = 4;      // of a step that are each tried; of more, the first and the last
constexpr size_t kMostActs = 60;      // of a story that anybody would read

// Where the case stands, without what only its history tells.
std::string key_of(const Marking& marking) {
  std::string key(to_text(marking.status));
  for (const Token& token : marking.tokens) {
    key += "|" + token.step.text() + ">" + token.back_to.text();
    for (const Seat& seat : token.seats) key += "," + seat.decision.text();
  }
  for (const Wait& wait : marking.waits) {
    key += "&" + wait.split.text();
    for (const int branch : wait.running) key += " " + std::to_string(branch);
  }
  return key;
}

struct Edge {
  size_t from = 0, to = 0;
  Act act;
  std::vector<size_t> items;  // of the coverage
};

class Search {
 public:
  Search(const Rules& rules, const data::Value& data, std::string initiator, Coverage& coverage)
      : rules_(rules), data_(data), initiator_(std::move(initiator)), coverage_(coverage) {
    states_.push_back(start(rules_, initiator_, data_));
    known_.emplace(key_of(states_.front()), 0);
  }

  std::vector<Story> run() {
    for (size_t at = 0; at < states_.size() && states_.size() < kMostStates; ++at) {
      first_edge_.push_back(edges_.size());
      expand(at);
    }
    std::vector<Story> stories;
    for (size_t tries = 0; tries < coverage_.items().size(); ++tries) {
      const std::vector<size_t> way = next_way();
      if (way.empty()) break;
      Story story = play(way);
      if (story.news.empty()) break;  // what was merged in the search is not the same after all
      stories.push_back(std::move(story));
    }
    return stories;
  }

 private:
  void expand(size_t at) {
    const Marking marking = states_[at];
    if (!marking.is_live()) return;
    for (const Token& token : marking.tokens) {
      const Step* step = rules_.definition.find_step(token.step);
      if (!step || step->kind != StepKind::human) continue;
      for (const Symbol person : doers(token))
        for (const Action& action : step->actions) try_action(at, marking, token, action, person);
    }
  }

  static std::vector<Symbol> doers(const Token& token) {
    std::vector<Symbol> people;
    for (const Seat& seat : token.seats)
      if (seat.is_open() && !seat.candidates.empty() &&
          std::find(people.begin(), people.end(), seat.candidates.front()) == people.end())
        people.push_back(seat.candidates.front());
    if (people.size() > kMostSeats) people = {people.front(), people.back()};
    return people;
  }

  void try_action(size_t at, const Marking& marking, const Token& token, const Action& action,
                  Symbol person) {
    Act act;
    act.person = person;
    act.action = action.name;
    if (action.opinion_required) act.opinion = action.kind == ActionKind::forward ? "同意" : "请再看一遍";
    if (tokens_of(rules_, marking, person, "").size() > 1) act.step = token.step;
    if (action.target != Target::any) return try_act(at, marking, std::move(act));
    for (const Step* back : steps_back(rules_, token)) {
      act.to = back->id;
      try_act(at, marking, act);
    }
  }

  void try_act(size_t at, const Marking& marking, Act act) {
    Marking after = marking;
    Attempt done = attempt(rules_, after, data_, act);
    for (int more = 0; more < 4 && choose(done.blockers, act); ++more) {
      after = marking;
      done = attempt(rules_, after, data_, act);
    }
    if (!done.blockers.empty()) return;
    Edge edge{at, 0, act, items_of(marking, act, done.move)};
    const auto [state, fresh] = known_.emplace(key_of(after), states_.size());
    edge.to = state->second;
    if (fresh) states_.push_back(std::move(after));
    edges_.push_back(std::move(edge));
  }

  // Fills in whom a step waits for; false when nothing of the kind is missing, or nobody can be chosen.
  bool choose(const std::vector<Blocker>& blockers, Act& act) const {
    bool any = false;
    for (const Blocker& blocker : blockers) {
      const auto id = blocker.parameters.find("step");
      if (blocker.code != "choose-people" || id == blocker.parameters.end()) continue;
      const Step* step = rules_.definition.find_step(id->second);
      if (!step || act.choices.contains(step->id)) continue;
      for (const SeatRule& rule : step->seats) {
        if (rule.kind != SeatRule::Kind::chosen) continue;
        if (const std::string person = first_of(rule); !person.empty()) {
          act.choices[step->id] = {person};
          any = true;
        }
      }
    }
    return any;
  }

  std::string first_of(const SeatRule& chosen) const {
    const Arrival arrival{states_.front(), data_, "", nullptr};
    std::string title;
    for (const SeatRule& rule : chosen.from) {
      const auto people = people_of(rules_, rule, arrival, "", title);
      if (!people.empty()) return people.front();
    }
    for (const directory::Person& person : rules_.directory.people)
      if (chosen.from.empty() && person.id != initiator_) return person.id;
    return "";
  }

  std::vector<size_t> items_of(const Marking& before, const Act& act, const Done& move) const {
    Coverage own(rules_.definition);
    own.note(rules_, before, data_, act, move);
    std::vector<size_t> items;
    for (size_t i = 0; i < own.items().size(); ++i)
      if (own.items()[i].covered) items.push_back(i);
    return items;
  }

  bool is_new(const Edge& edge) const {
    return std::any_of(edge.items.begin(), edge.items.end(), [&](size_t item) {
      return !coverage_.items()[item].covered && !taken_.contains(item);
    });
  }

  // Edges from `from` to the nearest one that `wanted` picks, that one included.
  template <class Wanted>
  std::vector<size_t> nearest(size_t from, const Wanted& wanted) const {
    std::map<size_t, size_t> came_by;  // state -> edge
    std::deque<size_t> open = {from};
    while (!open.empty()) {
      const size_t at = open.front();
      open.pop_front();
      if (at >= first_edge_.size()) continue;
      for (size_t e = first_edge_[at]; e < edges_.size() && edges_[e].from == at; ++e) {
        if (wanted(edges_[e])) {
          std::vector<size_t> way = {e};
          for (size_t back = at; back != from; back = edges_[way.back()].from)
            way.push_back(came_by.at(back));
          std::reverse(way.begin(), way.end());
          return way;
        }
        if (edges_[e].to != from && came_by.emplace(edges_[e].to, e).second) open.push_back(edges_[e].to);
      }
    }
    return {};
  }

  // From one thing new to the next, then to an end; "" when there is nothing new.
  std::vector<size_t> next_way() {
    taken_.clear();
    std::vector<size_t> way;
    size_t at = 0;
    while (way.size() < kMostActs) {
      const auto on = nearest(at, [&](const Edge& edge) { return is_new(edge); });
      if (on.empty()) break;
      for (const size_t e : on) taken_.insert(edges_[e].items.begin(), edges_[e].items.end());
      way.insert(way.end(), on.begin(), on.end());
      at = edges_[way.back()].to;
    }
    if (way.empty()) return way;
    const auto home = nearest(at, [&](const Edge& edge) { return states_[edge.to].status == Status::ended; });
    way.insert(way.end(), home.begin(), home.end());
    return way;
  }

  // The way once more from its beginning, as one case goes it.
  Story play(const std::vector<size_t>& way) {
    Story story{initiator_, data_, {}, {}};
    std::vector<bool> before;
    for (const auto& item : coverage_.items()) before.push_back(item.covered);
    Marking marking = states_.front();
    coverage_.note_start(rules_, marking);
    for (const size_t e : way) {
      Marking after = marking;
      Attempt done = attempt(rules_, after, data_, edges_[e].act);
      if (!done.blockers.empty()) break;
      coverage_.note(rules_, marking, data_, edges_[e].act, done.move);
      StoryAct act{edges_[e].act, seats_of(after), after.status == Status::ended ? after.step().text() : ""};
      story.acts.push_back(std::move(act));
      marking = std::move(after);
    }
    for (size_t i = 0; i < before.size(); ++i)
      if (coverage_.items()[i].covered && !before[i]) story.news.push_back(coverage_.items()[i].text);
    return story;
  }

  static PeopleOfSteps seats_of(const Marking& marking) {
    PeopleOfSteps seats;
    if (!marking.is_live()) return seats;
    for (const Token& token : marking.tokens)
      for (const Seat& seat : token.seats) {
        if (!seat.is_open()) continue;
        auto& people = seats[token.step];
        for (const std::string& person : seat.candidates)
          if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
      }
    return seats;
  }

  const Rules& rules_;
  const data::Value& data_;
  std::string initiator_;
  Coverage& coverage_;
  std::vector<Marking> states_;
  std::vector<Edge> edges_;  // by the state that they leave
  std::vector<size_t> first_edge_;
  std::map<std::string, size_t> known_;
  std::set<size_t> taken_;
};

}  // namespace

std::vector<Story> find_stories(const Rules& rules, const std::vector<data::Value>& records,
                                const std::vector<std::string>& people, Coverage& coverage) {
  std::vector<Story> stories;
  for (const data::Value& record : records) {
    const auto person = std::find_if(people.begin(), people.end(), [&](const std::string& id) {
      return find_start_blockers(rules, id, record).empty();
    });
    if (person == people.end()) continue;
    for (Story& story : Search(rules, record, *person, coverage).run()) stories.push_back(std::move(story));
  }
  return stories;
}

}  // namespace wenshu::workflow
