#include "app/definitions.h"

#include <fmt/format.h>

#include <functional>
#include <set>

#include "app/demo.h"
#include "base/error.h"
#include "base/file.h"
#include "certificate/batch.h"
#include "data/file_name.h"
#include "data/load.h"
#include "data/schema.h"
#include "docx/fill.h"
#include "form/sample.h"
#include "notice/fill.h"
#include "notice/notice.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

const data::Shape& data_file_shape() {
  using namespace data;
  static const Shape shape = map({{"data", identifier(), Need::required},
                                  {"form", identifier()},
                                  {"certificate", identifier()},
                                  {"roster", text()},
                                  {"values", any(), Need::required}});
  return shape;
}

// What case_effects.cc tells templates of the case itself.
data::Value sample_case() {
  auto facts = data::Value::map();
  for (const char* key : {"id", "title", "initiator", "department", "person"}) facts.set(key, "样");
  facts.set("date", "2020-01-01");
  auto opinion = data::Value::map();
  for (const char* key : {"step", "person", "action", "opinion"}) opinion.set(key, "样");
  opinion.set("date", "2020-01-01");
  facts.set("opinions", data::Value::list()).add(std::move(opinion));
  return facts;
}

class Loader {
 public:
  Loader(const fs::path& home, Diagnostics& findings, const Definitions* known)
      : home_(home), findings_(findings), known_(known) {}

