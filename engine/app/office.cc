#include "app/office.h"

#include <fmt/format.h>

#include <map>

#include "app/definitions.h"
#include "base/error.h"
#include "base/file.h"
#include "crypto/hash.h"
#include "data/load.h"
#include "picture/decode.h"
#include "store/act.h"

namespace wenshu::app {

namespace fs = std::filesystem;

namespace {

// The directories below a folder that also holds other things; a file that cannot be read at all may be meant
// as one.
std::vector<fs::path> find_directory_files(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw NotFound(fmt::format("没有文件夹 {}", folder.string()));
  std::vector<fs::path> found;
  for (const fs::path& file : list_files({folder})) {
    if (file.extension() != ".yaml" && file.extension() != ".yml") continue;
    Diagnostics ignored;
    const auto value = data::load_file(file, ignored);
    if (!value || (value->is_map() && value->size() > 0 && value->entries()[0].key == "directory"))
      found.push_back(file);
  }
  return found;
}

Loaded<directory::Directory> load_one_directory(const fs::path& folder, const fs::path& home) {
  Diagnostics findings;
  std::error_code none;
  const bool named = fs::is_regular_file(folder, none);
  Definitions definitions =
      load_definitions(named ? std::vector<fs::path>{folder} : find_directory_files(folder), home, findings);
  if (!findings.has_errors() && definitions.directories.size() != 1)
    findings.error(definitions.directories.empty() ? "no-directory" : "several-directories",
                   Place{folder.string(), 0, 0, ""},
                   fmt::format("单位文件夹里应当正好有一份通讯录（directory），现有 {} 份",
                               definitions.directories.size()),
                   "通讯录文件的第一行是 directory: 名称");
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  return std::move(definitions.directories.begin()->second);
}

// Pictures of signatures, by person; each is decoded once, so that a broken one is found here and not on a sheet.
std::map<std::string, std::string> read_signatures(const Loaded<directory::Directory>& office) {
  std::map<std::string, std::string> signatures;
  Diagnostics findings;
  for (const directory::Person& person : office.object.people) {
    if (person.signature.empty()) continue;
    const fs::path path = office.source.path.parent_path() / person.signature;
    const Place place{data::display_name(path), 0, 0, ""};
    std::error_code none;
    if (!fs::is_regular_file(path, none)) {
      findings.error("no-such-file", place, fmt::format("找不到 {} 的签名图片", person.name),
                     "路径从通讯录所在的文件夹算起");
      continue;
    }
    std::string bytes = read_file(path);
    if (picture::decode_png(bytes, place, findings)) signatures.emplace(person.id, std::move(bytes));
  }
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  return signatures;
}

void load_into(store::Store& store, const Loaded<directory::Directory>& office,
               const std::map<std::string, std::string>& signatures, Time now) {
  store::Act act(store, {.actor = "", .at = now});
  const std::string hash = store::keep_content(act.tx(), office.source.bytes);
  data::Value file = data::Value::map();
  file.set("path", "directory/" + office.object.name);
  file.set("hash", hash);
  data::Value definition = data::Value::map();
  definition.set("kind", "directory");
  definition.set("name", office.object.name);
  definition.set("version", data::Value::number(1));
  definition.set("title", office.object.title);
  definition.set("fingerprint", hash);
  data::Value& files = definition.set("files", data::Value::list());
  files.add(std::move(file));
  for (const auto& [person, bytes] : signatures) {
    data::Value picture = data::Value::map();
    picture.set("path", "signature/" + person);
    picture.set("hash", store::keep_content(act.tx(), bytes));
    files.add(std::move(picture));
  }
  act.add_definition(std::move(definition));
  act.finish("office-loaded", office.object.name);
}

}  // namespace

store::Store store_in_memory(const fs::path& office, const fs::path& home, Time now) {
  const auto loaded = load_one_directory(office, home);
  store::Store store = store::Store::in_memory();
  load_into(store, loaded, read_signatures(loaded), now);
  return store;
}

OfficeReport init_store(const Context& context, const std::optional<fs::path>& office_folder) {
  OfficeReport report;
  report.file = store::file_of(context.store);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(report.file, ignored)))
    throw Refused(std::vector<Blocker>{{"store-exists",
                                        fmt::format("{} 已经存在，不会覆盖", report.file.string()),
                                        {{"file", report.file.string()}}}});
  std::optional<Loaded<directory::Directory>> office;
  if (office_folder) office = load_one_directory(*office_folder, context.home);
  const auto signatures = office ? read_signatures(*office) : std::map<std::string, std::string>();
  store::create_store(context.store, [&](store::Store& store) {
    if (office) load_into(store, *office, signatures, context.clock->now());
  });
  if (office) {
    report.directory = office->object.name;
    report.title = office->object.title;
    report.people = office->object.people.size();
    report.departments = office->object.departments.size();
  }
  return report;
}

}  // namespace wenshu::app
