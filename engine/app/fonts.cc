#include "app/fonts.h"

#include "font/faces.h"
#include "font/report.h"

namespace wenshu::app {
namespace {

data::Value face_line(const font::FileReport& file) {
  auto line = data::Value::map();
  line.set("face", file.face);
  line.set("file", file.file);
  line.set("package", file.package);
  line.set("licence", file.licence);
  line.set("path", file.path);
  line.set("found", data::Value::boolean(file.state != font::FileState::missing));
  return line;
}

}  // namespace

data::Value report_fonts(const std::filesystem::path& home, bool check, Diagnostics& findings) {
  auto report = data::Value::map();
  const auto faces = font::load_faces(home / "fonts" / "fonts.yaml", findings);
  if (!faces) return report;
  auto roles = data::Value::list();
  for (const auto& role : font::report_roles(*faces, U"")) {
    auto line = data::Value::map();
    line.set("role", role.role);
    line.set("title", role.title);
    line.set("face", role.face);
    line.set("path", role.path);
    line.set("first_choice", data::Value::boolean(role.first_choice));
    auto chain = data::Value::list();
    for (const auto& face : faces->find_role(role.role)->chain) chain.add(face);
    line.set("chain", std::move(chain));
    roles.add(std::move(line));
  }
  report.set("roles", std::move(roles));
  auto files = data::Value::list();
  for (const auto& file : font::report_files(*faces, U"", false)) files.add(face_line(file));
  report.set("faces", std::move(files));
  if (check) font::check_files(*faces, findings);
  return report;
}

}  // namespace wenshu::app
