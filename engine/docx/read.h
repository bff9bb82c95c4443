// Reads a Word file that somebody else made, for the lint: what it says and how it looks, inherited properties
// worked out (document defaults, styles and what they are based on, automatic numbers, direct formatting).
// Deleted text of tracked changes is left out, inserted text is in.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "document/observed.h"

namespace wenshu::docx {

// `file` is the name that findings carry. Codes: those of package/archive.h and xml/tree.h, besides
// word-locked-or-old (a password, or the format before .docx), not-a-docx, has-macros (a warning).
std::optional<document::Observed> read_document(std::string_view bytes, std::string_view file,
                                                Diagnostics& findings);

}  // namespace wenshu::docx
