#include "app/case.h"

#include <algorithm>

#include "app/case_reading.h"
#include "app/case_record.h"
#include "base/error.h"
#include "data/schema.h"

namespace wenshu::app {

using data::Value;

namespace {

std::vector<OpenSeat> seats_on(store::Tx& tx, const std::string& id, const workflow::Definition& definition,
                               const directory::Directory& office) {
  std::vector<OpenSeat> seats;
  store::Stmt rows =
      tx.query("SELECT step, title, person FROM seats WHERE case_id = ? ORDER BY position", id);
  while (rows.next()) {
    const store::Row row = rows.row();
    const auto* step = definition.find_step(row.text(0));
    const std::string title = step ? step->title : row.text(0) == kReading ? row.text(1) : row.text(0);
    seats.push_back({row.text(0), title, row.text(2), office.name_of(row.text(2)), ""});
  }
  return seats;
}

// The latest of each name, by when the name first came.
std::vector<CaseFile> files_of(store::Tx& tx, const std::string& id) {
  std::vector<CaseFile> files;
  store::Stmt rows =
      tx.query("SELECT name, hash, size FROM files WHERE case_id = ? ORDER BY seq, position", id);
  while (rows.next()) {
    CaseFile file{rows.row().text(0), rows.row().text(1), rows.row().integer(2)};
    const auto same =
        std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.name == file.name; });
    if (same == files.end())
      files.push_back(std::move(file));
    else
      *same = std::move(file);
  }
  return files;
}

void collect_attachments(const std::vector<form::Field>& fields, const Value& record,
                         std::vector<CaseFile>& found) {
  for (const form::Field& field : fields) {
    const Value* value = record.find(field.key);
    if (!value) continue;
    if (field.type == form::FieldType::file && value->is_map())
      found.push_back(
          {(*value)["name"].text(), (*value)["hash"].text(), data::to_integer((*value)["size"]).value_or(0)});
    if (value->is_map()) collect_attachments(field.fields, *value, found);
    for (const Value& row : value->items()) collect_attachments(field.fields, row, found);
  }
}

constexpr const char* kStates[] = {"valid", "voided", "renewed"};

void add_links(store::Tx& tx, const CaseRecord& record, const directory::Directory& office, CaseView& view) {
  collect_attachments(record.published->form.fields, record.data, view.attachments);
  for (const auto& one : record.marking.signatures) {
    const auto* step = record.published->definition.find_step(one.step);
    view.signatures.push_back({one.step, step ? step->title : one.step, one.person,
                               office.name_of(one.person), one.date, one.hash,
                               kStates[static_cast<size_t>(one.state)]});
  }
  if (record.marking.parent) view.parent = record.marking.parent->id;
  for (store::Stmt rows = tx.query("SELECT child FROM children WHERE parent = ? ORDER BY seq", record.id);
       rows.next();)
    view.children.push_back(rows.row().text(0));
}

// When each open seat is overdue.
void add_deadlines(const CaseRecord& record, CaseView& view) {
  for (OpenSeat& seat : view.seats) {
    const auto* token = record.marking.find(seat.step);
    if (!token) continue;
    for (const auto& one : token->seats) {
      const bool his = std::count(one.candidates.begin(), one.candidates.end(), seat.person) > 0;
      if (one.is_open() && his && seat.due.empty()) seat.due = one.more->clock->due;
    }
  }
}

CaseView view_of(store::Tx& tx, const CaseRecord& record, const directory::Directory& office) {
  CaseView view;
  view.id = record.id;
  view.workflow = record.workflow;
  view.workflow_title = record.published->definition.title;
  view.version = record.version;
  view.title = record.title;
  view.initiator = record.initiator;
  view.initiator_name = office.name_of(record.initiator);
  if (const auto* department = office.department_of(record.initiator)) view.department = department->title;
  view.open = record.marking.is_open();
  view.status = workflow::to_text(record.marking.status);
  view.status_title = workflow::to_chinese(record.marking.status);
  view.started_at = record.started_at;
  view.changed_at = record.changed_at;
  view.seats = seats_on(tx, record.id, record.published->definition, office);
  view.files = files_of(tx, record.id);
  add_links(tx, record, office, view);
  add_deadlines(record, view);
  return view;
}

Value texts_by_key(const std::vector<std::pair<std::string, std::string>>& entries) {
  Value value = Value::map();
  for (const auto& [key, text] : entries) value.set(key, text);
  return value;
}

Value to_value(const Blocker& blocker) {
  Value value = texts_by_key({{"code", blocker.code}, {"text", blocker.text}});
  Value& parameters = value.set("parameters", Value::map());
  for (const auto& [key, text] : blocker.parameters) parameters.set(key, text);
  return value;
}

}  // namespace

