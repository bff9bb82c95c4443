// wenshu case start, case act: one step of a case is one transaction - marking, seats, numbers, documents,
// register rows and the event commit together or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "base/error.h"
#include "data/value.h"

namespace wenshu::app {

// What an act did. A request that comes again gets the same answer, with `repeated`.
struct CaseAnswer {
  std::string id;   // of the case
  int64_t seq = 0;  // of the event
  bool repeated = false;
  bool open = true;
  std::string status_title = {};     // 已办结, 已作废 …
  std::vector<std::string> steps;    // titles of the steps now open
  std::vector<std::string> numbers;  // given by this act
  std::vector<std::string> files;    // names of documents made by this act
  std::vector<std::string> effects;  // all effects in words
};

// `data` is the record (a `data:` file's tree or its `values`), `attachments` the files for its fields of type
// file. Acts as context.person.
// NotFound: workflow or person. FaultyInput: the data against the form. Refused: nobody may start.
CaseAnswer start_case(const Context& context, const std::string& workflow, const data::Value& data,
                      const std::optional<std::string>& request = {},
                      const std::map<std::string, std::filesystem::path>& attachments = {});

// What some acts need besides (workflow/acts.h). People as ids or names.
struct ActDetails {
  std::string step;                                               // at which of several steps
  std::string to;                                                 // the step to go to
  std::vector<std::string> people;                                // for 转办, 加签, 抄送 …
  std::map<std::string, std::vector<std::string>> choices = {};   // by step: who shall sit there
  bool direct = false;                                            // 退回: comes straight back here
  bool again = false;                                             // 抄送 also to those who have one
  std::map<std::string, std::filesystem::path> attachments = {};  // by field
  int phrase = 0;  // in place of an opinion: which of the step's `phrases`, from 1
};

// `changes` is merged into the data (maps field by field, everything else is replaced); null when there are
// none. NotFound: case or person. Refused: with every blocker. FaultyInput: changes against the form,
// documents that cannot be made of the data.
CaseAnswer act_on_case(const Context& context, const std::string& id, const std::string& action,
                       const std::string& opinion = {}, const data::Value& changes = {},
                       const std::optional<std::string>& request = {}, const ActDetails& details = {});

// 批量同意: of the cases in the person's inbox those whose step allows it (`bulk`) and whose one way forward needs
// no opinion; each is its own transaction with its own result.
struct BulkLine {
  std::string id, title;
  std::string action_title;       // "" when it was set aside
  std::vector<Blocker> blockers;  // why it was set aside
};
std::vector<BulkLine> agree_in_bulk(const Context& context, const std::string& opinion = {});

// 离职移交: all open and future seats of one person to another, in every open case that context.person manages; one
// event a case.
std::vector<CaseAnswer> hand_over(const Context& context, const std::string& from, const std::string& to,
                                  const std::string& reason);

data::Value to_value(const std::vector<BulkLine>& lines);
data::Value to_value(const CaseAnswer& answer);

}  // namespace wenshu::app
