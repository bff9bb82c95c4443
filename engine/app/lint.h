// wenshu lint: what the rules of official documents say of a file, and a corrected copy.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

struct LintResult {
  Diagnostics findings;
  int mended = 0;           // findings that have a certain fix
  bool is_written = false;  // the copy
};

// A notice source (.yaml), a Word file (.docx) or pasted text (.txt, UTF-8 or GB18030). With `fix`, writes a copy in
// which every certain fix is made, texts as UTF-8, also when nothing needed one; of a Word file all that no fix
// touches is carried over. A file that cannot be judged is a finding too, and so is a copy onto the file itself or of
// another kind; then nothing is written. Throws NotFound where there is no such file.
//
// With `store` its number is looked up: one that a case, a certificate or an imported row has already is an error.
// With `home`, whose fonts/ serve, a source is laid out as well: characters that other faces draw or none, a 版记 that has
// the last page for itself.
LintResult lint_file(const std::filesystem::path& file, const std::optional<std::filesystem::path>& fix,
                     const std::optional<std::string>& store = std::nullopt,
                     const std::optional<std::filesystem::path>& home = std::nullopt);

std::string rules_page();   // RULES.md
data::Value rules_value();  // the same table as data

}  // namespace wenshu::app
