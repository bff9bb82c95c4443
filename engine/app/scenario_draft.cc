#include "app/scenario_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/definitions.h"
#include "app/lookups.h"
#include "app/office_draft.h"
#include "app/workflow.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "data/write.h"
#include "expression/region.h"
#include "form/calculate.h"
#include "form/sample.h"
#include "workflow/stories.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;
using data::Value;
using workflow::Definition;

constexpr size_t kMostInitiators = 8;  // tried, of people who are not alike
constexpr std::string_view kNow = "2026-01-05 09:00";

// ---- data by which a case can begin

// Paths that effects fill in.
std::set<std::string> written_by_effects(const Definition& flow) {
  std::set<std::string> paths;
  const auto take = [&](const std::vector<workflow::Effect>& effects) {
    for (const workflow::Effect& effect : effects)
      if (const auto* number = std::get_if<workflow::NumberEffect>(&effect)) {
        paths.insert(number->into.name);
        if (number->date) paths.insert(number->date->name);
      }
  };
  for (const workflow::Step& step : flow.steps) {
    take(step.effects);
    for (const workflow::Action& action : step.actions) take(action.effects);
    if (step.start)
      for (const workflow::Mapping& result : step.start->results) paths.insert(result.into.name);
  }
  return paths;
}

class Fitter {
 public:
  Fitter(const directory::Directory& office, std::set<std::string> without)
      : office_(office), without_(std::move(without)) {}

  // The sample with people and departments of the office, without attachments and what effects fill in.
  Value fit(const std::vector<form::Field>& fields, const Value& sample, const std::string& path) const {
    Value fitted = Value::map();
    for (const form::Field& field : fields) {
      const std::string own = path.empty() ? field.key : path + "." + field.key;
      const Value* value = sample.find(field.key);
      if (!value || without_.contains(own) || field.type == form::FieldType::file) continue;
      if (field.type == form::FieldType::group) {
        fitted.set(field.key, fit(field.fields, *value, own));
      } else if (field.type == form::FieldType::table) {
        Value rows = Value::list();
        for (const Value& row : value->items()) rows.add(fit(field.fields, row, own));
        fitted.set(field.key, std::move(rows));
      } else if (field.type == form::FieldType::person) {
        fitted.set(field.key, office_.people.front().id);
      } else if (field.type == form::FieldType::department) {
        fitted.set(field.key, office_.departments.front().title);
      } else {
        fitted.set(field.key, *value);
      }
    }
    return fitted;
  }

 private:
  const directory::Directory& office_;
  std::set<std::string> without_;
};

class Records {
 public:
  Records(const Definition& flow, const form::Form& form, const directory::Directory& office)
      : flow_(flow), form_(form), office_(office), type_(form::type_of(form)) {
    sample_ = Fitter(office, written_by_effects(flow)).fit(form.fields, form::sample_record(form), "");
  }

  // First one for which as many conditions of actions as possible hold, then those that change single conditions.
  std::vector<Value> make() {
    std::vector<expression::Wish> ways;
    for (const workflow::Step& step : flow_.steps)
      for (const workflow::Action& action : step.actions)
        if (action.when && holds_with(ways, *action.when)) ways.push_back({&*action.when});
    add(ways);
    for (const workflow::Step& step : flow_.steps) {
      std::vector<expression::Wish> all = ways;
      for (const workflow::Branch& branch : step.branches) {
        if (!branch.when) continue;
        if (step.route == workflow::Route::each) all.push_back({&*branch.when});
        add_with(ways, {&*branch.when, expression::Outcome::holds});
        add_with(ways, {&*branch.when, expression::Outcome::fails});
      }
      std::vector<expression::Wish> none = ways;
      for (const workflow::Branch& branch : step.branches)
        if (branch.when) none.push_back({&*branch.when, expression::Outcome::fails});
      if (all.size() > ways.size()) add(all);
      if (none.size() > ways.size()) add(none);
      for (const workflow::Action& action : step.actions)
        if (action.when) add({{&*action.when, expression::Outcome::holds}});
    }
    add({});
    return std::move(records_);
  }

  const Diagnostics& faults() const { return faults_; }  // of the last record that the form refused

 private:
  bool holds_with(std::vector<expression::Wish> wishes, const expression::Guard& guard) const {
    wishes.push_back({&guard});
    return expression::find_case(wishes, type_).verdict == expression::Answer::Verdict::yes;
  }