CaseView show_case(const Context& context, const std::string& id) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  CaseRecord record = load_case(tx, id);
  const directory::Directory office = load_office(tx);
  std::vector<HistoryLine> history = history_of(tx, id, office);
  leave_out_hidden(context, office, record, history);
  CaseView view = view_of(tx, record, office);
  view.data = record.data;
  return view;
}

std::vector<CaseView> list_cases(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  std::vector<std::string> ids;
  for (store::Stmt rows = tx.query("SELECT id FROM cases ORDER BY first_seq"); rows.next();)
    ids.push_back(rows.row().text(0));
  if (ids.empty()) return {};
  const directory::Directory office = load_office(tx);
  std::vector<CaseView> views;
  LoadedWorkflows loaded;
  for (const std::string& id : ids) views.push_back(view_of(tx, load_case(tx, id, &loaded), office));
  return views;
}

std::vector<HistoryLine> case_history(const Context& context, const std::string& id) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  CaseRecord record = load_case(tx, id);  // NotFound
  const directory::Directory office = load_office(tx);
  std::vector<HistoryLine> history = history_of(tx, id, office);
  leave_out_hidden(context, office, record, history);
  return history;
}

Value to_value(const CaseView& view) {
  Value value = texts_by_key({{"id", view.id},
                              {"workflow", view.workflow},
                              {"workflow_title", view.workflow_title},
                              {"title", view.title},
                              {"initiator", view.initiator},
                              {"initiator_name", view.initiator_name},
                              {"department", view.department},
                              {"started_at", view.started_at},
                              {"changed_at", view.changed_at}});
  value.set("version", Value::number(view.version));
  value.set("open", Value::boolean(view.open));
  value.set("status", view.status);
  value.set("status_title", view.status_title);
  Value& seats = value.set("seats", Value::list());
  for (const OpenSeat& seat : view.seats)
    seats.add(texts_by_key({{"step", seat.step},
                            {"step_title", seat.step_title},
                            {"person", seat.person},
                            {"person_name", seat.person_name},
                            {"due", seat.due}}));
  Value& files = value.set("files", Value::list());
  for (const CaseFile& file : view.files) {
    Value entry = texts_by_key({{"name", file.name}, {"hash", file.hash}});
    entry.set("size", Value::number(static_cast<long long>(file.size)));
    files.add(std::move(entry));
  }
  Value& attachments = value.set("attachments", Value::list());
  for (const CaseFile& file : view.attachments) {
    Value entry = texts_by_key({{"name", file.name}, {"hash", file.hash}});
    entry.set("size", Value::number(static_cast<long long>(file.size)));
    attachments.add(std::move(entry));
  }
  Value& signatures = value.set("signatures", Value::list());
  for (const SignatureView& one : view.signatures)
    signatures.add(texts_by_key({{"step", one.step},
                                 {"step_title", one.step_title},
                                 {"person", one.person},
                                 {"person_name", one.person_name},
                                 {"date", one.date},
                                 {"hash", one.hash},
                                 {"state", one.state}}));
  value.set("parent", view.parent);
  value.set("children", texts(view.children));
  if (!view.data.is_null()) value.set("data", view.data);
  return value;
}

Value to_value(const std::vector<HistoryLine>& lines) {
  Value value = Value::list();
  for (const HistoryLine& line : lines) {
    Value entry = texts_by_key({{"at", line.at},
                                {"person", line.person},
                                {"person_name", line.person_name},
                                {"step", line.step},
                                {"step_title", line.step_title},
                                {"action", line.action},
                                {"action_title", line.action_title},
                                {"opinion", line.opinion}});
    entry.set("seq", Value::number(static_cast<long long>(line.seq)));
    entry.set("facts", texts(line.facts));
    entry.set("effects", texts(line.effects));
    entry.set("changes", texts(line.changes));
    entry.set("box", line.box);
    entry.set("round", Value::number(static_cast<long long>(line.round)));
    entry.set("automatic", Value::boolean(line.automatic));
    value.add(std::move(entry));
  }
  return value;
}

Value to_value(const WhyView& view) {
  Value value = Value::map();
  Value& answers = value.set("answers", Value::list());
  for (const WhyAnswer& answer : view.answers) {
    Value entry = texts_by_key({{"question", answer.question}, {"text", answer.text}, {"rule", answer.rule}});
    if (answer.event > 0) entry.set("event", Value::number(static_cast<long long>(answer.event)));
    answers.add(std::move(entry));
  }
  value.set("sentences", texts(view.sentences));
  Value& actions = value.set("actions", Value::list());
  for (const ActionView& action : view.actions) {
    Value entry = texts_by_key({{"action", action.action}, {"action_title", action.action_title}});
    entry.set("opinion_required", Value::boolean(action.opinion_required));
    Value& blockers = entry.set("blockers", Value::list());
    for (const Blocker& blocker : action.blockers) blockers.add(to_value(blocker));
    actions.add(std::move(entry));
  }
  return value;
}

}  // namespace wenshu::app
