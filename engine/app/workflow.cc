#include "app/workflow.h"

#include <algorithm>
#include <set>

#include "app/definitions.h"
#include "base/error.h"
#include "data/load.h"
#include "workflow/check/check.h"
#include "workflow/dump/draw.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

bool is_workflow(const fs::path& path) { return path.filename().string().ends_with(".workflow.yaml"); }

// What a workflow refers to stands beside it; other files of its folder are not asked for.
bool is_beside(const fs::path& path, const fs::path& of) {
  const std::string name = path.filename().string();
  const std::string stem = of.filename().string().substr(0, of.filename().string().find('.'));
  if (name == stem + ".workflow.yaml" || name == stem + ".scenarios.yaml") return true;
  return name.ends_with(".form.yaml") || name.ends_with(".register.yaml") || name == "directory.yaml" ||
         name.ends_with(".directory.yaml") || name.ends_with(".calendar.yaml");
}

}  // namespace

std::vector<fs::path> with_neighbours(const std::vector<fs::path>& paths) {
  std::set<fs::path> all(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    std::error_code none;
    if (!fs::is_regular_file(path, none)) continue;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      if (is_beside(entry.path(), path))
        all.insert(path.has_parent_path() ? entry.path() : entry.path().filename());
    }
  }
  return {all.begin(), all.end()};
}

namespace {

workflow::Definition load_one(const fs::path& file) {
  Diagnostics findings;
  const auto value = data::load_file(file, findings);
  auto definition = value ? workflow::load_workflow(*value, findings) : std::nullopt;
  if (!definition) throw FaultyInput(std::move(findings));
  return std::move(*definition);
}

}  // namespace

Diagnostics check_workflows(const std::vector<fs::path>& paths, const fs::path& home,
                            const std::optional<fs::path>& against) {
  Diagnostics all, findings;
  const Definitions loaded = load_definitions(with_neighbours(paths), home, all);
  std::set<std::string> named;
  for (const fs::path& path : paths) named.insert(data::display_name(path));
  for (const Diagnostic& finding : all) {
    // A directory that cannot be read leaves all people unchecked.
    const bool of_people = loaded.directories.empty() && finding.severity == Severity::error &&
                           finding.where.file.ends_with("directory.yaml");
    if (named.contains(finding.where.file) || is_workflow(finding.where.file) || of_people)
      findings.add(finding);
  }
  workflow::Known known;
  for (const auto& [name, form] : loaded.forms) known.forms[name] = &form.object;
  for (const auto& [name, ledger] : loaded.registers) known.registers[name] = &ledger.object;
  for (const auto& [name, one] : loaded.workflows) known.workflows[name] = &one.object;
  if (!loaded.directories.empty()) known.directory = &loaded.directories.begin()->second.object;
  // Once more alone: what it finds may stand in a neighbour (people who stand in for one another).
  for (const auto& [name, one] : loaded.workflows) {
    Diagnostics references;
    workflow::check_references(one.object, known, references);
    if (!references.has_errors()) workflow::check::check_workflow(one.object, known, findings);
  }
  if (against) {
    const workflow::Definition before = load_one(*against);
    const auto found = loaded.workflows.find(before.name);
    if (found == loaded.workflows.end()) {
      findings.error("unknown-workflow", {data::display_name(*against)},
                     "要检查的文件里没有流程 " + before.name, "新旧两版的 workflow 应相同");
    } else {
      workflow::check::check_change(before, found->second.object, known, findings);
    }
  }
  findings.sort();
  return findings;
}

std::string draw_workflow(const fs::path& file, const std::string& format) {
  const auto wanted = workflow::dump::parse_format(format);
  if (!wanted) {
    Diagnostics findings;
    findings.error("unknown-format", {"--format"}, "不会画 " + format, "可用: svg、dot、mermaid");
    throw FaultyInput(std::move(findings));
  }
  const workflow::Definition definition = load_one(file);
  Diagnostics aside;  // names of people and fields, where they are known
  const Definitions beside = load_definitions(with_neighbours({file}), {}, aside);
  workflow::dump::Progress progress;
  if (!beside.directories.empty()) progress.office = &beside.directories.begin()->second.object;
  if (const auto form = beside.forms.find(definition.form.name); form != beside.forms.end())
    progress.form = &form->second.object;
  return workflow::dump::draw(definition, *wanted, progress);
}

}  // namespace wenshu::app
