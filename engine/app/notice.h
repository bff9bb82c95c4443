// wenshu notice: an official notice from its source.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::app {

enum class Text { clean, keep };  // pasted text is made clean (notice/normalise.h), or stays as written

struct MadeNotice {
  std::vector<std::filesystem::path> files;
  // What cleaning the text makes of it, a line of words each; it is so in the files unless the text is kept.
  std::vector<std::string> changes;
  Diagnostics warnings;
};

// Fills the tags of `source` with `data` (a file of kind `data`, or any YAML or JSON tree) and writes a .docx,
// a .pdf, or a .svg: NAME.svg for one page, NAME-1.svg … for several. Fonts are those of `home`. Throws
// FaultyInput with all findings; then nothing is written.
MadeNotice make_notice(const std::filesystem::path& source, const std::optional<std::filesystem::path>& data,
                       const std::filesystem::path& out, const std::filesystem::path& home,
                       Text text = Text::keep);

}  // namespace wenshu::app
