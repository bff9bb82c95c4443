#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/act_parts.h"
#include "workflow/moves.h"
#include "workflow/seating.h"

namespace wenshu::workflow {
namespace {

using data::Value;

// The line of the definition that says so.
std::string source(const Place& place) {
  return place.line > 0 ? fmt::format("（依据 {}:{}）", place.file, place.line) : std::string();
}

const Place& seats_place(const Step& step) {
  const bool written = !step.seats.empty() && step.seats.front().place.line > 0;
  return written ? step.seats.front().place : step.place;
}

std::string where_it_stands(const Rules& rules, const Marking& marking, const Token& token) {
  const Step& step = *rules.definition.find_step(token.step);
  if (step.kind == StepKind::child)
    return fmt::format("办件在“{}”等子流程{}办结{}。", step.title,
                       token.child.empty() ? "" : " " + token.child + " ", source(step.place));
  std::string round = marking.round > 1 ? fmt::format("（第 {} 轮）", marking.round) : "";
  return fmt::format("办件在“{}”环节{}，由 {} 办理{}。", step.title, round,
                     describe_open(rules.directory, token), source(step.place));
}

std::string why_not_this_person(const Rules& rules, const Marking& marking, const std::string& person) {
  const std::string name = rules.directory.name_of(person);
  for (const Token& token : marking.tokens) {
    for (const Seat& seat : token.seats) {
      if (seat.by == person) {
        const Action* action = rules.definition.find_step(token.step)->find_action(seat.decision);
        return fmt::format("{} 在这一环节已经办过（{}），不必再办。", name,
                           action ? action->title : seat.decision.text());
      }
      const bool named =
          std::find(seat.candidates.begin(), seat.candidates.end(), person) != seat.candidates.end();
      if (named && seat.decision == kWaiting)
        return fmt::format("{} 还没轮到，席位是 {}{}。", name, seat.title,
                           source(rules.definition.find_step(token.step)->decide.place));
      if (named && seat.is_open() && !seat.more->claimed.empty())
        return fmt::format("{} 现在不能办：{} 已由 {} 认领。", name, seat.title,
                           rules.directory.name_of(seat.more->claimed));
    }
  }
  return fmt::format("{} 现在不能办：不在上述席位中{}。", name,
                     source(seats_place(*rules.definition.find_step(marking.step()))));
}

std::string where_it_goes(const Rules& rules, const Marking& after) {
  if (!after.is_open() || after.tokens.empty()) {
    const Step* end = rules.definition.find_step(after.step());
    return fmt::format("转到“{}”，办件{}", end ? end->title : "", to_chinese(after.status));
  }
  std::vector<std::string> places;
  for (const Token& token : after.tokens)
    places.push_back(fmt::format("“{}”，{}", rules.definition.find_step(token.step)->title,
                                 describe_turn(rules.directory, token)));
  return "转到" + join(places, "；");
}

// What this action would do, or each reason why it may not be done.
std::string what_of_action(const Rules& rules, const Marking& marking, const Value& data, const Token& token,
                           Act act, const Action& action) {
  // The opinion is not written yet: that one is needed is no reason against.
  act.action = action.name;
  act.opinion = action.opinion_required ? "意见" : "";
  act.step = token.step;
  Marking after = marking;
  const Attempt result = attempt(rules, after, data, act);
  const std::string head = fmt::format("{}（{}）", action.title, action.name);
  std::string reasons;
  for (const Blocker& blocker : result.blockers) reasons += (reasons.empty() ? "" : "；") + blocker.text;
  if (!reasons.empty()) return fmt::format("{}：{}{}。", head, reasons, source(action.place));
  const Token* same = after.find(token.step);
  const bool stays = same && after.round == marking.round;
  const std::string opinion = action.opinion_required ? "，须写意见" : "";
  if (stays)
    return fmt::format("{}：可以办{}，还要等 {} 办理{}。", head, opinion,
                       describe_open(rules.directory, *same), source(action.place));
  return fmt::format("{}：可以办{}，{}{}。", head, opinion, where_it_goes(rules, after),
                     source(action.place));
}

}  // namespace

std::vector<std::string> explain(const Rules& rules, const Marking& marking, const Value& data,
                                 std::string_view person, std::string_view date) {
  const Step* step = rules.definition.find_step(marking.step());
  if (!marking.is_open())
    return {fmt::format("办件{}（{}），不能再办。", to_chinese(marking.status),
                        step ? step->title : marking.step().text())};
  Act act;
  act.person = person;
  act.date = date;
  std::vector<std::string> sentences;
  for (const Token& token : marking.tokens) sentences.push_back(where_it_stands(rules, marking, token));
  for (const Wait& wait : marking.waits) {
    std::vector<std::string> branches;
    const Step& split = *rules.definition.find_step(wait.split);
    for (int branch : wait.running)
      branches.push_back(
          rules.definition.find_step(split.branches[static_cast<size_t>(branch)].to.name)->title);
    sentences.push_back(fmt::format("“{}”分出的 {} 都办完才会汇合{}。", split.title, join(branches, "、"),
                                    source(split.place)));
  }
  for (const Signature& signature : marking.signatures) {
    if (signature.state != Signature::State::voided) continue;
    const Step* signer = rules.definition.find_step(signature.step);
    sentences.push_back(fmt::format(
        "{} 在“{}”的签署已因修改作废，办件要再经过那里{}。", rules.directory.name_of(signature.person),
        signer ? signer->title : signature.step, signer ? source(signer->place) : ""));
  }
  if (marking.status == Status::suspended) sentences.push_back("办件已挂起，激活以后才能办。");
  if (!rules.directory.person(act.person)) {
    sentences.push_back(fmt::format("通讯录中没有 {}。", act.person));
    return sentences;
  }
  const std::vector<const Token*> mine = tokens_of(rules, marking, person, date);
  if (mine.empty()) {
    sentences.push_back(why_not_this_person(rules, marking, act.person));
    return sentences;
  }
  for (const Token* token : mine) {
    for (const Seat& seat : token->seats) {
      if (may_act(rules, seat, person, date))
        sentences.push_back(fmt::format("{} 可以办，席位是 {}{}。", rules.directory.name_of(person),
                                        seat.title,
                                        source(seats_place(*rules.definition.find_step(token->step)))));
    }
    for (const Action& action : rules.definition.find_step(token->step)->actions)
      sentences.push_back(what_of_action(rules, marking, data, *token, act, action));
  }
  return sentences;
}

}  // namespace wenshu::workflow
