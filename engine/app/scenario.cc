#include "app/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/case.h"
#include "app/case_act.h"
#include "app/case_clock.h"
#include "app/case_record.h"
#include "app/definitions.h"
#include "app/office.h"
#include "app/publish.h"
#include "app/published.h"
#include "app/workflow.h"
#include "base/error.h"
#include "base/text.h"
#include "store/store.h"

namespace wenshu::app {
namespace {

using data::Value;
using workflow::Coverage;
namespace fs = std::filesystem;

class SetClock : public Clock {
 public:
  explicit SetClock(Time time) : time_(time) {}
  Time now() const override { return time_; }
  void set(Time time) { time_ = time; }

 private:
  Time time_;
};

std::string list_text(std::vector<std::string> list) { return list.empty() ? "没有" : join(list, "、"); }

// One case on its own store.
class CaseRun {
 public:
  CaseRun(const workflow::Scenarios& scenarios, const workflow::ScenarioCase& one, Context context,
          const directory::Directory& office, Coverage& coverage, Diagnostics& findings)
      : one_(one),
        context_(std::move(context)),
        clock_(scenarios.now),
        workflow_(scenarios.name),
        office_(office),
        coverage_(coverage),
        findings_(findings) {
    context_.clock = &clock_;
    context_.watch = [this](const workflow::Rules& rules, const workflow::Marking& before, const Value& data,
                            const workflow::Act& act, const workflow::Done& move) {
      if (rules.definition.name != workflow_) return;  // a sub-workflow has scenarios of its own
      workflow::Rules by = rules;
      coverage_.note(by, before, data, act, move);
    };
  }

  // True when all was as expected.
  bool run(size_t& acts) {
    const size_t before = findings_.size();
    CaseAnswer answer;
    context_.person = one_.person;
    const auto started = codes_of([&] { answer = start_case(context_, workflow_, one_.data); });
    compare_codes(one_.then, one_.place, started);
    if (!started.codes.empty()) return findings_.size() == before;
    id_ = answer.id;
    note_start();
    compare(one_.then, answer);
    for (const workflow::ScenarioAct& act : one_.acts) {
      ++acts;
      if (!play(act)) break;
    }
    return findings_.size() == before;
  }

 private:
  struct Codes {
    std::vector<std::string> codes;
    std::string text;
  };

  template <class Do>
  static Codes codes_of(Do act) {
    Codes codes;
    try {
      act();
    } catch (const Refused& refused) {
      for (const Blocker& blocker : refused.blockers()) {
        codes.codes.push_back(blocker.code);
        codes.text += (codes.text.empty() ? "" : "；") + blocker.text;
      }
    } catch (const FaultyInput& faulty) {
      for (const Diagnostic& finding : faulty.findings()) {
        codes.codes.push_back(finding.code);
        codes.text += (codes.text.empty() ? "" : "；") + finding.message;
      }
    }
    return codes;
  }

  void note_start() {
    store::Store store = open_store(context_);
    store::Tx tx(store.db(), store::Access::read);
    const CaseRecord record = load_case(tx, id_);
    coverage_.note_start(record.rules(office_), record.marking);
  }

  // False when the case cannot go on as written.
  bool play(const workflow::ScenarioAct& act) {
    if (act.at) clock_.set(*act.at);
    CaseAnswer answer;
    if (act.clock) {
      Context clocks = context_;
      clocks.person.clear();
      for (const ClockLine& line : run_clocks(clocks)) {
        if (line.fault.empty()) continue;
        findings_.error("refused", act.place, fmt::format("“{}”：到期没有办成：{}", one_.title, line.fault));
        return false;
      }
      compare(act.then, answer);
      return true;
    }
    context_.person = act.person;
    ActDetails details;
    details.step = act.step;
    details.to = act.to;
    details.people = act.people;
    details.choices = act.choices;
    details.direct = act.direct;
    details.again = act.again;
    const Codes codes = codes_of([&] {
      answer = act_on_case(context_, case_of(act), act.action, act.opinion, act.data, {}, details);
    });
    compare_codes(act.then, act.place, codes);
    if (!codes.codes.empty()) return !act.then.refused.empty();
    compare(act.then, answer);
    return act.then.refused.empty();
  }

