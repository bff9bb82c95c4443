#include "data/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "data/source.h"

namespace wenshu::data {
namespace {

namespace fs = std::filesystem;

using Parse = std::optional<Value> (*)(std::string_view, std::string_view, Diagnostics&);

struct Format {
  std::string_view extension;
  size_t limit;
  Parse parse;
};

constexpr size_t kYamlLimit = 1u << 20;
constexpr size_t kLimit = 64u << 20;
constexpr Format kFormats[] = {
    {".yaml", kYamlLimit, parse_yaml},
    {".yml", kYamlLimit, parse_yaml},
    {".json", kLimit, parse_json},
    {".csv", kLimit, parse_csv},
};

const Format* find_format(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
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

std::optional<Value> load_file(const fs::path& path, Diagnostics& findings) {
  std::string name = display_name(path);
  Place where{name, 0, 0, {}};
  std::error_code error;
  if (!fs::exists(path, error)) {
    findings.error("no-such-file", where, "没有这个文件");
    return std::nullopt;
  }
  if (fs::is_directory(path, error)) {
    findings.error("not-a-file", where, "这是文件夹，不是文件");
    return std::nullopt;
  }
  const Format* format = find_format(path);
  if (format == nullptr) {
    findings.error("unknown-file-type", where,
                   fmt::format("不认识的文件类型 \"{}\"", path.extension().string()),
                   "可用 .yaml .yml .json .csv");
    return std::nullopt;
  }
  if (auto size = fs::file_size(path, error); !error && size > format->limit) {
    findings.error("file-too-large", where, fmt::format("文件过大，上限为 {}", size_text(format->limit)),
                   "请拆成几个文件");
    return std::nullopt;
  }
  return format->parse(read_file(path), name, findings);
}

}  // namespace wenshu::data
