#include "app/published.h"

#include <fmt/format.h>

#include <memory>
#include <mutex>

#include "base/error.h"
#include "base/text.h"
#include "certificate/sheet.h"
#include "data/load.h"
#include "picture/decode.h"

namespace wenshu::app {

namespace {

struct StoredFile {
  std::string path;  // KIND/NAME, or document/PATH
  std::string hash;
};

std::vector<StoredFile> list_files(store::Tx& tx, const std::string& kind, const std::string& name,
                                   int64_t version) {
  std::vector<StoredFile> files;
  store::Stmt rows = tx.query(
      "SELECT path, hash FROM definition_files WHERE kind = ? AND name = ? AND version = ? ORDER BY position",
      kind, name, version);
  while (rows.next()) files.push_back({rows.row().text(0), rows.row().text(1)});
  return files;
}

std::string read_content(store::Tx& tx, const StoredFile& file) {
  auto bytes = store::find_content(tx, file.hash);
  if (!bytes)
    throw Failure(
        fmt::format("无法读取已发布的 {}（库中没有它的内容，请运行 wenshu audit verify）", file.path));
  return *bytes;
}

template <class Object, class Load>
Loaded<Object> load_stored(store::Tx& tx, const StoredFile& file, Load load) {
  Loaded<Object> loaded;
  loaded.source = {file.path, "已发布的 " + file.path, read_content(tx, file), {}};
  Diagnostics findings;
  if (auto value = data::parse_yaml(loaded.source.bytes, loaded.source.name, findings)) {
    loaded.source.value = *value;
    if (std::optional<Object> object = load(*value, findings)) {
      loaded.object = std::move(*object);
      return loaded;
    }
  }
  throw Failure(fmt::format("无法读取已发布的 {}（{}）", file.path, to_text(findings)));
}

// The latest version of each name of a kind: its first file is the definition itself.
template <class Object, class Load>
std::map<std::string, Loaded<Object>> load_latest(store::Tx& tx, const std::string& kind, Load load) {
  std::vector<std::pair<std::string, int64_t>> names;
  store::Stmt rows =
      tx.query("SELECT name, max(version) FROM definitions WHERE kind = ? GROUP BY name", kind);
  while (rows.next()) names.emplace_back(rows.row().text(0), rows.row().integer(1));
  std::map<std::string, Loaded<Object>> latest;
  for (const auto& [name, version] : names)
    latest.emplace(name, load_stored<Object>(tx, list_files(tx, kind, name, version).at(0), load));
  return latest;
}

}  // namespace

Version find_latest(store::Tx& tx, const std::string& kind, const std::string& name) {
  store::Stmt rows = tx.query(
      "SELECT version, title, fingerprint FROM definitions WHERE kind = ? AND name = ? ORDER BY version DESC "
      "LIMIT 1",
      kind, name);
  if (!rows.next()) return {};
  return {rows.row().integer(0), rows.row().text(1), rows.row().text(2)};
}

PublishedWorkflow load_workflow_version(store::Tx& tx, const std::string& name, int64_t version) {
  PublishedWorkflow published;
  for (const StoredFile& file : list_files(tx, "workflow", name, version)) {
    if (file.path.starts_with("workflow/"))
      published.definition = load_stored<workflow::Definition>(tx, file, workflow::load_workflow).object;
    else if (file.path.starts_with("form/"))
      published.form = load_stored<form::Form>(tx, file, form::load_form).object;
    else
      published.documents[file.path.substr(file.path.find('/') + 1)] = file.hash;
  }
  for (const auto& document : published.definition.documents) {
    const auto found = published.documents.find(document.path.name);
    if (found != published.documents.end()) published.papers[document.id] = found->second;
  }
  return published;
}

std::string load_document(store::Tx& tx, const PublishedWorkflow& published, const std::string& path) {
  return read_content(tx, {path, published.documents.at(path)});
}

directory::Directory load_office(store::Tx& tx) {
  store::Stmt rows = tx.query(
      "SELECT name, max(version) FROM definitions WHERE kind = 'directory' GROUP BY name ORDER BY name LIMIT "
      "1");
  if (!rows.next())
    throw Refused(std::vector<Blocker>{
        {"no-office", "库中还没有单位通讯录：请用 wenshu init --office 文件夹 重新建库", {}}});
  const StoredFile file = list_files(tx, "directory", rows.row().text(0), rows.row().integer(1)).at(0);
  // An act reads it to know who acts, and again under the lock: what has the same hash is the same, and ten thousand
  // people take longer to read than all else that an act does.
  static std::mutex guard;
  static std::string known;
  static std::shared_ptr<const directory::Directory> office;
  const std::lock_guard lock(guard);
  if (!office || known != file.hash) {
    office = std::make_shared<const directory::Directory>(
        load_stored<directory::Directory>(tx, file, directory::load_directory).object);
    known = file.hash;
  }
  return *office;
}

std::map<std::string, std::shared_ptr<const picture::Pixels>> load_signature_pictures(
    store::Tx& tx, const directory::Directory& office) {
  std::map<std::string, std::shared_ptr<const picture::Pixels>> pictures;
  const int64_t version = find_latest(tx, "directory", office.name).number;
  for (const StoredFile& file : list_files(tx, "directory", office.name, version)) {
    constexpr std::string_view kPrefix = "signature/";
    if (!file.path.starts_with(kPrefix)) continue;
    Diagnostics findings;
    auto pixels = picture::decode_png(read_content(tx, file), Place{file.path, 0, 0, ""}, findings);
    if (pixels)
      pictures[file.path.substr(kPrefix.size())] =
          std::make_shared<const picture::Pixels>(std::move(*pixels));
  }
  return pictures;
}

std::map<std::string, registers::Register> load_registers(store::Tx& tx) {
  std::map<std::string, registers::Register> registers;
  for (auto& [name, loaded] : load_latest<registers::Register>(tx, "register", registers::load_register))
    registers.emplace(name, std::move(loaded.object));
  return registers;
}

std::optional<calendar::WorkingTime> load_working_time(store::Tx& tx) {
  const auto calendars = load_latest<calendar::Calendar>(tx, "calendar", calendar::load_calendar);
  std::map<std::string, const calendar::Calendar*> all;
  for (const auto& [name, loaded] : calendars) all[name] = &loaded.object;
  const auto office = all.find("office");
  Diagnostics findings;
  if (office == all.end() || !calendar::check_uses(*office->second, all, findings)) return std::nullopt;
  return calendar::WorkingTime(*office->second, all);
}

Definitions load_known(store::Tx& tx) {
  Definitions known;
  known.directories = load_latest<directory::Directory>(tx, "directory", directory::load_directory);
  known.forms = load_latest<form::Form>(tx, "form", form::load_form);
  known.registers = load_latest<registers::Register>(tx, "register", registers::load_register);
  known.workflows = load_latest<workflow::Definition>(tx, "workflow", workflow::load_workflow);
  known.sheets = load_latest<certificate::Sheet>(tx, "certificate", certificate::load_sheet);
  known.calendars = load_latest<calendar::Calendar>(tx, "calendar", calendar::load_calendar);
  return known;
}

std::string resolve_person(const Context& context, const directory::Directory& office) {
  if (context.person.empty())
    throw Refused(std::vector<Blocker>{{"no-person", "没有说明由谁办理：请加 --as 人员", {}}});
  const directory::Match match = directory::find_person(office, context.person);
  if (match.person) return match.person->id;
  if (match.candidates.empty()) throw NotFound(fmt::format("单位通讯录中没有 {}", context.person));
  Diagnostics findings;
  findings.error("ambiguous-person", Place{"--as", 0, 0, ""},
                 fmt::format("有 {} 个人叫 {}", match.candidates.size(), context.person),
                 "请用编号之一：" + join(match.candidates, "、"));
  throw FaultyInput(std::move(findings));
}

store::Store open_store(const Context& context) {
  return context.open_store ? *context.open_store : store::Store::open(context.store);
}

}  // namespace wenshu::app
