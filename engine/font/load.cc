#include "data/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "data/schema.h"
#include "font/faces.h"

namespace wenshu::font {
namespace {

using data::Need;
using data::Value;
namespace fs = std::filesystem;

const data::Shape& fonts_shape() {
  static const data::Shape chain = data::list(data::text());
  static const data::Shape shape = data::map({
      {"fonts", data::identifier(), Need::required},
      {"folders", data::list(data::text(), 1), Need::required},
      {"roles",
       data::map_of(data::map({{"title", data::text(), Need::required}, {"chain", chain, Need::required}}),
                    1),
       Need::required},
      {"last-resort", chain},
      {"faces",
       data::map_of(data::map({
           {"file", data::text(), Need::required},
           {"index", data::integer(0, 100)},
           {"postscript", data::text()},
           {"package", data::text()},
           {"install", data::text()},
           {"licence", data::text(), Need::required},
           {"sha256", data::text()},
       })),
       Need::required},
  });
  return shape;
}

Source read_source(const std::string& id, const Value& face, Diagnostics& findings) {
  Source source{.id = id,
                .file = face["file"].text(),
                .index = static_cast<unsigned>(data::to_integer(face["index"]).value_or(0)),
                .postscript_name = face["postscript"].text(),
                .package = face["package"].text(),
                .script = face["install"].text(),
                .licence = face["licence"].text(),
                .sha256 = face["sha256"].text()};
  const bool is_hash =
      source.sha256.size() == 64 && source.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!source.sha256.empty() && !is_hash)
    findings.error("bad-hash", face["sha256"].place(), "sha256 应为 64 位小写十六进制数字",
                   "用 sha256sum 重新计算");
  if (source.file.find('/') != std::string::npos)
    findings.error("bad-file-name", face["file"].place(), "file 只写文件名，不写路径",
                   "文件夹写在 folders 中");
  return source;
}

// Every regular file below the folders by name; the first folder that has a name wins.
std::map<std::string, fs::path> list_installed(const std::vector<fs::path>& folders) {
  std::map<std::string, fs::path> files;
  for (const fs::path& folder : folders) {
    std::vector<fs::path> found;
    std::error_code fault;
    fs::recursive_directory_iterator walk(folder, fs::directory_options::skip_permission_denied, fault);
    for (; !fault && walk != fs::recursive_directory_iterator(); walk.increment(fault))
      if (walk->is_regular_file(fault)) found.push_back(walk->path());
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) files.emplace(path.filename().string(), path);
  }
  return files;
}

// The ids of a chain that are faces; the others are findings.
std::vector<std::string> read_chain(const Value& chain, const std::vector<std::string>& known,
                                    Diagnostics& findings) {
  std::vector<std::string> ids;
  for (const Value& id : chain.items()) {
    if (std::find(known.begin(), known.end(), id.text()) == known.end())
      data::report_unknown(id, "unknown-face", "字体", known, findings);
    else if (std::find(ids.begin(), ids.end(), id.text()) != ids.end())
      findings.error("repeated-face", id.place(), fmt::format("同一序列中字体 \"{}\" 出现两次", id.text()),
                     "删去后一处");
    else
      ids.push_back(id.text());
  }
  return ids;
}

}  // namespace

std::optional<Faces> load_faces(const fs::path& fonts_yaml, Diagnostics& findings) {
  Diagnostics own;
  const auto file = data::load_file(fonts_yaml, own);
  if (!file || !data::check_shape(*file, fonts_shape(), own)) {
    findings.append(own);
    return std::nullopt;
  }
  Faces faces;
  std::vector<std::string> known;
  for (const auto& [id, place, face] : (*file)["faces"].entries()) {
    faces.sources_.push_back(read_source(id, face, own));
    known.push_back(id);
  }
  const auto last = read_chain((*file)["last-resort"], known, own);
  faces.last_resort_.insert(last.begin(), last.end());
  for (const auto& [id, place, role] : (*file)["roles"].entries()) {
    faces.roles_.push_back({id, role["title"].text(), read_chain(role["chain"], known, own)});
    auto& chain = faces.roles_.back().chain;
    for (const std::string& face : last)
      if (std::find(chain.begin(), chain.end(), face) == chain.end()) chain.push_back(face);
  }
  findings.append(own);
  if (own.has_errors()) return std::nullopt;

  std::vector<fs::path> folders;
  for (const Value& folder : (*file)["folders"].items())
    folders.push_back(fonts_yaml.parent_path() / folder.text());  // an absolute folder stays as it is
  const auto installed = list_installed(folders);
  for (const Source& source : faces.sources_)
    if (const auto found = installed.find(source.file); found != installed.end())
      faces.faces_.push_back(std::make_unique<Face>(source, found->second));
  for (const Role& role : faces.roles_) {
    auto& serving = faces.role_faces_.emplace_back();
    for (const std::string& id : role.chain)
      if (const Face* face = faces.find(id)) serving.push_back(face);
  }
  return faces;
}

}  // namespace wenshu::font
