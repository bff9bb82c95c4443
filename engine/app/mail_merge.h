// wenshu tags --from-mail-merge: an office's old mail-merge document becomes a template.
#pragma once

#include <filesystem>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

// Writes the template; gives [{field, tag, place}]. `findings` gets warnings. Throws FaultyInput; then nothing is
// written.
data::Value convert_mail_merge(const std::filesystem::path& source, const std::filesystem::path& out,
                               Diagnostics& findings);

}  // namespace wenshu::app
