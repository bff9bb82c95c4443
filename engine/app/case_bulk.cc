// Acts upon many cases, each its own transaction: 批量同意, 离职移交.
#include <algorithm>

#include "app/case_act.h"
#include "app/case_record.h"
#include "app/inbox.h"
#include "base/error.h"

namespace wenshu::app {

using data::Value;

namespace {

// The one action by which a case may go forward unread; null with the reason in `line`.
const workflow::Action* find_bulk_action(const workflow::Step* step, BulkLine& line) {
  if (step == nullptr || !step->bulk) {
    line.blockers.push_back({"not-in-bulk", "这一环节要逐件办理", {}});
    return nullptr;
  }
  const workflow::Action* only = nullptr;
  size_t ways = 0;
  for (const auto& action : step->actions) {
    if (action.kind != workflow::ActionKind::forward) continue;
    only = &action;
    ++ways;
  }
  if (ways == 1 && !only->opinion_required) return only;
  line.blockers.push_back({"not-in-bulk", "要写意见或选择去向，请逐件办理", {}});
  return nullptr;
}

struct Waiting {
  BulkLine line;
  std::string step, action;
};

std::vector<Waiting> find_waiting(const Context& context) {
  const std::vector<InboxLine> lines = inbox(context);
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  LoadedWorkflows loaded;
  std::vector<Waiting> waiting;
  for (const InboxLine& line : lines) {
    if (line.step == kReading) continue;
    Waiting one{{line.id, line.title, "", {}}, line.step, ""};
    const CaseRecord record = load_case(tx, line.id, &loaded);
    if (const auto* action = find_bulk_action(record.published->definition.find_step(line.step), one.line)) {
      one.action = action->name;
      one.line.action_title = action->title;
    }
    waiting.push_back(std::move(one));
  }
  return waiting;
}

std::vector<std::string> ids_of(const directory::Directory& office, const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  Diagnostics findings;
  for (const std::string& name : names) {
    const auto* person = directory::check_person(office, name, Place{"人员", 0, 0, ""}, findings);
    if (person) ids.push_back(person->id);
  }
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  return ids;
}

}  // namespace

std::vector<BulkLine> agree_in_bulk(const Context& context, const std::string& opinion) {
  std::vector<BulkLine> lines;
  for (Waiting& one : find_waiting(context)) {
    if (!one.action.empty()) {
      ActDetails details;
      details.step = one.step;
      try {
        act_on_case(context, one.line.id, one.action, opinion, {}, {}, details);
      } catch (const Refused& refused) {
        one.line.action_title.clear();
        one.line.blockers = refused.blockers();
      }
    }
    lines.push_back(std::move(one.line));
  }
  return lines;
}

std::vector<CaseAnswer> hand_over(const Context& context, const std::string& from, const std::string& to,
                                  const std::string& reason) {
  std::vector<std::string> open;
  {
    store::Store store = open_store(context);
    store::Tx tx(store.db(), store::Access::read);
    const directory::Directory office = load_office(tx);
    const std::string person = resolve_person(context, office);
    LoadedWorkflows loaded;
    std::vector<std::string> ids;
    std::vector<Blocker> blockers;
    workflow::Act act{person, "hand-over", reason};
    act.people = ids_of(office, {from, to});
    for (store::Stmt rows = tx.query("SELECT id FROM cases WHERE open = 1 ORDER BY first_seq"); rows.next();)
      ids.push_back(rows.row().text(0));
    for (const std::string& id : ids) {
      const CaseRecord record = load_case(tx, id, &loaded);
      if (!workflow::is_manager(record.rules(office), record.marking, person)) continue;
      open.push_back(id);
      for (Blocker& one : workflow::find_blockers(record.rules(office), record.marking, record.data, act)) {
        one.text = id + "：" + one.text;
        one.parameters["case"] = id;
        blockers.push_back(std::move(one));
      }
    }
    // All or none: a leaver with some of his seats left is found too late.
    if (!blockers.empty()) throw Refused(std::move(blockers));
  }
  if (open.empty()) throw Refused(std::vector<Blocker>{{"not-manager", "没有你管理的在办件可以移交", {}}});
  std::vector<CaseAnswer> answers;
  ActDetails details;
  details.people = {from, to};
  for (const std::string& id : open)
    answers.push_back(act_on_case(context, id, "hand-over", reason, {}, {}, details));
  return answers;
}

Value to_value(const std::vector<BulkLine>& lines) {
  Value list = Value::list();
  for (const BulkLine& line : lines) {
    Value one = Value::map();
    one.set("id", line.id);
    one.set("title", line.title);
    one.set("done", Value::boolean(!line.action_title.empty()));
    Value& blockers = one.set("blockers", Value::list());
    for (const Blocker& blocker : line.blockers) {
      Value reason = Value::map();
      reason.set("code", blocker.code);
      reason.set("text", blocker.text);
      blockers.add(std::move(reason));
    }
    list.add(std::move(one));
  }
  return list;
}

}  // namespace wenshu::app
