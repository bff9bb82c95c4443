#include "app/inbox.h"

#include "app/case_record.h"

namespace wenshu::app {

using data::Value;

std::vector<InboxLine> inbox(const Context& context) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  const std::string person = resolve_person(context, load_office(tx));
  struct Waiting {
    std::string id, step, since;
  };
  std::vector<Waiting> waiting;
  store::Stmt rows = tx.query(
      "SELECT case_id, step, min(since) FROM seats WHERE person = ? GROUP BY case_id, step ORDER BY "
      "min(since), case_id",
      person);
  while (rows.next()) waiting.push_back({rows.row().text(0), rows.row().text(1), rows.row().text(2)});

  LoadedWorkflows loaded;
  std::vector<InboxLine> lines;
  for (const Waiting& one : waiting) {
    const CaseRecord record = load_case(tx, one.id, &loaded);
    InboxLine line{one.id, record.title, record.published->definition.title, one.step, one.step,
                   {},     one.since};
    if (const auto* step = record.published->definition.find_step(one.step)) {
      line.step_title = step->title;
      for (const auto& action : step->actions) line.actions.push_back(action.name);
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
    value.add(std::move(entry));
  }
  return value;
}

}  // namespace wenshu::app
