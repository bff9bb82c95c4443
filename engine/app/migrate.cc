#include "app/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/case_record.h"
#include "app/case_settle.h"
#include "app/lookups.h"
#include "app/published.h"
#include "base/text.h"
#include "data/load.h"
#include "store/act.h"
#include "store/event.h"
#include "workflow/signatures.h"

namespace wenshu::app {
namespace {

using data::Value;

constexpr const char* kKind = "case-migrated";
constexpr const char* kUndoing = "撤销版本迁移";  // the entry's title: that event is no migration to undo

Value strings(const std::vector<std::string>& list) { return texts(list); }

// One case on its way: as it was and as it will be.
struct Passage {
  MigrationLine line;
  CaseRecord record;  // with the state and the version that it gets
  workflow::Marking before;
  std::vector<workflow::Fact> voided;  // signatures of another paper
};

class Migrator {
 public:
  Migrator(const Context& context, const MigrationPlan& plan, store::Act& act, std::string actor)
      : plan_(plan),
        act_(act),
        office_(load_office(act.tx())),
        actor_(std::move(actor)),
        settlement_(act, office_, actor_, context.clock->now(), context.home) {
    if (find_latest(act.tx(), "workflow", plan.workflow).number == 0)
      throw NotFound(fmt::format("没有已发布的流程 {}", plan.workflow));
  }

  std::vector<MigrationLine> forward() {
    const int64_t version =
        plan_.version ? plan_.version : find_latest(act_.tx(), "workflow", plan_.workflow).number;
    require_version(version);
    const auto& now = published(version)->definition;
    std::vector<Blocker> unknown = workflow::find_map_blockers(now, now, targets_of(plan_.steps));
    if (!unknown.empty()) throw Refused(std::move(unknown));
    for (const std::string& id :
         ids([&](const CaseRecord& record) { return record.marking.is_open() && record.version != version; }))
      passages_.push_back(go(id, version));
    return finish(fmt::format("转到第 {} 版", version));
  }

  std::vector<MigrationLine> backward() {
    for (const std::string& id : plan_.cases.empty() ? last_batch() : plan_.cases)
      passages_.push_back(go_back(id));
    return finish(kUndoing);
  }

 private:
  // Steps of the new version that the map names, whether or not there is a case to move.
  static workflow::StepMap targets_of(const workflow::StepMap& steps) {
    workflow::StepMap targets;
    for (const auto& [old, now] : steps) targets.emplace(now, now);
    return targets;
  }

  void require_version(int64_t version) {
    store::Stmt rows = act_.tx().query(
        "SELECT count(*) FROM definitions WHERE kind = 'workflow' AND name = ? AND version = ?",
        plan_.workflow, version);
    rows.next();
    if (rows.row().integer(0) == 0)
      throw NotFound(fmt::format("流程 {} 没有发布过第 {} 版", plan_.workflow, version));
  }

  template <class Wanted>
  std::vector<std::string> ids(const Wanted& wanted) {
    if (!plan_.cases.empty()) return plan_.cases;
    std::vector<std::string> all, found;
    for (store::Stmt rows =
             act_.tx().query("SELECT id FROM cases WHERE workflow = ? ORDER BY first_seq", plan_.workflow);
         rows.next();)
      all.push_back(rows.row().text(0));
    for (std::string& id : all)
      if (wanted(load_case(act_.tx(), id, &loaded_))) found.push_back(std::move(id));
    return found;
  }

  static bool is_undoing(const store::Event& event) {
    const Value body = store::body_of(event);
    return body["entries"].size() > 0 && body["entries"].items()[0]["action_title"].text() == kUndoing;
  }

  std::shared_ptr<const PublishedWorkflow> published(int64_t version) {
    auto& known = loaded_[{plan_.workflow, version}];
    if (!known)
      known = std::make_shared<const PublishedWorkflow>(
          load_workflow_version(act_.tx(), plan_.workflow, version));
    return known;
  }

