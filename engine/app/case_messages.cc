#include "app/case_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "workflow/proof_reading.h"
#include "workflow/takers.h"

namespace wenshu::app {

using data::Value;

namespace {

constexpr std::string_view kDecidedEnds[] = {"ended", "terminated", "voided", "withdrawn"};

// A long opinion is read in the case itself; here it would stand once for each person.
std::string shortened(const std::string& opinion) {
  constexpr size_t kMost = 200;  // characters
  std::u32string characters = to_characters(opinion);
  if (characters.size() <= kMost) return opinion;
  characters.resize(kMost);
  return to_utf8(characters) + "……";
}

struct Turn {
  std::string step, seat, person;  // seat: its key
  friend auto operator<=>(const Turn&, const Turn&) = default;
};
using Turns = std::vector<Turn>;

Turns turns_of(const workflow::Marking& marking) {
  Turns turns;
  for (const workflow::Token& token : marking.tokens)
    for (const workflow::Seat& seat : token.seats) {
      for (const std::string& person : workflow::takers_of(token, seat))
        turns.push_back({token.step, seat.key, person});
    }
  return turns;
}

bool has_turn(const Turns& turns, const std::string& person) {
  return std::any_of(turns.begin(), turns.end(), [&](const Turn& turn) { return turn.person == person; });
}

class Writer {
 public:
  Writer(store::Act& act, const CaseNews& news, const directory::Directory& office, Date today)
      : act_(act), news_(news), office_(office), today_(today) {}

  void write() {
    const Turns was = news_.before.is_open() ? turns_of(news_.before) : Turns();
    const Turns is = news_.record.marking.is_open() ? turns_of(news_.record.marking) : Turns();
    tell_facts(is);
    tell_clocks(is);
    if (tell_status(was, is)) return;
    tell_turns(was, is);
    tell_closed(was, is);
  }

 private:
  // (周敏 退回：请补预算)
  std::string by_whom() const {
    std::string text =
        news_.actor.empty() ? news_.action_title : office_.name_of(news_.actor) + " " + news_.action_title;
    if (!news_.opinion.empty()) text += "：" + shortened(news_.opinion);
    return text;
  }
  std::string title() const { return "“" + news_.record.title + "”"; }
  std::string title_of_step(const std::string& id) const {
    const auto* step = news_.record.published->definition.find_step(id);
    return step && !step->title.empty() ? step->title : id;
  }
  bool has_fact(std::string_view code) const {
    return std::any_of(news_.facts.begin(), news_.facts.end(),
                       [&](const auto& fact) { return fact.code == code; });
  }

  void tell(const std::string& person, const std::string& kind, const std::string& step,
            const std::string& text) {
    if (person.empty() || person == news_.actor || !told_.insert({person, kind, step}).second) return;
    Value message = Value::map();
    message.set("person", person);
    message.set("name", office_.name_of(person));
    message.set("kind", kind);
    message.set("case", news_.record.id);
    message.set("case_title", news_.record.title);
    message.set("step", step);
    message.set("step_title", step.empty() ? "" : title_of_step(step));
    message.set("text", text);
    act_.add_message(std::move(message));
  }
  // Also who stands in for him today: both see the case, either acts.
  void tell_holder(const std::string& person, const std::string& kind, const std::string& step,
                   const std::string& text) {
    tell(person, kind, step, text);
    for (const auto& one : office_.stand_ins)
      if (one.of == person && one.days.contains(today_) && one.covers(news_.record.workflow))
        tell(one.by, kind, step, text + "（代 " + office_.name_of(person) + "）");
  }

  void tell_facts(const Turns& is) {
    for (const workflow::Fact& fact : news_.facts) {
      if (fact.code == "copied") {
        tell(fact.other, "copied", "", fmt::format("{}抄送给您（{}）", title(), by_whom()));
      } else if (fact.code == "circulated") {
        tell(fact.other, "circulated", "",
             fmt::format("{}送您传阅，请阅后点“已阅”（{}）", title(), by_whom()));
      } else if (fact.code == "voided") {
        const std::string step = fact.step ? fact.step->id : "";
        tell(fact.person, "voided", step,
             fmt::format("{}有改动，您在“{}”环节的签署作废，请等它再到您那里时重新签署", title(),
                         title_of_step(step)));
      } else if (fact.code == "proofread") {
        tell_signers();
      } else if (fact.code == "urged") {
        for (const Turn& turn : is)
          tell_holder(turn.person, "urged", turn.step,
                      fmt::format("{}在“{}”环节等您办理，请抓紧（{}）", title(), title_of_step(turn.step),
                                  by_whom()));
      }
    }
    std::set<std::string> had_duty;
    for (const auto& reader : news_.before.readers)
      if (reader.duty && reader.read.empty()) had_duty.insert(reader.person);
    for (const auto& reader : news_.record.marking.readers)
      if (reader.duty && reader.read.empty() && !had_duty.contains(reader.person))
        tell(reader.person, "circulated", "",
             fmt::format("{}送您传阅，请阅后点“已阅”（{}）", title(), by_whom()));
  }

