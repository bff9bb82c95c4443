#include "data/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "data/source.h"

namespace wenshu::data {
namespace {

namespace fs = std::filesystem;

using Parse = std::optional<Value> (*)(std::string, std::string_view, Diagnostics&);

template <std::optional<Value> (*parse)(std::string_view, std::string_view, Diagnostics&)>
std::optional<Value> look_at(std::string bytes, std::string_view name, Diagnostics& findings) {
  return parse(bytes, name, findings);
}

struct Format {
  std::string_view extension;
  size_t limit;
  Parse parse;
};

constexpr size_t kLimit = 64u << 20;
constexpr Format kFormats[] = {
    {".yaml", kMaxYamlBytes, look_at<parse_yaml>},
    {".yml", kMaxYamlBytes, look_at<parse_yaml>},
    {".json", kLimit, parse_own_json},
    {".csv", kLimit, look_at<parse_csv>},
};

const Format* find_format(const fs::path& path) {
  const std::string extension = extension_of(path);
  auto format = std::find_if(std::begin(kFormats), std::end(kFormats),
                             [&](const Format& f) { return f.extension == extension; });
  return format == std::end(kFormats) ? nullptr : format;
}

}  // namespace

std::string display_name(const fs::path& path) {
  std::string name = path.string();
  while (name.starts_with("./") && name.size() > 2) name.erase(0, 2);
  return name;
}

std::string extension_of(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension;
}

bool check_path(const fs::path& path, size_t limit, Diagnostics& findings) {
  const Place where{display_name(path), 0, 0, {}};
  std::error_code error;
  if (!fs::exists(path, error)) {
    findings.error("no-such-file", where, "没有这个文件");
    return false;
  }
  if (fs::is_directory(path, error)) {
    findings.error("not-a-file", where, "这是文件夹，不是文件");
    return false;
  }
  if (auto size = fs::file_size(path, error); !error && size > limit) {
    findings.error("file-too-large", where, fmt::format("文件过大，上限为 {}", size_text(limit)),
                   "请拆成几个文件");
    return false;
  }
  return true;
}

std::optional<Value> load_file(const fs::path& path, Diagnostics& findings) {
  const Format* format = find_format(path);
  if (!check_path(path, format ? format->limit : SIZE_MAX, findings)) return std::nullopt;
  const std::string name = display_name(path);
  if (format == nullptr) {
    findings.error("unknown-file-type", {name, 0, 0, {}},
                   fmt::format("不认识的文件类型 \"{}\"", path.extension().string()),
                   "可用 .yaml .yml .json .csv");
    return std::nullopt;
  }
  return format->parse(read_file(path), name, findings);
}

}  // namespace wenshu::data
