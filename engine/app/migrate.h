// wenshu workflow migrate: running cases move to another version of their workflow, and back.
#pragma once

#include <string>
#include <vector>

#include "app/context.h"
#include "base/error.h"
#include "data/value.h"
#include "workflow/migrate.h"

namespace wenshu::app {

struct MigrationPlan {
  std::string workflow;
  long long version = 0;  // 0: the latest that is published
  workflow::StepMap steps;
  std::vector<std::string> cases;  // empty: all open ones of other versions
  std::string reason;
  bool preview = false;
};

struct MigrationLine {
  std::string id, title;
  long long from = 0, to = 0;      // versions
  std::vector<std::string> facts;  // what changes for the case
  std::vector<Blocker> blockers;   // why it cannot
};

// All or none, in one transaction with one event (case-migrated) a case. context.person manages the cases by the
// version they leave and by the one they get. Throws NotFound (workflow, version, case), Refused when one of them
// cannot go; with `preview` nothing is done and the reasons stand in the lines.
std::vector<MigrationLine> migrate_cases(const Context& context, const MigrationPlan& plan);

// Back to where each stood, while nothing has been done since. `plan.version` and `plan.steps` are not looked at; without
// `plan.cases` those that were moved together last, all or none: Refused names the ones that somebody has acted on.
std::vector<MigrationLine> undo_migration(const Context& context, const MigrationPlan& plan);

data::Value to_value(const std::vector<MigrationLine>& lines);

}  // namespace wenshu::app
