// The link of a mail-merge document to its data: w:mailMerge in the settings, the relations it names, and the part
// that keeps who was left out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "package/archive.h"

namespace wenshu::docx {

struct MergeSource {
  bool is_directory = false;         // a catalogue: all records in one document
  std::vector<std::string> dropped;  // parts that only served the link
};

// Puts the parts without the link into `changed`.
MergeSource cut_source(const package::Archive& archive, std::string_view display_name, Diagnostics& findings,
                       std::map<std::string, std::string>& changed);

}  // namespace wenshu::docx
