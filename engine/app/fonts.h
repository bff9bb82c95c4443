// wenshu fonts: which face serves which role, and what it can draw.
#pragma once

#include <filesystem>
#include <string>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

// {roles: [{role, title, face, path, package, licence, first_choice, chain, coverage}], faces: [{face, file, package,
// licence, path, found, coverage}]}. A coverage is a list of {table, title, characters, missing} with two counts: of a
// role by its serving face, with `missing_from_all` by its whole chain. With `check`, file hashes are compared and faults
// reported.
data::Value report_fonts(const std::filesystem::path& home, bool check, Diagnostics& findings);

// The characters of each table that a face, or a role with all its faces, has not: [{table, title, missing}] with a text.
// Throws NotFound when neither has that name, or the face is not installed.
data::Value list_missing_characters(const std::filesystem::path& home, const std::string& name,
                                    Diagnostics& findings);

}  // namespace wenshu::app