  // The case itself, or the newest that its step has begun.
  std::string case_of(const workflow::ScenarioAct& act) {
    if (act.of.empty()) return id_;
    store::Store store = open_store(context_);
    store::Tx tx(store.db(), store::Access::read);
    store::Stmt rows =
        tx.query("SELECT child FROM children WHERE parent = ? AND step = ? ORDER BY seq DESC", id_, act.of);
    if (!rows.next())
      throw Refused({{"not-there", fmt::format("“{}”环节还没有开子流程", act.of), {{"step", act.of}}}});
    return rows.row().text(0);
  }

  void wrong(const char* code, const Place& place, const std::string& what, const std::string& expected,
             const std::string& found) {
    findings_.error(code, place,
                    fmt::format("“{}”：{}应是 {}，实际是 {}", one_.title, what, expected, found));
  }

  void compare_codes(const workflow::Expectation& then, const Place& place, const Codes& codes) {
    std::set<std::string> expected;
    for (const auto& code : then.refused) expected.insert(code.name);
    const std::set<std::string> found(codes.codes.begin(), codes.codes.end());
    if (expected == found) return;
    if (found.empty())
      findings_.error("not-refused", then.place,
                      fmt::format("“{}”：这一步应当不能办（{}），却办成了", one_.title,
                                  join({expected.begin(), expected.end()}, "、")));
    else
      findings_.error("refused", place,
                      fmt::format("“{}”：这一步不能办 [{}]：{}", one_.title,
                                  join({found.begin(), found.end()}, "、"), codes.text));
  }

  std::string person_id(const std::string& name) const {
    const auto match = directory::find_person(office_, name);
    return match.person ? match.person->id : name;
  }
  std::vector<std::string> ids_of(const std::vector<std::string>& names) const {
    std::vector<std::string> ids;
    for (const auto& name : names) ids.push_back(person_id(name));
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  std::string names_of(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const auto& id : ids) names.push_back(office_.name_of(id));
    return list_text(names);
  }

  void compare(const workflow::Expectation& then, const CaseAnswer& answer) {
    store::Store store = open_store(context_);
    store::Tx tx(store.db(), store::Access::read);
    const CaseRecord record = load_case(tx, id_);
    compare_seats(then, record);
    const bool at_end = record.marking.status == workflow::Status::ended;
    if (!then.ended.empty() && (!at_end || record.marking.step() != then.ended))
      wrong("wrong-end", then.place, "办结的环节", then.ended,
            at_end ? record.marking.step().text() : "没有办结，停在 " + record.marking.step().text());
    if (const auto status = std::string(workflow::to_text(record.marking.status));
        !then.status.empty() && then.status != status)
      wrong("wrong-status", then.place, "办件的状态", then.status, status);
    if (then.numbers && *then.numbers != answer.numbers)
      wrong("wrong-number", then.place, "编号", list_text(*then.numbers), list_text(answer.numbers));
    if (then.documents) {
      auto expected = *then.documents, found = answer.files;
      std::sort(expected.begin(), expected.end());
      std::sort(found.begin(), found.end());
      if (expected != found)
        wrong("wrong-document", then.place, "生成的文书", list_text(expected), list_text(found));
    }
    for (const auto& [field, expected] : then.fields) compare_field(record, field, expected);
    for (const auto& [ledger, expected] : then.rows) {
      store::Stmt rows = tx.query("SELECT count(*) FROM register_rows WHERE register = ?", ledger.name);
      rows.next();
      if (const auto found = rows.row().integer(0); found != expected)
        wrong("wrong-rows", ledger.place, "台账 " + ledger.name + " 的行数", std::to_string(expected),
              std::to_string(found));
    }
  }

  void compare_seats(const workflow::Expectation& then, const CaseRecord& record) {
    std::map<std::string, std::vector<std::string>> found;
    if (record.marking.is_live())
      for (const auto& token : record.marking.tokens)
        for (const auto& seat : token.seats) {
          if (!seat.is_open()) continue;
          auto& people = found[token.step];
          if (!seat.more->claimed.empty())
            people.push_back(seat.more->claimed);
          else
            people.insert(people.end(), seat.candidates.begin(), seat.candidates.end());
        }
    for (auto& [step, people] : found) {
      std::sort(people.begin(), people.end());
      people.erase(std::unique(people.begin(), people.end()), people.end());
    }
    if (then.seats) {
      std::map<std::string, std::vector<std::string>> expected;
      for (const auto& [step, names] : *then.seats) expected[step] = ids_of(names);
      const auto told = [&](const auto& seats) {
        std::vector<std::string> parts;
        for (const auto& [step, people] : seats) parts.push_back(step + "（" + names_of(people) + "）");
        return list_text(parts);
      };
      if (expected != found) wrong("wrong-seats", then.place, "待办", told(expected), told(found));
    }
    if (!then.readers) return;
    std::vector<std::string> reading;
    for (const auto& reader : record.marking.readers)
      if (reader.duty && reader.read.empty()) reading.push_back(reader.person);
    std::sort(reading.begin(), reading.end());
    if (reading != ids_of(*then.readers))
      wrong("wrong-readers", then.place, "待阅", names_of(ids_of(*then.readers)), names_of(reading));
  }

