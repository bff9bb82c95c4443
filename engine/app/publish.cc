#include "app/publish.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/definitions.h"
#include "app/published.h"
#include "base/error.h"
#include "crypto/hash.h"
#include "data/load.h"
#include "store/act.h"

namespace wenshu::app {

using data::Value;

namespace {

struct File {
  std::string path;
  const std::string* bytes;
};

// Something to publish: its first file is the definition itself.
struct Candidate {
  std::string kind, name, title;
  long long written_version = 0;  // 0: counted by the store
  std::vector<File> files;
};

std::string fingerprint_of(const std::vector<File>& files) {
  std::string text;
  for (const File& file : files) text += file.path + " " + crypto::sha256_hex(*file.bytes) + "\n";
  return crypto::sha256_hex(text);
}

class Publication {
 public:
  Publication(store::Act& act, const Definitions& loaded, const Definitions& known)
      : act_(act), loaded_(loaded), known_(known) {}

  std::vector<Published> run() {
    for (const auto& [name, form] : loaded_.forms)
      add({"form", name, form.object.title, 0, {{"form/" + name, &form.source.bytes}}});
    for (const auto& [name, ledger] : loaded_.registers) {
      check_register(ledger.object);
      add({"register", name, ledger.object.title, 0, {{"register/" + name, &ledger.source.bytes}}});
    }
    for (const auto& [name, sheet] : loaded_.sheets)
      add({"certificate", name, sheet.object.title, 0, {{"certificate/" + name, &sheet.source.bytes}}});
    for (const auto& [name, calendar] : loaded_.calendars)
      add({"calendar", name, calendar.object.title, 0, {{"calendar/" + name, &calendar.source.bytes}}});
    for (const auto& [name, workflow] : loaded_.workflows) add_workflow(workflow);
    if (!blockers_.empty()) throw Refused(std::move(blockers_));
    return std::move(published_);
  }
  bool changed_anything() const { return changed_; }

 private:
  bool lacks_calendar(const workflow::Definition& definition) const {
    if (loaded_.calendars.contains("office") || known_.calendars.contains("office")) return false;
    const auto works = [](const std::optional<workflow::Due>& due) {
      using Unit = workflow::Due::Unit;
      return due && (due->unit == Unit::workdays || due->unit == Unit::workhours);
    };
    return std::any_of(definition.steps.begin(), definition.steps.end(), [&](const workflow::Step& step) {
      return works(step.due) || works(step.remind) || works(step.remind_again);
    });
  }

  void add_workflow(const Loaded<workflow::Definition>& workflow) {
    const workflow::Definition& definition = workflow.object;
    Candidate candidate{"workflow", definition.name, definition.title, definition.version, {}};
    candidate.files.push_back({"workflow/" + definition.name, &workflow.source.bytes});
    candidate.files.push_back({"form/" + definition.form.name, &form_bytes(definition.form.name)});
    std::set<std::string> seen;
    for (const auto& document : definition.documents)
      if (seen.insert(document.path.name).second)
        candidate.files.push_back({"document/" + document.path.name,
                                   &loaded_.documents.at(definition.name).at(document.path.name).bytes});
    if (const auto kept = loaded_.documents.find(definition.name); kept != loaded_.documents.end())
      for (const auto& [path, picture] : kept->second)
        if (seen.insert(path).second) candidate.files.push_back({"document/" + path, &picture.bytes});
    const size_t before = published_.size();
    add(candidate);
    if (published_.size() > before && lacks_calendar(definition))
      published_.back().remark =
          "期限按工作日算，库里还没有日历，期限要等日历发布以后才走：wenshu publish workflows/calendars";
  }

  const std::string& form_bytes(const std::string& name) const {
    const auto here = loaded_.forms.find(name);
    return here != loaded_.forms.end() ? here->second.source.bytes : known_.forms.at(name).source.bytes;
  }

  // A ledger only grows: cases that run append to it by the columns and series they know.
  void check_register(const registers::Register& now) {
    const auto before = known_.registers.find(now.name);
    if (before == known_.registers.end()) return;
    const auto refuse = [&](const std::string& what, const std::string& name) {
      blockers_.push_back({"register-columns-lost",
                           fmt::format("台账 {} 去掉了{} {}：在办的办件还要用它", now.title, what, name),
                           {{"register", now.name}, {"name", name}}});
    };
    for (const auto& column : before->second.object.columns)
      if (!now.find_column(column.key)) refuse("栏目", column.key);
    for (const auto& series : before->second.object.series)
      if (!now.find_series(series.name)) refuse("编号序列", series.name);
  }

