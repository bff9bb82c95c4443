#include "store/event.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "crypto/hash.h"
#include "data/load.h"

namespace wenshu::store {

const std::string kFirstPrevious(64, '0');
const std::string kEventColumns = "seq, at, actor, kind, subject, request, body, previous, hash";

namespace {

std::string field(const std::string& text) { return fmt::format("{}:{}\n", text.size(), text); }

}  // namespace

std::string hash_of(const Event& event) {
  std::string record = fmt::format("wenshu-event-1\n{}\n", event.seq);
  for (const auto* text : {&event.at, &event.actor, &event.kind, &event.subject}) record += field(*text);
  record += event.request ? field(*event.request) : "-\n";
  record += field(event.body);
  record += field(event.previous);
  return crypto::sha256_hex(record);
}

Event to_event(const Row& row) {
  return {.seq = row.integer(0),
          .at = row.text(1),
          .actor = row.text(2),
          .kind = row.text(3),
          .subject = row.text(4),
          .request = row.optional_text(5),
          .body = row.text(6),
          .previous = row.text(7),
          .hash = row.text(8)};
}

Head find_head(Tx& tx) {
  Stmt head = tx.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1");
  if (!head.next()) return {0, kFirstPrevious};
  return {head.row().integer(0), head.row().text(1)};
}

std::optional<Event> find_event(Tx& tx, int64_t seq) {
  Stmt events = tx.query("SELECT " + kEventColumns + " FROM events WHERE seq = ?", seq);
  if (!events.next()) return {};
  return to_event(events.row());
}

std::optional<Event> find_request(Tx& tx, const std::string& request) {
  Stmt events = tx.query("SELECT " + kEventColumns + " FROM events WHERE request = ?", request);
  if (!events.next()) return {};
  return to_event(events.row());
}

std::vector<Event> list_events(Tx& tx, const std::string& subject) {
  std::vector<Event> list;
  Stmt events = tx.query("SELECT " + kEventColumns + " FROM events WHERE subject = ? ORDER BY seq", subject);
  while (events.next()) list.push_back(to_event(events.row()));
  return list;
}

data::Value body_of(const Event& event) {
  Diagnostics findings;
  auto body = data::parse_json(event.body, fmt::format("事件 {}", event.seq), findings);
  if (!body || !body->is_map())
    throw Failure(fmt::format("无法读取事件 {}（内容不是 JSON 对象）", event.seq));
  return std::move(*body);
}

Event append_event(Tx& tx, Event event) {
  const Head head = find_head(tx);
  event.seq = head.seq + 1;
  event.previous = head.hash;
  event.hash = hash_of(event);
  tx.run("INSERT INTO events (" + kEventColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", event.seq, event.at,
         event.actor, event.kind, event.subject, event.request, event.body, event.previous, event.hash);
  return event;
}

}  // namespace wenshu::store
