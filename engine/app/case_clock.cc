#include "app/case_clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/case_record.h"
#include "app/case_settle.h"
#include "base/error.h"
#include "base/text.h"
#include "workflow/clocks.h"

namespace wenshu::app {

using data::Value;

namespace {

struct Waiting {
  std::string id, step, seat, kind, at;
};

std::vector<Waiting> waiting_until(store::Tx& tx, const std::string& until) {
  std::vector<Waiting> waiting;
  store::Stmt rows = tx.query(
      "SELECT case_id, step, seat, kind, at FROM clocks WHERE at <= ? ORDER BY at, case_id, position", until);
  while (rows.next()) {
    const store::Row row = rows.row();
    waiting.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
  }
  return waiting;
}

// A reminder of what is overdue already says nothing new.
void drop_late_reminders(std::vector<Waiting>& waiting) {
  std::set<std::string> overdue;
  const auto key = [](const Waiting& one) { return one.id + " " + one.step + " " + one.seat; };
  const std::string kOverdue(workflow::to_text(workflow::Alarm::Kind::overdue));
  for (const Waiting& one : waiting)
    if (one.kind == kOverdue) overdue.insert(key(one));
  std::erase_if(waiting,
                [&](const Waiting& one) { return one.kind != kOverdue && overdue.contains(key(one)); });
}

std::string title_of_step(const CaseRecord& record, const std::string& id) {
  const auto* step = record.published->definition.find_step(id);
  return step ? step->title : id;
}

// Nothing when it has been done already, or the case has gone on since.
std::optional<ClockLine> run_one(store::Store& store, const Context& context, const Waiting& one) {
  const Time now = context.clock->now();
  const std::string request =
      fmt::format("clock:{}:{}:{}:{}:{}", one.id, one.step, one.seat, one.kind, one.at);
  const bool uncounted = one.kind == kUncounted;
  std::optional<std::string> once;
  if (!uncounted) once = request;
  store::Act act(store, {.actor = "", .at = now, .request = once});
  if (act.answered()) return std::nullopt;
  const directory::Directory office = load_office(act.tx());
  CaseRecord record = load_case(act.tx(), one.id);
  const workflow::Marking before = record.marking;
  const Value data = record.data;
  Settlement settlement(act, office, "", now, context.home);
  settlement.watch = context.watch;
  ClockLine line{one.id, record.title, title_of_step(record, one.step), one.kind, one.at, {}, {}};
  workflow::Attempt done;
  if (uncounted) {
    settlement.set_clocks(record);
    if (record.marking == before) {
      if (load_working_time(act.tx())) return std::nullopt;  // a year that nobody has published yet
      line.fault = "库里没有日历，期限算不出来：wenshu publish workflows/calendars";
      return line;
    }
    line.facts.push_back("日历已有这一年，期限算出");
  } else {
    using Kind = workflow::Alarm::Kind;
    const auto kind = one.kind == to_text(Kind::remind)  ? Kind::remind
                      : one.kind == to_text(Kind::again) ? Kind::again
                                                         : Kind::overdue;
    const workflow::Alarm alarm{one.step, one.seat, kind, one.at};
    const auto alarms = workflow::alarms_of(record.marking);
    if (std::find(alarms.begin(), alarms.end(), alarm) == alarms.end()) return std::nullopt;
    const workflow::Rules rules = settlement.rules(record);
    done = workflow::fire(rules, record.marking, record.data, alarm, now);
    for (const auto& fact : done.move.facts) line.facts.push_back(workflow::to_text(rules, fact));
    if (context.watch) context.watch(rules, before, record.data, {}, done.move);
  }
  Value entry = new_entry(record, one.step, "clock",
                          one.kind == "remind"  ? "到期提醒"
                          : one.kind == "again" ? "逾期提醒"
                                                : "期限");
  entry.set("automatic", Value::boolean(true));
  settlement.settle({record, before, data, std::move(done.move), std::move(entry), "case-clocked"});
  act.commit();
  return line;
}

// What is overdue and will not be reminded again stands in no clock.
void add_expired(store::Tx& tx, std::vector<Waiting>& waiting, LoadedWorkflows& loaded) {
  std::vector<std::string> ids;
  store::Stmt rows =
      tx.query("SELECT id FROM cases WHERE open = 1 AND marking LIKE '%\"expired\":true%' ORDER BY id");
  while (rows.next()) ids.push_back(rows.row().text(0));
  std::vector<Waiting> expired;
  for (const std::string& id : ids) {
    const CaseRecord record = load_case(tx, id, &loaded);
    if (!record.marking.is_live()) continue;
    for (const auto& token : record.marking.tokens) {
      for (const auto& seat : token.seats) {
        if (!seat.is_open() || !seat.more->clock->expired) continue;
        expired.push_back({id, token.step, seat.key, "overdue", seat.more->clock->due});
        std::erase_if(waiting, [&](const Waiting& one) {
          return one.id == id && one.step == token.step && one.seat == seat.key.text();
        });
      }
    }
  }
  waiting.insert(waiting.begin(), expired.begin(), expired.end());
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const Waiting& a, const Waiting& b) { return a.at < b.at; });
}

}  // namespace

