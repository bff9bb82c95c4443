// wenshu notice: official notices from their sources.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::app {

enum class Text { clean, keep };  // pasted text is made clean (notice/normalise.h), or stays as written

struct NoticeRequest {
  std::vector<std::filesystem::path> sources;
  std::optional<std::filesystem::path>
      data;  // fills the tags of each source: kind `data`, or any YAML or JSON tree
  // Without formats the file of the only source: .docx, .pdf, or .svg (NAME.svg for one page, NAME-1.svg … for
  // several). With formats (docx, pdf, svg) a folder that gets a file of each for every source, by the source's name.
  std::filesystem::path out;
  std::vector<std::string> formats;
  Text text = Text::keep;
  // With it each number is looked up: one that a case, a certificate or an imported row has already is refused.
  std::optional<std::string> store;
  std::function<void(size_t done, size_t all)> progress;  // may be empty
};

struct MadeNotice {
  std::vector<std::filesystem::path> files;
  // What cleaning the text makes of it, a line of words each; it is so in the files unless the text is kept.
  std::vector<std::string> changes;
};

struct MadeNotices {
  std::vector<MadeNotice> notices;  // as the sources
  Diagnostics warnings;
};

// Checks every source before a file appears; fonts are those of `home`, prepared once for all. Throws FaultyInput with
// the findings of all sources; then nothing is written.
MadeNotices make_notices(const NoticeRequest& request, const std::filesystem::path& home);

}  // namespace wenshu::app