  void add_with(std::vector<expression::Wish> wishes, expression::Wish one) {
    wishes.push_back(one);
    add(wishes);
  }

  void add(const std::vector<expression::Wish>& wishes) {
    Value record = sample_;
    if (!wishes.empty()) {
      const auto found = expression::find_case(wishes, type_);
      if (found.verdict != expression::Answer::Verdict::yes) return;
      workflow::merge(record, found.witness);
    }
    form::clear_derived(form_, record);
    if (std::find(seen_.begin(), seen_.end(), record) != seen_.end()) return;
    seen_.push_back(record);
    Value whole = record;
    Diagnostics faults;
    const form::Beginning nobody;
    if (form::calculate(form_, whole, faults, &nobody))
      form::check_record(form_, whole, faults, lookups_in(office_));
    if (faults.has_errors())
      faults_ = std::move(faults);
    else
      records_.push_back(std::move(whole));
  }

  const Definition& flow_;
  const form::Form& form_;
  const directory::Directory& office_;
  expression::Type type_;
  Value sample_;
  std::vector<Value> records_, seen_;
  Diagnostics faults_;
};

// ---- the file

// As YAML takes it for a text.
std::string word(const std::string& text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_' || c >= 0x80;
  });
  return plain ? text : data::to_json(Value(text));
}

// Where a case stands in the file: its `title` and the first of its acts.
struct CaseLines {
  int title = 0, acts = 0;
};

class Writer {
 public:
  Writer(const Definition& flow, const form::Form& form, const directory::Directory& office)
      : flow_(flow), form_(form), office_(office) {}

  std::string name_of(const std::string& id) const {
    const auto match = directory::find_person(office_, office_.name_of(id));
    return word(match.person ? match.person->name : id);
  }

  std::string act(const workflow::StoryAct& done) const {
    const workflow::Act& act = done.act;
    std::vector<std::string> parts = {"as: " + name_of(act.person), "act: " + word(act.action)};
    if (!act.opinion.empty()) parts.push_back("opinion: " + word(act.opinion));
    if (!act.step.empty()) parts.push_back("step: " + word(act.step));
    if (!act.to.empty()) parts.push_back("to: " + word(act.to));
    std::vector<std::string> choices;
    for (const auto& [step, people] : act.choices) choices.push_back(word(step) + ": " + people_of(people));
    if (!choices.empty()) parts.push_back("choose: {" + join(choices, ", ") + "}");
    std::vector<std::string> seats;
    for (const auto& [step, people] : done.seats) seats.push_back(word(step) + ": " + people_of(people));
    if (!done.ended.empty())
      parts.push_back("then: {ended: " + word(done.ended) + "}");
    else if (!seats.empty())
      parts.push_back("then: {seats: {" + join(seats, ", ") + "}}");
    return "      - {" + join(parts, ", ") + "}\n";
  }

  std::string title(const workflow::Story& story) const {
    std::vector<std::string> turns;
    for (const workflow::StoryAct& done : story.acts) {
      const auto found = action_of(done.act);
      if (!found.second || found.second->kind == workflow::ActionKind::forward) continue;
      const std::string turn = found.first->title + found.second->title;
      if (turns.size() < 3 && std::find(turns.begin(), turns.end(), turn) == turns.end())
        turns.push_back(turn);
    }
    const std::string& end = story.acts.empty() ? "" : story.acts.back().ended;
    const workflow::Step* last = flow_.find_step(end);
    return (turns.empty() ? "一路同意" : join(turns, "，")) +
           (last ? "，到“" + (last->title.empty() ? last->id.text() : last->title) + "”" : "");
  }

  Value data_of(const Value& record) const {
    Value given = record;
    form::clear_derived(form_, given);
    return given;
  }

