// A case as the store has it, with the version of the workflow that it runs by. Inner header of app/.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/case.h"
#include "app/published.h"
#include "data/value.h"
#include "workflow/marking.h"
#include "workflow/moves.h"

namespace wenshu::app {

struct CaseRecord {
  std::string id, workflow, title;
  int64_t version = 0, serial = 0;
  std::string initiator, started_at, changed_at;
  workflow::Marking marking;
  data::Value data;
  std::shared_ptr<const PublishedWorkflow> published;

  workflow::Rules rules(const directory::Directory& office) const {
    workflow::Rules rules{published->definition, published->form, office};
    rules.turn = static_cast<int>(serial);
    rules.papers = &published->papers;
    return rules;
  }
};

// Versions of workflows that one act has loaded already: a list of cases parses each of them once.
using LoadedWorkflows = std::map<std::pair<std::string, int64_t>, std::shared_ptr<const PublishedWorkflow>>;

// Throws NotFound.
CaseRecord load_case(store::Tx& tx, const std::string& id, LoadedWorkflows* loaded = nullptr);

// The sections `case` and `seats` of an event (store/event.h). `with_data`: the act changed the data.
data::Value state_of(const CaseRecord& record, bool with_data);
inline const std::string kReading = "@read";  // in place of a step: a duty to read (传阅)
data::Value seats_of(const workflow::Marking& marking);
// The section `clocks`; `uncounted` seats wait for a calendar.
inline constexpr std::string_view kUncounted = "uncounted";
data::Value clocks_of(const CaseRecord& record);
bool has_deadlines(const workflow::Definition& definition);

// The first text called title or name, breadth first; else `otherwise`.
std::string title_of(const data::Value& data, const std::string& otherwise);

std::vector<HistoryLine> history_of(store::Tx& tx, const std::string& id, const directory::Directory& office);

data::Value texts(const std::vector<std::string>& list);
std::vector<std::string> texts(const data::Value& list);

}  // namespace wenshu::app
