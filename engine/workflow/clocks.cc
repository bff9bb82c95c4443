#include "workflow/clocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/decide.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using calendar::Deadline;
using calendar::Span;

Span span_of(const Due& due) { return {due.amount, static_cast<Span::Unit>(due.unit)}; }

std::vector<calendar::Pause> pauses_of(const Marking& marking) {
  std::vector<calendar::Pause> pauses;
  for (const Stop& stop : marking.stops) {
    if (auto from = parse_time(stop.from)) pauses.push_back({*from, parse_time(stop.to)});
  }
  return pauses;
}

// Hours without a calendar, so that an office without one can still say `4 hours`.
Deadline deadline(Time since, const Span& span, const calendar::WorkingTime* calendar,
                  const std::vector<calendar::Pause>& pauses) {
  if (calendar) return calendar::due_after(since, span, *calendar, pauses);
  if (span.unit != Span::Unit::hours) return {Deadline::State::unknown_year, {}, 0};
  Time at = since + std::chrono::hours(span.amount);
  for (const calendar::Pause& pause : pauses) {
    if (pause.from >= at) continue;
    if (!pause.to) return {Deadline::State::stopped, {}, 0};
    if (*pause.to > since) at += *pause.to - std::max(pause.from, since);
  }
  return {Deadline::State::known, at, 0};
}

bool is_reminded_again(const Step& step, const SeatClock& clock) {
  return step.remind_again && clock.expired && (step.remind_most == 0 || clock.times < step.remind_most);
}

std::optional<Time> reminder(Time due, const Span& ahead, const calendar::WorkingTime* calendar) {
  if (calendar) return calendar::ahead_of(due, ahead, *calendar);
  if (ahead.unit != Span::Unit::hours) return std::nullopt;
  return due - std::chrono::hours(ahead.amount);
}

void set_clock(const Step& step, Seat& seat, const std::vector<calendar::Pause>& pauses, Time now,
               const calendar::WorkingTime* calendar) {
  SeatClock& clock = seat.more.edit().clock.edit();
  if (clock.since.empty()) clock.since = wenshu::to_text(now);
  if (!clock.due.empty()) return;
  const Time since = parse_time(clock.since).value_or(now);
  const Deadline found = deadline(since, span_of(*step.due), calendar, pauses);
  if (found.state != Deadline::State::known) return;
  clock.due = wenshu::to_text(found.at);
  if (!step.remind) return;
  const auto remind = reminder(found.at, span_of(*step.remind), calendar);
  if (remind) clock.remind = wenshu::to_text(std::max(*remind, since));
}

// 催办 by itself: counted from the moment at which the seat was last reminded, however late that was.
void set_again(const Step& step, Seat& seat, Time now, const calendar::WorkingTime* calendar) {
  const SeatClock& clock = *seat.more->clock;
  if (!clock.again.empty() || !is_reminded_again(step, clock)) return;
  const Deadline found = deadline(now, span_of(*step.remind_again), calendar, {});
  if (found.state == Deadline::State::known) seat.more.edit().clock.edit().again = wenshu::to_text(found.at);
}

template <class Visit>
void for_each_open(const Marking& marking, const Visit& visit) {
  for (const Token& token : marking.tokens) {
    for (const Seat& seat : token.seats) {
      if (seat.is_open()) visit(token, seat);
    }
  }
}

class Firing {
 public:
  Firing(const Rules& rules, Marking& marking, const data::Value& data, const Alarm& alarm, Time now)
      : rules_(rules), marking_(marking), data_(data), alarm_(alarm), now_(now) {
    token_ = marking.find(alarm.step);
    step_ = rules.definition.find_step(alarm.step);
    if (!token_ || !step_) throw Failure(fmt::format("“{}”环节没有要提醒的席位", alarm.step));
    auto seat = std::find_if(token_->seats.begin(), token_->seats.end(),
                             [&](const Seat& one) { return one.key == alarm.seat && one.is_open(); });
    if (seat == token_->seats.end()) throw Failure(fmt::format("“{}”环节没有要提醒的席位", alarm.step));
    seat_ = &*seat;
  }

  Attempt run() {
    seat_->more.edit().clock.edit().reminded = true;
    if (alarm_.kind == Alarm::Kind::again) {
      SeatClock& clock = seat_->more.edit().clock.edit();
      clock.again.clear();
      ++clock.times;
      note("reminded-again", who(), clock.times);
      return std::move(result_);
    }
    if (alarm_.kind == Alarm::Kind::remind) {
      note("reminded", who());
      return std::move(result_);
    }
    seat_->more.edit().clock.edit().expired = true;
    switch (step_->overdue) {
      case Overdue::escalate:
        escalate();
        break;
      case Overdue::transfer:
        transfer();
        break;
      case Overdue::pass:
        decide(ActionKind::forward);
        break;
      case Overdue::reject:
        decide(ActionKind::reject);
        break;
      default:
        note("expired", who());
    }
    return std::move(result_);
  }

 private:
  std::string who() const {
    return seat_->more->claimed.empty() ? names_of(rules_.directory, seat_->candidates, "、")
                                        : rules_.directory.name_of(seat_->more->claimed);
  }

  void note(std::string_view code, const std::string& other, int times = 0) {
    Fact fact;
    fact.round = times;
    fact.code = code;
    fact.step = step_;
    fact.seat = seat_->title;
    fact.other = other;
    result_.move.facts.push_back(std::move(fact));
  }

