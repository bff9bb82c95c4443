#include "app/check.h"

#include <map>
#include <set>
#include <string>

#include "app/definitions.h"
#include "app/fill.h"
#include "data/load.h"

namespace wenshu::app {
namespace {

// What no folder of definitions holds, and what is written with other signs than theirs.
bool is_template_alone(const std::filesystem::path& path, const templates::Delimiters& delimiters) {
  const auto extension = data::extension_of(path);
  if (extension == ".dotx" || extension == ".docm" || extension == ".dotm") return true;
  return delimiters.open != templates::Delimiters().open && (extension == ".docx" || extension == ".txt");
}

// By file; the findings of a Word file stay in the order of its pages, each once.
Diagnostics in_order(const Diagnostics& findings) {
  std::map<std::string, Diagnostics> by_file;
  std::set<std::string> told;
  for (const Diagnostic& finding : findings)
    if (told.insert(to_text(finding)).second) by_file[finding.where.file].add(finding);
  Diagnostics sorted;
  for (auto& [file, of_file] : by_file) {
    if (data::extension_of(file) != ".docx") of_file.sort();
    sorted.append(of_file);
  }
  return sorted;
}

}  // namespace

Diagnostics check_files(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& home,
                        const templates::Delimiters& delimiters) {
  Diagnostics findings;
  std::vector<std::filesystem::path> others;
  for (const auto& path : paths) {
    std::error_code none;
    if (std::filesystem::is_regular_file(path, none) && is_template_alone(path, delimiters)) {
      check_template(path, delimiters, findings);
    } else {
      others.push_back(path);
    }
  }
  if (!others.empty()) load_definitions(others, home, findings);
  // A Word file alone has its findings in the order of its pages.
  if (paths.size() == 1 && data::extension_of(paths[0]) == ".docx") return findings;
  return in_order(findings);
}

}  // namespace wenshu::app
