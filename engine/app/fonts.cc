#include "app/fonts.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "font/faces.h"
#include "font/repertoire.h"
#include "font/report.h"

namespace wenshu::app {
namespace {

using data::Value;

Value count(size_t number) { return Value::number(static_cast<long long>(number)); }

Value table_line(const font::Repertoire& table) {
  auto line = Value::map();
  line.set("table", table.id);
  line.set("title", table.title);
  return line;
}

Value coverage_of(const font::Face& face, const std::vector<font::Repertoire>& tables,
                  const font::Faces& faces, const std::string& role = {}) {
  auto coverage = Value::list();
  for (const auto& table : tables) {
    auto line = table_line(table);
    line.set("characters", count(table.characters.size()));
    line.set("missing", count(font::find_missing(face, table.characters).size()));
    if (!role.empty())
      line.set("missing_from_all", count(font::find_missing(faces, role, table.characters).size()));
    coverage.add(std::move(line));
  }
  return coverage;
}

Value role_line(const font::RoleReport& role, const font::Faces& faces,
                const std::vector<font::Repertoire>& tables) {
  auto line = Value::map();
  line.set("role", role.role);
  line.set("title", role.title);
  line.set("face", role.face);
  line.set("path", role.path);
  line.set("package", role.package);
  line.set("licence", role.licence);
  line.set("first_choice", Value::boolean(role.first_choice));
  auto chain = Value::list();
  for (const auto& face : faces.find_role(role.role)->chain) chain.add(face);
  line.set("chain", std::move(chain));
  if (const font::Face* face = faces.find(role.face))
    line.set("coverage", coverage_of(*face, tables, faces, role.role));
  return line;
}

Value face_line(const font::FileReport& file, const font::Faces& faces,
                const std::vector<font::Repertoire>& tables) {
  auto line = Value::map();
  line.set("face", file.face);
  line.set("file", file.file);
  line.set("package", file.package);
  line.set("licence", file.licence);
  line.set("path", file.path);
  line.set("found", Value::boolean(file.state != font::FileState::missing));
  if (const font::Face* face = faces.find(file.face)) line.set("coverage", coverage_of(*face, tables, faces));
  return line;
}

}  // namespace

Value report_fonts(const std::filesystem::path& home, bool check, Diagnostics& findings) {
  auto report = Value::map();
  const auto faces = font::load_faces(home / "fonts" / "fonts.yaml", findings);
  if (!faces) return report;
  const auto tables = font::load_repertoires(home / "fonts");
  auto roles = Value::list();
  for (const auto& role : font::report_roles(*faces)) roles.add(role_line(role, *faces, tables));
  report.set("roles", std::move(roles));
  auto files = Value::list();
  for (const auto& file : font::report_files(*faces, false)) files.add(face_line(file, *faces, tables));
  report.set("faces", std::move(files));
  if (check) font::check_files(*faces, findings);
  return report;
}

Value list_missing_characters(const std::filesystem::path& home, const std::string& name,
                              Diagnostics& findings) {
  auto report = Value::list();
  const auto faces = font::load_faces(home / "fonts" / "fonts.yaml", findings);
  if (!faces) return report;
  const font::Face* face = faces->find(name);
  if (!face && !faces->find_role(name))
    throw NotFound(fmt::format("没有叫 {} 的字体，或它没有安装（wenshu fonts 列出全部）", name));
  for (const auto& table : font::load_repertoires(home / "fonts")) {
    auto line = table_line(table);
    line.set("missing", to_utf8(face ? font::find_missing(*face, table.characters)
                                     : font::find_missing(*faces, name, table.characters)));
    report.add(std::move(line));
  }
  return report;
}

}  // namespace wenshu::app
