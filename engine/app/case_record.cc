#include "app/case_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "data/load.h"
#include "data/schema.h"
#include "store/event.h"
#include "workflow/clocks.h"
#include "workflow/takers.h"

namespace wenshu::app {

using data::Value;

namespace {

Value parse_stored(const std::string& json, const std::string& name) {
  Diagnostics findings;
  auto value = data::parse_json(json, name, findings);
  if (!value) throw Failure(fmt::format("无法读取 {}（{}）", name, to_text(findings)));
  return *value;
}

workflow::Marking parse_stored_marking(const std::string& json, const std::string& name) {
  Diagnostics findings;
  auto marking = workflow::parse_marking(parse_stored(json, name), findings);
  if (!marking) throw Failure(fmt::format("无法读取 {}（{}）", name, to_text(findings)));
  return *marking;
}

}  // namespace

CaseRecord load_case(store::Tx& tx, const std::string& id, LoadedWorkflows* loaded) {
  CaseRecord record;
  {
    store::Stmt rows = tx.query(
        "SELECT id, workflow, version, serial, title, initiator, started_at, changed_at, marking, data FROM "
        "cases "
        "WHERE id = ?",
        id);
    if (!rows.next()) throw NotFound(fmt::format("没有办件 {}：用 wenshu case list 查看", id));
    const store::Row row = rows.row();
    record.id = row.text(0);
    record.workflow = row.text(1);
    record.version = row.integer(2);
    record.serial = row.integer(3);
    record.title = row.text(4);
    record.initiator = row.text(5);
    record.started_at = row.text(6);
    record.changed_at = row.text(7);
    record.marking = parse_stored_marking(row.text(8), "办件 " + id + " 的状态");
    record.data = parse_stored(row.text(9), "办件 " + id + " 的数据");
  }
  LoadedWorkflows own;
  auto& published = (loaded ? *loaded : own)[{record.workflow, record.version}];
  if (!published)
    published =
        std::make_shared<const PublishedWorkflow>(load_workflow_version(tx, record.workflow, record.version));
  record.published = published;
  return record;
}

Value state_of(const CaseRecord& record, bool with_data) {
  Value state = Value::map();
  state.set("id", record.id);
  state.set("workflow", record.workflow);
  state.set("version", Value::number(static_cast<long long>(record.version)));
  state.set("serial", Value::number(static_cast<long long>(record.serial)));
  state.set("title", record.title);
  state.set("initiator", record.initiator);
  state.set("open", Value::boolean(record.marking.is_open()));
  state.set("marking", workflow::to_value(record.marking));
  if (with_data) state.set("data", record.data);
  return state;
}

Value seats_of(const workflow::Marking& marking) {
  Value seats = Value::list();
  auto add = [&](const std::string& step, const std::string& title, const std::string& person) {
    Value entry = Value::map();
    entry.set("step", step);
    entry.set("title", title);
    entry.set("person", person);
    seats.add(std::move(entry));
  };
  if (marking.is_live()) {
    for (const workflow::Token& token : marking.tokens)
      for (const workflow::Seat& seat : token.seats) {
        for (const std::string& person : workflow::takers_of(token, seat))
          add(token.step, seat.title, person);
      }
  }
  for (const workflow::Reader& reader : marking.readers)
    if (reader.duty && reader.read.empty()) add(kReading, "传阅", reader.person);
  return seats;
}

bool has_deadlines(const workflow::Definition& definition) {
  return std::any_of(definition.steps.begin(), definition.steps.end(),
                     [](const workflow::Step& step) { return step.due.has_value(); });
}

Value clocks_of(const CaseRecord& record) {
  Value clocks = Value::list();
  auto add = [&](const std::string& step, const std::string& seat, std::string_view kind,
                 const std::string& at) {
    Value clock = Value::map();
    clock.set("step", step);
    clock.set("seat", seat);
    clock.set("kind", std::string(kind));
    clock.set("at", at);
    clocks.add(std::move(clock));
  };
  for (const workflow::Alarm& alarm : workflow::alarms_of(record.marking))
    add(alarm.step, alarm.seat, workflow::to_text(alarm.kind), alarm.at);
  const auto uncounted = workflow::uncounted_seats(record.published->definition, record.marking);
  for (const workflow::Token& token : record.marking.tokens)
    for (const workflow::Seat& seat : token.seats)
      if (std::find(uncounted.begin(), uncounted.end(), &seat) != uncounted.end())
        add(token.step, seat.key, kUncounted, seat.more->clock->since);
  return clocks;
}

std::string title_of(const Value& data, const std::string& otherwise) {
  std::vector<const Value*> level = {&data};
  while (!level.empty()) {
    std::vector<const Value*> below;
    for (const Value* record : level)
      for (const auto& entry : record->entries()) {
        const bool named = entry.key == "title" || entry.key == "name";
        if (named && entry.value.is_scalar() && !entry.value.text().empty()) return entry.value.text();
        if (entry.value.is_map()) below.push_back(&entry.value);
      }
    level = std::move(below);
  }
  return otherwise;
}

std::vector<HistoryLine> history_of(store::Tx& tx, const std::string& id,
                                    const directory::Directory& office) {
  std::vector<HistoryLine> lines;
  for (const store::Event& event : store::list_events(tx, id)) {
    const Value body = store::body_of(event);
    for (const Value& entry : body["entries"].items()) {
      HistoryLine line;
      line.seq = event.seq;
      line.at = event.at;
      line.person = event.actor;
      line.person_name = office.name_of(event.actor);
      line.step = entry["step"].text();
      line.step_title = entry["step_title"].text();
      line.action = entry["action"].text();
      line.action_title = entry["action_title"].text();
      line.opinion = entry["opinion"].text();
      line.facts = texts(entry["facts"]);
      line.effects = texts(entry["effects"]);
      line.box = entry["box"].text();
      line.round = static_cast<int>(data::to_integer(entry["round"]).value_or(1));
      line.automatic = entry["automatic"].text() == "true";
      if (line.automatic || line.person.empty()) line.person_name = "自动";
      for (const Value& change : entry["changes"].items())
        line.changes.push_back(fmt::format("{}：{} → {}", change["title"].text(), change["before"].text(),
                                           change["after"].text()));
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

Value texts(const std::vector<std::string>& list) {
  Value value = Value::list();
  for (const std::string& text : list) value.add(text);
  return value;
}

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> result;
  for (const Value& item : list.items()) result.push_back(item.text());
  return result;
}

}  // namespace wenshu::app
