// A Word file as a container whose main part has its usual name.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "package/archive.h"

namespace wenshu::docx {

// package::open_archive() with the main part, which Word for the web names word/document2.xml and the like, named
// word/document.xml. ECMA-376 part 1, 11.3.10, leaves the name open: the relationship of the package says it. A main
// part in another folder stays as it is.
std::optional<package::Archive> open_word(std::string_view bytes, std::string_view file,
                                          Diagnostics& findings);

}  // namespace wenshu::docx
