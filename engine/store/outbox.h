// What people are told of what happened to cases. A message is written by the act that it tells of, in its transaction;
// that it reached a channel is noted afterwards, and only afterwards: who is killed between the two sends it once more
// under the same key, so that a receiver can drop the second.
//
//   for (const Message& message : claim_messages(store, now, until, 100))
//     …  // hand it over, then
//   note_deliveries(store, {{message.seq, message.position, Delivery::delivered, now, ""}});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "store/store.h"

namespace wenshu::store {

// given_up: too many tries; nothing happens to it until somebody asks for it.
enum class Delivery { waiting, delivered, given_up };
std::string_view to_text(Delivery state);  // waiting delivered given-up
std::optional<Delivery> parse_delivery(std::string_view text);

struct Message {
  int64_t seq = 0, position = 0;  // of the event, and in it
  std::string key;                // the same whenever it is sent; no other message has it
  std::string person, name;       // id; name at that time
  std::string kind;               // app/case_messages.h
  std::string case_id, case_title, step, step_title, text;
  std::string made_at;  // UTC
  Delivery state = Delivery::waiting;
  std::string at;  // UTC: waiting: not before; else when it came to this state
  int64_t tries = 0;
  std::string fault;  // why the last try failed; "" when none did
};

// By time and place in the history; of one state, or all.
std::vector<Message> list_messages(Tx& tx, std::optional<Delivery> state);

int64_t count_messages(Tx& tx, Delivery state);

// The next waiting ones whose time has come, at most `most`. They count as tried and belong to the caller until `until`;
// nobody else is given them before. One transaction.
std::vector<Message> claim_messages(Store& store, Time now, Time until, int64_t most);

struct Outcome {
  int64_t seq = 0, position = 0;
  Delivery state = Delivery::delivered;
  Time at;  // waiting: when to try again
  std::string fault;
  bool tried = true;  // false: given back untouched
};
// One transaction.
void note_deliveries(Store& store, const std::vector<Outcome>& outcomes);

// Those given up wait again, from `now` on and with all their tries before them; of these keys, or all when there are
// none. Gives how many. Throws NotFound for a key that no message given up has.
size_t retry_messages(Store& store, const std::vector<std::string>& keys, Time now);

}  // namespace wenshu::store
