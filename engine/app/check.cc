#include "app/check.h"

#include "app/definitions.h"

namespace wenshu::app {

Diagnostics check_files(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& home) {
  Diagnostics findings;
  load_definitions(paths, home, findings);
  findings.sort();
  return findings;
}

}  // namespace wenshu::app
