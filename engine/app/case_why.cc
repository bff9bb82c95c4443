// wenshu case why: each answer with the rule or the event that it rests on.
#include <fmt/format.h>

#include <algorithm>

#include "app/case.h"
#include "app/case_grounds.h"
#include "app/case_record.h"
#include "app/ledgers.h"
#include "base/error.h"
#include "base/text.h"
#include "workflow/acts.h"
#include "workflow/takers.h"

namespace wenshu::app {

using data::Value;

namespace {

std::string line_of(const Place& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : std::string();
}

std::string without_start(const std::string& text, const std::string& start) {
  return text.starts_with(start) ? text.substr(start.size()) : text;
}

class Answers {
 public:
  Answers(const workflow::Rules& rules, const CaseRecord& record, const std::vector<HistoryLine>& history,
          std::string person, std::string date)
      : rules_(rules),
        record_(record),
        history_(history),
        person_(std::move(person)),
        date_(std::move(date)) {}

  std::vector<WhyAnswer> run() {
    if (!record_.marking.is_open()) {
      by_event("stuck", fmt::format("办件{}", workflow::to_chinese(record_.marking.status)),
               last_change(history_));
      return std::move(answers_);
    }
    stuck();
    not_me();
    next();
    return std::move(answers_);
  }

 private:
  void by_rule(const char* question, std::string text, const Place& place) {
    answers_.push_back({question, std::move(text), line_of(place), 0, {}});
  }
  void by_event(const char* question, std::string text, int64_t event) {
    answers_.push_back({question, std::move(text), "", event, {}});
  }

  void by_ground(const char* question, std::string text, const Ground& ground) {
    answers_.push_back({question, std::move(text), line_of(ground.rule), ground.event, {}});
  }

  std::string holders(const workflow::Token& token) const {
    std::vector<std::string> names;
    for (const auto& seat : token.seats) {
      for (const auto& person : workflow::takers_of(token, seat))
        if (const std::string name = rules_.directory.name_of(person);
            std::find(names.begin(), names.end(), name) == names.end())
          names.push_back(name);
    }
    return join(names, "、");
  }

  std::string turn_of(const workflow::Token& token) const {
    if (!token.seats.empty()) return fmt::format("由 {} 办理", holders(token));
    return token.child.empty() ? "等子流程办结" : fmt::format("等子流程 {} 办结", token.child);
  }

  void stuck() {
    const auto& marking = record_.marking;
    if (marking.status == workflow::Status::suspended)
      by_event("stuck", marking.with_parent ? "随上级办件挂起" : "办件已挂起",
               last_event(history_, [](const HistoryLine& line) {
                 return line.action == "suspend" || line.action == "hold";
               }));
    for (const auto& token : marking.tokens) {
      const auto& step = *rules_.definition.find_step(token.step);
      if (!token.child.empty()) {
        by_rule("stuck", fmt::format("在“{}”等子流程 {} 办结", step.title, token.child), step.start->place);
        continue;
      }
      const int64_t since = last_event(history_, [&](const HistoryLine& line) {
        return std::any_of(line.facts.begin(), line.facts.end(), [&](const std::string& fact) {
          return fact.find("“" + step.title + "”") != std::string::npos;
        });
      });
      by_event("stuck", fmt::format("在“{}”等 {} 办理", step.title, holders(token)), since);
      by_rule("stuck", fmt::format("“{}”的席位由此决定", step.title),
              step.seats.empty()                  ? step.place
              : step.seats.front().place.line > 0 ? step.seats.front().place
                                                  : step.place);
      for (const auto& seat : token.seats) {
        if (!seat.is_open() || seat.more->clock->due.empty()) continue;
        const auto due = parse_time(seat.more->clock->due);
        by_rule("stuck",
                fmt::format("{} 的期限是 {}", seat.title, due ? to_china_text(*due) : seat.more->clock->due),
                step.due->place);
        break;
      }
    }
    for (const auto& signature : marking.signatures) {
      if (signature.state != workflow::Signature::State::voided) continue;
      by_event("stuck",
               fmt::format("{} 的签署已因修改作废，要重新签署", rules_.directory.name_of(signature.person)),
               last_event(history_, [](const HistoryLine& line) {
                 return std::any_of(line.facts.begin(), line.facts.end(), [](const std::string& fact) {
                   return fact.find("签署") != std::string::npos && fact.find("作废") != std::string::npos;
                 });
               }));
    }
  }