  // Their signatures go on holding: they see at once for which words.
  void tell_signers() {
    std::vector<std::string> changes;
    for (const Value& one : news_.changes.items())
      changes.push_back(one["title"].text() + " " +
                        workflow::shown_change(one["before"].text(), one["after"].text()));
    for (const workflow::Signature& signature : news_.record.marking.signatures)
      if (signature.state == workflow::Signature::State::valid)
        tell(signature.person, "proofread", signature.step,
             fmt::format("{}有勘误：{}（{}）。您在“{}”环节的签署仍有效；不只是改错字的，请让办理人退回重签",
                         title(), join(changes, "；"), by_whom(), title_of_step(signature.step)));
  }

  void tell_clocks(const Turns& is) {
    for (const workflow::Token& token : news_.record.marking.tokens) {
      const workflow::Token* old = news_.before.find(token.step);
      for (const workflow::Seat& seat : token.seats) {
        if (!seat.is_open() || !old) continue;
        const auto same = std::find_if(old->seats.begin(), old->seats.end(),
                                       [&](const auto& one) { return one.key == seat.key; });
        if (same == old->seats.end()) continue;
        const workflow::SeatClock &now = *seat.more->clock, &then = *same->more->clock;
        const bool soon = now.reminded && !then.reminded && !now.expired;
        const bool late = (now.expired && !then.expired) || now.times > then.times;
        if (!soon && !late) continue;
        const auto due = parse_time(now.due);
        const std::string text =
            fmt::format("{}在“{}”环节{}（{}），请{}办理", title(), title_of_step(token.step),
                        soon ? "快到期了" : "已经逾期",
                        due ? to_china_text(*due) + " 到期" : news_.action_title, soon ? "" : "尽快");
        for (const Turn& turn : is)
          if (token.step == turn.step && seat.key == turn.seat)
            tell_holder(turn.person, soon ? "reminded" : "overdue", turn.step, text);
      }
    }
  }

  // The case has come to an end, stands still or goes on again: nothing more is to be said of turns.
  bool tell_status(const Turns& was, const Turns& is) {
    using workflow::Status;
    const Status then = news_.before.status, now = news_.record.marking.status;
    const std::string word(workflow::to_text(now));
    if (std::find(std::begin(kDecidedEnds), std::end(kDecidedEnds), word) != std::end(kDecidedEnds)) {
      if (then == now) return true;
      const std::string text = fmt::format("{}{}（{}）", title(), workflow::to_chinese(now), by_whom());
      tell(news_.record.initiator, "ended", "", text);
      for (const Turn& turn : was) tell(turn.person, "ended", "", text);
      return true;
    }
    if ((then == Status::suspended) == (now == Status::suspended)) return false;
    const bool stops = now == Status::suspended;
    const std::string text = stops ? fmt::format("{}挂起，先不用办（{}）", title(), by_whom())
                                   : fmt::format("{}激活，请继续办理（{}）", title(), by_whom());
    tell(news_.record.initiator, stops ? "suspended" : "resumed", "", text);
    for (const Turn& turn : is) tell_holder(turn.person, stops ? "suspended" : "resumed", "", text);
    return stops;
  }

  void tell_turns(const Turns& was, const Turns& is) {
    std::set<std::string> entered;  // again, though the case stood there before
    for (const workflow::Fact& fact : news_.facts)
      if (fact.code == "entered" && fact.step) entered.insert(fact.step->id);
    const std::set<Turn> had(was.begin(), was.end());
    const bool back = news_.record.marking.round > news_.before.round && news_.before.is_open() &&
                      !news_.before.tokens.empty();
    for (const Turn& turn : is) {
      if (had.contains(turn) && !entered.contains(turn.step)) continue;
      if (news_.moved && has_turn(was, turn.person)) continue;
      std::string text = fmt::format("{}{}到“{}”环节，请您办理（{}）", title(), back ? "退回" : "",
                                     title_of_step(turn.step), by_whom());
      if (has_fact("escalated")) text += "；原办理人逾期，报您，您也可以办";
      if (const std::string due = due_at(turn.step, turn.seat); !due.empty()) text += "；" + due + " 前办完";
      tell_holder(turn.person, back ? "returned" : "seat", turn.step, text);
    }
  }

  std::string due_at(const std::string& step, const std::string& key) const {
    const workflow::Token* token = news_.record.marking.find(step);
    if (!token) return "";
    for (const workflow::Seat& seat : token->seats) {
      const auto due = parse_time(seat.more->clock->due);
      if (seat.key == key && due) return to_china_text(*due);
    }
    return "";
  }

  void tell_closed(const Turns& was, const Turns& is) {
    std::set<std::pair<std::string, std::string>> still;
    for (const Turn& turn : is) still.emplace(turn.step, turn.person);
    for (const Turn& turn : was)
      if (!still.contains({turn.step, turn.person}) && !(news_.moved && has_turn(is, turn.person)))
        tell(turn.person, "closed", turn.step,
             fmt::format("{}的“{}”环节不用您再办了（{}）", title(), title_of_step(turn.step), by_whom()));
  }

  store::Act& act_;
  const CaseNews& news_;
  const directory::Directory& office_;
  Date today_;
  std::set<std::tuple<std::string, std::string, std::string>> told_;  // person, kind, step
};

}  // namespace

void add_messages(store::Act& act, const CaseNews& news, const directory::Directory& office, Date today) {
  Writer(act, news, office, today).write();
}

}  // namespace wenshu::app
