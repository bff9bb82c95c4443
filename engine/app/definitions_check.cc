#include "app/definitions_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/fill.h"
#include "app/lookups.h"
#include "app/table_file.h"
#include "base/file.h"
#include "certificate/batch.h"
#include "certificate/roster.h"
#include "data/load.h"
#include "data/schema.h"
#include "docx/fill.h"
#include "form/calculate.h"
#include "form/sample.h"
#include "notice/fill.h"
#include "template/text.h"
#include "workflow/check/check.h"
#include "workflow/words.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

// What case_effects.cc tells templates of the case itself.
data::Value sample_case(const workflow::Definition& definition) {
  auto facts = data::Value::map();
  for (const char* key : {"id", "title", "initiator", "department", "person"}) facts.set(key, "样");
  facts.set("date", "2020-01-01");
  auto opinion = data::Value::map();
  for (const char* key : {"step", "person", "action", "opinion", "signature"}) opinion.set(key, "样");
  opinion.set("date", "2020-01-01");
  opinion.set("round", "1");
  facts.set("opinions", data::Value::list()).add(opinion);
  auto& boxes = facts.set("boxes", data::Value::map());
  for (const auto& step : definition.steps)
    if (!step.box.empty() && !boxes.find(step.box)) boxes.set(step.box, data::Value::list()).add(opinion);
  return facts;
}

class Checker {
 public:
  Checker(const Definitions& all, const Definitions* known, bool complete, Diagnostics& findings)
      : all_(all), known_(known), incomplete_(!complete), findings_(findings) {}

  void check() {
    check_one_directory();
    check_workflows();
    try_documents();
    check_sheets();
    check_calendars();
    check_data();
    check_scenarios();
  }

 private:
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

  // Posts and people are looked for in one office.
  void check_one_directory() {
    if (all_.directories.size() < 2) return;
    const auto& first = all_.directories.begin()->second;
    findings_.warning(
        "many-directories", std::next(all_.directories.begin())->second.source.value.place(),
        fmt::format("有 {} 个通讯录，职务和人员只对照 {} 检查", all_.directories.size(), first.source.name),
        "一次只检查一个单位的文件");
  }

  // What is not found may stand in the file that could not be read.
  static Diagnostics without_unknown(const Diagnostics& findings) {
    Diagnostics known;
    for (const Diagnostic& finding : findings)
      if (!finding.code.starts_with("unknown-")) known.add(finding);
    return known;
  }

  void check_workflows() {
    const workflow::Known known{everything(&Definitions::forms), everything(&Definitions::registers),
                                the_directory(), everything(&Definitions::workflows)};
    for (const auto& [name, loaded] : all_.workflows) {
      Diagnostics references;
      workflow::check_references(loaded.object, known, references);
      const bool sound = !references.has_errors();
      findings_.append(incomplete_ ? without_unknown(references) : references);
      if (sound) workflow::check::check_workflow(loaded.object, known, findings_);
    }
  }

  // The office that a file names is asked whether or not another one is being checked.
  void check_scenarios() {
    if (incomplete_) return;
    const auto registers = everything(&Definitions::registers);
    for (const auto& [name, loaded] : all_.scenarios) {
      const workflow::Scenarios& scenarios = loaded.object;
      const auto* definition = find(&Definitions::workflows, name);
      const auto* form = definition ? find(&Definitions::forms, definition->form.name) : nullptr;
      if (!definition)
        report_unknown_name(loaded.source.value["scenarios"], "unknown-workflow", "流程",
                            everything(&Definitions::workflows));
      const auto office = load_office_of(loaded);
      if (!definition || !form || !office) continue;
      workflow::check_scenarios(scenarios, {*definition, *form, &*office, registers}, findings_);
    }
  }

  std::optional<directory::Directory> load_office_of(const Loaded<workflow::Scenarios>& loaded) {
    const auto file = loaded.source.path.parent_path() / loaded.object.office.name;
    std::error_code none;
    if (!fs::is_regular_file(file, none)) {
      findings_.error("no-such-file", loaded.object.office.place,
                      fmt::format("找不到通讯录 {}", loaded.object.office.name),
                      "路径从场景文件所在的文件夹算起");
      return std::nullopt;
    }
    Diagnostics own;  // told where that file is checked
    const auto value = data::load_file(file, own);
    auto office = value ? directory::load_directory(*value, own) : std::nullopt;
    if (!office)
      findings_.error("no-directory", loaded.object.office.place,
                      fmt::format("{} 不是可用的通讯录", loaded.object.office.name),
                      "先 wenshu check 那个文件");
    return office;
  }

  // Each document is made once of a record that has every field: a tag that names no field is found here, not
  // on the day when the notice is due.
  void try_documents() {
    if (incomplete_ || findings_.has_errors()) return;
    std::set<std::string> tried;  // workflow and file
    for (const auto& [name, loaded] : all_.workflows) {
      const auto* form = find(&Definitions::forms, loaded.object.form.name);
      auto sample = form::sample_record(*form);
      if (sample.find("case") == nullptr) sample.set("case", sample_case(loaded.object));
      for (const auto& document : loaded.object.documents)
        if (tried.insert(name + " " + all_.documents.at(name).at(document.path.name).name).second)
          try_document(all_.documents.at(name).at(document.path.name), document, sample);
    }
  }

