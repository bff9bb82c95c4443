// --annotate of wenshu check and wenshu fill: the findings as Word comments.
#pragma once

#include <filesystem>

#include "app/context.h"
#include "base/diagnostic.h"

namespace wenshu::app {

// Writes a copy of the Word file `source` with each finding about it as a comment at its tag, and gives how many there are;
// 0 writes nothing. Throws FaultyInput when `out` is `source`, and for a source that no copy can be made of.
size_t annotate_file(const std::filesystem::path& source, const Diagnostics& findings,
                     const std::filesystem::path& out, const Context& context);

}  // namespace wenshu::app