  void add(const Candidate& candidate) {
    const std::string fingerprint = fingerprint_of(candidate.files);
    const Version latest = find_latest(act_.tx(), candidate.kind, candidate.name);
    Published line{Published::What::added, candidate.kind, candidate.name, candidate.title, latest.number};
    if (latest.number > 0 && latest.fingerprint == fingerprint) {
      line.what = Published::What::unchanged;
    } else {
      line.version = candidate.written_version ? candidate.written_version : latest.number + 1;
      if (line.version <= latest.number) return refuse_version(candidate, latest);
      if (latest.number > 0) line.what = Published::What::changed;
      record(candidate, fingerprint, line.version);
    }
    published_.push_back(std::move(line));
  }

  void refuse_version(const Candidate& candidate, const Version& latest) {
    blockers_.push_back(
        {"version-not-higher",
         fmt::format(
             "流程 {}（{}）或它的表单、文书已经改动，而版本仍是 {}：库中已有版本 {}，请把 version 改为 {}",
             candidate.title, candidate.name, candidate.written_version, latest.number, latest.number + 1),
         {{"name", candidate.name}, {"version", std::to_string(latest.number)}}});
  }

  void record(const Candidate& candidate, const std::string& fingerprint, long long version) {
    Value definition = Value::map();
    definition.set("kind", candidate.kind);
    definition.set("name", candidate.name);
    definition.set("version", Value::number(version));
    definition.set("title", candidate.title);
    definition.set("fingerprint", fingerprint);
    Value& files = definition.set("files", Value::list());
    for (const File& file : candidate.files) {
      Value entry = Value::map();
      entry.set("path", file.path);
      entry.set("hash", store::keep_content(act_.tx(), *file.bytes));
      files.add(std::move(entry));
    }
    act_.add_definition(std::move(definition));
    changed_ = true;
  }

  store::Act& act_;
  const Definitions& loaded_;
  const Definitions& known_;
  std::vector<Published> published_;
  std::vector<Blocker> blockers_;
  bool changed_ = false;
};

}  // namespace

namespace {

void require_something(const Definitions& loaded, const std::vector<std::filesystem::path>& paths) {
  const bool nothing = loaded.forms.empty() && loaded.registers.empty() && loaded.sheets.empty() &&
                       loaded.calendars.empty() && loaded.workflows.empty();
  if (!nothing) return;
  Diagnostics findings;
  for (const auto& path : paths)
    findings.error("nothing-to-publish", Place{data::display_name(path), 0, 0, ""},
                   "这里没有流程、表单、台账、日历或证书版面",
                   loaded.directories.empty() ? "核对路径；公文和 Word 模板随用到它的流程发布"
                                              : "通讯录在建库时载入：wenshu init --office 文件夹");
  throw FaultyInput(std::move(findings));
}

}  // namespace

std::vector<Published> publish(const Context& context, const std::vector<std::filesystem::path>& paths) {
  store::Store store = open_store(context);
  std::string actor;
  if (!context.person.empty()) {
    store::Tx tx(store.db(), store::Access::read);
    actor = resolve_person(context, load_office(tx));
  }
  store::Act act(store, {.actor = actor, .at = context.clock->now()});
  const Definitions known = load_known(act.tx());
  Diagnostics findings;
  const Definitions loaded = load_definitions(paths, context.home, findings, &known);
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  require_something(loaded, paths);
  Publication publication(act, loaded, known);
  std::vector<Published> published = publication.run();
  if (publication.changed_anything()) act.finish("definitions-published", "definitions");
  return published;
}

std::vector<Published> publish_loaded(const Context& context, const Definitions& loaded) {
  store::Store store = open_store(context);
  store::Act act(store, {.actor = "", .at = context.clock->now()});
  const Definitions known = load_known(act.tx());
  std::vector<Published> published = Publication(act, loaded, known).run();
  act.finish("definitions-published", "definitions");
  return published;
}

}  // namespace wenshu::app
