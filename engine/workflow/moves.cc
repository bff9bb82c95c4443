#include "workflow/moves.h"

#include <fmt/format.h>

#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

Status status_at(const Definition& definition, const Step& step) {
  if (step.end) return Status::ended;
  return step.id == definition.steps.front().id ? Status::draft : Status::running;
}

std::string with_opinion(std::string text, const std::string& opinion) {
  return opinion.empty() ? text : text + "：" + opinion;
}

// One fact for each seat that the act decided or closed.
void note_seats(const Rules& rules, const Step& step, const Marking& before, const Decision& decision,
                const Act& act, std::vector<Fact>& facts) {
  const std::string name = rules.directory.name_of(act.person);
  for (size_t i = 0; i < decision.seats.size(); ++i) {
    const Seat& seat = decision.seats[i];
    if (!before.seats[i].is_open() || seat.is_open()) continue;
    std::map<std::string, std::string> parameters = {
        {"step", step.id}, {"seat", seat.key}, {"title", seat.title}};
    if (seat.decision == kCancelled) {
      std::string cause = decision.leave->title;
      facts.push_back({"cancelled", fmt::format("{} 因{}而取消", seat.title, cause), parameters});
    } else if (seat.decision == kNotNeeded) {
      facts.push_back({"not-needed", fmt::format("{} 无需再办", seat.title), parameters});
    } else {
      parameters.insert({{"person", act.person}, {"action", act.action}, {"opinion", act.opinion}});
      std::string who = name == seat.title ? name : fmt::format("{}（{}）", name, seat.title);
      std::string text = fmt::format("{}{}", who, step.find_action(act.action)->title);
      facts.push_back({"decided", with_opinion(text, act.opinion), parameters});
    }
  }
}

void note_binds(const Rules& rules, const Move& move, const Act& act, std::vector<Fact>& facts) {
  for (const std::string& id : move.binds) {
    facts.push_back({"bound",
                     fmt::format("签署认定文书“{}”", rules.definition.find_document(id)->title),
                     {{"document", id}, {"person", act.person}}});
  }
}

void note_move(const Step& from, const Step& to, int round, std::vector<Fact>& facts) {
  facts.push_back({"left", fmt::format("离开“{}”环节", from.title), {{"step", from.id}}});
  facts.push_back({"entered",
                   fmt::format("转到“{}”环节", to.title),
                   {{"step", to.id}, {"round", std::to_string(round)}}});
  if (to.end) facts.push_back({"ended", fmt::format("{}", to.title), {{"step", to.id}}});
}

Marking enter(const Rules& rules, const Marking& before, const Step& to) {
  Marking after = before;
  bool backward = rules.definition.index_of(to.id) <= rules.definition.index_of(before.step);
  after.step = to.id;
  after.round = before.round + (backward ? 1 : 0);
  after.status = status_at(rules.definition, to);
  after.seats = make_seats(rules, to, before.initiator);
  return after;
}

}  // namespace

Value to_value(const std::vector<Fact>& facts) {
  Value list = Value::list();
  for (const Fact& fact : facts) {
    Value value = Value::map();
    value.set("code", fact.code);
    value.set("text", fact.text);
    Value parameters = Value::map();
    for (const auto& [key, text] : fact.parameters) parameters.set(key, text);
    value.set("parameters", std::move(parameters));
    list.add(std::move(value));
  }
  return list;
}

Marking start(const Rules& rules, std::string_view initiator) {
  const Step& first = rules.definition.steps.front();
  return {std::string(initiator), first.id, 1, Status::draft, make_seats(rules, first, initiator)};
}

Move apply(const Rules& rules, const Marking& marking, const Value& data, const Act& act) {
  if (auto blockers = find_blockers(rules, marking, data, act); !blockers.empty()) {
    throw Failure("办理前没有检查：" + blockers.front().text);
  }
  const Step& step = *rules.definition.find_step(marking.step);
  Decision decision = decide(step, marking, act);
  Move move;
  note_seats(rules, step, marking, decision, act, move.facts);
  if (step.find_action(act.action)->kind == ActionKind::forward) {
    for (const Reference& document : step.binds) move.binds.push_back(document.name);
    note_binds(rules, move, act, move.facts);
  }
  if (!decision.leave) {
    move.after = marking;
    move.after.seats = std::move(decision.seats);
    return move;
  }
  const Step& to = *rules.definition.find_step(decision.leave->to.name);
  move.after = enter(rules, marking, to);
  move.effects = decision.leave->effects;
  note_move(step, to, move.after.round, move.facts);
  return move;
}

}  // namespace wenshu::workflow