  void not_me() {
    if (!workflow::tokens_of(rules_, record_.marking, person_, date_).empty()) return;
    const std::string name = rules_.directory.name_of(person_);
    for (const auto& token : record_.marking.tokens) {
      const auto& step = *rules_.definition.find_step(token.step);
      for (const auto& seat : token.seats) {
        if (seat.by == person_) {
          by_event("not-me", fmt::format("{} 在“{}”已经办过", name, step.title),
                   last_event(history_, [&](const HistoryLine& line) {
                     return line.person == person_ && line.step == token.step;
                   }));
          return;
        }
        const bool named = std::count(seat.candidates.begin(), seat.candidates.end(), person_) > 0;
        if (named && seat.is_open() && !seat.more->claimed.empty()) {
          by_event("not-me",
                   fmt::format("{} 已由 {} 认领", seat.title, rules_.directory.name_of(seat.more->claimed)),
                   last_event(history_, [](const HistoryLine& line) { return line.action == "claim"; }));
          return;
        }
        if (named && !seat.is_open()) {
          by_rule("not-me", fmt::format("{} 还没轮到", name),
                  step.decide.place.line > 0 ? step.decide.place : step.place);
          return;
        }
      }
    }
    const auto& step = *rules_.definition.find_step(record_.marking.step());
    by_rule(
        "not-me",
        fmt::format("{} 不在“{}”的席位中，那里{}", name, step.title, turn_of(record_.marking.tokens.front())),
        step.seats.empty() || step.seats.front().place.line == 0 ? step.place : step.seats.front().place);
  }

  std::string where_after(const workflow::Marking& after, const std::string& stays) const {
    if (!after.is_open()) {
      const auto* end = rules_.definition.find_step(after.step());
      const bool named = after.status == workflow::Status::ended && end && !end->title.empty();
      return fmt::format("办件{}{}", workflow::to_chinese(after.status),
                         named ? "（" + end->title + "）" : "");
    }
    std::vector<std::string> places;
    for (const auto& token : after.tokens) {
      const auto* step = rules_.definition.find_step(token.step);
      places.push_back(fmt::format("{}“{}”，{}", token.step == stays ? "仍在" : "到",
                                   step ? step->title : token.step.text(), turn_of(token)));
    }
    return join(places, "；");
  }

  // By each action of whoever sits there now: who gets the case.
  void next() {
    for (const auto& token : record_.marking.tokens) {
      const auto& step = *rules_.definition.find_step(token.step);
      const auto open = std::find_if(token.seats.begin(), token.seats.end(), [](const auto& seat) {
        return seat.is_open() && !seat.candidates.empty();
      });
      if (open == token.seats.end()) continue;
      for (const auto& action : step.actions) {
        workflow::Act act;
        act.person = open->more->claimed.empty() ? open->candidates.front() : open->more->claimed;
        const bool mine = workflow::may_act(rules_, *open, person_, date_);
        if (mine) act.person = person_;
        act.action = action.name;
        act.opinion = "…";
        act.date = date_;
        act.step = token.step;
        if (action.target == workflow::Target::any && !token.way.empty()) act.to = token.way.front();
        workflow::Marking after = record_.marking;
        const auto done = workflow::attempt(rules_, after, record_.data, act);
        const char* question = action.kind == workflow::ActionKind::forward ? "next" : "reject";
        const std::string who = rules_.directory.name_of(act.person);
        if (done.blockers.empty()) {
          by_rule(question, fmt::format("{} {}以后：{}", who, action.title, where_after(after, token.step)),
                  action.place);
        } else {
          const Blocker& first = done.blockers.front();
          by_ground(question,
                    fmt::format("{} 现在不能{}：{}", who, action.title,
                                without_start(first.text, "不能" + action.title + "：")),
                    ground_of(first, record_, history_, &step, &action));
        }
        answers_.back().action = action.name;
      }
    }
  }

