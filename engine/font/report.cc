#include "font/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "crypto/hash.h"

namespace wenshu::font {
namespace {

// Large faces are 30 MB; an office's own may be larger.
constexpr size_t kLargestFont = 256u << 20;

bool is_altered(const Face& face) {
  const std::string& wanted = face.source().sha256;
  return !wanted.empty() && crypto::sha256_hex(read_file(face.path(), kLargestFont)) != wanted;
}

const Source* find_source(const Faces& faces, std::string_view id) {
  const auto& all = faces.sources();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Source& s) { return s.id == id; });
  return found == all.end() ? nullptr : &*found;
}

// An office's own faces come from no package: their absence is nothing to report.
bool is_free(const Source& source) { return !source.package.empty(); }

std::string way_to_get(const Source& source) {
  if (!source.script.empty()) return fmt::format("运行 {}", source.script);
  if (is_free(source)) return fmt::format("安装软件包 {}（apt install {}）", source.package, source.package);
  return fmt::format("把 {} 放入 fonts/local/", source.file);
}

Place in_file(std::string file) { return {.file = std::move(file), .line = 0, .column = 0, .spot = {}}; }

}  // namespace

std::vector<RoleReport> report_roles(const Faces& faces) {
  std::vector<RoleReport> reports;
  for (const Role& role : faces.roles()) {
    RoleReport& report = reports.emplace_back();
    report.role = role.id;
    report.title = role.title;
    for (const std::string& id : role.chain) {
      const Face* face = faces.find(id);
      const Source* source = find_source(faces, id);
      if (!face && source && is_free(*source)) break;
      if (face) {
        report.first_choice = !faces.last_resort().contains(id);
        break;
      }
    }
    if (const Face* face = faces.find_main_face(role.id)) {
      report.face = face->id();
      report.file = face->source().file;
      report.path = face->path().string();
      report.package = face->source().package;
      report.licence = face->source().licence;
    }
  }
  return reports;
}

std::vector<FileReport> report_files(const Faces& faces, bool verify) {
  std::vector<FileReport> reports;
  for (const Source& source : faces.sources()) {
    const Face* face = faces.find(source.id);
    if (!face && !is_free(source)) continue;
    FileReport& report = reports.emplace_back();
    report.face = source.id;
    report.file = source.file;
    report.package = source.package;
    report.licence = source.licence;
    if (!face) continue;
    report.path = face->path().string();
    report.state = verify && is_altered(*face) ? FileState::altered : FileState::found;
  }
  return reports;
}

std::u32string find_missing(const Face& face, std::u32string_view characters) {
  std::u32string missing;
  for (const char32_t c : characters)
    if (!face.has(c)) missing += c;
  return missing;
}

std::u32string find_missing(const Faces& faces, std::string_view role, std::u32string_view characters) {
  std::u32string missing;
  for (const char32_t c : characters)
    if (!faces.find_face(role, c)) missing += c;
  return missing;
}

void FallBacks::note(std::string_view role, char32_t character, const Face& face) {
  if (faces_.find_main_face(role) != &face) noted_[{std::string(role), face.id()}].insert(character);
}

void FallBacks::report(const std::string& whose, const Place& where, Diagnostics& findings) const {
  for (const auto& [key, characters] : noted_) {
    std::string list;
    for (const char32_t c : characters)
      list += fmt::format("{}“{}”（{}）", list.empty() ? "" : "、", to_utf8(c), code_point_name(c));
    findings.hint("fallback-face", where,
                  fmt::format("{}{}字体没有{}，改用 {}", whose, faces_.find_role(key.first)->title, list,
                              find_source(faces_, key.second)->file));
  }
}

std::string how_to_get(const Faces& faces, std::string_view role) {
  const Role* wanted = faces.find_role(role);
  std::string ways;
  for (const std::string& id : wanted ? wanted->chain : std::vector<std::string>{}) {
    const Source* source = find_source(faces, id);
    if (!source || !is_free(*source) || faces.find(id) || faces.last_resort().contains(id)) continue;
    if (!ways.empty()) ways += "，或";
    ways += way_to_get(*source);
  }
  return ways;
}

void check_roles(const Faces& faces, const std::vector<std::string>& roles, Diagnostics& findings) {
  for (const std::string& id : roles) {
    const Role* role = faces.find_role(id);
    if (role && !faces.find_main_face(id))
      findings.error("missing-font", in_file("fonts/fonts.yaml"), fmt::format("没有安装{}字体", role->title),
                     how_to_get(faces, id));
  }
}

void check_files(const Faces& faces, Diagnostics& findings) {
  std::vector<std::string> roles;
  for (const Role& role : faces.roles()) roles.push_back(role.id);
  check_roles(faces, roles, findings);
  for (const FileReport& report : report_files(faces, true)) {
    const Source& source = *find_source(faces, report.face);
    if (report.state == FileState::missing)
      findings.warning("missing-font", in_file("fonts/fonts.yaml"),
                       fmt::format("没有找到字体文件 {}", report.file), way_to_get(source));
    if (report.state == FileState::altered)
      findings.error("altered-font", in_file(report.path),
                     "字体文件与 fonts.yaml 登记的 SHA-256 不符，制出的文书会与别处不同",
                     fmt::format("重新{}", way_to_get(source)));
  }
}

}  // namespace wenshu::font