  Definitions load(const std::vector<fs::path>& paths) {
    for (const auto& path : existing_files(paths)) load_one(path);
    find_documents();
    check_workflows();
    try_documents();
    check_sheets();
    check_data();
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

  void load_one(const fs::path& path) {
    const auto extension = path.extension();
    if (extension == ".docx") return load_word(path);
    if (extension != ".yaml" && extension != ".yml") return;
    auto source = read_source(path);
    if (!source) return;
    if (auto value = data::parse_yaml(source->bytes, source->name, findings_)) {
      source->value = std::move(*value);
      load_kind(std::move(*source));
    }
  }

  std::optional<Source> read_source(const fs::path& path) {
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
    if (kind == "form") return keep(all_.forms, std::move(source), form::load_form);
    if (kind == "register") return keep(all_.registers, std::move(source), registers::load_register);
    if (kind == "directory") return keep(all_.directories, std::move(source), directory::load_directory);
    if (kind == "certificate") return keep(all_.sheets, std::move(source), certificate::load_sheet);
    if (kind == "notice") {
      notice::check_notice(value, findings_);
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
    static const std::vector<std::string> kKinds = {"workflow",    "form",   "register", "directory",
                                                    "certificate", "notice", "data",     "demo"};
    const auto hint = near_name_hint(kind, kKinds);
    findings_.error("unknown-kind", key_place, fmt::format("不认识的文件种类 \"{}\"", kind),
                    hint.empty()
                        ? "第一个键应是 workflow、form、register、directory、certificate、notice、data 之一"
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

  // Beside the workflow, in a sibling ../templates, in home/templates.
  void find_documents() {
    for (const auto& [name, loaded] : all_.workflows)
      for (const auto& document : loaded.object.documents)
        find_document(loaded.source.path.parent_path(), document);
  }

  void find_document(const fs::path& folder, const workflow::Document& document) {
    const auto& path = document.path.name;
    if (all_.documents.contains(path)) return;
    for (const auto& base : {folder, folder.parent_path() / "templates", home_ / "templates"}) {
      std::error_code none;
      if (!fs::is_regular_file(base / path, none)) continue;
      auto source = read_source(base / path);
      if (!source) return;
      check_document(document, *source);
      all_.documents.emplace(path, std::move(*source));
      return;
    }
    if (known_ != nullptr && known_->documents.contains(path)) {
      all_.documents.emplace(path, known_->documents.at(path));
      return;
    }
    findings_.error("no-such-file", document.path.place, fmt::format("找不到文书 {}", path),
                    "路径从 templates/ 算起，或从流程文件所在的文件夹算起");
  }

  void check_document(const workflow::Document& document, Source& source) {
    const bool seen = was_loaded(source.path);
    Diagnostics own;
    if (document.kind == workflow::Document::Kind::word_template) {
      docx::load_template(source.bytes, source.name, own);
    } else if (auto value = data::parse_yaml(source.bytes, source.name, own)) {
      source.value = std::move(*value);
      notice::check_notice(source.value, own);
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

  template <class Object>
  const Object* find(const std::map<std::string, Loaded<Object>> Definitions::*kind,
                     const std::string& name) const {
    if (const auto found = (all_.*kind).find(name); found != (all_.*kind).end()) return &found->second.object;
    if (known_ == nullptr) return nullptr;
    const auto found = (known_->*kind).find(name);
    return found == (known_->*kind).end() ? nullptr : &found->second.object;
  }

  template <class Object>
  std::map<std::string, const Object*> everything(
      const std::map<std::string, Loaded<Object>> Definitions::*kind) const {
    std::map<std::string, const Object*> found;
    if (known_ != nullptr)
      for (const auto& [name, loaded] : known_->*kind) found[name] = &loaded.object;
    for (const auto& [name, loaded] : all_.*kind) found[name] = &loaded.object;
    return found;
  }

  const directory::Directory* the_directory() const {
    const auto directories = everything(&Definitions::directories);
    return directories.empty() ? nullptr : directories.begin()->second;
  }

  void check_workflows() {
    if (incomplete_) return;
    const workflow::Known known{everything(&Definitions::forms), everything(&Definitions::registers),
                                the_directory()};
    for (const auto& [name, loaded] : all_.workflows)
      workflow::check_references(loaded.object, known, findings_);
  }

  // Each document is made once of a record that has every field: a tag that names no field is found here, not
  // on the day when the notice is due.
  void try_documents() {
    if (incomplete_ || findings_.has_errors()) return;
    std::set<std::string> tried;
    for (const auto& [name, loaded] : all_.workflows) {
      const auto* form = find(&Definitions::forms, loaded.object.form.name);
      auto sample = form::sample_record(*form);
      if (sample.find("case") == nullptr) sample.set("case", sample_case());
      for (const auto& document : loaded.object.documents)
        if (tried.insert(form->name + " " + document.path.name).second) try_document(document, sample);
    }
  }

  void try_document(const workflow::Document& document, const data::Value& sample) {
    const auto& source = all_.documents.at(document.path.name);
    if (document.kind == workflow::Document::Kind::notice) {
      notice::fill_notice(source.value, sample, findings_, templates::Fields::all_there);
    } else if (const auto word = docx::load_template(source.bytes, source.name, findings_)) {
      word->fill(sample, findings_, templates::Fields::all_there);
    }
  }

  void check_sheets() {
    if (incomplete_) return;
    const auto registers = everything(&Definitions::registers);
    for (const auto& [name, loaded] : all_.sheets) {
      const auto found = registers.find(loaded.object.register_name);
      if (found == registers.end()) {
        std::vector<std::string> names;
        for (const auto& [known, unused] : registers) names.push_back(known);
        findings_.error("unknown-register", loaded.object.register_place,
                        fmt::format("没有台账 \"{}\"", loaded.object.register_name),
                        near_name_hint(loaded.object.register_name, names));
      } else {
        check_sheet(loaded.object, *found->second);
      }
    }
  }

  void check_sheet(const certificate::Sheet& sheet, const registers::Register& target) {
    const auto* series = target.find_series(sheet.series);
    if (series == nullptr) {
      std::vector<std::string> names;
      for (const auto& one : target.series) names.push_back(one.name);
      findings_.error("unknown-series", sheet.series_place,
                      fmt::format("台账 {} 没有编号序列 \"{}\"", target.name, sheet.series),
                      near_name_hint(sheet.series, names));
    } else {
      check_parameters(sheet, *series);
    }
    std::vector<std::string> columns;
    for (const auto& column : target.columns) columns.push_back(column.key);
    std::vector<std::string> sources;
    for (const auto& cell : sheet.row) {
      sources.push_back(cell.column);
      if (target.find_column(cell.column) == nullptr)
        findings_.error("unknown-column", cell.text.place,
                        fmt::format("台账 {} 没有列 \"{}\"", target.name, cell.column),
                        near_name_hint(cell.column, columns));
    }
    registers::check_columns(target, sources, sheet.register_place, findings_);
  }

  void check_parameters(const certificate::Sheet& sheet, const registers::Series& series) {
    const auto wanted = registers::parameter_names(series);
    for (const auto& name : wanted)
      if (std::none_of(sheet.number.begin(), sheet.number.end(),
                       [&](const auto& one) { return one.name == name; }))
        findings_.error("missing-parameter", sheet.series_place,
                        fmt::format("编号序列 {} 需要 {}，number 中没有给出", series.name, name));
    for (const auto& parameter : sheet.number)
      if (std::find(wanted.begin(), wanted.end(), parameter.name) == wanted.end())
        findings_.error("unknown-parameter", sheet.series_place,
                        fmt::format("编号序列 {} 用不到 {}", series.name, parameter.name),
                        near_name_hint(parameter.name, wanted));
  }

  form::Lookups lookups() const {
    const auto* office = the_directory();
    if (office == nullptr) return {};
    return {[office](const data::Value& value, Diagnostics& findings) {
              directory::check_person(*office, value.text(), value.place(), findings);
            },
            [office](const data::Value& value, Diagnostics& findings) {
              if (office->department(value.text()) != nullptr) return;
              std::vector<std::string> titles;
              for (const auto& department : office->departments) titles.push_back(department.title);
              data::report_unknown(value, "unknown-department", "部门", titles, findings);
            }};
  }

  void check_data() {
    for (const auto& [name, source] : all_.data) {
      const auto& form_name = source.value["form"];
      const auto& sheet_name = source.value["certificate"];
      if (form_name.is_null() && sheet_name.is_null())
        findings_.error("missing-field", source.value.place(), "数据文件没有写明对应的 form 或 certificate");
      if (!form_name.is_null()) check_form_data(source, form_name);
      if (!sheet_name.is_null()) check_sheet_data(source, sheet_name);
    }
  }

  void check_form_data(const Source& source, const data::Value& form_name) {
    if (const auto* found = find(&Definitions::forms, form_name.text())) {
      form::check_record(*found, source.value["values"], findings_, lookups());
    } else if (!incomplete_) {
      report_unknown_name(form_name, "unknown-form", "表单", everything(&Definitions::forms));
    }
  }

  void check_sheet_data(const Source& source, const data::Value& sheet_name) {
    const auto* sheet = find(&Definitions::sheets, sheet_name.text());
    if (sheet == nullptr) {
      if (!incomplete_)
        report_unknown_name(sheet_name, "unknown-certificate", "证书版面", everything(&Definitions::sheets));
      return;
    }
    if (certificate::check_values(*sheet, source.value["values"], findings_)) check_seal(*sheet, source);
    const auto& roster = source.value["roster"];
    if (roster.is_null()) return;
    const auto path = source.path.parent_path() / roster.text();
    std::error_code none;
    if (!fs::is_regular_file(path, none)) {
      findings_.error("no-such-file", roster.place(), fmt::format("找不到花名册 {}", roster.text()),
                      "路径从数据文件所在的文件夹算起");
    } else if (const auto rows = data::load_file(path, findings_)) {
      certificate::load_roster(*sheet, *rows, findings_);
    }
  }

  void check_seal(const certificate::Sheet& sheet, const Source& source) {
    const auto seal = certificate::seal_path(sheet, source.value["values"]);
    std::error_code none;
    if (!seal.empty() && !fs::is_regular_file(source.path.parent_path() / seal, none))
      findings_.error("no-such-file", source.value["values"][sheet.seal->field].place(),
                      "找不到印章图片 " + seal, "路径从数据文件所在的文件夹算起");
  }

  template <class Object>
  void report_unknown_name(const data::Value& value, std::string_view code, std::string_view what,
                           const std::map<std::string, const Object*>& known) {
    std::vector<std::string> names;
    for (const auto& [name, object] : known) names.push_back(name);
    data::report_unknown(value, code, what, names, findings_);
  }

  fs::path home_;
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
