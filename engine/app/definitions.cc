#include "app/definitions.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/definitions_check.h"
#include "app/demo.h"
#include "app/notice_files.h"
#include "app/table_file.h"
#include "base/encoding.h"
#include "base/file.h"
#include "data/file_name.h"
#include "data/load.h"
#include "data/schema.h"
#include "docx/fill.h"
#include "notice/notice.h"
#include "notice/pictures.h"
#include "package/archive.h"
#include "template/text.h"
#include "workflow/words.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

const data::Shape& data_file_shape() {
  using namespace data;
  static const Shape shape = map({{"data", identifier(), Need::required},
                                  {"form", identifier()},
                                  {"certificate", identifier()},
                                  {"roster", text()},
                                  {"template", text()},
                                  {"each", text()},
                                  {"values", any(), Need::required}});
  return shape;
}

class Loader {
 public:
  Loader(const fs::path& home, Diagnostics& findings, const Definitions* known)
      : home_(home), findings_(findings), known_(known) {}

  Definitions load(const std::vector<fs::path>& paths) {
    for (const auto& path : paths) {
      check_named(path);
      std::error_code none;
      if (fs::is_directory(path, none)) named_folders_.push_back(path);
    }
    for (const auto& path : existing_files(paths)) load_one(path);
    find_documents();
    check_definitions(all_, known_, !incomplete_, findings_);
    for (const auto& [file, demo] : demos_) check_demo(demo, all_, findings_);
    return std::move(all_);
  }

 private:
  std::vector<fs::path> existing_files(const std::vector<fs::path>& paths) {
    std::vector<fs::path> there;
    for (const auto& path : paths) {
      std::error_code none;
      if (fs::exists(path, none)) {
        there.push_back(path);
      } else {
        findings_.error("no-such-file", {data::display_name(path)}, "没有这个文件或文件夹", "核对路径");
      }
    }
    return list_files(there);
  }

  static bool is_read(const fs::path& path) {
    const auto extension = data::extension_of(path);
    return extension == ".docx" || extension == ".yaml" || extension == ".yml";
  }

  // A file that is named outright is never passed over in silence: data and text are read, the rest is unknown.
  void check_named(const fs::path& path) {
    std::error_code none;
    if (!fs::is_regular_file(path, none) || is_read(path)) return;
    if (data::extension_of(path) != ".txt") {
      load_table_file(path, findings_);
    } else if (const auto source = read_source(path)) {
      templates::check_text(source->bytes, {source->name, 1, 1}, findings_);
    }
  }

  void load_one(const fs::path& path) {
    if (!is_read(path)) return;
    if (data::extension_of(path) == ".docx") return load_word(path);
    auto source = read_source(path);
    if (!source) return;
    if (auto value = data::parse_yaml(source->bytes, source->name, findings_)) {
      source->value = std::move(*value);
      load_kind(std::move(*source));
    }
  }

  // What is too large is refused unread.
  static size_t limit_of(const fs::path& path) {
    const auto extension = data::extension_of(path);
    if (extension == ".docx") return package::kMaxPackedBytes;
    return extension == ".txt" ? data::kMaxTextBytes : data::kMaxYamlBytes;
  }

  std::optional<Source> read_source(const fs::path& path) {
    if (!data::check_path(path, limit_of(path), findings_)) return std::nullopt;
    try {
      return Source{path, data::display_name(path), read_file(path), {}};
    } catch (const std::exception& failure) {
      findings_.error("unreadable-file", {data::display_name(path)}, failure.what());
      return std::nullopt;
    }
  }

  void load_word(const fs::path& path) {
    auto source = read_source(path);
    if (!source) return;
    docx::load_template(source->bytes, source->name, findings_);
    all_.templates.emplace(source->name, std::move(*source));
  }

  // The first key names the kind, its text the name.
  void load_kind(Source source) {
    const auto& value = source.value;
    if (!value.is_map() || value.size() == 0) {
      findings_.error("unknown-kind", {source.name, 1, 1}, "文件第一行应写明种类和名称",
                      "例如 workflow: annual-plan");
      return;
    }
    const auto& [kind, key_place, name] = value.entries().front();
    if (kind == "workflow") return keep(all_.workflows, std::move(source), workflow::load_workflow);
    if (kind == "scenarios") return keep(all_.scenarios, std::move(source), workflow::load_scenarios);
    if (kind == "form") return keep(all_.forms, std::move(source), form::load_form);
    if (kind == "register") return keep(all_.registers, std::move(source), registers::load_register);
    if (kind == "directory") return keep(all_.directories, std::move(source), directory::load_directory);
    if (kind == "certificate") return keep(all_.sheets, std::move(source), certificate::load_sheet);
    if (kind == "calendar") return keep(all_.calendars, std::move(source), calendar::load_calendar);
    if (kind == "notice") {
      notice::check_notice(value, findings_);
      notice::check_pictures(value, pictures_beside(source.path), findings_);
      return keep_source(all_.notices, std::move(source));
    }
    if (kind == "data") {
      if (!data::check_shape(value, data_file_shape(), findings_)) return;
      data::check_file_name(name, findings_);
      return keep_source(all_.data, std::move(source));
    }
    if (kind == "demo") {
      data::check_file_name(name, findings_);
      if (auto demo = load_demo(value, source.path, findings_))
        demos_.emplace_back(source.path, std::move(*demo));
      return;
    }
    static const std::vector<std::string> kKinds = {"workflow",  "scenarios",   "form",     "register",
                                                    "directory", "certificate", "calendar", "notice",
                                                    "data",      "demo"};
    const auto hint = near_name_hint(kind, kKinds);
    findings_.error(
        "unknown-kind", key_place, fmt::format("不认识的文件种类 \"{}\"", kind),
        hint.empty()
            ? "第一个键应是 "
              "workflow、scenarios、form、register、directory、certificate、calendar、notice、data 之一"
            : hint);
  }