  std::string file(const std::string& office, const Value& base, const std::vector<workflow::Story>& stories,
                   std::vector<CaseLines>& lines) const {
    std::string text = fmt::format(
        "# 由 wenshu new scenarios 试走流程写成，用 wenshu workflow test "
        "试办；请改成单位真实的办件，把该得到的结果写进 then。\n"
        "scenarios: {}\noffice: {}\nnow: {}\ndata: {}\ncases:\n",
        word(flow_.name), word(office), kNow, data::to_json(data_of(base)));
    std::set<std::string> titles;
    for (const workflow::Story& story : stories) {
      const std::string own = title(story);
      std::string title = own;
      for (int more = 2; !titles.insert(title).second; ++more) title = fmt::format("{}（{}）", own, more);
      CaseLines& here = lines.emplace_back();
      here.title = next_line(text);
      text += fmt::format("  - title: {}\n    as: {}\n", word(title), name_of(story.initiator));
      if (!(story.data == base)) text += "    data: " + data::to_json(data_of(story.data)) + "\n";
      text += "    acts:\n";
      here.acts = next_line(text);
      for (const workflow::StoryAct& act : story.acts) text += this->act(act);
    }
    return text;
  }

 private:
  static int next_line(const std::string& text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
  }
  std::string people_of(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const std::string& id : ids) names.push_back(name_of(id));
    return "[" + join(names, ", ") + "]";
  }
  std::pair<const workflow::Step*, const workflow::Action*> action_of(const workflow::Act& act) const {
    for (const workflow::Step& step : flow_.steps)
      if (act.step.empty() || step.id == act.step)
        if (const auto* action = step.find_action(act.action);
            action && action->kind != workflow::ActionKind::forward)
          return {&step, action};
    return {nullptr, nullptr};
  }

  const Definition& flow_;
  const form::Form& form_;
  const directory::Directory& office_;
};

// ---- trying it

Loaded<workflow::Scenarios> load_text(const std::string& text, const fs::path& path) {
  Diagnostics findings;
  const std::string name = data::display_name(path);
  auto value = data::parse_yaml(text, name, findings);
  std::optional<workflow::Scenarios> scenarios;
  if (value) scenarios = workflow::load_scenarios(*value, findings);
  if (!scenarios) throw Failure("无法写出场景（" + to_text(findings) + "）");
  return {Source{path, name, text, *value}, std::move(*scenarios)};
}

// People who are not alike in department and posts, those without a post that the workflow asks for first.
std::vector<std::string> initiators(const Definition& flow, const directory::Directory& office) {
  std::set<std::string> asked;
  for (const workflow::Step& step : flow.steps)
    for (const workflow::SeatRule& seat : step.seats)
      if (seat.kind == workflow::SeatRule::Kind::post) asked.insert(seat.post.name);
  std::vector<std::string> plain, others;
  std::set<std::string> kinds;
  for (const directory::Person& person : office.people) {
    if (!kinds.insert(person.department + "/" + join(person.posts, ",")).second) continue;
    const bool busy = std::any_of(person.posts.begin(), person.posts.end(),
                                  [&](const std::string& post) { return asked.contains(post); });
    (busy ? others : plain).push_back(person.id);
  }
  plain.insert(plain.end(), others.begin(), others.end());
  if (plain.size() > kMostInitiators) plain.resize(kMostInitiators);
  return plain;
}

size_t covered(const workflow::Coverage& coverage) {
  return static_cast<size_t>(std::count_if(coverage.items().begin(), coverage.items().end(),
                                           [](const auto& item) { return item.covered; }));
}

// By the initiator with whom the workflow shows most of itself.
std::vector<workflow::Story> best_stories(const workflow::Rules& rules, const std::vector<Value>& records) {
  std::vector<workflow::Story> best;
  size_t most = 0;
  for (const std::string& person : initiators(rules.definition, rules.directory)) {
    workflow::Coverage coverage(rules.definition);
    auto stories = workflow::find_stories(rules, records, {person}, coverage);
    if (stories.empty() || covered(coverage) <= most) continue;
    most = covered(coverage);
    best = std::move(stories);
    if (most == coverage.items().size()) break;
  }
  return best;
}

struct Office {
  fs::path file;
  directory::Directory directory;
  std::string drafted;  // the text of one that is yet to be written
};

directory::Directory load_office_text(const std::string& text, const fs::path& path) {
  Diagnostics findings;
  const auto value = data::parse_yaml(text, data::display_name(path), findings);
  std::optional<directory::Directory> directory;
  if (value) directory = directory::load_directory(*value, findings);
  if (!directory || findings.has_errors()) throw FaultyInput(std::move(findings));
  return std::move(*directory);
}

