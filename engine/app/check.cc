#include "app/check.h"

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
  if (paths.size() != 1 || data::extension_of(paths[0]) != ".docx") findings.sort();
  return findings;
}

}  // namespace wenshu::app