  // The cases that were moved together last: their events follow one another. Those acted on since are among them, so that
  // all go back or none.
  std::vector<std::string> last_batch() {
    std::vector<std::string> batch;
    std::optional<store::Event> after;
    for (store::Stmt rows = act_.tx().query(
             "SELECT " + store::kEventColumns + " FROM events WHERE kind = ? ORDER BY seq DESC",
             std::string(kKind));
         rows.next();) {
      store::Event event = store::to_event(rows.row());
      if (after && (event.seq + 1 != after->seq || event.at != after->at || event.actor != after->actor))
        break;
      if (!after && (is_undoing(event) || is_undone(event) || !is_of_workflow(event))) continue;
      if (!is_undone(event)) batch.push_back(event.subject);
      after = std::move(event);
    }
    std::reverse(batch.begin(), batch.end());
    return batch;
  }

  bool is_of_workflow(const store::Event& event) {
    store::Stmt rows =
        act_.tx().query("SELECT 1 FROM cases WHERE id = ? AND workflow = ?", event.subject, plan_.workflow);
    return rows.next();
  }

  bool is_undone(const store::Event& event) {
    for (const store::Event& later : store::list_events(act_.tx(), event.subject))
      if (later.seq > event.seq && later.kind == kKind) return is_undoing(later);
    return false;
  }

  Passage begin(const std::string& id) {
    Passage passage;
    passage.record = load_case(act_.tx(), id, &loaded_);
    CaseRecord& record = passage.record;
    passage.before = record.marking;
    passage.line = {record.id, record.title, record.version, record.version, {}, {}};
    if (record.workflow != plan_.workflow)
      passage.line.blockers.push_back(
          {"other-workflow", fmt::format("{} 是流程 {} 的办件", id, record.workflow), {{"case", id}}});
    else if (!record.marking.is_open())
      passage.line.blockers.push_back({"case-ended", "办件已经办结，不用迁移", {{"case", id}}});
    return passage;
  }

  void require_manager(Passage& passage, const workflow::Rules& rules, const char* which) {
    if (workflow::is_manager(rules, passage.record.marking, actor_)) return;
    passage.line.blockers.push_back(
        {"not-manager",
         fmt::format("{} 不是流程{}的管理人，不能迁移", office_.name_of(actor_), which),
         {{"person", actor_}}});
  }

  void move(Passage& passage, int64_t version) {
    passage.line.to = version;
    passage.record.version = version;
    passage.record.published = published(version);
  }

  Passage go(const std::string& id, int64_t version) {
    Passage passage = begin(id);
    MigrationLine& line = passage.line;
    if (!line.blockers.empty()) return passage;
    if (passage.record.version == version) {
      line.blockers.push_back({"same-version", fmt::format("办件已经是第 {} 版", version), {{"case", id}}});
      return passage;
    }
    const auto old = passage.record.published;
    const workflow::Rules from = settlement_.rules(passage.record);
    require_manager(passage, from, "旧版");
    move(passage, version);
    const workflow::Rules to = settlement_.rules(passage.record);
    require_manager(passage, to, "新版");
    for (Blocker& blocker : workflow::find_map_blockers(from.definition, to.definition, plan_.steps))
      line.blockers.push_back(std::move(blocker));
    Diagnostics findings;
    form::check_record(to.form, passage.record.data, findings, lookups_in(office_));
    for (const Diagnostic& finding : findings)
      if (finding.severity == Severity::error)
        line.blockers.push_back(
            {"data-unfit", "数据不合新版的表单：" + finding.message, {{"fault", finding.code}}});
    auto done = workflow::migrate(from, to, passage.record.marking, passage.record.data, plan_.steps);
    for (Blocker& blocker : done.blockers) line.blockers.push_back(std::move(blocker));
    line.facts = std::move(done.facts);
    passage.record.marking = std::move(done.after);
    // Signatures of another paper are void at once, and each signer is told.
    passage.voided = workflow::void_changed(to, passage.record.marking, passage.record.data);
    for (const workflow::Fact& fact : passage.voided) line.facts.push_back(workflow::to_text(to, fact));
    return passage;
  }

