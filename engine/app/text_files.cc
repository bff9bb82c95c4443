#include "app/text_files.h"

#include <map>
#include <memory>

#include "base/encoding.h"
#include "base/file.h"
#include "data/load.h"

namespace wenshu::app {
namespace {

constexpr size_t kLimit = 5u << 20;

std::optional<std::string> load(const std::filesystem::path& path) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none) || std::filesystem::file_size(path, none) > kLimit)
    return std::nullopt;
  return decode_text(read_file(path));
}

}  // namespace

bool writes_html(const std::filesystem::path& template_path) {
  const std::string extension = data::extension_of(template_path);
  return extension == ".html" || extension == ".htm" || extension == ".xml";
}

std::function<std::optional<std::string>(const std::string& name)> partials_beside(
    const std::filesystem::path& template_path) {
  const auto known = std::make_shared<std::map<std::string, std::optional<std::string>>>();
  return [template_path, known](const std::string& name) -> std::optional<std::string> {
    const auto [entry, is_new] = known->try_emplace(name);
    if (!is_new) return entry->second;
    const auto folder = template_path.parent_path();
    entry->second = load(folder / name);
    if (!entry->second) entry->second = load(folder / (name + template_path.extension().string()));
    return entry->second;
  };
}

}  // namespace wenshu::app
