#include "app/rehearse.h"

#include <fmt/format.h>

#include "app/case_record.h"
#include "app/definitions.h"
#include "app/ledgers.h"
#include "app/published.h"
#include "app/workflow.h"
#include "base/error.h"
#include "data/load.h"
#include "store/event.h"

namespace wenshu::app {
namespace {

using data::Value;

workflow::Marking marking_in(const Value& state, const std::string& id) {
  Diagnostics findings;
  auto marking = workflow::parse_marking(state["marking"], findings);
  if (!marking) throw Failure(fmt::format("无法读取办件 {} 的经过（{}）", id, to_text(findings)));
  return std::move(*marking);
}

// The case's events as acts; one that happened by itself has no person.
workflow::StoredCase stored_case(store::Tx& tx, const CaseRecord& record) {
  workflow::StoredCase stored;
  stored.initiator = record.initiator;
  Value data;
  workflow::Marking before;
  bool started = false;
  for (const store::Event& event : store::list_events(tx, record.id)) {
    const Value body = store::body_of(event);
    const Value& state = body["case"];
    if (state.is_null()) continue;
    if (const Value* changed = state.find("data")) data = *changed;
    workflow::Marking after = marking_in(state, record.id);
    if (!started) {
      stored.data = data;
      stored.started = after;
      started = true;
    } else {
      workflow::StoredAct one;
      one.seq = event.seq;
      const Value& entry = body["entries"][0];
      one.act.person = event.kind == "case-acted" ? event.actor : "";
      one.act.action = entry["action"].text();
      one.act.opinion = entry["opinion"].text();
      one.act.step = before.tokens.size() > 1 ? entry["step"].text() : "";
      if (const auto at = parse_time(event.at)) one.act.date = wenshu::to_text(china_date(*at));
      one.data = data;
      one.before = before;
      one.after = after;
      stored.acts.push_back(std::move(one));
    }
    before = std::move(after);
  }
  return stored;
}

}  // namespace

std::vector<RehearsalLine> rehearse_cases(const Context& context, const std::filesystem::path& file) {
  Diagnostics findings;
  const Definitions loaded = load_definitions(with_neighbours({file}), context.home, findings);
  const std::string shown = data::display_name(file);
  const Loaded<workflow::Definition>* wanted = nullptr;
  for (const auto& [name, one] : loaded.workflows)
    if (one.source.name == shown) wanted = &one;
  if (!wanted && !findings.has_errors()) findings.error("unknown-workflow", {shown}, "这个文件不是流程");
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  const workflow::Definition& definition = wanted->object;
  const form::Form& form = loaded.forms.at(definition.form.name).object;

  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  if (find_latest(tx, "workflow", definition.name).number == 0)
    throw NotFound(fmt::format("库中没有流程 {}，没有办件可以演练", definition.name));
  const directory::Directory office = load_office(tx);
  const StoreLedgers ledgers(tx);
  std::vector<std::string> ids;
  for (store::Stmt rows =
           tx.query("SELECT id FROM cases WHERE workflow = ? ORDER BY first_seq", definition.name);
       rows.next();)
    ids.push_back(rows.row().text(0));
  LoadedWorkflows versions;
  workflow::SeatMemo memo;  // of the new version: all cases meet the same office
  std::vector<RehearsalLine> lines;
  for (const std::string& id : ids) {
    const CaseRecord record = load_case(tx, id, &versions);
    workflow::Rules old = record.rules(office);
    workflow::Rules now{definition, form, office};
    now.turn = old.turn;
    now.memo = &memo;
    old.ledgers = now.ledgers = &ledgers;
    lines.push_back(
        {id, record.title, record.version, workflow::rehearse(old, now, stored_case(tx, record))});
  }
  return lines;
}

Value to_value(const std::vector<RehearsalLine>& lines) {
  Value list = Value::list();
  for (const RehearsalLine& line : lines) {
    Value one = Value::map();
    one.set("id", line.id);
    one.set("title", line.title);
    one.set("version", Value::number(line.version));
    Value& differences = one.set("differences", Value::list());
    for (const workflow::Difference& difference : line.differences) {
      Value entry = Value::map();
      entry.set("code", difference.code);
      entry.set("seq", Value::number(static_cast<long long>(difference.seq)));
      entry.set("text", difference.text);
      differences.add(std::move(entry));
    }
    list.add(std::move(one));
  }
  return list;
}

}  // namespace wenshu::app
