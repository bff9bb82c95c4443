// What follows from an act on a case: effects, clocks, the event, and what becomes of the cases above and below it. All
// of it belongs to the transaction of the act. Inner header of app/.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "app/case_record.h"
#include "app/context.h"
#include "app/ledgers.h"
#include "base/date.h"
#include "calendar/working_time.h"
#include "store/act.h"
#include "workflow/moves.h"

namespace wenshu::app {

// One transaction and its surroundings.
class Settlement {
 public:
  Settlement(store::Act& act, const directory::Directory& office, std::string actor, Time now,
             std::filesystem::path home);

  store::Act& act() { return act_; }
  const directory::Directory& office() const { return office_; }
  Date date() const { return china_date(now_); }
  // With registers, loads and papers: by what acts are judged.
  workflow::Rules rules(const CaseRecord& record) const;

  // What the act has done to the case. `before` is the case before it, with its data.
  struct Deed {
    CaseRecord& record;
    const workflow::Marking& marking_before;
    const data::Value& data_before;
    workflow::Done move;
    data::Value entry;  // of the history, without facts and effects
    std::string kind = "case-acted";
  };
  // Writes the event of the case, then those of all cases that follow from it. Gives the first.
  store::Event settle(Deed deed);

  // The clocks of seats that have just opened.
  void set_clocks(CaseRecord& record);
  // A case that nothing has been written of yet, as the program's first word on it.
  store::Event write_start(CaseRecord& record, data::Value entry);
  // Messages to those whom it concerns; `entry` is of the history.
  void tell_people(const CaseRecord& record, const workflow::Marking& before,
                   const std::vector<workflow::Fact>& facts, const data::Value& entry);
  std::string next_id(const std::string& workflow, int64_t& serial);

  Watch watch = {};  // told of what happens by itself to other cases

 private:
  void start_child(const CaseRecord& parent, const workflow::Step& step, CaseRecord& child);
  void settle_children(const CaseRecord& record, const workflow::Marking& before);
  void settle_parent(const CaseRecord& record);
  void act_by_itself(const std::string& id, const std::string& action, const std::string& why);

  store::Act& act_;
  const directory::Directory& office_;
  std::string actor_;
  Time now_;
  std::filesystem::path home_;
  StoreLedgers ledgers_;
  std::map<std::string, int> loads_;
  std::optional<std::optional<calendar::WorkingTime>> calendar_;  // loaded when a step has a deadline
  int deep_ = 0;
};

// Of a step, as the history keeps it.
data::Value new_entry(const CaseRecord& record, const std::string& step, const std::string& action,
                      const std::string& action_title);
void set_now(data::Value& entry, const CaseRecord& record);
// [{title, before, after}]: what an act changed in the data.
void set_changes(data::Value& entry, const CaseRecord& record, const data::Value& before);

}  // namespace wenshu::app
