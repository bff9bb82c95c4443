// wenshu new: a first file to change, of each kind that people write.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace wenshu::app {

// workflow, form, register, notice, certificate
const std::vector<std::string>& skeleton_kinds();

// Writes NAME.KIND.yaml into `folder`, with the files that it needs to check clean (a workflow's form, a
// certificate's register), from home/templates/new. Returns what was written. Refused `file-exists` when one of
// them is there already: then nothing is written. FaultyInput `bad-name` when NAME is no identifier.
std::vector<std::filesystem::path> make_skeleton(const std::string& kind, const std::string& name,
                                                 const std::filesystem::path& folder,
                                                 const std::filesystem::path& home);

}  // namespace wenshu::app
