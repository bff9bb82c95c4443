// A marking as the store keeps it. A case without branches, added seats and readers keeps the short form that
// every store of an earlier version has.
#include <algorithm>

#include "data/schema.h"
#include "workflow/marking.h"

namespace wenshu::workflow {
namespace {

using data::Need;
using data::Value;

data::Shape seat_shape() {
  return data::map({
      {"key", data::text(), Need::required},
      {"title", data::text(), Need::required},
      {"candidates", data::list(data::text()), Need::required},
      {"decision", data::any(), Need::required},
      {"by", data::any(), Need::required},
      {"opinion", data::any(), Need::required},
      {"for", data::text()},
      {"claimed", data::text()},
      {"principal", data::text()},
      {"added_by", data::text()},
      {"before", data::text()},
      {"after", data::text()},
      {"read_by", data::text()},
      {"weight", data::integer(1)},
      {"by_itself", data::boolean()},
      {"automatic", data::boolean()},
      {"since", data::text()},
      {"due", data::text()},
      {"remind", data::text()},
      {"reminded", data::boolean()},
      {"expired", data::boolean()},
      {"again", data::text()},
      {"times", data::integer(1)},
      {"kept", data::any()},
  });
}

data::Shape waits_shape() {
  return data::list(data::map({{"split", data::text(), Need::required},
                               {"running", data::list(data::integer()), Need::required},
                               {"way", data::list(data::text())}}));
}

data::Shape token_shape() {
  return data::map({{"step", data::text(), Need::required},
                    {"seats", data::list(seat_shape()), Need::required},
                    {"way", data::list(data::text())},
                    {"sender", data::text()},
                    {"back_to", data::text()},
                    {"child", data::text()}});
}

const data::Shape& shape() {
  static const data::Shape kShape = data::map({
      {"initiator", data::text(), Need::required},
      {"step", data::text()},
      {"round", data::integer(1), Need::required},
      {"status",
       data::choice({"draft", "running", "suspended", "ended", "terminated", "voided", "withdrawn"}),
       Need::required},
      {"seats", data::list(seat_shape())},
      {"way", data::list(data::text())},
      {"sender", data::text()},
      {"back_to", data::text()},
      {"child", data::text()},
      {"tokens", data::list(token_shape())},
      {"waits", waits_shape()},
      {"readers", data::list(data::map({{"person", data::text(), Need::required},
                                        {"duty", data::boolean()},
                                        {"by", data::text()},
                                        {"read", data::text()},
                                        {"opinion", data::text()}}))},
      {"agreed", data::list(data::text())},
      {"choices", data::any()},
      {"replaced", data::any()},
      {"sent", data::map({{"person", data::text(), Need::required},
                          {"before", token_shape(), Need::required},
                          {"entered", data::list(data::text())},
                          {"waits", waits_shape()}})},
      {"urged", data::text()},
      {"signatures", data::list(data::map({{"step", data::text(), Need::required},
                                           {"seat", data::text(), Need::required},
                                           {"person", data::any()},
                                           {"date", data::any()},
                                           {"hash", data::text(), Need::required},
                                           {"carried", data::text()},
                                           {"state", data::choice({"valid", "voided", "renewed"})}}))},
      {"stops", data::list(data::map({{"from", data::text(), Need::required}, {"to", data::text()}}))},
      {"parent", data::map({{"case", data::text(), Need::required},
                            {"step", data::text(), Need::required},
                            {"depth", data::integer(1), Need::required},
                            {"waits", data::boolean()}})},
      {"with_parent", data::boolean()},
      {"assigned", data::any()},
  });
  return kShape;
}

Value texts(const std::vector<Symbol>& list) {
  Value value = Value::list();
  for (Symbol text : list) value.add(text.text());
  return value;
}
Value texts(const std::vector<std::string>& list) {
  Value value = Value::list();
  for (const std::string& text : list) value.add(text);
  return value;
}

std::vector<Symbol> symbols(const Value& list) {
  std::vector<Symbol> result;
  for (const Value& item : list.items()) result.emplace_back(item.text());
  return result;
}

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> result;
  for (const Value& item : list.items()) result.push_back(item.text());
  return result;
}

void set_unless_empty(Value& into, const char* key, const std::string& text) {
  if (!text.empty()) into.set(key, text);
}
void set_unless_empty(Value& into, const char* key, const std::vector<Symbol>& list) {
  if (!list.empty()) into.set(key, texts(list));
}

Value to_value(const Seat& seat) {
  Value value = Value::map();
  value.set("key", seat.key.text());
  value.set("title", seat.title.text());
  value.set("candidates", texts(seat.candidates.list()));
  value.set("decision", seat.decision.text());
  value.set("by", seat.by.text());
  const SeatMore& more = *seat.more;
  value.set("opinion", more.opinion);
  set_unless_empty(value, "for", more.for_whom);
  set_unless_empty(value, "claimed", more.claimed);
  set_unless_empty(value, "principal", more.principal);
  set_unless_empty(value, "added_by", more.added_by);
  set_unless_empty(value, "before", more.before);
  set_unless_empty(value, "after", more.after);
  set_unless_empty(value, "read_by", more.read_by);
  if (seat.weight != 1) value.set("weight", Value::number(static_cast<long long>(seat.weight)));
  if (seat.by_itself) value.set("by_itself", Value::boolean(true));
  if (seat.automatic) value.set("automatic", Value::boolean(true));
  set_unless_empty(value, "since", more.clock->since);
  set_unless_empty(value, "due", more.clock->due);
  set_unless_empty(value, "remind", more.clock->remind);
  if (more.clock->reminded) value.set("reminded", Value::boolean(true));
  if (more.clock->expired) value.set("expired", Value::boolean(true));
  set_unless_empty(value, "again", more.clock->again);
  if (more.clock->times > 0) value.set("times", Value::number(static_cast<long long>(more.clock->times)));
  if (more.kept) value.set("kept", *more.kept);
  return value;
}

SeatMore read_more(const Value& value) {
  SeatMore more;
  more.opinion = value["opinion"].text();
  more.for_whom = value["for"].text();
  more.claimed = value["claimed"].text();
  more.principal = value["principal"].text();
  more.added_by = value["added_by"].text();
  more.before = value["before"].text();
  more.after = value["after"].text();
  more.read_by = value["read_by"].text();
  more.clock = SeatClock{value["since"].text(),
                         value["due"].text(),
                         value["remind"].text(),
                         data::to_boolean(value["reminded"]).value_or(false),
                         data::to_boolean(value["expired"]).value_or(false),
                         value["again"].text(),
                         static_cast<int>(data::to_integer(value["times"]).value_or(0))};
  more.kept = value["kept"];
  return more;
}

Seat read_seat(const Value& value) {
  Seat seat;
  seat.key = value["key"].text();
  seat.title = value["title"].text();
  seat.candidates = symbols(value["candidates"]);
  seat.decision = value["decision"].text();
  seat.by = value["by"].text();
  seat.more = read_more(value);
  if (value.find("weight")) seat.weight = static_cast<int>(*data::to_integer(value["weight"]));
  seat.by_itself = data::to_boolean(value["by_itself"]).value_or(false);
  seat.automatic = data::to_boolean(value["automatic"]).value_or(false);
  return seat;
}

void set_token(Value& value, const Token& token) {
  value.set("step", token.step.text());
  Value seats = Value::list();
  for (const Seat& seat : token.seats) seats.add(to_value(seat));
  value.set("seats", std::move(seats));
  set_unless_empty(value, "way", token.way);
  set_unless_empty(value, "sender", token.sender);
  set_unless_empty(value, "back_to", token.back_to);
  set_unless_empty(value, "child", token.child);
}

Value to_value(const Token& token) {
  Value value = Value::map();
  set_token(value, token);
  return value;
}

Token read_token(const Value& value) {
  Token token;
  token.step = value["step"].text();
  for (const Value& seat : value["seats"].items()) token.seats.push_back(read_seat(seat));
  token.way = symbols(value["way"]);
  token.sender = value["sender"].text();
  token.back_to = value["back_to"].text();
  token.child = value["child"].text();
  return token;
}

void set_waits(Value& value, const std::vector<Wait>& waits) {
  if (waits.empty()) return;
  Value list = Value::list();
  for (const Wait& wait : waits) {
    Value one = Value::map();
    one.set("split", wait.split.text());
    Value running = Value::list();
    for (int branch : wait.running) running.add(Value::number(static_cast<long long>(branch)));
    one.set("running", std::move(running));
    set_unless_empty(one, "way", wait.way);
    list.add(std::move(one));
  }
  value.set("waits", std::move(list));
}

std::vector<Wait> read_waits(const Value& list) {
  std::vector<Wait> waits;
  for (const Value& one : list.items()) {
    Wait wait{one["split"].text(), {}, symbols(one["way"])};
    for (const Value& branch : one["running"].items())
      wait.running.push_back(static_cast<int>(*data::to_integer(branch)));
    waits.push_back(std::move(wait));
  }
  return waits;
}

constexpr std::string_view kStates[] = {"valid", "voided", "renewed"};

void set_later(Value& value, const Marking& marking) {
  for (const Signature& signature : marking.signatures) {
    Value one = Value::map();
    one.set("step", signature.step);
    one.set("seat", signature.seat);
    one.set("person", signature.person);
    one.set("date", signature.date);
    one.set("hash", signature.hash);
    set_unless_empty(one, "carried", signature.carried);
    if (signature.state != Signature::State::valid)
      one.set("state", std::string(kStates[static_cast<size_t>(signature.state)]));
    if (!value.find("signatures")) value.set("signatures", Value::list());
    value.find("signatures")->add(std::move(one));
  }
  for (const Stop& stop : marking.stops) {
    Value one = Value::map();
    one.set("from", stop.from);
    set_unless_empty(one, "to", stop.to);
    if (!value.find("stops")) value.set("stops", Value::list());
    value.find("stops")->add(std::move(one));
  }
  if (marking.parent) {
    Value parent = Value::map();
    parent.set("case", marking.parent->id);
    parent.set("step", marking.parent->step);
    parent.set("depth", Value::number(static_cast<long long>(marking.parent->depth)));
    parent.set("waits", Value::boolean(marking.parent->waits));
    value.set("parent", std::move(parent));
  }
  if (marking.with_parent) value.set("with_parent", Value::boolean(true));
  for (const auto& [step, people] : *marking.assigned) {
    if (!value.find("assigned")) value.set("assigned", Value::map());
    value.find("assigned")->set(step, texts(people));
  }
}

void read_later(const Value& value, Marking& marking) {
  for (const Value& one : value["signatures"].items()) {
    Signature signature{one["step"].text(), one["seat"].text(), one["person"].text(),
                        one["date"].text(), one["hash"].text(), one["carried"].text()};
    while (one.find("state") && kStates[static_cast<size_t>(signature.state)] != one["state"].text())
      signature.state = static_cast<Signature::State>(static_cast<int>(signature.state) + 1);
    marking.signatures.push_back(std::move(signature));
  }
  for (const Value& one : value["stops"].items())
    marking.stops.push_back({one["from"].text(), one["to"].text()});
  if (const Value* parent = value.find("parent"))
    marking.parent = Parent{(*parent)["case"].text(), (*parent)["step"].text(),
                            static_cast<int>(*data::to_integer((*parent)["depth"])),
                            data::to_boolean((*parent)["waits"]).value_or(true)};
  marking.with_parent = data::to_boolean(value["with_parent"]).value_or(false);
  for (const auto& entry : value["assigned"].entries())
    marking.assigned.edit()[entry.key] = texts(entry.value);
}

void set_rest(Value& value, const Marking& marking) {
  set_waits(value, marking.waits);
  for (const Reader& reader : marking.readers) {
    Value one = Value::map();
    one.set("person", reader.person.text());
    if (reader.duty) one.set("duty", Value::boolean(true));
    set_unless_empty(one, "by", reader.by);
    set_unless_empty(one, "read", reader.read);
    set_unless_empty(one, "opinion", reader.opinion);
    if (!value.find("readers")) value.set("readers", Value::list());
    value.find("readers")->add(std::move(one));
  }
  set_unless_empty(value, "agreed", marking.agreed);
  for (const auto& [step, people] : *marking.choices) {
    if (!value.find("choices")) value.set("choices", Value::map());
    value.find("choices")->set(step, texts(people));
  }
  for (const auto& [from, to] : *marking.replaced) {
    if (!value.find("replaced")) value.set("replaced", Value::map());
    value.find("replaced")->set(from, to);
  }
  if (marking.sent) {
    Value sent = Value::map();
    sent.set("person", marking.sent->person.text());
    sent.set("before", to_value(marking.sent->before));
    set_unless_empty(sent, "entered", marking.sent->entered);
    set_waits(sent, marking.sent->waits);
    value.set("sent", std::move(sent));
  }
  set_unless_empty(value, "urged", *marking.urged);
  set_later(value, marking);
}

void read_rest(const Value& value, Marking& marking) {
  marking.waits = read_waits(value["waits"]);
  for (const Value& one : value["readers"].items())
    marking.readers.push_back({one["person"].text(), data::to_boolean(one["duty"]).value_or(false),
                               one["by"].text(), one["read"].text(), one["opinion"].text()});
  marking.agreed = symbols(value["agreed"]);
  for (const auto& entry : value["choices"].entries()) marking.choices.edit()[entry.key] = texts(entry.value);
  for (const auto& entry : value["replaced"].entries())
    marking.replaced.edit()[entry.key] = entry.value.text();
  if (const Value* sent = value.find("sent"))
    marking.sent = Sent{(*sent)["person"].text(), read_token((*sent)["before"]), symbols((*sent)["entered"]),
                        read_waits((*sent)["waits"])};
  marking.urged = value["urged"].text();
  read_later(value, marking);
}

}  // namespace

Value to_value(const Marking& marking) {
  Value value = Value::map();
  value.set("initiator", marking.initiator.text());
  const bool simple = marking.tokens.size() == 1;
  if (simple) value.set("step", marking.step().text());
  value.set("round", Value::number(static_cast<long long>(marking.round)));
  value.set("status", std::string(to_text(marking.status)));
  if (simple) {
    set_token(value, marking.tokens.front());
  } else {
    Value tokens = Value::list();
    for (const Token& token : marking.tokens) tokens.add(to_value(token));
    value.set("tokens", std::move(tokens));
  }
  set_rest(value, marking);
  return value;
}

std::optional<Marking> parse_marking(const Value& value, Diagnostics& findings) {
  if (!data::check_shape(value, shape(), findings)) return std::nullopt;
  Marking marking;
  marking.initiator = value["initiator"].text();
  marking.round = static_cast<int>(*data::to_integer(value["round"]));
  marking.status = *parse_status(value["status"].text());
  if (value.find("step")) marking.tokens.push_back(read_token(value));
  for (const Value& token : value["tokens"].items()) marking.tokens.push_back(read_token(token));
  read_rest(value, marking);
  return marking;
}

}  // namespace wenshu::workflow
