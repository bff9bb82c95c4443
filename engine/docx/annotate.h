// The findings about a template written into a copy of it, each as a Word comment at its tag: what a clerk opens
// instead of counting table rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/diagnostic.h"

namespace wenshu::docx {

// The bytes of the copy. Of the findings those count whose place names the file `display_name`. What Word lets no
// comment stand at (headers, footers, notes, text boxes) is told at the paragraph it hangs on, or at the beginning of
// the text. But for the body, into which the comments' marks are inserted, and the parts that list parts, all is carried
// over byte for byte. Nothing when the bytes are no Word file: then there is no place for a comment.
std::optional<std::string> annotate(std::string_view bytes, std::string_view display_name,
                                    const Diagnostics& findings, Time now);

}  // namespace wenshu::docx
