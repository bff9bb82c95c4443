#include "app/case_settle.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/case_data.h"
#include "app/case_effects.h"
#include "app/case_messages.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "data/write.h"
#include "form/calculate.h"
#include "workflow/acts.h"
#include "workflow/clocks.h"
#include "workflow/signatures.h"

namespace wenshu::app {

using data::Value;

namespace {

// Open seats of each person: for workflows that pick who has least to do.
std::map<std::string, int> load_of(store::Tx& tx) {
  std::map<std::string, int> loads;
  for (store::Stmt rows = tx.query("SELECT person, count(*) FROM seats GROUP BY person"); rows.next();)
    loads[rows.row().text(0)] = static_cast<int>(rows.row().integer(1));
  return loads;
}

std::vector<std::string> texts_of(const workflow::Rules& rules, const std::vector<workflow::Fact>& facts) {
  std::vector<std::string> list;
  for (const auto& fact : facts) list.push_back(workflow::to_text(rules, fact));
  return list;
}

void set_bound(Value& entry, const workflow::Done& move, const CaseRecord& record) {
  if (move.binds.empty()) return;
  Value bound = Value::map();
  bound.set("documents", texts(move.binds));
  bound.set("data", crypto::sha256_hex(data::to_json(record.data)));
  entry.set("bound", std::move(bound));
}

void note_void_numbers(store::Tx& tx, const std::string& id, Value& entry) {
  std::vector<std::string> lines;
  for (store::Stmt rows = tx.query("SELECT number FROM numbers WHERE subject = ? ORDER BY number", id);
       rows.next();)
    lines.push_back("编号 " + rows.row().text(0) + " 作废，不再使用");
  if (!lines.empty()) entry.set("effects", texts(lines));
}

std::vector<std::string> children_in(const workflow::Marking& marking) {
  std::vector<std::string> children;
  for (const workflow::Token& token : marking.tokens)
    if (!token.child.empty()) children.push_back(token.child);
  return children;
}

[[noreturn]] void refuse_child(const workflow::Step& step, const std::string& why) {
  throw Refused(std::vector<Blocker>{
      {"child-faulty", fmt::format("“{}”环节的子流程发起不了：{}", step.title, why), {{"step", step.id}}}});
}

Value map_data(const std::vector<workflow::Mapping>& mappings, const expression::Around& source,
               const std::vector<expression::Around>& outer, Value into, const std::string& what) {
  for (const workflow::Mapping& mapping : mappings) {
    Diagnostics faults;
    size_t steps = 0;
    auto value = expression::evaluate_within(mapping.from, source, outer, faults, steps);
    if (!value && faults.begin()->code != "missing-value")
      throw Refused(std::vector<Blocker>{
          {"mapping-failed",
           fmt::format("{}：{} 算不出来（{}）", what, mapping.into.name, faults.begin()->message),
           {{"field", mapping.into.name}}}});
    if (value && !value->is_null()) into.set_path(mapping.into.name, std::move(*value));
  }
  return into;
}

}  // namespace

Value new_entry(const CaseRecord& record, const std::string& step, const std::string& action,
                const std::string& action_title) {
  const auto* found = record.published->definition.find_step(step);
  Value entry = Value::map();
  entry.set("step", step);
  entry.set("step_title", found && !found->title.empty() ? found->title : step);
  entry.set("action", action);
  entry.set("action_title", action_title);
  if (found && !found->box.empty()) entry.set("box", found->box);
  if (record.marking.round > 1)
    entry.set("round", Value::number(static_cast<long long>(record.marking.round)));
  return entry;
}

void set_now(Value& entry, const CaseRecord& record) {
  if (!record.marking.is_open()) return;
  std::vector<std::string> now;
  for (const auto& token : record.marking.tokens) {
    const auto* step = record.published->definition.find_step(token.step);
    now.push_back(step && !step->title.empty() ? step->title : token.step.text());
  }
  entry.set("now", texts(now));
}

void set_changes(Value& entry, const CaseRecord& record, const Value& before) {
  constexpr size_t kMost = 50;  // lines that somebody would read
  const auto changes = workflow::text_changes(before, record.data);
  Value list = Value::list();
  for (const auto& change : changes) {
    if (list.size() == kMost) break;
    std::vector<std::string> names;
    std::string row;
    for (const std::string& key : split(change.path, ".")) {
      if (!key.empty() && key.find_first_not_of("0123456789") == std::string::npos)
        row += fmt::format("第 {} 行 ", std::stoul(key) + 1);
      else
        names.push_back(key);
    }
    Value one = Value::map();
    one.set("title", row + record.published->form.title_of(join(names, ".")));
    one.set("before", change.before);
    one.set("after", change.after);
    list.add(std::move(one));
  }
  if (list.size() > 0) entry.set("changes", std::move(list));
}

Settlement::Settlement(store::Act& act, const directory::Directory& office, std::string actor, Time now,
                       std::filesystem::path home)
    : act_(act),
      office_(office),
      actor_(std::move(actor)),
      now_(now),
      home_(std::move(home)),
      ledgers_(act.tx()),
      loads_(load_of(act.tx())) {}

workflow::Rules Settlement::rules(const CaseRecord& record) const {
  workflow::Rules rules = record.rules(office_);
  rules.ledgers = &ledgers_;
  rules.loads = &loads_;
  return rules;
}

void Settlement::set_clocks(CaseRecord& record) {
  if (!has_deadlines(record.published->definition)) return;
  if (!calendar_) calendar_.emplace(load_working_time(act_.tx()));
  workflow::set_clocks(record.published->definition, record.marking, now_,
                       calendar_->has_value() ? &**calendar_ : nullptr);
  act_.set_clocks(clocks_of(record));
}

std::string Settlement::next_id(const std::string& workflow, int64_t& serial) {
  store::Stmt rows =
      act_.tx().query("SELECT coalesce(max(serial), 0) + 1 FROM cases WHERE workflow = ?", workflow);
  rows.next();
  serial = rows.row().integer(0);
  return fmt::format("{}-{}", workflow, serial);
}

void Settlement::tell_people(const CaseRecord& record, const workflow::Marking& before,
                             const std::vector<workflow::Fact>& facts, const Value& entry) {
  const bool moved = entry["action"].text() == "migrate";
  add_messages(act_,
               {record, before, facts, actor_, entry["action_title"].text(), entry["opinion"].text(),
                entry["changes"], moved},
               office_, date());
}

store::Event Settlement::write_start(CaseRecord& record, Value entry) {
  set_clocks(record);
  set_now(entry, record);
  tell_people(record, {}, {}, entry);
  act_.add_entry(std::move(entry));
  act_.set_case(state_of(record, true), seats_of(record.marking));
  if (record.marking.parent) act_.set_parent(record.marking.parent->id, record.marking.parent->step);
  return act_.write("case-started", record.id);
}

// Prepared before the parent's event, because the parent's state names it; written after it.
void Settlement::start_child(const CaseRecord& parent, const workflow::Step& step, CaseRecord& child) {
  const workflow::SubWorkflow& start = *step.start;
  const int depth = parent.marking.parent ? parent.marking.parent->depth + 1 : 1;
  if (depth > workflow::kDeepestChild)
    refuse_child(step, fmt::format("子流程套子流程超过 {} 层", workflow::kDeepestChild));
  child.workflow = start.workflow.name;
  child.version = find_latest(act_.tx(), "workflow", child.workflow).number;
  if (child.version == 0) refuse_child(step, "没有已发布的流程 " + child.workflow);
  child.published = std::make_shared<const PublishedWorkflow>(
      load_workflow_version(act_.tx(), child.workflow, child.version));
  child.initiator = parent.initiator;
  const expression::Type type = form::type_of(parent.published->form);
  const Value data = map_data(start.data, {&parent.data, &type}, {}, Value::map(), "子流程的数据");
  try {
    begin_data(child, data, {}, {act_, office_, date()});
  } catch (const FaultyInput& faulty) {
    refuse_child(step, faulty.findings().begin()->message);
  }
  const workflow::Rules rules = this->rules(child);
  if (auto blockers = workflow::find_start_blockers(rules, child.initiator, child.data); !blockers.empty())
    refuse_child(step, blockers.front().text);
  child.id = next_id(child.workflow, child.serial);
  child.title = title_of(child.data, child.published->definition.title);
  child.marking = workflow::start(rules, child.initiator, child.data);
  child.marking.parent = workflow::Parent{parent.id, step.id, depth, start.wait};
}

store::Event Settlement::settle(Deed deed) {
  // A child that ends may let its parent go on, which may begin another …
  if (++deep_ > 64) throw Failure("一次办理牵动的办件太多");
  CaseRecord& record = deed.record;
  const workflow::Rules rules = this->rules(record);
  std::vector<std::string> facts = texts_of(rules, deed.move.facts);
  set_bound(deed.entry, deed.move, record);
  set_changes(deed.entry, record, deed.data_before);
  const auto effects = run_effects(deed.move.effects, record, {act_, office_, actor_, date(), home_});
  if (!effects.empty()) deed.entry.set("effects", texts(effects));
  if (deed.entry["action"].text() == "annul") note_void_numbers(act_.tx(), record.id, deed.entry);
  record.title = title_of(record.data, record.published->definition.title);

  std::vector<CaseRecord> children;
  for (const workflow::Step* step : deed.move.starts) {
    CaseRecord child;
    start_child(record, *step, child);
    // Two of one workflow in one act: the second has no row yet that the first could be counted by.
    const auto same = std::count_if(children.begin(), children.end(),
                                    [&](const CaseRecord& one) { return one.workflow == child.workflow; });
    if (same > 0) {
      child.serial += same;
      child.id = fmt::format("{}-{}", child.workflow, child.serial);
    }
    if (step->kind == workflow::StepKind::child) {
      if (workflow::Token* token = record.marking.find(step->id)) token->child = child.id;
    }
    facts.push_back(fmt::format("“{}”发起子流程 {}（{}）", step->title, child.id, child.title));
    children.push_back(std::move(child));
  }
  deed.entry.set("facts", texts(facts));
  set_clocks(record);
  set_now(deed.entry, record);
  tell_people(record, deed.marking_before, deed.move.facts, deed.entry);
  act_.add_entry(std::move(deed.entry));
  act_.set_case(state_of(record, !(record.data == deed.data_before)), seats_of(record.marking));
  store::Event event = act_.write(deed.kind, record.id);

  for (CaseRecord& child : children) {
    Value entry = new_entry(child, child.marking.step(), "start", "发起");
    entry.set("automatic", Value::boolean(true));
    const auto* step = record.published->definition.find_step(child.marking.parent->step);
    const std::vector<std::string> facts_of_child = {
        fmt::format("由办件 {} 的“{}”环节发起", record.id, step->title)};
    entry.set("facts", texts(facts_of_child));
    write_start(child, std::move(entry));
  }
  settle_children(record, deed.marking_before);
  settle_parent(record);
  --deep_;
  return event;
}

void Settlement::settle_children(const CaseRecord& record, const workflow::Marking& before) {
  using workflow::Status;
  const std::vector<std::string> now = children_in(record.marking);
  for (const std::string& id : children_in(before)) {
    if (std::find(now.begin(), now.end(), id) == now.end())
      act_by_itself(id, "terminate", fmt::format("上级办件 {} 不再等它", record.id));
  }
  const bool was = before.status == Status::suspended, is = record.marking.status == Status::suspended;
  if (was == is) return;
  for (const std::string& id : now)
    act_by_itself(id, is ? "suspend" : "resume", fmt::format("随上级办件 {}", record.id));
}

// Because of another case: nobody has to be its manager.
void Settlement::act_by_itself(const std::string& id, const std::string& action, const std::string& why) {
  using workflow::Status;
  CaseRecord record = load_case(act_.tx(), id);
  if (!record.marking.is_open()) return;
  const workflow::Marking before = record.marking;
  workflow::Marking& marking = record.marking;
  if (action == "suspend" && marking.status == Status::suspended) return;
  if (action == "resume" && !marking.with_parent) return;
  if (action == "suspend") {
    marking.stops.push_back({wenshu::to_text(now_), ""});
    marking.status = Status::suspended;
    marking.with_parent = true;
  } else if (action == "resume") {
    if (!marking.stops.empty()) marking.stops.back().to = wenshu::to_text(now_);
    marking.status =
        marking.step() == record.published->definition.steps.front().id ? Status::draft : Status::running;
    marking.with_parent = false;
  } else {
    workflow::Token last;
    last.step = marking.step();
    marking.tokens = {std::move(last)};
    marking.waits.clear();
    marking.sent.reset();
    marking.status = Status::terminated;
  }
  const std::string title(workflow::find_act(action)->title);
  Value entry = new_entry(record, before.step(), action, title);
  entry.set("automatic", Value::boolean(true));
  entry.set("opinion", why);
  const Value data = record.data;
  settle({record, before, data, {}, std::move(entry)});
}

// The case has come to an end that its parent waits for.
void Settlement::settle_parent(const CaseRecord& record) {
  const auto& link = record.marking.parent;
  if (record.marking.is_open() || !link || !link->waits) return;
  CaseRecord parent = load_case(act_.tx(), link->id);
  workflow::Token* token = parent.marking.find(link->step);
  if (!token || token->child != record.id || !parent.marking.is_open()) return;
  const workflow::Step& step = *parent.published->definition.find_step(link->step);
  const bool ended = record.marking.status == workflow::Status::ended;
  const workflow::Step* end = record.published->definition.find_step(record.marking.step());
  const workflow::Marking before = parent.marking;
  const Value data_before = parent.data;
  if (ended) {
    Value child = Value::map();
    child.set("case", record.id);
    child.set("end", record.marking.step().text());
    child.set("status", std::string(workflow::to_text(record.marking.status)));
    Value around = Value::map();
    around.set("child", std::move(child));
    const expression::Type type = form::type_of(record.published->form);
    const expression::Type around_type = expression::Type::record({{"child", workflow::child_type()}});
    form::clear_derived(parent.published->form, parent.data);
    parent.data = map_data(step.start->results, {&record.data, &type}, {{&around, &around_type}},
                           std::move(parent.data), "子流程的结果");
    calculate_again(parent);
  }
  workflow::Automatic automatic;
  automatic.step = step.id;
  automatic.action = ended ? workflow::kChildEnded : workflow::kChildFailed;
  automatic.why = fmt::format("{}（{}）", record.id,
                              ended && end ? end->title : std::string(to_chinese(record.marking.status)));
  automatic.date = wenshu::to_text(date());
  // A suspended parent goes on as soon as it is resumed; until then the step waits with its result in.
  const bool suspended = parent.marking.status == workflow::Status::suspended;
  if (suspended) parent.marking.status = workflow::Status::running;
  workflow::Attempt done = workflow::attempt_automatic(rules(parent), parent.marking, parent.data, automatic);
  if (!done.blockers.empty())
    throw Refused(
        std::vector<Blocker>{{"parent-stuck",
                              fmt::format("上级办件 {} 走不下去：{}", parent.id, done.blockers.front().text),
                              {{"case", parent.id}}}});
  if (suspended && parent.marking.is_open()) parent.marking.status = workflow::Status::suspended;
  if (watch) {
    workflow::Act by_itself;
    by_itself.action = automatic.action;
    watch(rules(parent), before, parent.data, by_itself, done.move);
  }
  Value entry = new_entry(parent, step.id, automatic.action, ended ? "子流程办结" : "子流程未办成");
  entry.set("automatic", Value::boolean(true));
  settle({parent, before, data_before, std::move(done.move), std::move(entry)});
}

}  // namespace wenshu::app
