#include "app/withdrawn.h"

#include <algorithm>
#include <map>

#include "app/certified.h"
#include "app/keys.h"
#include "app/published.h"
#include "base/date.h"
#include "store/certificates.h"
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
    list.push_back({{act["number"].text(), is_void ? NumberState::void_ : NumberState::replaced,
                     day_of(event.at), act["other"].text()},
                    act["reason"].text()});
  }
}

// A county has a million certificates: only those that say until when are read.
void add_expired(store::Tx& tx, const Date& today, certificate::RevocationList& list) {
  store::Stmt rows = tx.query("SELECT number FROM certificates WHERE fields LIKE ? ORDER BY number",
                              "%" + certificate::kExpiryLabel + "%");
  while (rows.next()) {
    const auto held = store::find_certificate(tx, rows.row().text(0));
    if (!held || list.find(held->number)) continue;
    if (const auto since = find_expiry(find_label(certified_by(*held), certificate::kExpiryLabel), today))
      list.entries.push_back({held->number, NumberState::expired, *since, ""});
  }
}

}  // namespace

std::string day_of(const std::string& at) {
  const auto time = parse_time(at);
  return time ? to_text(china_date(*time)) : at;
}

std::optional<std::string> find_expiry(const std::string& last_day, const Date& today) {
  const auto last = parse_date(last_day);
  if (!last || today <= *last) return std::nullopt;
  return to_text(Date(std::chrono::sys_days(*last) + std::chrono::days(1)));
}

std::optional<Withdrawal> find_withdrawal(store::Tx& tx, const std::string& number) {
  std::vector<Withdrawal> list;
  for (const auto& event : store::list_events(tx, number)) collect(event, list);
  // The last: what was voided may have been replaced since.
  const auto found =
      std::find_if(list.rbegin(), list.rend(), [&](const auto& one) { return one.entry.number == number; });
  return found == list.rend() ? std::nullopt : std::optional(*found);
}

certificate::RevocationList list_withdrawn(const Context& context) {
  auto opened = open_store(context);
  store::Tx tx(opened.db(), store::Access::read);
  std::vector<Withdrawal> ended;
  store::Stmt events =
      tx.query("SELECT " + store::kEventColumns +
               " FROM events WHERE kind IN ('certificate-voided', 'certificate-replaced') ORDER BY seq");
  while (events.next()) collect(store::to_event(events.row()), ended);
  certificate::RevocationList list{load_office(tx).title, to_text(context.clock->now()), {}, {}};
  std::map<std::string, certificate::Revocation> last;  // what was voided may have been replaced since
  for (auto& one : ended) last[one.entry.number] = std::move(one.entry);
  for (auto& [number, entry] : last) list.entries.push_back(std::move(entry));
  add_expired(tx, china_date(context.clock->now()), list);
  for (const auto& act : store::list_certificate_acts(tx))
    if (act.act == "reissue") list.reissued.push_back({act.number, day_of(act.at)});
  std::sort(list.entries.begin(), list.entries.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return list;
}

std::string export_withdrawn(const Context& context, const std::string& key, const PasswordSource& password) {
  return certificate::make_revocation_list(list_withdrawn(context), open_signing_key(context, key, password));
}

}  // namespace wenshu::app
