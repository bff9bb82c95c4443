// wenshu check: every fault in a set of files, in one run.
#pragma once

#include <filesystem>
#include <vector>

#include "base/diagnostic.h"
#include "template/tag.h"

namespace wenshu::app {

// Findings in the order of the files. `home` is where templates/ and fonts/ of the program stand.
// `delimiters` hold for the Word templates that `paths` name themselves; those in folders have the usual ones.
Diagnostics check_files(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& home,
                        const templates::Delimiters& delimiters = {});

}  // namespace wenshu::app
