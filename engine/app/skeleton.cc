#include "app/skeleton.h"

#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/schema.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPlaceholder = "skeleton";  // the name that the shipped files carry
// Besides on files that an office has once, so that checking the shipped folder does not meet a second office.
constexpr std::string_view kOwnOffice = ".new";

// The shipped files of a kind: the one asked for first, then what it needs beside it.
const std::map<std::string, std::vector<std::string>>& files_of_kinds() {
  static const std::map<std::string, std::vector<std::string>> kFiles = {
      {"workflow", {"skeleton.workflow.yaml", "skeleton.form.yaml"}},
      {"form", {"skeleton.form.yaml"}},
      {"register", {"skeleton.register.yaml"}},
      {"notice", {"skeleton.notice.yaml"}},
      {"certificate", {"skeleton.certificate.yaml", "skeleton-numbers.register.yaml"}},
      {"scenarios",
       {"skeleton.scenarios.yaml.new", "skeleton.directory.yaml.new", "skeleton.workflow.yaml",
        "skeleton.form.yaml"}},
  };
  return kFiles;
}

void check_name(const std::string& name) {
  Diagnostics findings;
  data::Value value(name);
  value.set_place({"NAME", 0, 0, ""});
  data::check_shape(value, data::identifier(), findings);
  if (!findings.empty()) throw FaultyInput(std::move(findings));
}

}  // namespace

const std::vector<std::string>& skeleton_kinds() {
  static const std::vector<std::string> kKinds = {"workflow", "form",        "register",
                                                  "notice",   "certificate", "scenarios"};
  return kKinds;
}

std::vector<fs::path> make_skeleton(const std::string& kind, const std::string& name, const fs::path& folder,
                                    const fs::path& home) {
  check_name(name);
  std::vector<std::pair<fs::path, std::string>> files;
  std::vector<Blocker> blockers;
  for (const std::string& file : files_of_kinds().at(kind)) {
    const fs::path path = folder / replace_all(replace_all(file, kOwnOffice, ""), kPlaceholder, name);
    const bool asked_for = files.empty() || kind != "scenarios";
    if (!asked_for && fs::exists(path)) continue;  // scenarios are written for a workflow that is there
    if (fs::exists(path))
      blockers.push_back(
          {"file-exists", fmt::format("已有文件 {}，不覆盖", path.string()), {{"file", path.string()}}});
    files.emplace_back(path, replace_all(read_file(home / "templates/new" / file), kPlaceholder, name));
  }
  if (!blockers.empty()) throw Refused(std::move(blockers));
  std::vector<fs::path> written;
  for (const auto& [path, text] : files) {
    write_file(path, text);
    written.push_back(path);
  }
  return written;
}

}  // namespace wenshu::app