  // Of `overdue_to`; else the superiors of those who should have acted.
  std::vector<std::string> others() const {
    const Arrival arrival{marking_, data_, "", nullptr};
    std::vector<std::string> people;
    std::string title;
    for (const SeatRule& rule : step_->overdue_to) {
      for (std::string& person : people_of(rules_, rule, arrival, step_->id, title))
        people.push_back(std::move(person));
    }
    if (step_->overdue_to.empty()) {
      for (Symbol person : seat_->candidates) {
        std::string above = directory::superior(rules_.directory, person, 1);
        if (!above.empty()) people.push_back(std::move(above));
      }
    }
    if (step_->not_initiator) std::erase(people, marking_.initiator.text());
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
  }

  bool sits_elsewhere(const std::string& person) const {
    return std::any_of(token_->seats.begin(), token_->seats.end(), [&](const Seat& seat) {
      return &seat != seat_ && (seat.by == person || seat.candidates.contains(person));
    });
  }

  void escalate() {
    std::vector<std::string> people = others();
    std::erase_if(people, [&](const std::string& person) {
      return seat_->candidates.contains(person) || sits_elsewhere(person);
    });
    if (people.empty()) {
      note("expired", who());
      note("not-automatic", "没有可以报的上级");
      return;
    }
    note("escalated", names_of(rules_.directory, people, "、"));
    if (seat_->more) seat_->more.edit().claimed.clear();
    seat_->candidates.add(people);
  }

  // Once: to whom it has come already it is not moved again.
  void transfer() {
    std::vector<std::string> people = others();
    std::erase_if(people, [&](const std::string& person) { return sits_elsewhere(person); });
    if (people.empty() || People(people) == seat_->candidates) {
      note("expired", who());
      return;
    }
    note("moved-on", fmt::format("{} 未办，改由 {} 办理", who(), names_of(rules_.directory, people, "、")));
    seat_->candidates = people;
    seat_->forget_holder();
    seat_->more.edit().kept.reset();
    seat_->more.edit().clock = SeatClock{wenshu::to_text(now_), "", "", false, false};
  }

  void decide(ActionKind kind) {
    const Action* action = find_kind(*step_, kind);
    note("expired", who());
    Automatic automatic;
    automatic.step = step_->id;
    automatic.seat = seat_->key;
    automatic.action = action ? action->name : "";
    automatic.why = "逾期";
    automatic.date = wenshu::to_text(china_date(now_));
    Attempt done = attempt_automatic(rules_, marking_, data_, automatic);
    if (!done.blockers.empty()) {
      note("not-automatic", done.blockers.front().text);
      return;
    }
    done.move.facts.insert(done.move.facts.begin(), result_.move.facts.begin(), result_.move.facts.end());
    result_ = std::move(done);
  }

  const Rules& rules_;
  Marking& marking_;
  const data::Value& data_;
  const Alarm& alarm_;
  Time now_;
  Token* token_ = nullptr;
  Seat* seat_ = nullptr;
  const Step* step_ = nullptr;
  Attempt result_;
};

}  // namespace

std::string_view to_text(Alarm::Kind kind) {
  return kind == Alarm::Kind::remind ? "remind" : kind == Alarm::Kind::again ? "again" : "overdue";
}

void set_clocks(const Definition& definition, Marking& marking, Time now,
                const calendar::WorkingTime* calendar) {
  if (!marking.is_open()) return;
  std::vector<calendar::Pause> pauses;
  bool read = false;
  for (Token& token : marking.tokens) {
    const Step* step = definition.find_step(token.step);
    if (!step || !step->due) continue;
    if (!read) pauses = pauses_of(marking);
    read = true;
    for (Seat& seat : token.seats) {
      if (!seat.is_open()) continue;
      const bool suspended = marking.status == Status::suspended;
      if (seat.more->clock->expired && suspended) {
        seat.more.edit().clock.edit().again.clear();
      } else if (seat.more->clock->expired) {
        set_again(*step, seat, now, calendar);
      } else if (suspended) {
        seat.more.edit().clock.edit().due.clear();
        seat.more.edit().clock.edit().remind.clear();
      } else {
        set_clock(*step, seat, pauses, now, calendar);
      }
    }
  }
}

std::vector<Alarm> alarms_of(const Marking& marking) {
  std::vector<Alarm> alarms;
  if (!marking.is_live()) return alarms;
  for_each_open(marking, [&](const Token& token, const Seat& seat) {
    const SeatClock& clock = *seat.more->clock;
    if (clock.expired && !clock.again.empty())
      alarms.push_back({token.step, seat.key, Alarm::Kind::again, clock.again});
    if (clock.due.empty() || clock.expired) return;
    if (!clock.remind.empty() && !clock.reminded)
      alarms.push_back({token.step, seat.key, Alarm::Kind::remind, clock.remind});
    alarms.push_back({token.step, seat.key, Alarm::Kind::overdue, clock.due});
  });
  std::stable_sort(alarms.begin(), alarms.end(), [](const Alarm& a, const Alarm& b) { return a.at < b.at; });
  return alarms;
}

std::vector<const Seat*> uncounted_seats(const Definition& definition, const Marking& marking) {
  std::vector<const Seat*> seats;
  if (!marking.is_live()) return seats;
  for_each_open(marking, [&](const Token& token, const Seat& seat) {
    const Step* step = definition.find_step(token.step);
    if (!step || !step->due) return;
    const SeatClock& clock = *seat.more->clock;
    const bool waits =
        clock.expired ? clock.again.empty() && is_reminded_again(*step, clock) : clock.due.empty();
    if (waits) seats.push_back(&seat);
  });
  return seats;
}

Attempt fire(const Rules& rules, Marking& marking, const data::Value& data, const Alarm& alarm, Time now) {
  return Firing(rules, marking, data, alarm, now).run();
}

}  // namespace wenshu::workflow
