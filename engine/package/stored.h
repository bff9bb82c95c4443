// Finished files gathered into one ZIP as they are, however many: nothing of them is held in memory.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace wenshu::package {

// Writes `target` beside its place and renames it. Entries in the order given, time 1980-01-01: same input, same bytes.
// Throws Failure.
void gather_files(const std::vector<std::pair<std::string, std::filesystem::path>>& files,
                  const std::filesystem::path& target);

}  // namespace wenshu::package