  void compare_field(const CaseRecord& record, const workflow::Reference& field, const Value& expected) {
    const Value* found = record.data.find_path(field.name);
    const auto told = [](const Value* value) -> std::string {
      if (!value || value->is_null()) return "没有填";
      if (value->is_scalar()) return value->text();
      return fmt::format("{} 项", value->size());
    };
    const bool empty = !found || found->is_null();
    const bool same = expected.is_null() ? empty
                                         : !empty && (found->is_scalar() && expected.is_scalar()
                                                          ? found->text() == expected.text()
                                                          : *found == expected);
    if (!same) wrong("wrong-field", field.place, "字段 " + field.name, told(&expected), told(found));
  }

  const workflow::ScenarioCase& one_;
  Context context_;
  SetClock clock_;
  std::string workflow_, id_;
  const directory::Directory& office_;
  Coverage& coverage_;
  Diagnostics& findings_;
};

}  // namespace

ScenarioReport run_scenario_file(const Loaded<workflow::Scenarios>& file, const Definitions& loaded,
                                 const fs::path& home, bool all, Diagnostics& findings) {
  const workflow::Scenarios& scenarios = file.object;
  const workflow::Definition& definition = loaded.workflows.at(scenarios.name).object;
  ScenarioReport report;
  report.workflow = definition.name;
  report.title = definition.title;
  Coverage coverage(definition);
  const fs::path office_file = file.source.path.parent_path() / scenarios.office.name;
  for (const workflow::ScenarioCase& one : scenarios.cases) {
    Context context;
    SetClock clock(scenarios.now);
    context.clock = &clock;
    context.home = home;
    context.open_store = std::make_shared<store::Store>(store_in_memory(office_file, home, scenarios.now));
    publish_loaded(context, loaded);
    directory::Directory office;
    {
      store::Tx tx(context.open_store->db(), store::Access::read);
      office = load_office(tx);
    }
    ++report.cases;
    CaseRun run(scenarios, one, context, office, coverage, findings);
    if (run.run(report.acts)) ++report.passed;
  }
  for (const Coverage::Item& item : coverage.items()) {
    if (item.covered) continue;
    const std::string hint = fmt::format("在 {} 中加一个走到这里的办件", file.source.name);
    if (all)
      findings.error("not-covered", item.place, item.text, hint);
    else
      findings.hint("not-covered", item.place, item.text, hint);
  }
  report.items = coverage.items();
  return report;
}

size_t ScenarioReport::covered(Coverage::Kind kind) const {
  return static_cast<size_t>(std::count_if(
      items.begin(), items.end(), [&](const auto& item) { return item.kind == kind && item.covered; }));
}

size_t ScenarioReport::all(Coverage::Kind kind) const {
  return static_cast<size_t>(
      std::count_if(items.begin(), items.end(), [&](const auto& item) { return item.kind == kind; }));
}

ScenarioRun run_scenarios(const std::vector<fs::path>& paths, const fs::path& home, bool all) {
  ScenarioRun run;
  const Definitions loaded = load_definitions(with_neighbours(paths), home, run.findings);
  if (run.findings.has_errors()) return run;
  run.findings = {};  // warnings are for `check`
  // Publishing needs no scenarios, certificates or data.
  Definitions needed = loaded;
  needed.scenarios.clear();
  needed.sheets.clear();
  for (const auto& [name, file] : loaded.scenarios)
    run.reports.push_back(run_scenario_file(file, needed, home, all, run.findings));
  if (all)
    for (const auto& [name, one] : loaded.workflows)
      if (!loaded.scenarios.contains(name))
        run.findings.error("no-scenarios", one.source.value.place(),
                           fmt::format("流程 {} 没有场景文件", name),
                           fmt::format("写一份 {}.scenarios.yaml", name));
  run.findings.sort();
  return run;
}

}  // namespace wenshu::app
