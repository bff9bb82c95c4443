// wenshu case start, case act: one step of a case is one transaction - marking, seats, numbers, documents,
// register rows and the event commit together or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "data/value.h"

namespace wenshu::app {

// What an act did. A request that comes again gets the same answer, with `repeated`.
struct CaseAnswer {
  std::string id;   // of the case
  int64_t seq = 0;  // of the event
  bool repeated = false;
  bool open = true;
  std::vector<std::string> steps;    // titles of the steps now open
  std::vector<std::string> numbers;  // given by this act
  std::vector<std::string> files;    // names of documents made by this act
  std::vector<std::string> effects;  // all effects in words
};

// `data` is the record (a `data:` file's tree or its `values`). Acts as context.person.
// NotFound: workflow or person. FaultyInput: the data against the form. Refused: nobody may start.
CaseAnswer start_case(const Context& context, const std::string& workflow, const data::Value& data,
                      const std::optional<std::string>& request = {});

// `changes` is merged into the data (maps field by field, everything else is replaced); null when there are
// none. NotFound: case or person. Refused: with every blocker. FaultyInput: changes against the form,
// documents that cannot be made of the data.
CaseAnswer act_on_case(const Context& context, const std::string& id, const std::string& action,
                       const std::string& opinion = {}, const data::Value& changes = {},
                       const std::optional<std::string>& request = {});

data::Value to_value(const CaseAnswer& answer);

}  // namespace wenshu::app
