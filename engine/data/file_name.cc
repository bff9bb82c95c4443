#include "data/file_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace wenshu::data {
namespace {

// annual-plan.workflow.yaml and annual-plan/ stand for annual-plan; county-2020/ for county-2020 and for
// county.
std::vector<std::string> names_of(const std::filesystem::path& file) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (!name.empty()) names.push_back(std::move(name));
  };
  const auto stem = file.filename().string();
  add(stem.substr(0, stem.find('.')));
  const auto folder = file.parent_path().filename().string();
  add(folder);
  if (const auto dash = folder.rfind('-'); dash != std::string::npos) add(folder.substr(0, dash));
  return names;
}

}  // namespace

void check_file_name(const Value& name, Diagnostics& findings) {
  if (name.kind() != Value::Kind::text) return;
  const auto names = names_of(name.place().file());
  if (std::find(names.begin(), names.end(), name.text()) != names.end()) return;
  const auto near = near_name(name.text(), names);
  if (near.empty()) return;
  findings.warning("name-differs", name.place(),
                   fmt::format("名称 \"{}\" 与文件名或文件夹名只差一点，像是笔误", name.text()),
                   fmt::format("是否为 \"{}\"?", near));
}

}  // namespace wenshu::data