Office find_office(const Definition& flow, const Definitions& loaded, const fs::path& folder,
                   const std::optional<fs::path>& given) {
  if (given) {
    const fs::path file = fs::is_directory(*given) ? *given / "directory.yaml" : *given;
    return {file, load_office_text(read_file(file), file), ""};
  }
  if (loaded.directories.size() == 1) {
    const auto& one = loaded.directories.begin()->second;
    return {one.source.path, one.object, ""};
  }
  const fs::path file = folder / (flow.name + ".directory.yaml");
  if (fs::exists(file)) return {file, load_office_text(read_file(file), file), ""};
  const std::string text = draft_office(flow);
  return {file, load_office_text(text, file), text};
}

// Takes out of stories what did not run as foreseen: the acts from the one that failed on. False when all ran.
bool cut_failures(const Diagnostics& findings, const std::string& file, const std::vector<CaseLines>& lines,
                  std::vector<workflow::Story>& stories) {
  bool any = false;
  for (const Diagnostic& finding : findings) {
    if (finding.severity != Severity::error) continue;
    if (finding.where.file != file) throw FaultyInput(findings);
    size_t at = 0;
    while (at + 1 < lines.size() && lines[at + 1].title <= finding.where.line) ++at;
    auto& acts = stories[at].acts;
    const int act = finding.where.line - lines[at].acts;
    acts.resize(std::min(acts.size(), act < 0 ? size_t{0} : static_cast<size_t>(act)));
    any = true;
  }
  std::erase_if(stories, [](const auto& story) { return story.acts.empty(); });
  return any;
}

}  // namespace

ScenarioDraft draft_scenarios(const std::string& name, const fs::path& folder,
                              const std::optional<fs::path>& given_office, const fs::path& home) {
  const fs::path file = folder / (name + ".scenarios.yaml");
  if (fs::exists(file))
    throw Refused(std::vector<Blocker>{
        {"file-exists", fmt::format("已有文件 {}，不覆盖", file.string()), {{"file", file.string()}}}});
  Diagnostics findings;
  Definitions loaded =
      load_definitions(with_neighbours({folder / (name + ".workflow.yaml")}), home, findings);
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  const auto flow_of_name = loaded.workflows.find(name);
  if (flow_of_name == loaded.workflows.end())
    throw NotFound(fmt::format("{} 里没有流程 {}", (folder / (name + ".workflow.yaml")).string(), name));
  const Definition& flow = flow_of_name->second.object;
  const form::Form& form = loaded.forms.at(flow.form.name).object;
  Office office = find_office(flow, loaded, folder, given_office);

  Records records(flow, form, office.directory);
  const std::vector<Value> found = records.make();
  const workflow::Rules rules{flow, form, office.directory};
  std::vector<workflow::Story> stories;
  if (!found.empty()) stories = best_stories(rules, found);
  if (stories.empty()) {
    Diagnostics faults = records.faults();
    faults.error("no-case", flow_of_name->second.source.value.place(),
                 fmt::format("没有找到能发起“{}”的数据", flow.title), "请自己写场景：给出 data 和由谁发起");
    throw FaultyInput(std::move(faults));
  }

  ScenarioDraft draft;
  if (!office.drafted.empty()) {
    write_file(office.file, office.drafted);
    draft.written.push_back(office.file);
  }
  loaded.scenarios.clear();
  loaded.sheets.clear();
  loaded.directories.clear();
  const Writer writer(flow, form, office.directory);
  const std::string office_path = fs::relative(office.file, folder.empty() ? "." : folder).generic_string();
  std::string text;
  try {
    for (;;) {
      std::vector<CaseLines> lines;
      text = writer.file(office_path, found.front(), stories, lines);
      const auto scenarios = load_text(text, file);
      Diagnostics told;
      draft.report = run_scenario_file(scenarios, loaded, home, false, told);
      if (!cut_failures(told, scenarios.source.name, lines, stories)) break;
      if (stories.empty()) throw FaultyInput(std::move(told));
    }
    write_file(file, text);
  } catch (...) {
    std::error_code ignored;
    for (const fs::path& made : draft.written) fs::remove(made, ignored);
    throw;
  }
  draft.written.insert(draft.written.begin(), file);
  for (const auto& item : draft.report.items)
    if (!item.covered) draft.left_out.push_back(item.text);
  return draft;
}

}  // namespace wenshu::app
