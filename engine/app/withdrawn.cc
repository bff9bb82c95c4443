#include "app/withdrawn.h"

#include <algorithm>

#include "app/keys.h"
#include "app/published.h"
#include "store/event.h"

namespace wenshu::app {
namespace {

using certificate::NumberState;

// The acts of one event that ended a number.
void collect(const store::Event& event, std::vector<Withdrawal>& list) {
  const auto body = store::body_of(event);
  for (const auto& act : body["certificate_acts"].items()) {
    const bool is_void = act["act"].text() == "void";
    if (!is_void && act["act"].text() != "replace") continue;
    const auto at = parse_time(event.at);
    list.push_back({{act["number"].text(), is_void ? NumberState::void_ : NumberState::replaced,
                     at ? to_text(china_date(*at)) : event.at, act["other"].text()},
                    act["reason"].text()});
  }
}

}  // namespace

std::optional<Withdrawal> find_withdrawal(store::Tx& tx, const std::string& number) {
  std::vector<Withdrawal> list;
  for (const auto& event : store::list_events(tx, number)) collect(event, list);
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.entry.number == number; });
  return found == list.end() ? std::nullopt : std::optional(*found);
}

certificate::RevocationList list_withdrawn(const Context& context) {
  auto opened = open_store(context);
  store::Tx tx(opened.db(), store::Access::read);
  std::vector<Withdrawal> ended;
  store::Stmt events =
      tx.query("SELECT " + store::kEventColumns +
               " FROM events WHERE kind IN ('certificate-voided', 'certificate-replaced') ORDER BY seq");
  while (events.next()) collect(store::to_event(events.row()), ended);
  certificate::RevocationList list{load_office(tx).title, to_text(context.clock->now()), {}};
  for (auto& one : ended) list.entries.push_back(std::move(one.entry));
  std::sort(list.entries.begin(), list.entries.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return list;
}

std::string export_withdrawn(const Context& context, const std::string& key, const PasswordSource& password) {
  return certificate::make_revocation_list(list_withdrawn(context), open_signing_key(context, key, password));
}

}  // namespace wenshu::app
