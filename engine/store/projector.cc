#include "store/projector.h"

#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "data/schema.h"
#include "data/value.h"
#include "data/write.h"

namespace wenshu::store {

namespace {

using data::Value;

const Value& field(const Value& map, std::string_view key) {
  const Value* value = map.find(key);
  if (!value) throw Failure(fmt::format("事件缺少 {}", key));
  return *value;
}
const std::string& text(const Value& map, std::string_view key) {
  const Value& value = field(map, key);
  if (!value.is_scalar()) throw Failure(fmt::format("事件的 {} 不是文字", key));
  return value.text();
}
int64_t integer(const Value& map, std::string_view key) {
  const auto number = data::to_integer(field(map, key));
  if (!number) throw Failure(fmt::format("事件的 {} 不是整数", key));
  return *number;
}

void project_definitions(Tx& tx, const Event& event, const Value& section) {
  for (const Value& definition : section.items()) {
    const std::string &kind = text(definition, "kind"), &name = text(definition, "name");
    const int64_t version = integer(definition, "version");
    tx.run("INSERT INTO definitions (kind, name, version, title, fingerprint, seq) VALUES (?, ?, ?, ?, ?, ?)",
           kind, name, version, text(definition, "title"), text(definition, "fingerprint"), event.seq);
    int64_t position = 0;
    for (const Value& file : field(definition, "files").items())
      tx.run(
          "INSERT INTO definition_files (kind, name, version, position, path, hash) VALUES (?, ?, ?, ?, ?, "
          "?)",
          kind, name, version, ++position, text(file, "path"), text(file, "hash"));
  }
}

void project_case(Tx& tx, const Event& event, const Value& section) {
  const std::string& id = text(section, "id");
  const Value* changed = section.find("data");
  const int64_t open = text(section, "open") == "true" ? 1 : 0;
  const std::string marking = data::to_json(field(section, "marking"));
  if (tx.query("SELECT 1 FROM cases WHERE id = ?", id).next()) {
    tx.run(
        "UPDATE cases SET version = ?, title = ?, open = ?, marking = ?, changed_at = ?, last_seq = ? WHERE "
        "id = ?",
        integer(section, "version"), text(section, "title"), open, marking, event.at, event.seq, id);
    if (changed) tx.run("UPDATE cases SET data = ? WHERE id = ?", data::to_json(*changed), id);
    return;
  }
  tx.run(
      "INSERT INTO cases (id, workflow, version, serial, title, initiator, open, marking, data, started_at, "
      "changed_at, first_seq, last_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, text(section, "workflow"), integer(section, "version"), integer(section, "serial"),
      text(section, "title"), text(section, "initiator"), open, marking,
      data::to_json(field(section, "data")), event.at, event.at, event.seq, event.seq);
}

struct OldSeat {
  std::string step, person, since;
};

// A seat that stays open keeps the time since when it waits.
void project_seats(Tx& tx, const Event& event, const std::string& id, const Value& section) {
  std::vector<OldSeat> before;
  for (Stmt rows = tx.query("SELECT step, person, since FROM seats WHERE case_id = ?", id); rows.next();)
    before.push_back({rows.row().text(0), rows.row().text(1), rows.row().text(2)});
  tx.run("DELETE FROM seats WHERE case_id = ?", id);
  int64_t position = 0;
  for (const Value& seat : section.items()) {
    const std::string &step = text(seat, "step"), &person = text(seat, "person");
    std::string since = event.at;
    for (const OldSeat& old : before)
      if (old.step == step && old.person == person) since = old.since;
    tx.run("INSERT INTO seats (case_id, position, step, title, person, since) VALUES (?, ?, ?, ?, ?, ?)", id,
           ++position, step, text(seat, "title"), person, since);
  }
}

void project_clocks(Tx& tx, const Event& event, const Value& section) {
  tx.run("DELETE FROM clocks WHERE case_id = ?", event.subject);
  int64_t position = 0;
  for (const Value& clock : section.items())
    tx.run("INSERT INTO clocks (case_id, position, step, seat, kind, at) VALUES (?, ?, ?, ?, ?, ?)",
           event.subject, ++position, text(clock, "step"), text(clock, "seat"), text(clock, "kind"),
           text(clock, "at"));
}

void project_number(Tx& tx, const Event& event, const std::string& series, const std::string& scope,
                    const Value& number) {
  const Value* held = number.find("subject");
  tx.run("INSERT INTO numbers (series, scope, serial, number, subject, seq) VALUES (?, ?, ?, ?, ?, ?)",
         series, scope, integer(number, "serial"), text(number, "number"),
         held ? held->text() : event.subject, event.seq);
}

void project_files(Tx& tx, const Event& event, const Value& section) {
  int64_t position = 0;
  for (const Value& file : section.items())
    tx.run("INSERT INTO files (case_id, seq, position, name, hash, size) VALUES (?, ?, ?, ?, ?, ?)",
           event.subject, event.seq, ++position, text(file, "name"), text(file, "hash"),
           integer(file, "size"));
}

void project_attachments(Tx& tx, const Event& event, const Value& section) {
  int64_t position = 0;
  for (const Value& file : section.items())
    tx.run(
        "INSERT INTO attachments (case_id, seq, position, path, name, hash, size) VALUES (?, ?, ?, ?, ?, ?, "
        "?)",
        event.subject, event.seq, ++position, text(file, "path"), text(file, "name"), text(file, "hash"),
        integer(file, "size"));
}

class RowWriter {
 public:
  RowWriter(Tx& tx, const Event& event) : tx_(tx), event_(event) {}
  void add(const std::string& name, const Value& cells) {
    if (last_.find(name) == last_.end()) {
      Stmt last = tx_.query("SELECT coalesce(max(position), 0) FROM register_rows WHERE register = ?", name);
      last.next();
      last_[name] = last.row().integer(0);
    }
    tx_.run(
        "INSERT INTO register_rows (register, position, cells, kind, subject, seq) VALUES (?, ?, ?, ?, ?, ?)",
        name, ++last_[name], data::to_json(cells), event_.kind, event_.subject, event_.seq);
  }

