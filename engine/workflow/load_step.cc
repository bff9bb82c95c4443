#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "data/schema.h"
#include "workflow/load_parts.h"

namespace wenshu::workflow {
namespace {

using data::Value;

// Which keys each kind of step knows; a key of another kind is a fault.
const std::vector<std::string> kEndKeys = {"title", "end"};
const std::vector<std::string> kSplitKeys = {"title", "route", "branches"};
const std::vector<std::string> kAutomaticKeys = {"title", "join", "to", "effects", "start"};
const std::vector<std::string> kChildKeys = {"title", "to", "start", "failed"};
const std::vector<std::string> kOtherKeys = {"end", "route",   "branches", "join",
                                             "to",  "effects", "start",    "failed"};  // no seats

StepKind kind_of(const Value& source) {
  if (data::to_boolean(source["end"]).value_or(false)) return StepKind::end;
  if (source.find("route") || source.find("branches")) return StepKind::split;
  bool seated = source.find("seat") || source.find("seats") || source.find("actions");
  if (!seated && source.find("start") && data::to_boolean(source["start"]["wait"]).value_or(true))
    return StepKind::child;
  if (!seated && (source.find("to") || source.find("join"))) return StepKind::automatic;
  return StepKind::human;
}

bool contains(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void check_keys(const Value::Entry& entry, StepKind kind, Diagnostics& findings) {
  for (const auto& field : entry.value.entries()) {
    bool good = kind == StepKind::end         ? contains(kEndKeys, field.key)
                : kind == StepKind::split     ? contains(kSplitKeys, field.key)
                : kind == StepKind::automatic ? contains(kAutomaticKeys, field.key)
                : kind == StepKind::child     ? contains(kChildKeys, field.key)
                                              : !contains(kOtherKeys, field.key) || field.key == "end";
    if (good) continue;
    const char* what = kind == StepKind::end         ? "结束环节"
                       : kind == StepKind::split     ? "分支环节"
                       : kind == StepKind::automatic ? "自动环节"
                       : kind == StepKind::child     ? "等子流程的环节"
                                                     : "有人办理的环节";
    findings.error("unexpected-field", field.key_place,
                   fmt::format("{} “{}” 不能有 “{}”", what, entry.key, field.key));
  }
}

std::optional<Due> read_due(const Value* source, Diagnostics& findings) {
  if (!source) return std::nullopt;
  static const std::vector<std::string> kUnits = {"hours", "workhours", "days", "workdays"};
  constexpr int kMost = 1000;  // days: longer than any office waits
  std::vector<std::string> parts = split(trim(source->text()), " ");
  Due due;
  due.place = source->place();
  bool good = parts.size() == 2;
  if (good) {
    const char* end = parts[0].data() + parts[0].size();
    auto [after, fault] = std::from_chars(parts[0].data(), end, due.amount);
    good = fault == std::errc() && after == end && due.amount > 0 && due.amount <= kMost;
  }
  auto unit = parts.size() == 2 ? std::find(kUnits.begin(), kUnits.end(), parts[1]) : kUnits.end();
  if (good && unit != kUnits.end()) {
    due.unit = static_cast<Due::Unit>(unit - kUnits.begin());
    return due;
  }
  std::string near = parts.size() == 2 && unit == kUnits.end() ? near_name_hint(parts[1], kUnits) : "";
  const bool out_of_range = unit != kUnits.end() && !parts[0].empty() &&
                            parts[0].find_first_not_of("0123456789") == std::string::npos;
  findings.error("bad-due", source->place(),
                 fmt::format("期限 “{}” {}", source->text(), out_of_range ? "不在 1 到 1000 之间" : "看不懂"),
                 near.empty() ? "写作 2 workdays、3 days 或 4 hours，数从 1 到 1000" : near);
  return std::nullopt;
}

Overdue read_overdue(const Value& source) {
  static const std::map<std::string, Overdue> kWords = {{"remind", Overdue::remind},
                                                        {"escalate", Overdue::escalate},
                                                        {"pass", Overdue::pass},
                                                        {"reject", Overdue::reject},
                                                        {"transfer", Overdue::transfer}};
  auto found = source.is_null() ? kWords.end() : kWords.find(source.text());
  return found == kWords.end() ? Overdue::nothing : found->second;
}

void read_seats(const Value::Entry& entry, Step& step, Diagnostics& findings) {
  const Value* seat = entry.value.find("seat");
  const Value* seats = entry.value.find("seats");
  const Value* decide = entry.value.find("decide");
  if (!seat == !seats) {
    findings.error(seat ? "unexpected-field" : "missing-field", entry.key_place,
                   fmt::format("环节 “{}” 应有 seat 或 seats 其中一个", entry.key),
                   "没有人办理的环节写 end: true");
  }
  if (!seats == static_cast<bool>(decide)) {
    findings.error(decide ? "unexpected-field" : "missing-field", decide ? decide->place() : entry.key_place,
                   fmt::format("环节 “{}”：decide 和 seats 要一起写", entry.key),
                   "decide: {rule: all, on_reject: veto}");
  }
  if (seat) step.seats.push_back(read_seat(*seat, findings));
  if (seats) step.seats = read_seat_list(*seats, findings);
  if (decide) step.decide = read_decide(*decide, entry.value["actions"], findings);
  if (step.decide.rule == DecideRule::votes) return;
  for (const SeatRule& rule : step.seats) {
    if (rule.weight != 1) findings.error("unexpected-field", rule.place, "weight 只在 rule: votes 时写");
  }
}

void read_human(const Value::Entry& entry, Step& step, Diagnostics& findings) {
  const Value& source = entry.value;
  if (!source.find("title"))
    findings.error("missing-field", entry.key_place, fmt::format("环节 “{}” 缺少 title", entry.key));
  read_seats(entry, step, findings);
  step.edit = read_references(source["edit"]);
  step.require = read_references(source["require"]);
  step.hide = read_references(source["hide"]);
  step.binds = read_references(source["binds"]);
  step.covers = read_references(source["covers"]);
  if (step.binds.empty() && !step.covers.empty())
    findings.error("unexpected-field", source["covers"].place(), "covers 只在写了 binds 的环节写",
                   "covers 是签署时认定的字段");
  step.box = source["box"].text();
  for (const Value& phrase : source["phrases"].items()) step.phrases.push_back(phrase.text());
  step.due = read_due(source.find("due"), findings);
  step.remind = read_due(source.find("remind"), findings);
  step.remind_again = read_due(source.find("remind_again"), findings);
  step.remind_most = static_cast<int>(data::to_integer(source["remind_most"]).value_or(0));
  if (source.find("remind_most") && !step.remind_again)
    findings.error("unexpected-field", source["remind_most"].place(),
                   "remind_most 只在写了 remind_again 的环节写", "remind_again: 1 workdays");
  step.overdue = read_overdue(source["overdue"]);
  step.overdue_to = read_seat_list(source["overdue_to"], findings);
  const bool goes_to = step.overdue == Overdue::escalate || step.overdue == Overdue::transfer;
  if (!step.overdue_to.empty() && !goes_to)
    findings.error("unexpected-field", source["overdue_to"].place(),
                   "overdue_to 只在 overdue: escalate 或 transfer 时写");
  if (step.overdue == Overdue::pass && !step.binds.empty())
    findings.error("automatic-signature", source["overdue"].place(),
                   fmt::format("“{}”签署文书，不能逾期就视为签了", step.title),
                   "改为 remind、escalate 或 transfer");
  if (step.overdue == Overdue::transfer && step.overdue_to.empty())
    findings.error("missing-field", source["overdue"].place(), "overdue: transfer 要写 overdue_to：转给谁办",
                   "overdue_to: [{post: …}]");
  step.copy_to = read_seat_list(source["copy_to"], findings);
  step.circulate_to = read_seat_list(source["circulate_to"], findings);
  for (const auto* list : {&step.copy_to, &step.circulate_to})
    for (const SeatRule& rule : *list)
      if (rule.kind == SeatRule::Kind::chosen)
        findings.error("bad-seat", rule.place, "抄送、传阅的人不能由谁选定：办的时候没有地方选",
                       "写明给谁，或由办理人用 copy、circulate 送");
  step.allow = read_references(source["allow"]);
  const std::string& same = source["same_person"].text();
  step.same_person = same == "adjacent"  ? SamePerson::adjacent
                     : same == "earlier" ? SamePerson::earlier
                                         : SamePerson::ask;
  step.not_initiator = data::to_boolean(source["not_initiator"]).value_or(false);
  const std::string& recall = source["recall"].text();
  step.recall = recall == "unread" ? Recall::unread : recall == "never" ? Recall::never : Recall::unacted;
  step.bulk = data::to_boolean(source["bulk"]).value_or(false);
  if (!source.find("actions")) {
    findings.error("missing-field", entry.key_place, fmt::format("环节 “{}” 缺少 actions", entry.key),
                   "最后的环节写 end: true");
  }
  for (const auto& action : source["actions"].entries())
    step.actions.push_back(read_action(action, findings));
}

void read_split(const Value::Entry& entry, Step& step, Diagnostics& findings) {
  const Value& source = entry.value;
  for (const char* key : {"route", "branches"}) {
    if (!source.find(key))
      findings.error(
          "missing-field", entry.key_place, fmt::format("分支环节 “{}” 缺少 {}", entry.key, key),
          "route: one（只走一支）、all（同时走各支）或 each（条件成立的各支），branches: 各支的去向");
  }
  const std::string& route = source["route"].text();
  step.route = route == "all" ? Route::all : route == "each" ? Route::each : Route::one;
  size_t defaults = 0;
  for (const Value& branch : source["branches"].items()) {
    const Value* when = branch.find("when");
    step.branches.push_back(
        {read_reference(branch["to"]), read_guard(when, findings), branch.place(), branch["title"].text()});
    if (when && step.route == Route::all)
      findings.error("unexpected-field", when->place(), "route: all 的各支都要走，不写 when");
    if (!when && step.route != Route::all && ++defaults > 1)
      findings.error("two-defaults", branch.place(), "没有条件的一支（其余情形）只能有一个");
  }
}

std::vector<Mapping> read_mappings(const Value& list, Diagnostics& findings) {
  std::vector<Mapping> mappings;
  for (const Value& one : list.items()) {
    auto from = read_guard(one.find("from"), findings);
    if (from) mappings.push_back({read_reference(one["into"]), std::move(*from)});
  }
  return mappings;
}

SubWorkflow read_start(const Value& source, Diagnostics& findings) {
  SubWorkflow start;
  start.place = source.place();
  start.workflow = read_reference(source["workflow"]);
  start.wait = data::to_boolean(source["wait"]).value_or(true);
  start.data = read_mappings(source["data"], findings);
  start.results = read_mappings(source["results"], findings);
  if (!start.wait && source.find("results"))
    findings.error("unexpected-field", source["results"].place(),
                   "wait: false 的子流程不等结果，不写 results");
  return start;
}

void read_automatic(const Value::Entry& entry, Step& step, Diagnostics& findings) {
  const Value& source = entry.value;
  if (const Value* to = source.find("to")) {
    step.to = read_reference(*to);
  } else {
    findings.error("missing-field", entry.key_place, fmt::format("自动环节 “{}” 缺少 to", entry.key));
  }
  if (const Value* join = source.find("join")) step.join = read_reference(*join);
  step.effects = read_effects(source["effects"], findings);
  if (const Value* start = source.find("start")) step.start = read_start(*start, findings);
}

// Two ways out that only the other case's end takes.
void read_child(const Value::Entry& entry, Step& step, Diagnostics& findings) {
  const Value& source = entry.value;
  step.start = read_start(source["start"], findings);
  for (const char* key : {"to", "failed"}) {
    if (!source.find(key))
      findings.error("missing-field", entry.key_place,
                     fmt::format("等子流程的环节 “{}” 缺少 {}", entry.key, key),
                     "to: 子流程办结以后到哪里；failed: 子流程被终止、作废、撤销以后到哪里");
  }
  auto add = [&](std::string_view name, const char* key, const char* title, ActionKind kind) {
    Action action;
    action.name = name;
    action.title = title;
    action.kind = kind;
    if (const Value* to = source.find(key)) action.to = read_reference(*to);
    action.place = action.to.place;
    step.actions.push_back(std::move(action));
  };
  add(kChildEnded, "to", "子流程办结", ActionKind::forward);
  add(kChildFailed, "failed", "子流程未办成", ActionKind::reject);
}

// Of a step that people never sit at and that the file gives no name.
std::string usual_title(const Value::Entry& entry, const Step& step) {
  switch (step.kind) {
    case StepKind::end:
      return "办结";
    case StepKind::split:
      return entry.value["route"].text() == "one" ? "分流" : "分支";
    case StepKind::automatic:
      return entry.value.find("join") ? "汇合" : "自动办理";
    case StepKind::child:
      return "等子流程";
    case StepKind::human:
      break;
  }
  return entry.key;
}

}  // namespace

Step read_step(const Value::Entry& entry, Diagnostics& findings) {
  Step step;
  step.id = entry.key.text();
  step.place = entry.key_place;
  step.kind = kind_of(entry.value);
  step.title = entry.value.find("title") ? entry.value["title"].text() : usual_title(entry, step);
  if (step.id == "previous" || step.id == "any")
    findings.error("reserved-name", entry.key_place,
                   fmt::format("环节不能叫 “{}”：to: {} 另有意思", step.id, step.id));
  check_keys(entry, step.kind, findings);
  if (step.kind == StepKind::human) read_human(entry, step, findings);
  if (step.kind == StepKind::split) read_split(entry, step, findings);
  if (step.kind == StepKind::automatic) read_automatic(entry, step, findings);
  if (step.kind == StepKind::child) read_child(entry, step, findings);
  return step;
}

}  // namespace wenshu::workflow