  Passage go_back(const std::string& id) {
    Passage passage = begin(id);
    MigrationLine& line = passage.line;
    if (!line.blockers.empty()) return passage;
    const auto events = store::list_events(act_.tx(), id);
    if (events.back().kind != kKind) {
      const bool ever =
          std::any_of(events.begin(), events.end(), [](const auto& one) { return one.kind == kKind; });
      line.blockers.push_back({ever ? "acted-since" : "not-migrated",
                               ever ? "迁移以后已经办理过，不能撤销" : "办件没有迁移过",
                               {{"case", id}}});
      return passage;
    }
    if (is_undoing(events.back())) {
      line.blockers.push_back({"not-migrated", "迁移已经撤销了", {{"case", id}}});
      return passage;
    }
    require_manager(passage, settlement_.rules(passage.record), "现在版本");
    for (auto event = std::next(events.rbegin()); event != events.rend(); ++event) {
      const Value body = store::body_of(*event);
      const Value& state = body["case"];
      if (state.is_null()) continue;
      Diagnostics findings;
      auto marking = workflow::parse_marking(state["marking"], findings);
      if (!marking) throw Failure(fmt::format("无法读取办件 {} 迁移前的状态（{}）", id, to_text(findings)));
      move(passage, std::stoll(state["version"].text()));
      passage.record.marking = std::move(*marking);
      require_manager(passage, settlement_.rules(passage.record), "原来版本");
      return passage;
    }
    throw Failure(fmt::format("无法读取办件 {} 迁移前的状态", id));
  }

  std::vector<MigrationLine> finish(const std::string& title) {
    std::vector<MigrationLine> lines;
    std::vector<Blocker> blockers;
    for (const Passage& passage : passages_) {
      lines.push_back(passage.line);
      for (const Blocker& blocker : passage.line.blockers)
        blockers.push_back({blocker.code, passage.line.id + "：" + blocker.text, blocker.parameters});
    }
    if (plan_.preview) return lines;
    if (!blockers.empty()) throw Refused(std::move(blockers));
    for (Passage& passage : passages_) write(passage, title);
    if (!passages_.empty()) act_.commit();
    return lines;
  }

  void write(Passage& passage, const std::string& title) {
    CaseRecord& record = passage.record;
    settlement_.set_clocks(record);
    Value entry = new_entry(record, record.marking.step(), "migrate", title);
    if (!plan_.reason.empty()) entry.set("opinion", plan_.reason);
    std::vector<std::string> facts = passage.line.facts;
    facts.insert(facts.begin(),
                 fmt::format("流程由第 {} 版改为第 {} 版", passage.line.from, passage.line.to));
    entry.set("facts", strings(facts));
    set_now(entry, record);
    settlement_.tell_people(record, passage.before, passage.voided, entry);
    act_.add_entry(std::move(entry));
    act_.set_case(state_of(record, false), seats_of(record.marking));
    act_.write(kKind, record.id);
  }

  const MigrationPlan& plan_;
  store::Act& act_;
  const directory::Directory office_;
  std::string actor_;
  Settlement settlement_;
  LoadedWorkflows loaded_;
  std::vector<Passage> passages_;
};

template <class Do>
std::vector<MigrationLine> with_migrator(const Context& context, const MigrationPlan& plan, const Do& run) {
  store::Store store = open_store(context);
  std::string actor;
  {
    store::Tx tx(store.db(), store::Access::read);
    actor = resolve_person(context, load_office(tx));
  }
  store::Act act(store, {.actor = actor, .at = context.clock->now()});
  Migrator migrator(context, plan, act, actor);
  return run(migrator);
}

}  // namespace

std::vector<MigrationLine> migrate_cases(const Context& context, const MigrationPlan& plan) {
  return with_migrator(context, plan, [](Migrator& migrator) { return migrator.forward(); });
}

std::vector<MigrationLine> undo_migration(const Context& context, const MigrationPlan& plan) {
  return with_migrator(context, plan, [](Migrator& migrator) { return migrator.backward(); });
}

Value to_value(const std::vector<MigrationLine>& lines) {
  Value list = Value::list();
  for (const MigrationLine& line : lines) {
    Value one = Value::map();
    one.set("id", line.id);
    one.set("title", line.title);
    one.set("from", Value::number(line.from));
    one.set("to", Value::number(line.to));
    one.set("facts", strings(line.facts));
    Value& blockers = one.set("blockers", Value::list());
    for (const Blocker& blocker : line.blockers) {
      Value reason = Value::map();
      reason.set("code", blocker.code);
      reason.set("text", blocker.text);
      blockers.add(std::move(reason));
    }
    list.add(std::move(one));
  }
  return list;
}

}  // namespace wenshu::app
