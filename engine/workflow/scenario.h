// Scenario files: how cases of a workflow must run. Data only; app/scenario.h runs them on a store in memory.
//
//   scenarios: annual-plan                          # the workflow
//   office: ../samples/county-2020/directory.yaml   # whose people act, beside this file
//   now: 2020-03-02 09:00                           # the clock stands still here …
//   data: {…}                                       # what every case begins with
//   cases:
//     - title: 会签时有人不同意，退回重拟
//       as: xu-lei                                   # who begins
//       data: {notice: {title: 另一个标题}}          # on top of the above, as `case act --data` is
//       acts:
//         - {as: xu-lei, act: submit, at: 2020-03-03 09:00, then: {seats: {review: [zhou-min]}}}
//         - {as: xu-lei, act: agree, then: {refused: [not-your-seat]}}
//         - {as: sun, act: agree, of: inquiry}           # on the case that this case's step `inquiry` began
//         - {clock: 2020-03-09 18:00, then: {ended: done}}   # what is due by then happens
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"
#include "directory/directory.h"
#include "form/form.h"
#include "workflow/definition.h"

namespace wenshu::workflow {

// What must be so after an act. Only what is written is compared, but `seats` then names every open step.
struct Expectation {
  Place place;
  std::vector<Reference> refused;  // every blocker or fault, by its code; then nothing else is given
  std::optional<std::map<std::string, std::vector<std::string>>> seats;  // by step the people who may act
  std::optional<std::vector<std::string>> readers;                       // whose duty to read is open
  std::string ended;                                                     // the end step it stands at
  std::string status;                                                    // withdrawn, voided … (marking.h)
  std::optional<std::vector<std::string>> numbers;                       // given by this act
  std::optional<std::vector<std::string>> documents;                     // made by this act: notice.docx
  std::vector<std::pair<Reference, data::Value>> fields;                 // of the data; null: must be empty
  std::vector<std::pair<Reference, long long>> rows;                     // of registers, in all so far
};

struct ScenarioAct {
  Place place;
  std::string person, action, opinion, step, to;
  std::string of;  // the step whose sub-workflow is acted on; `then` still tells of the case itself
  std::optional<Time> at;
  bool clock = false;  // nobody acts: at `at` the clocks run
  std::vector<std::string> people;
  std::map<std::string, std::vector<std::string>> choices;
  bool direct = false, again = false;
  data::Value data;
  Expectation then;
};

struct ScenarioCase {
  Place place;
  std::string title;
  std::string person;
  data::Value data;
  std::vector<ScenarioAct> acts;
  Expectation then;  // after the start
};

struct Scenarios {
  std::string name;
  Reference workflow;
  Reference office;  // a path beside the file
  Time now;
  data::Value data;
  std::vector<ScenarioCase> cases;
  data::Value source;  // as written, for places
};

std::optional<Scenarios> load_scenarios(const data::Value& source, Diagnostics& findings);

// `changes` on top of `data`: maps field by field, everything else replaced.
void merge(data::Value& data, const data::Value& changes);

// Every name in it: people, actions, steps, documents, fields, registers, codes of refusals; and the data against the
// form. `registers` may be null.
struct ScenarioSurroundings {
  const Definition& definition;
  const form::Form& form;
  const directory::Directory* office;
  const std::map<std::string, const registers::Register*>& registers;
};
void check_scenarios(const Scenarios& scenarios, const ScenarioSurroundings& around, Diagnostics& findings);

// Codes that an act may be refused with.
const std::vector<std::string>& refusal_codes();

}  // namespace wenshu::workflow
