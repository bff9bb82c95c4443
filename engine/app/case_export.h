// The documents of a case as files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"

namespace wenshu::app {

// Writes the latest document of each name into `folder`. Returns the paths, in the order they were made.
// Throws NotFound when there is no such case, Failure when a content in the store is not what was recorded.
std::vector<std::filesystem::path> export_documents(const Context& context, const std::string& id,
                                                    const std::filesystem::path& folder);

}  // namespace wenshu::app
