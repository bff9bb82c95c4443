#include "app/check.h"

#include "app/definitions.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"

namespace wenshu::app {

Diagnostics check_files(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& home,
                        const templates::Delimiters& delimiters) {
  Diagnostics findings;
  std::vector<std::filesystem::path> others;
  const bool usual = delimiters.open == templates::Delimiters().open;
  for (const auto& path : paths) {
    if (usual || data::extension_of(path) != ".docx" || std::filesystem::is_directory(path))
      others.push_back(path);
    else
      docx::load_template(read_file(path), data::display_name(path), findings, delimiters);
  }
  if (!others.empty()) load_definitions(others, home, findings);
  findings.sort();
  return findings;
}

}  // namespace wenshu::app
