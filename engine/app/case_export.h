// The documents and attachments of a case as files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"

namespace wenshu::app {

// Writes the latest document of each name into `folder`, and the attachments that the data holds now into 附件/ below it.
// Returns the paths, documents in the order they were made.
// Throws NotFound when there is no such case, Failure when a content in the store is not what was recorded.
std::vector<std::filesystem::path> export_documents(const Context& context, const std::string& id,
                                                    const std::filesystem::path& folder);

}  // namespace wenshu::app
