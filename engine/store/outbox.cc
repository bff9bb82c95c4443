#include "store/outbox.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace wenshu::store {
namespace {

const std::string kColumns =
    "messages.seq, messages.position, key, person, name, kind, case_id, case_title, step, step_title, text, "
    "messages.at, state, deliveries.at, tries, fault";
const std::string kTables =
    " FROM deliveries JOIN messages ON messages.seq = deliveries.seq AND messages.position = "
    "deliveries.position ";

Message to_message(const Row& row) {
  Message message;
  message.seq = row.integer(0);
  message.position = row.integer(1);
  message.key = row.text(2);
  message.person = row.text(3);
  message.name = row.text(4);
  message.kind = row.text(5);
  message.case_id = row.text(6);
  message.case_title = row.text(7);
  message.step = row.text(8);
  message.step_title = row.text(9);
  message.text = row.text(10);
  message.made_at = row.text(11);
  const auto state = parse_delivery(row.text(12));
  if (!state) throw Failure(fmt::format("消息 {} 的状态“{}”无法识别", message.key, row.text(12)));
  message.state = *state;
  message.at = row.text(13);
  message.tries = row.integer(14);
  message.fault = row.text(15);
  return message;
}

std::vector<Message> messages_of(Stmt rows) {
  std::vector<Message> messages;
  while (rows.next()) messages.push_back(to_message(rows.row()));
  return messages;
}

const std::string kWaiting(to_text(Delivery::waiting));

}  // namespace

std::string_view to_text(Delivery state) {
  return state == Delivery::waiting ? "waiting" : state == Delivery::delivered ? "delivered" : "given-up";
}

std::optional<Delivery> parse_delivery(std::string_view text) {
  for (const Delivery state : {Delivery::waiting, Delivery::delivered, Delivery::given_up})
    if (to_text(state) == text) return state;
  return std::nullopt;
}

std::vector<Message> list_messages(Tx& tx, std::optional<Delivery> state) {
  const std::string order = " ORDER BY messages.seq, messages.position";
  if (!state) return messages_of(tx.query("SELECT " + kColumns + kTables + order));
  return messages_of(
      tx.query("SELECT " + kColumns + kTables + "WHERE state = ?" + order, std::string(to_text(*state))));
}

int64_t count_messages(Tx& tx, Delivery state) {
  Stmt rows = tx.query("SELECT count(*) FROM deliveries WHERE state = ?", std::string(to_text(state)));
  rows.next();
  return rows.row().integer(0);
}

std::vector<Message> claim_messages(Store& store, Time now, Time until, int64_t most) {
  Tx tx(store.db(), Access::write);
  std::vector<Message> claimed = messages_of(
      tx.query("SELECT " + kColumns + kTables +
                   "WHERE state = ? AND deliveries.at <= ? ORDER BY deliveries.at, deliveries.seq, "
                   "deliveries.position LIMIT ?",
               kWaiting, wenshu::to_text(now), most));
  for (Message& message : claimed) {
    message.at = wenshu::to_text(until);
    ++message.tries;
    tx.run("UPDATE deliveries SET at = ?, tries = ? WHERE seq = ? AND position = ?", message.at,
           message.tries, message.seq, message.position);
  }
  if (!claimed.empty()) tx.commit();
  return claimed;
}

void note_deliveries(Store& store, const std::vector<Outcome>& outcomes) {
  if (outcomes.empty()) return;
  Tx tx(store.db(), Access::write);
  for (const Outcome& outcome : outcomes)
    tx.run(
        "UPDATE deliveries SET state = ?, at = ?, fault = ?, tries = tries - ? WHERE seq = ? AND "
        "position = ? AND state <> 'delivered'",
        std::string(to_text(outcome.state)), wenshu::to_text(outcome.at), outcome.fault,
        int64_t{outcome.tried ? 0 : 1}, outcome.seq, outcome.position);
  tx.commit();
}

size_t retry_messages(Store& store, const std::vector<std::string>& keys, Time now) {
  Tx tx(store.db(), Access::write);
  size_t count = 0;
  for (const Message& message : list_messages(tx, Delivery::given_up)) {
    if (!keys.empty() && std::find(keys.begin(), keys.end(), message.key) == keys.end()) continue;
    tx.run("UPDATE deliveries SET state = ?, at = ?, tries = 0 WHERE seq = ? AND position = ?", kWaiting,
           wenshu::to_text(now), message.seq, message.position);
    ++count;
  }
  for (const std::string& key : keys)
    if (!tx.query("SELECT 1" + kTables + "WHERE key = ? AND state = ? AND tries = 0", key, kWaiting).next())
      throw NotFound(fmt::format("没有放弃投递的消息 {}：用 wenshu outbox list --state given-up 查看", key));
  tx.commit();
  return count;
}

}  // namespace wenshu::store
