#include "workflow/scenario.h"

#include <fmt/format.h>

#include "data/file_name.h"
#include "data/schema.h"
#include "workflow/load_parts.h"
#include "workflow/marking.h"

namespace wenshu::workflow {
namespace {

using data::Value;

const data::Shape& scenario_shape() {
  using namespace data;
  static const Shape people = list(text());
  static const Shape then =
      map({{"refused", list(text(), 1)},
           {"seats", map_of(list(text(), 1))},
           {"readers", people},
           {"ended", identifier()},
           {"status", choice({"draft", "running", "suspended", "ended", "terminated", "voided", "withdrawn",
                              "草拟", "办理中", "已挂起", "已办结", "已终止", "已作废", "已撤销"})},
           {"numbers", list(text())},
           {"documents", list(text())},
           {"fields", any()},
           {"rows", map_of(integer(0))}});
  static const Shape act = map({{"as", text()},
                                {"act", text()},
                                {"clock", text()},
                                {"of", identifier()},
                                {"at", text()},
                                {"opinion", text()},
                                {"step", identifier()},
                                {"to", identifier()},
                                {"people", people},
                                {"choose", map_of(people)},
                                {"direct", boolean()},
                                {"again", boolean()},
                                {"data", any()},
                                {"then", then}});
  static const Shape one = map({{"title", text(), Need::required},
                                {"as", text(), Need::required},
                                {"data", any()},
                                {"then", then},
                                {"acts", list(act), Need::required}});
  static const Shape shape = map({{"scenarios", identifier(), Need::required},
                                  {"office", text(), Need::required},
                                  {"now", text(), Need::required},
                                  {"data", any()},
                                  {"cases", list(one, 1), Need::required}});
  return shape;
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& item : list.items()) texts.push_back(item.text());
  return texts;
}

std::optional<Time> read_time(const Value& value, Diagnostics& findings) {
  if (value.is_null()) return std::nullopt;
  const auto time = parse_time(value.text());
  if (!time)
    findings.error("bad-time", value.place(), fmt::format("无法识别的时间：{}", value.text()),
                   "写成 \"2020-07-27 09:00\"");
  return time;
}

Expectation read_expectation(const Value& value, Diagnostics& findings) {
  Expectation then;
  then.place = value.place();
  for (const Value& code : value["refused"].items()) then.refused.push_back(read_reference(code));
  if (const Value* seats = value.find("seats")) {
    then.seats.emplace();
    for (const auto& entry : seats->entries()) (*then.seats)[entry.key] = texts_of(entry.value);
  }
  if (const Value* readers = value.find("readers")) then.readers = texts_of(*readers);
  then.ended = value["ended"].text();
  then.status = value["status"].text();
  for (int i = 0; i <= static_cast<int>(Status::withdrawn); ++i)  // as the program says it
    if (then.status == to_chinese(static_cast<Status>(i))) then.status = to_text(static_cast<Status>(i));
  if (const Value* numbers = value.find("numbers")) then.numbers = texts_of(*numbers);
  if (const Value* documents = value.find("documents")) then.documents = texts_of(*documents);
  for (const auto& entry : value["fields"].entries())
    then.fields.emplace_back(Reference{entry.key, entry.key_place}, entry.value);
  for (const auto& entry : value["rows"].entries())
    then.rows.emplace_back(Reference{entry.key, entry.key_place}, *data::to_integer(entry.value));
  if (!then.refused.empty() && value.size() > 1)
    findings.error("unexpected-field", value.place(), "不能办的，什么都不会变：refused 要单独写");
  return then;
}

void check_doer(const Value& act, Diagnostics& findings) {
  const Value* clock = act.find("clock");
  for (const char* key : {"as", "act"}) {
    if (!clock && !act.find(key))
      findings.error("missing-field", act.place(), fmt::format("缺少必填字段 \"{}\"", key));
  }
  for (const auto& entry : act.entries()) {
    if (clock && entry.key != "clock" && entry.key != "then")
      findings.error("unexpected-field", entry.key_place,
                     fmt::format("到 clock 写的时刻没有人办理，不用写 {}", entry.key));
  }
}

ScenarioAct read_act(const Value& value, Diagnostics& findings) {
  check_doer(value, findings);
  ScenarioAct act;
  act.place = value.place();
  act.clock = value.find("clock") != nullptr;
  act.of = value["of"].text();
  act.person = value["as"].text();
  act.action = value["act"].text();
  act.opinion = value["opinion"].text();
  act.step = value["step"].text();
  act.to = value["to"].text();
  act.at = read_time(value[act.clock ? "clock" : "at"], findings);
  act.people = texts_of(value["people"]);
  for (const auto& entry : value["choose"].entries()) act.choices[entry.key] = texts_of(entry.value);
  act.direct = value["direct"].text() == "true";
  act.again = value["again"].text() == "true";
  act.data = value["data"];
  act.then = read_expectation(value["then"], findings);
  return act;
}

}  // namespace

void merge(Value& into, const Value& changes) {
  if (!into.is_map() || !changes.is_map()) {
    into = changes;
    return;
  }
  for (const auto& entry : changes.entries()) {
    Value* present = into.find(entry.key);
    if (present)
      merge(*present, entry.value);
    else
      into.set(entry.key, entry.value);
  }
}

std::optional<Scenarios> load_scenarios(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  Scenarios all;
  if (data::check_shape(source, scenario_shape(), own)) {
    data::check_file_name(source["scenarios"], own);
    all.name = source["scenarios"].text();
    all.workflow = read_reference(source["scenarios"]);
    all.office = read_reference(source["office"]);
    if (const auto now = read_time(source["now"], own)) all.now = *now;
    all.data = source["data"];
    all.source = source;
    for (const Value& item : source["cases"].items()) {
      ScenarioCase one;
      one.place = item.place();
      one.title = item["title"].text();
      one.person = item["as"].text();
      one.data = all.data;
      if (const Value* more = item.find("data")) merge(one.data, *more);
      for (const Value& act : item["acts"].items()) one.acts.push_back(read_act(act, own));
      one.then = read_expectation(item["then"], own);
      all.cases.push_back(std::move(one));
    }
  }
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return all;
}

}  // namespace wenshu::workflow
