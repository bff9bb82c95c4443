#include "store/act.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/error.h"
#include "crypto/hash.h"
#include "data/write.h"
#include "store/number.h"
#include "store/projector.h"

namespace wenshu::store {

using data::Value;

Act::Act(Store& store, Deed deed) : tx_(store.db(), Access::write), deed_(std::move(deed)) {
  const std::string input = crypto::sha256_hex(deed_.input);
  if (!deed_.input.empty()) body_.set("input", input);
  if (!deed_.request) return;
  answered_ = find_request(tx_, *deed_.request);
  if (!answered_) return;
  const Value before = body_of(*answered_);
  const Value* hashed = before.find("input");
  request_reused_ =
      answered_->actor != deed_.actor || (hashed ? hashed->text() != input : !deed_.input.empty());
}

int64_t Act::next_serial(const std::string& series, const std::string& scope) {
  const auto key = std::make_pair(series, scope);
  auto last = last_serial_.find(key);
  if (last == last_serial_.end()) {
    Stmt highest = tx_.query("SELECT coalesce(max(serial), 0) FROM numbers WHERE series = ? AND scope = ?",
                             series, scope);
    highest.next();
    last = last_serial_.emplace(key, highest.row().integer(0)).first;
  }
  return ++last->second;
}

std::vector<Number> Act::take_serials(const std::string& series, const std::string& scope, size_t count,
                                      const NumberFormat& format) {
  std::vector<Number> taken;
  taken.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    Number next{next_serial(series, scope), {}};
    next.number = format(next.serial);
    Stmt holder = tx_.query("SELECT series, scope FROM numbers WHERE number = ?", next.number);
    if (holder.next())
      throw Failure(fmt::format("无法编号（{} 已在序列 {} {} 中发出）", next.number, holder.row().text(0),
                                holder.row().text(1)));
    taken.push_back(std::move(next));
  }
  return taken;
}

// Rows that were imported hold the numbers of the time before this store; their text is all that is known of them.
Number Act::take_number(const std::string& series, const std::string& scope, const NumberFormat& format) {
  for (;;) {
    Number taken = take_serials(series, scope, 1, format).front();
    const bool held = stands_in_ledger(tx_, taken.number);
    Value row = Value::map();
    row.set("series", series);
    row.set("scope", scope);
    row.set("serial", Value::number(static_cast<long long>(taken.serial)));
    row.set("number", taken.number);
    if (held) row.set("subject", "import");
    if (!body_.find("numbers")) body_.set("numbers", Value::list());
    body_.find("numbers")->add(std::move(row));
    if (!held) return taken;
  }
}

namespace {

void add_to(Value& body, std::string_view section, Value item) {
  if (!body.find(section)) body.set(section, Value::list());
  body.find(section)->add(std::move(item));
}

}  // namespace

void Act::add_definition(Value definition) { add_to(body_, "definitions", std::move(definition)); }

void Act::set_case(Value state, Value seats) {
  body_.set("case", std::move(state));
  body_.set("seats", std::move(seats));
}

void Act::add_entry(Value entry) { add_to(body_, "entries", std::move(entry)); }

void Act::add_file(const std::string& name, const std::string& bytes) {
  Value file = Value::map();
  file.set("name", name);
  file.set("hash", keep_content(tx_, bytes));
  file.set("size", Value::number(static_cast<long long>(bytes.size())));
  add_to(body_, "files", std::move(file));
}

void Act::add_attachment(const std::string& path, const std::string& name, const std::string& bytes) {
  Value file = Value::map();
  file.set("path", path);
  file.set("name", name);
  file.set("hash", keep_content(tx_, bytes));
  file.set("size", Value::number(static_cast<long long>(bytes.size())));
  add_to(body_, "attachments", std::move(file));
}

void Act::add_row(const std::string& register_name, Value cells) {
  Value row = Value::map();
  row.set("register", register_name);
  row.set("cells", std::move(cells));
  add_to(body_, "rows", std::move(row));
}

void Act::add_key(Value key) { add_to(body_, "keys", std::move(key)); }
void Act::add_certificate_act(Value act) { add_to(body_, "certificate_acts", std::move(act)); }

void Act::set_certificates(Value certificates) { body_.set("certificates", std::move(certificates)); }

void Act::set_clocks(Value clocks) { body_.set("clocks", std::move(clocks)); }

void Act::add_message(Value message) { add_to(body_, "messages", std::move(message)); }

void Act::set_parent(const std::string& parent, const std::string& step) {
  Value child = Value::map();
  child.set("parent", parent);
  child.set("step", step);
  body_.set("child", std::move(child));
}

Event Act::write(const std::string& kind, const std::string& subject) {
  if (answered_) throw std::logic_error("an answered request must not be done again");
  Event event;
  event.at = wenshu::to_text(deed_.at);
  event.actor = deed_.actor;
  event.kind = kind;
  event.subject = subject;
  if (!written_) event.request = deed_.request;
  event.body = data::to_json(body_);
  body_ = Value::map();  // what a thousand people leave is large, and is about to be read back
  event = append_event(tx_, std::move(event));
  project(tx_, event);
  written_ = true;
  return event;
}

Event Act::finish(const std::string& kind, const std::string& subject) {
  Event event = write(kind, subject);
  commit();
  return event;
}

}  // namespace wenshu::store
