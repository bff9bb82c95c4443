#include "workflow/marking.h"

#include <algorithm>

#include "data/schema.h"

namespace wenshu::workflow {
namespace {

using data::Need;
using data::Value;

const data::Shape& shape() {
  static const data::Shape kSeat = data::map({
      {"key", data::text(), Need::required},
      {"title", data::text(), Need::required},
      {"candidates", data::list(data::text()), Need::required},
      {"decision", data::any(), Need::required},
      {"by", data::any(), Need::required},
      {"opinion", data::any(), Need::required},
  });
  static const data::Shape kShape = data::map({
      {"initiator", data::text(), Need::required},
      {"step", data::text(), Need::required},
      {"round", data::integer(1), Need::required},
      {"status", data::choice({"draft", "running", "ended"}), Need::required},
      {"seats", data::list(kSeat), Need::required},
  });
  return kShape;
}

Value to_value(const Seat& seat) {
  Value value = Value::map();
  value.set("key", seat.key);
  value.set("title", seat.title);
  Value candidates = Value::list();
  for (const std::string& person : seat.candidates) candidates.add(person);
  value.set("candidates", std::move(candidates));
  value.set("decision", seat.decision);
  value.set("by", seat.by);
  value.set("opinion", seat.opinion);
  return value;
}

Seat read_seat(const Value& value) {
  Seat seat;
  seat.key = value["key"].text();
  seat.title = value["title"].text();
  for (const Value& person : value["candidates"].items()) seat.candidates.push_back(person.text());
  seat.decision = value["decision"].text();
  seat.by = value["by"].text();
  seat.opinion = value["opinion"].text();
  return seat;
}

bool same(const Seat& a, const Seat& b) {
  return a.key == b.key && a.title == b.title && a.candidates == b.candidates && a.decision == b.decision &&
         a.by == b.by && a.opinion == b.opinion;
}

}  // namespace

std::string_view to_text(Status status) {
  return status == Status::draft ? "draft" : status == Status::running ? "running" : "ended";
}

std::string_view to_chinese(Status status) {
  return status == Status::draft ? "草拟" : status == Status::running ? "办理中" : "已办结";
}

bool operator==(const Marking& a, const Marking& b) {
  return a.initiator == b.initiator && a.step == b.step && a.round == b.round && a.status == b.status &&
         std::equal(a.seats.begin(), a.seats.end(), b.seats.begin(), b.seats.end(), same);
}

Value to_value(const Marking& marking) {
  Value value = Value::map();
  value.set("initiator", marking.initiator);
  value.set("step", marking.step);
  value.set("round", Value::number(static_cast<long long>(marking.round)));
  value.set("status", std::string(to_text(marking.status)));
  Value seats = Value::list();
  for (const Seat& seat : marking.seats) seats.add(to_value(seat));
  value.set("seats", std::move(seats));
  return value;
}

std::optional<Marking> parse_marking(const Value& value, Diagnostics& findings) {
  if (!data::check_shape(value, shape(), findings)) return std::nullopt;
  Marking marking;
  marking.initiator = value["initiator"].text();
  marking.step = value["step"].text();
  marking.round = static_cast<int>(*data::to_integer(value["round"]));
  const std::string& status = value["status"].text();
  marking.status = status == "draft" ? Status::draft : status == "running" ? Status::running : Status::ended;
  for (const Value& seat : value["seats"].items()) marking.seats.push_back(read_seat(seat));
  return marking;
}

std::vector<const Seat*> open_seats(const Marking& marking) {
  std::vector<const Seat*> open;
  for (const Seat& seat : marking.seats) {
    if (seat.is_open()) open.push_back(&seat);
  }
  return open;
}

std::vector<const Seat*> open_seats_of(const Marking& marking, std::string_view person) {
  std::vector<const Seat*> mine = open_seats(marking);
  std::erase_if(mine, [&](const Seat* seat) {
    return std::find(seat->candidates.begin(), seat->candidates.end(), person) == seat->candidates.end();
  });
  return mine;
}

}  // namespace wenshu::workflow
