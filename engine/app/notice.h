// wenshu notice: an official notice from its source.
#pragma once

#include <filesystem>
#include <optional>

namespace wenshu::app {

// Fills the tags of `source` with `data` (a file of kind `data`, or any YAML or JSON tree) and writes a
// .docx. Throws FaultyInput with all findings; then nothing is written.
void make_notice(const std::filesystem::path& source, const std::optional<std::filesystem::path>& data,
                 const std::filesystem::path& out);

}  // namespace wenshu::app
