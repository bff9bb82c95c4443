// wenshu new scenarios for a workflow that is there: cases that fit its form and an office, found by going through it, tried
// before they are written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/scenario.h"

namespace wenshu::app {

struct ScenarioDraft {
  std::vector<std::filesystem::path>
      written;            // NAME.scenarios.yaml, and NAME.directory.yaml where there was no office
  ScenarioReport report;  // of the run of what was written
  std::vector<std::string> left_out;  // what no case comes by, in a clerk's words
};

// Of NAME.workflow.yaml in `folder`. `office`: a folder with directory.yaml or such a file; without one a small office is
// made of the posts and departments that the workflow names. FaultyInput: the workflow's own faults, `no-case` when no
// data was found by which a case can begin. Refused: `file-exists`.
ScenarioDraft draft_scenarios(const std::string& name, const std::filesystem::path& folder,
                              const std::optional<std::filesystem::path>& office,
                              const std::filesystem::path& home);

}  // namespace wenshu::app