  void try_document(const Source& source, const workflow::Document& document, const data::Value& sample) {
    if (document.kind == workflow::Document::Kind::notice) {
      notice::fill_notice(source.value, sample, findings_, templates::Fields::all_there);
    } else if (workflow::is_plain_text(document)) {
      templates::fill_text(source.bytes, sample, {source.name, 1, 1}, findings_,
                           templates::Fields::all_there);
    } else if (const auto word = docx::load_template(source.bytes, source.name, findings_)) {
      word->fill(sample, findings_, templates::Fields::all_there);
    }
  }

  // Deadlines are counted by the calendar `office`.
  void check_calendars() {
    if (incomplete_) return;
    const auto calendars = everything(&Definitions::calendars);
    for (const auto& [name, loaded] : all_.calendars) {
      if (loaded.object.year) continue;
      calendar::check_uses(loaded.object, calendars, findings_);
      if (name != "office" && !calendars.contains("office"))
        findings_.warning("no-office-calendar", loaded.source.value.place(),
                          fmt::format("期限按日历 office 计算，作息 “{}” 用不上", name), "改名为 office");
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
    return office == nullptr ? form::Lookups() : lookups_in(*office);
  }

  void check_data() {
    for (const auto& [name, source] : all_.data) {
      const auto& form_name = source.value["form"];
      const auto& sheet_name = source.value["certificate"];
      const auto& template_name = source.value["template"];
      if (form_name.is_null() && sheet_name.is_null() && template_name.is_null())
        findings_.error("missing-field", source.value.place(),
                        "数据文件没有写明对应的 form、certificate 或 template");
      if (!form_name.is_null()) check_form_data(source, form_name);
      if (!sheet_name.is_null()) check_sheet_data(source, sheet_name);
      if (!template_name.is_null()) check_template_data(source, template_name);
    }
  }

  // Data that a clerk's own Word file is filled with must fill it: every tag, every picture.
  void check_template_data(const Source& source, const data::Value& template_name) {
    const auto path = source.path.parent_path() / template_name.text();
    std::error_code none;
    if (!fs::is_regular_file(path, none)) {
      findings_.error("no-such-file", template_name.place(),
                      fmt::format("找不到模板 {}", template_name.text()), "路径从数据文件所在的文件夹算起");
      return;
    }
    Diagnostics of_template;  // the template is checked for itself where it belongs to what is checked
    const auto word = docx::load_template(read_file(path), data::display_name(path), of_template);
    if (!word) return;
    templates::Filling filling;
    filling.open_file = open_beside(source.path);
    const auto& values = source.value["values"];
    if (source.value["each"].is_null()) {
      word->fill(values, findings_, filling);
      return;
    }
    for (const auto& row : values["rows"].items()) word->fill(record_of(row, values), findings_, filling);
  }

  void check_form_data(const Source& source, const data::Value& form_name) {
    if (const auto* found = find(&Definitions::forms, form_name.text())) {
      data::Value values = source.value["values"];
      form::calculate(*found, values, findings_);
      form::check_record(*found, values, findings_, lookups());
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
    if (certificate::check_values(*sheet, source.value["values"], findings_)) check_pictures(*sheet, source);
    const auto& roster = source.value["roster"];
    if (roster.is_null()) return;
    const auto path = source.path.parent_path() / roster.text();
    std::error_code none;
    if (!fs::is_regular_file(path, none)) {
      findings_.error("no-such-file", roster.place(), fmt::format("找不到花名册 {}", roster.text()),
                      "路径从数据文件所在的文件夹算起");
    } else if (const auto rows = load_table_file(path, findings_)) {
      certificate::load_roster(*sheet, *rows, findings_);
    }
  }

  void check_pictures(const certificate::Sheet& sheet, const Source& source) {
    const auto seal = certificate::seal_path(sheet, source.value["values"]);
    for (const auto& field : sheet.fields) {
      const auto& value = source.value["values"][field.id];
      std::error_code none;
      if (field.type != certificate::FieldType::picture || value.is_null() ||
          fs::is_regular_file(source.path.parent_path() / value.text(), none))
        continue;
      findings_.error("no-such-file", value.place(),
                      (value.text() == seal ? "找不到印章图片 " : "找不到图片 ") + value.text(),
                      "路径从数据文件所在的文件夹算起");
    }
  }

  template <class Object>
  void report_unknown_name(const data::Value& value, std::string_view code, std::string_view what,
                           const std::map<std::string, const Object*>& known) {
    std::vector<std::string> names;
    for (const auto& [name, object] : known) names.push_back(name);
    data::report_unknown(value, code, what, names, findings_);
  }

  const Definitions& all_;
  const Definitions* known_;
  bool incomplete_;  // a definition was faulty: references to it are not reported as unknown
  Diagnostics& findings_;
};

}  // namespace

void check_definitions(const Definitions& all, const Definitions* known, bool complete,
                       Diagnostics& findings) {
  Checker(all, known, complete, findings).check();
}

}  // namespace wenshu::app
