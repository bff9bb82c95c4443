// wenshu fonts: which face serves which role.
#pragma once

#include <filesystem>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

// {roles: [{role, title, face, path, first_choice, chain}], faces: [{face, file, package, licence, path,
// found}]}; with `check`, file hashes are compared and faults reported.
data::Value report_fonts(const std::filesystem::path& home, bool check, Diagnostics& findings);

}  // namespace wenshu::app
