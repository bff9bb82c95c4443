// wenshu check: every fault in a set of files, in one run.
#pragma once

#include <filesystem>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::app {

// Findings in the order of the files. `home` is where templates/ and fonts/ of the program stand.
Diagnostics check_files(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& home);

}  // namespace wenshu::app
