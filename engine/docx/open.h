// A Word file as a container whose parts have their usual names.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "package/archive.h"

namespace wenshu::docx {

// package::open_archive() with the main part named word/document.xml, and the parts with text, styles and properties as
// Word names them. ECMA-376 part 2 leaves all names open: relationships say what a part is. Word for the web writes
// word/document2.xml, other programs /document.xml. Only names, relationships and content types change, and only where
// they must; what stands under a usual name without being related is moved aside.
std::optional<package::Archive> open_word(std::string_view bytes, std::string_view file,
                                          Diagnostics& findings);

}  // namespace wenshu::docx
