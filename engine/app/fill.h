// wenshu fill and wenshu tags: a clerk's own Word file, or a text template.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/table_file.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

// The tree that templates see: of a `data:` file its `values`, of a list (CSV, a sheet) a map with the one key
// `rows`.
std::optional<data::Value> load_template_data(const std::filesystem::path& path, Diagnostics& findings,
                                              const TableChoice& choice = {});

// .docx through docx/, anything else as text. Throws FaultyInput with all findings; then nothing is written.
// Gives the warnings.
Diagnostics fill_file(const std::filesystem::path& source, const std::filesystem::path& data,
                      const std::filesystem::path& out, const TableChoice& choice = {});

// The formatters of tags: FORMATTERS.md, and the same as data.
std::string formatters_page();
data::Value formatters_value();

// The tags of a template: [{tag, place}]. Throws FaultyInput.
data::Value list_tags(const std::filesystem::path& source);

}  // namespace wenshu::app
