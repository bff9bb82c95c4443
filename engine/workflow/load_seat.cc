#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "data/schema.h"
#include "workflow/load_parts.h"

namespace wenshu::workflow {
namespace {

using data::Value;

constexpr std::string_view kInitiatorsDepartment = "initiator.department";

void read_department(const Value& of, SeatRule& rule) {
  rule.of_initiator = of.text() == kInitiatorsDepartment;
  if (!rule.of_initiator) rule.of = read_reference(of);
}

// The one key that says who sits there.
struct Word {
  const char* key;
  SeatRule::Kind kind;
};
constexpr Word kWords[] = {
    {"post", SeatRule::Kind::post},        {"person", SeatRule::Kind::person},
    {"head_of", SeatRule::Kind::head},     {"superior_of", SeatRule::Kind::superior},
    {"role", SeatRule::Kind::role},        {"field", SeatRule::Kind::field},
    {"chosen_by", SeatRule::Kind::chosen},
};

bool may_pick(SeatRule::Kind kind) {
  return kind == SeatRule::Kind::post || kind == SeatRule::Kind::role || kind == SeatRule::Kind::field;
}

// Keys that stand beside a kind that has no use for them.
void check_keys(const Value& source, const SeatRule& rule, int words, Diagnostics& findings) {
  using Kind = SeatRule::Kind;
  bool good = words == 1;
  good = good && (!source.find("of") || rule.kind == Kind::post);
  good = good && (!source.find("level") || rule.kind == Kind::superior);
  good = good && (!source.find("from") || rule.kind == Kind::chosen);
  good = good && (!source.find("pick") || may_pick(rule.kind));
  if (!good) {
    findings.error(
        "bad-seat", source.place(),
        "席位应写 {post: …, of: …}、{person: …}、{head_of: …}、{superior_of: initiator, level: …}、"
        "{role: …}、{field: …} 或 {chosen_by: …, from: […]} 其中一种");
  }
}

// 3, or 2/3.
void read_threshold(const Value& source, Decide& decide, Diagnostics& findings) {
  const std::string& text = source.text();
  const char* end = text.data() + text.size();
  auto [after, fault] = std::from_chars(text.data(), end, decide.threshold);
  bool good = fault == std::errc() && decide.threshold > 0;
  if (good && after != end) {
    good = *after == '/';
    if (good) {
      auto [last, broken] = std::from_chars(after + 1, end, decide.of_all);
      good = broken == std::errc() && last == end && decide.of_all >= decide.threshold;
    }
  }
  if (!good)
    findings.error("bad-threshold", source.place(), fmt::format("票数 “{}” 看不懂", text),
                   "写作 3（票）或 2/3（全部票数的几分之几）");
}

// rule: votes alone knows these.
void read_vote(const Value& source, const Value& actions, Decide& decide, Diagnostics& findings) {
  if (decide.rule != DecideRule::votes) {
    for (const char* key : {"threshold", "quorum", "early"}) {
      if (const Value* written = source.find(key))
        findings.error("unexpected-field", written->place(), fmt::format("{} 只在 rule: votes 时写", key));
    }
    return;
  }
  if (const Value* threshold = source.find("threshold")) {
    read_threshold(*threshold, decide, findings);
  } else {
    findings.error("missing-field", source.place(), "票决要写 threshold：多少票算通过",
                   "threshold: 2/3 或 threshold: 3");
  }
  if (source.find("quorum")) decide.quorum = static_cast<int>(*data::to_integer(source["quorum"]));
  if (source.find("early")) decide.early = *data::to_boolean(source["early"]);
  if (!actions.find("reject"))
    findings.error("missing-field", source.place(), "票决没有通过时要有去向：写一个 reject 动作");
}

}  // namespace

SeatRule read_seat(const Value& source, Diagnostics& findings) {
  SeatRule rule;
  rule.place = source.place();
  if (!source.is_map()) return rule;  // initiator
  int words = 0;
  for (const Word& word : kWords) {
    const Value* named = source.find(word.key);
    if (!named) continue;
    ++words;
    rule.kind = word.kind;
    switch (word.kind) {
      case SeatRule::Kind::post:
        rule.post = read_reference(*named);
        if (const Value* of = source.find("of")) read_department(*of, rule);
        break;
      case SeatRule::Kind::person:
        rule.person = read_reference(*named);
        break;
      case SeatRule::Kind::head:
        read_department(*named, rule);
        break;
      case SeatRule::Kind::role:
        rule.role = read_reference(*named);
        break;
      case SeatRule::Kind::field:
        rule.field = read_reference(*named);
        break;
      case SeatRule::Kind::chosen:
        rule.by_previous = named->text() == "previous";
        rule.from = read_seat_list(source["from"], findings);
        break;
      default:
        break;
    }
  }
  if (source.find("level")) rule.level = static_cast<int>(*data::to_integer(source["level"]));
  if (source.find("weight")) rule.weight = static_cast<int>(*data::to_integer(source["weight"]));
  if (const Value* pick = source.find("pick"))
    rule.pick = pick->text() == "in_turn" ? Pick::in_turn : Pick::least_loaded;
  check_keys(source, rule, words, findings);
  return rule;
}

std::vector<SeatRule> read_seat_list(const Value& list, Diagnostics& findings) {
  std::vector<SeatRule> rules;
  for (const Value& item : list.items()) rules.push_back(read_seat(item, findings));
  return rules;
}

Decide read_decide(const Value& source, const Value& actions, Diagnostics& findings) {
  Decide decide;
  decide.place = source.place();
  const std::string& rule = source["rule"].text();
  decide.rule = rule == "one"        ? DecideRule::one
                : rule == "in_order" ? DecideRule::in_order
                : rule == "votes"    ? DecideRule::votes
                                     : DecideRule::all;
  const std::string& on_reject = source["on_reject"].text();
  decide.on_reject = on_reject == "count"       ? OnReject::count
                     : on_reject == "note_only" ? OnReject::note_only
                                                : OnReject::veto;
  const bool all = decide.rule == DecideRule::all || decide.rule == DecideRule::in_order;
  const bool needed = all && actions.find("reject");
  const Value* written = source.find("on_reject");
  if (needed && !written) {
    findings.error("missing-field", source.place(), "有 reject 时要写 on_reject",
                   "on_reject: veto、count 或 note_only");
  } else if (!needed && written) {
    findings.error("unexpected-field", written->place(),
                   "on_reject 只在 rule: all 或 in_order 且有 reject 动作时写");
  }
  read_vote(source, actions, decide, findings);
  return decide;
}

}  // namespace wenshu::workflow