 private:
  Tx& tx_;
  const Event& event_;
  std::map<std::string, int64_t> last_;
};

void project_certificates(Tx& tx, const Event& event, const Value& section, RowWriter& rows) {
  const std::string &series = text(section, "series"), &class_code = text(section, "class");
  const std::string &scope = text(section, "scope"), &register_name = text(section, "register");
  for (const Value& row : field(section, "rows").items()) {
    project_number(tx, event, series, scope, row);
    const int64_t generation = row.find("generation") ? integer(row, "generation") : 1;
    tx.run(
        "INSERT INTO certificates (series, class, person, generation, name, serial, number, fields, at, seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        series, class_code, text(row, "person"), generation, text(row, "name"), integer(row, "serial"),
        text(row, "number"), data::to_json(field(row, "fields")), event.at, event.seq);
    if (!register_name.empty()) rows.add(register_name, field(row, "cells"));
  }
}

void project_certificate_acts(Tx& tx, const Event& event, const Value& section) {
  for (const Value& act : section.items()) {
    const std::string& number = text(act, "number");
    Stmt last = tx.query("SELECT coalesce(max(position), 0) FROM certificate_acts WHERE number = ?", number);
    last.next();
    tx.run(
        "INSERT INTO certificate_acts (number, position, act, reason, other, actor, at, seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        number, last.row().integer(0) + 1, text(act, "act"), text(act, "reason"),
        act.find("other") ? text(act, "other") : std::string(), event.actor, event.at, event.seq);
  }
}

// The key names the event by its hash too: a store that was brought back from a backup writes other events of the same
// numbers, and what they say is new.
void project_messages(Tx& tx, const Event& event, const Value& section) {
  int64_t position = 0;
  for (const Value& message : section.items()) {
    ++position;
    tx.run(
        "INSERT INTO messages (seq, position, key, person, name, kind, case_id, case_title, step, "
        "step_title, "
        "text, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.seq, position, fmt::format("{}-{}-{}", event.seq, position, event.hash.substr(0, 16)),
        text(message, "person"), text(message, "name"), text(message, "kind"), text(message, "case"),
        text(message, "case_title"), text(message, "step"), text(message, "step_title"),
        text(message, "text"), event.at);
    tx.run(
        "INSERT INTO deliveries (seq, position, state, at, tries, fault) VALUES (?, ?, 'waiting', ?, 0, '')",
        event.seq, position, event.at);
  }
}

}  // namespace

void project(Tx& tx, const Event& event) {
  const Value body = body_of(event);
  RowWriter rows(tx, event);
  if (const auto* section = body.find("definitions")) project_definitions(tx, event, *section);
  if (const auto* section = body.find("case")) project_case(tx, event, *section);
  if (const auto* section = body.find("seats")) project_seats(tx, event, event.subject, *section);
  if (const auto* section = body.find("clocks")) project_clocks(tx, event, *section);
  if (const auto* section = body.find("child"))
    tx.run("INSERT INTO children (child, parent, step, seq) VALUES (?, ?, ?, ?)", event.subject,
           text(*section, "parent"), text(*section, "step"), event.seq);
  if (const auto* section = body.find("numbers"))
    for (const Value& number : section->items())
      project_number(tx, event, text(number, "series"), text(number, "scope"), number);
  if (const auto* section = body.find("files")) project_files(tx, event, *section);
  if (const auto* section = body.find("attachments")) project_attachments(tx, event, *section);
  if (const auto* section = body.find("rows"))
    for (const Value& row : section->items()) rows.add(text(row, "register"), field(row, "cells"));
  if (const auto* section = body.find("messages")) project_messages(tx, event, *section);
  if (const auto* section = body.find("certificates")) project_certificates(tx, event, *section, rows);
  if (const auto* section = body.find("certificate_acts")) project_certificate_acts(tx, event, *section);
}

const std::vector<DerivedTable>& derived_tables() {
  static const std::vector<DerivedTable> list = {
      {"definitions", "已发布的定义", "kind, name, version"},
      {"definition_files", "定义的文件", "kind, name, version, position"},
      {"cases", "办件", "id"},
      {"seats", "待办", "case_id, position"},
      {"clocks", "期限", "case_id, position"},
      {"children", "子办件", "child"},
      {"files", "办件文书", "case_id, seq, position"},
      {"attachments", "附件", "case_id, seq, position"},
      {"messages", "消息", "seq, position"},
      {"numbers", "编号", "series, scope, serial"},
      {"register_rows", "台账", "register, position"},
      {"certificates", "证书", "series, class, person, generation"},
      {"certificate_acts", "证书的作废、换发和补发", "number, position"},
  };
  return list;
}

}  // namespace wenshu::store
