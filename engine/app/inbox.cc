#include "app/inbox.h"

#include <algorithm>

#include "app/case_record.h"

namespace wenshu::app {

using data::Value;

namespace {

const std::string kReadAct = "read";

struct Waiting {
  std::string id, step, since, workflow, for_whom;
};

std::vector<Waiting> waiting_for(store::Tx& tx, const std::string& person) {
  std::vector<Waiting> waiting;
  store::Stmt rows = tx.query(
      "SELECT case_id, step, min(since), min(workflow) FROM seats JOIN cases ON cases.id = case_id WHERE "
      "person = ? "
      "GROUP BY case_id, step ORDER BY min(since), case_id",
      person);
  while (rows.next()) {
    const store::Row row = rows.row();
    waiting.push_back({row.text(0), row.text(1), row.text(2), row.text(3), ""});
  }
  return waiting;
}

}  // namespace

std::vector<InboxLine> inbox(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  const directory::Directory office = load_office(tx);
  const std::string person = resolve_person(context, office);
  const Date today = china_date(context.clock->now());
  std::vector<Waiting> waiting = waiting_for(tx, person);
  // 代理: also what waits for those for whom the person stands in, where the workflow is one of theirs.
  for (const auto& one : office.stand_ins) {
    if (one.by != person || !one.days.contains(today)) continue;
    for (Waiting& theirs : waiting_for(tx, one.of)) {
      if (theirs.step == kReading || !one.covers(theirs.workflow)) continue;
      theirs.for_whom = office.name_of(one.of);
      waiting.push_back(std::move(theirs));
    }
  }

  LoadedWorkflows loaded;
  std::vector<InboxLine> lines;
  for (const Waiting& one : waiting) {
    const CaseRecord record = load_case(tx, one.id, &loaded);
    InboxLine line{
        one.id, record.title, record.published->definition.title, one.step, one.step, {}, one.since, "", {}};
    if (const auto* token = record.marking.find(one.step)) {
      for (const auto& seat : token->seats)
        if (seat.is_open() && line.due.empty()) line.due = seat.more->clock->due;
    }
    if (const auto* step = record.published->definition.find_step(one.step)) {
      // Rows of older stores name whoever sits there, also those who have decided already.
      const auto tokens = workflow::tokens_of(record.rules(office), record.marking, person, to_text(today));
      const bool takes = std::any_of(tokens.begin(), tokens.end(),
                                     [&](const auto* token) { return token->step == one.step; });
      if (!takes) continue;
      line.step_title = step->title;
      if (!one.for_whom.empty()) line.step_title += "（代 " + one.for_whom + "）";
      for (const auto& action : step->actions) line.actions.push_back(action.name);
      line.phrases = step->phrases;
    } else if (one.step == kReading) {
      line.step_title = "传阅";
      line.actions = {kReadAct};
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Value to_value(const std::vector<InboxLine>& lines) {
  Value value = Value::list();
  for (const InboxLine& line : lines) {
    Value entry = Value::map();
    entry.set("id", line.id);
    entry.set("title", line.title);
    entry.set("workflow_title", line.workflow_title);
    entry.set("step", line.step);
    entry.set("step_title", line.step_title);
    entry.set("actions", texts(line.actions));
    entry.set("since", line.since);
    entry.set("due", line.due);
    entry.set("phrases", texts(line.phrases));
    value.add(std::move(entry));
  }
  return value;
}

}  // namespace wenshu::app
