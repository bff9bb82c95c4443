#include "app/simulate.h"

#include <algorithm>

#include "app/definitions.h"
#include "app/office.h"
#include "app/publish.h"
#include "app/workflow.h"
#include "base/error.h"
#include "data/load.h"
#include "form/sample.h"
#include "store/store.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

const Loaded<workflow::Definition>& find_workflow(const Definitions& loaded, const fs::path& file) {
  const std::string shown = data::display_name(file);
  for (const auto& [name, one] : loaded.workflows)
    if (one.source.name == shown) return one;
  Diagnostics findings;
  findings.error("unknown-workflow", {shown}, "这个文件不是流程");
  throw FaultyInput(std::move(findings));
}

[[noreturn]] void ask_for(const char* code, const char* text) {
  throw Refused(std::vector<Blocker>{{code, text, {}}});
}

}  // namespace

Simulation::Simulation(const Setting& setting) : clock_(std::make_unique<FixedClock>(setting.now)) {
  Diagnostics findings;
  Definitions loaded = load_definitions(with_neighbours({setting.file}), setting.home, findings);
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  const auto& workflow = find_workflow(loaded, setting.file);
  const std::string name = workflow.object.name;
  const auto scenarios = loaded.scenarios.find(name);
  const bool has = scenarios != loaded.scenarios.end();

  fs::path office;
  if (setting.office)
    office = *setting.office;
  else if (has)
    office = scenarios->second.source.path.parent_path() / scenarios->second.object.office.name;
  else
    ask_for("no-office", "没有通讯录：请加 --office 文件夹，或在流程旁写场景文件");
  std::string person = setting.person;
  if (person.empty() && has) person = scenarios->second.object.cases.front().person;
  if (person.empty()) ask_for("no-person", "没有说明由谁发起：请加 --as 人员");
  data::Value data = setting.data ? *setting.data
                     : has        ? scenarios->second.object.cases.front().data
                                  : form::sample_record(loaded.forms.at(workflow.object.form.name).object);

  context_.clock = clock_.get();
  context_.home = setting.home;
  context_.open_store = std::make_shared<store::Store>(store_in_memory(office, setting.home, setting.now));
  loaded.scenarios.clear();
  loaded.sheets.clear();
  publish_loaded(context_, loaded);
  id_ = start_case(as(person), name, data).id;
}

Context Simulation::as(const std::string& person) const {
  Context context = context_;
  context.person = person;
  return context;
}

std::vector<Simulation::Choice> Simulation::choices() const {
  std::vector<Choice> choices;
  std::vector<std::string> asked;
  for (const OpenSeat& seat : view().seats) {
    if (std::find(asked.begin(), asked.end(), seat.person) != asked.end()) continue;
    asked.push_back(seat.person);
    for (ActionView& action : why(as(seat.person), id_).actions)
      choices.push_back({seat.person, seat.person_name, action.action, action.action_title,
                         action.opinion_required, std::move(action.blockers)});
  }
  return choices;
}

CaseView Simulation::view() const { return show_case(context_, id_); }

std::vector<HistoryLine> Simulation::history() const { return case_history(context_, id_); }

CaseAnswer Simulation::act(const std::string& person, const std::string& action, const std::string& opinion,
                           const data::Value& changes) {
  return act_on_case(as(person), id_, action, opinion, changes);
}

}  // namespace wenshu::app
