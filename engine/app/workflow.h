// wenshu workflow check, draw: definitions as files, before there is a case.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::app {

// Findings on the workflows named, alone or in folders. Forms, registers and directories are taken from the same
// folders, whose own faults are not told here. With `against` (an older version's file) also what the change would do
// to running cases (M1).
Diagnostics check_workflows(const std::vector<std::filesystem::path>& paths,
                            const std::filesystem::path& home,
                            const std::optional<std::filesystem::path>& against = {});

// The paths, and beside each file named what a workflow needs: forms, registers, a directory, calendars; a scenario
// file's workflow and a workflow's scenarios.
std::vector<std::filesystem::path> with_neighbours(const std::vector<std::filesystem::path>& paths);

// A picture: svg, dot or mermaid. Throws FaultyInput when the file is no workflow or the format unknown.
std::string draw_workflow(const std::filesystem::path& file, const std::string& format);

}  // namespace wenshu::app