std::vector<DueLine> list_due(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  const std::string now = wenshu::to_text(context.clock->now());
  std::vector<Waiting> waiting = waiting_until(tx, "9999");
  std::erase_if(waiting, [](const Waiting& one) {
    return one.kind != to_text(workflow::Alarm::Kind::overdue) && one.kind != kUncounted;
  });
  LoadedWorkflows loaded;
  add_expired(tx, waiting, loaded);
  if (waiting.empty()) return {};
  const directory::Directory office = load_office(tx);
  const bool has_calendar = load_working_time(tx).has_value();
  const std::string person = context.person.empty() ? "" : resolve_person(context, office);
  std::vector<DueLine> lines;
  for (const Waiting& one : waiting) {
    const CaseRecord record = load_case(tx, one.id, &loaded);
    DueLine line{one.id,   record.title, one.step, title_of_step(record, one.step),
                 one.seat, {},           one.at,   false};
    if (one.kind == kUncounted) line.due.clear();
    line.no_calendar = line.due.empty() && !has_calendar;
    line.overdue = !line.due.empty() && line.due <= now;
    bool his = person.empty();
    const auto* token = record.marking.find(one.step);
    for (const auto& seat : token ? token->seats : std::vector<workflow::Seat>()) {
      if (seat.key != one.seat) continue;
      line.seat = seat.title;
      for (const std::string& id : seat.candidates) {
        line.people.push_back(office.name_of(id));
        his = his || id == person;
      }
    }
    if (his) lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<ClockLine> run_clocks(const Context& context) {
  store::Store store = open_store(context);
  std::vector<Waiting> waiting;
  {
    store::Tx tx(store.db(), store::Access::read);
    waiting = waiting_until(tx, wenshu::to_text(context.clock->now()));
  }
  drop_late_reminders(waiting);
  std::vector<ClockLine> lines;
  for (const Waiting& one : waiting) {
    try {
      if (auto line = run_one(store, context, one)) lines.push_back(std::move(*line));
    } catch (const Refused& refused) {
      lines.push_back({one.id, "", one.step, one.kind, one.at, {}, refused.blockers().front().text});
    } catch (const FaultyInput& faulty) {
      lines.push_back({one.id, "", one.step, one.kind, one.at, {}, faulty.findings().begin()->message});
    } catch (const NotFound& missing) {
      lines.push_back({one.id, "", one.step, one.kind, one.at, {}, missing.what()});
    }
  }
  return lines;
}

Value to_value(const std::vector<DueLine>& lines) {
  Value list = Value::list();
  for (const DueLine& line : lines) {
    Value one = Value::map();
    one.set("id", line.id);
    one.set("title", line.title);
    one.set("step", line.step);
    one.set("step_title", line.step_title);
    one.set("seat", line.seat);
    one.set("people", texts(line.people));
    one.set("due", line.due);
    one.set("overdue", Value::boolean(line.overdue));
    list.add(std::move(one));
  }
  return list;
}

Value to_value(const std::vector<ClockLine>& lines) {
  Value list = Value::list();
  for (const ClockLine& line : lines) {
    Value one = Value::map();
    one.set("id", line.id);
    one.set("title", line.title);
    one.set("step_title", line.step_title);
    one.set("kind", line.kind);
    one.set("at", line.at);
    one.set("facts", texts(line.facts));
    one.set("fault", line.fault);
    list.add(std::move(one));
  }
  return list;
}

}  // namespace wenshu::app