  template <class Object, class LoadObject>
  void keep(std::map<std::string, Loaded<Object>>& into, Source source, LoadObject load_object) {
    auto object = load_object(source.value, findings_);
    if (!object) {
      incomplete_ = true;  // what refers to it must not be blamed as well
      return;
    }
    if (!is_new(into, object->name, source)) return;
    const auto name = object->name;
    into.emplace(name, Loaded<Object>{std::move(source), std::move(*object)});
  }

  void keep_source(std::map<std::string, Source>& into, Source source) {
    const auto name = source.value.entries().front().value.text();
    const auto found = into.find(name);
    if (found != into.end()) {
      report_twice(name, source.value, found->second.name);
    } else {
      into.emplace(name, std::move(source));
    }
  }

  template <class Object>
  bool is_new(const std::map<std::string, Loaded<Object>>& known, const std::string& name,
              const Source& source) {
    const auto found = known.find(name);
    if (found == known.end()) return true;
    report_twice(name, source.value, found->second.source.name);
    return false;
  }

  void report_twice(const std::string& name, const data::Value& value, const std::string& other) {
    const auto& entry = value.entries().front();
    findings_.error("duplicate-name", entry.value.place(),
                    fmt::format("{} \"{}\" 已在 {} 中", entry.key, name, other),
                    "换一个名称，或删去重复的文件");
  }

  // Beside the workflow, in folders named on the command line and their templates/, in a sibling ../templates, in
  // home/templates.
  void find_documents() {
    for (const auto& [name, loaded] : all_.workflows)
      for (const auto& document : loaded.object.documents)
        find_document(loaded.source.path.parent_path(), document, all_.documents[name]);
  }

  void find_document(const fs::path& folder, const workflow::Document& document,
                     std::map<std::string, Source>& into) {
    const auto& path = document.path.name;
    if (into.contains(path)) return;
    std::vector<fs::path> bases = {folder, folder / "templates"};
    for (const fs::path& named : named_folders_) bases.insert(bases.end(), {named, named / "templates"});
    bases.insert(bases.end(), {folder.parent_path() / "templates", home_ / "templates"});
    for (const auto& base : bases) {
      std::error_code none;
      if (!fs::is_regular_file(base / path, none)) continue;
      auto source = read_source(base / path);
      if (!source) return;
      check_document(document, *source);
      keep_pictures(path, *source, into);
      into.emplace(path, std::move(*source));
      return;
    }
    findings_.error("no-such-file", document.path.place, fmt::format("找不到文书 {}", path),
                    "路径从 templates/ 算起，或从流程文件所在的文件夹算起");
  }

  // Seals and signature stamps are published together with the notice that names them.
  void keep_pictures(const fs::path& path, const Source& source, std::map<std::string, Source>& into) {
    for (const data::Value* file : notice::picture_files(source.value)) {
      const fs::path picture = source.path.parent_path() / file->text();
      std::error_code none;
      if (!fs::is_regular_file(picture, none)) continue;  // check_document has named it
      if (auto read = read_source(picture))
        into.emplace((path.parent_path() / file->text()).generic_string(), std::move(*read));
    }
  }

  void check_document(const workflow::Document& document, Source& source) {
    const bool seen = was_loaded(source.path);
    Diagnostics own;
    if (document.kind == workflow::Document::Kind::word_template && !workflow::is_plain_text(document)) {
      docx::load_template(source.bytes, source.name, own);
    } else if (workflow::is_plain_text(document)) {
      if (auto text = decode_text(source.bytes))
        templates::check_text(source.bytes = std::move(*text), {source.name, 1, 1}, own);
      else
        own.error("not-text", {source.name}, "不是文本文件", "模板须是 .docx，或 UTF-8、GB18030 文本");
    } else if (auto value = data::parse_yaml(source.bytes, source.name, own)) {
      source.value = std::move(*value);
      notice::check_notice(source.value, own);
      notice::check_pictures(source.value, pictures_beside(source.path), own);
    }
    if (!seen) findings_.append(own);
  }

  bool was_loaded(const fs::path& path) const {
    const auto same = [&](const auto& sources) {
      std::error_code none;
      return std::any_of(sources.begin(), sources.end(),
                         [&](const auto& entry) { return fs::equivalent(entry.second.path, path, none); });
    };
    return same(all_.notices) || same(all_.templates);
  }

  fs::path home_;
  std::vector<fs::path> named_folders_;
  Diagnostics& findings_;
  const Definitions* known_;
  Definitions all_;
  std::vector<std::pair<fs::path, Demo>> demos_;
  bool incomplete_ = false;  // a definition was faulty: references to it are not reported as unknown
};

}  // namespace

Definitions load_definitions(const std::vector<fs::path>& paths, const fs::path& home, Diagnostics& findings,
                             const Definitions* known) {
  return Loader(home, findings, known).load(paths);
}

}  // namespace wenshu::app