  const workflow::Rules& rules_;
  const CaseRecord& record_;
  const std::vector<HistoryLine>& history_;
  std::string person_, date_;
  std::vector<WhyAnswer> answers_;
};

// Where the cases stand that this one waits for, and who has them.
void add_children(store::Tx& tx, const CaseRecord& record, const directory::Directory& office,
                  WhyView& view) {
  for (const auto& token : record.marking.tokens) {
    if (token.child.empty()) continue;
    const CaseRecord child = load_case(tx, token.child);
    for (const auto& own : child.marking.tokens) {
      const auto* step = child.published->definition.find_step(own.step);
      std::vector<std::string> names;
      for (const auto& seat : own.seats) {
        for (const auto& person : workflow::takers_of(own, seat)) names.push_back(office.name_of(person));
      }
      if (names.empty()) continue;
      const std::string text = fmt::format("子流程 {} 在“{}”等 {} 办理：wenshu case why {}", child.id,
                                           step ? step->title : own.step.text(), join(names, "、"), child.id);
      view.answers.push_back({"stuck", text, step ? line_of(step->place) : "", 0, {}});
      view.sentences.push_back(text);
    }
  }
}

// What is asked for when acting is not what stands in the way now.
bool is_asked_for(const Blocker& blocker) {
  static const std::vector<std::string_view> kAsked = {"opinion-required", "needs-people",
                                                       "choose-step",      "choose-people",
                                                       "already-seated",   "nothing-to-drop"};
  return std::find(kAsked.begin(), kAsked.end(), blocker.code) != kAsked.end();
}

// An act that every workflow knows, tried with somebody for whom it is done.
ActionView view_of(const workflow::Rules& rules, const CaseRecord& record, const workflow::ActWord& word,
                   const std::string& person, const std::string& date) {
  workflow::Act act{person, word.name, "…"};
  act.date = date;
  if (word.needs_people) act.people = {rules.directory.people.front().id};
  ActionView view{std::string(word.name), std::string(word.title), word.needs_opinion,
                  workflow::find_blockers(rules, record.marking, record.data, act)};
  std::erase_if(view.blockers, is_asked_for);
  return view;
}

// What says that the act may be done; without a line when it is what has happened that says so.
Place place_allowing(const workflow::Definition& flow, const workflow::ActWord& word,
                     const workflow::Step* step) {
  if (word.doer == workflow::Doer::manager && !flow.managers.empty()) return flow.managers.front().place;
  const bool by_seat = word.doer == workflow::Doer::holder || word.doer == workflow::Doer::allowed;
  return by_seat && step ? step->place : Place{};
}

// Leaves in the view what is said of one action: that it may be done and by which line, or each reason why not.
void narrow(WhyView& view, const workflow::Rules& rules, const CaseRecord& record,
            const std::vector<HistoryLine>& history, const std::string& action, const std::string& person,
            const std::string& date) {
  const auto* word = workflow::find_act(action);
  if (word) {
    view.actions = {view_of(rules, record, *word, person, date)};
  } else {
    std::vector<std::string> known;
    for (const ActionView& one : view.actions) known.push_back(one.action);
    std::erase_if(view.actions, [&](const ActionView& one) { return one.action != action; });
    if (view.actions.empty())
      throw Refused(std::vector<Blocker>{{"unknown-action",
                                          fmt::format("办件现在的环节没有动作 {}{}", action,
                                                      known.empty() ? "" : "，可办的有 " + join(known, "、")),
                                          {{"action", action}}}});
  }
  std::erase_if(view.answers, [&](const WhyAnswer& answer) {
    return (answer.question == "next" || answer.question == "reject") && answer.action != action;
  });
  // Where the action stands: at a step of the person's own, else at any where the case is.
  auto tokens = workflow::tokens_of(rules, record.marking, person, date);
  for (const auto& token : record.marking.tokens) tokens.push_back(&token);
  const workflow::Step* step = nullptr;
  const workflow::Action* own = nullptr;
  for (const auto* token : tokens) {
    const auto* one = rules.definition.find_step(token->step);
    if (!step) step = one;
    if (own || !one || !(own = one->find_action(action))) continue;
    step = one;
  }
  const std::string name = rules.directory.name_of(person);
  view.sentences.clear();
  for (const ActionView& one : view.actions) {
    view.sentences.push_back(
        fmt::format("{} 现在{}{}", name, one.blockers.empty() ? "可以" : "不能", one.action_title));
    for (const Blocker& blocker : one.blockers) {
      const Ground ground = ground_of(blocker, record, history, step, own);
      view.answers.push_back({"may-not", blocker.text, line_of(ground.rule), ground.event, action});
    }
    if (!one.blockers.empty()) continue;
    const Place rule = own ? own->place : word ? place_allowing(rules.definition, *word, step) : Place{};
    view.answers.push_back(
        {"may", view.sentences.back(), line_of(rule), rule.line > 0 ? 0 : last_change(history), action});
  }
}

}  // namespace

WhyView why(const Context& context, const std::string& id, const std::string& action) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  const directory::Directory office = load_office(tx);
  const std::string person = resolve_person(context, office);
  const CaseRecord record = load_case(tx, id);
  workflow::Rules rules = record.rules(office);
  const StoreLedgers ledgers(tx);
  rules.ledgers = &ledgers;
  WhyView view;
  const std::string date = wenshu::to_text(china_date(context.clock->now()));
  view.sentences = workflow::explain(rules, record.marking, record.data, person, date);
  const std::vector<HistoryLine> history = history_of(tx, id, office);
  view.answers = Answers(rules, record, history, person, date).run();
  add_children(tx, record, office, view);
  if (!record.marking.is_open()) {
    if (!action.empty()) narrow(view, rules, record, history, action, person, date);
    return view;
  }
  auto tokens = workflow::tokens_of(rules, record.marking, person, date);
  if (tokens.empty()) tokens.push_back(&record.marking.tokens.front());
  for (const auto* token : tokens) {
    for (const auto& one : record.published->definition.find_step(token->step)->actions) {
      if (one.name.text().starts_with('@')) continue;  // of another case's end
      // An opinion is asked for when acting; that it is missing now blocks nothing.
      workflow::Act act{person, one.name, one.opinion_required ? "…" : ""};
      act.date = date;
      act.step = token->step;
      view.actions.push_back({one.name, one.title, one.opinion_required,
                              workflow::find_blockers(rules, record.marking, record.data, act)});
    }
  }
  if (!action.empty()) narrow(view, rules, record, history, action, person, date);
  return view;
}

}  // namespace wenshu::app
