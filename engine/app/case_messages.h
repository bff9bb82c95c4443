// Whom an act on a case concerns, and what he is told: messages for the outbox (store/outbox.h), written in the
// transaction of the act. What happened is seen from where the case stood and stands now, and from the facts of the
// move; who acted himself is not told what he knows. Inner header of app/.
//
// Kinds: seat (a turn has come), returned (the same, sent back), closed (a turn is over without him), reminded,
// overdue, urged, copied, circulated, suspended, resumed, voided (his signature), proofread (what he signed), ended.
#pragma once

#include <string>
#include <vector>

#include "app/case_record.h"
#include "base/date.h"
#include "store/act.h"

namespace wenshu::app {

struct CaseNews {
  const CaseRecord& record;         // after the act
  const workflow::Marking& before;  // of a new case: an empty marking
  const std::vector<workflow::Fact>& facts;
  std::string actor;         // id; "" for the program itself
  std::string action_title;  // 送审, 退回, 到期提醒 …
  std::string opinion;
  const data::Value& changes;  // of the form: [{title, before, after}], or null
  bool moved = false;  // to another version of the workflow: the same turns may stand at steps of other names
};

// One at most for each person, kind and step.
void add_messages(store::Act& act, const CaseNews& news, const directory::Directory& office, Date today);

}  // namespace wenshu::app
