// wenshu workflow test: runs scenario files (workflow/scenario.h), each case by the public acts on a fresh store in
// memory with a clock that stands still.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/definitions.h"
#include "base/diagnostic.h"
#include "workflow/coverage.h"

namespace wenshu::app {

struct ScenarioReport {
  std::string workflow, title;
  size_t cases = 0, passed = 0, acts = 0;
  std::vector<workflow::Coverage::Item> items;  // of the workflow
  size_t covered(workflow::Coverage::Kind kind) const;
  size_t all(workflow::Coverage::Kind kind) const;
};

struct ScenarioRun {
  std::vector<ScenarioReport> reports;  // one for each workflow with scenarios, by name
  Diagnostics findings;                 // faults of the files; wrong-…, not-refused, refused; not-covered
};

// One file, by the definitions it needs: `loaded` without scenarios, certificates and directories.
ScenarioReport run_scenario_file(const Loaded<workflow::Scenarios>& file, const Definitions& loaded,
                                 const std::filesystem::path& home, bool all, Diagnostics& findings);

// Files or folders. A workflow's scenario file is run when the workflow or the scenario file is among them. What no
// case comes by is an error with `all`, else a hint.
ScenarioRun run_scenarios(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& home,
                          bool all);

}  // namespace wenshu::app
