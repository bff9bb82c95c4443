// What an action leaves behind besides the next step: numbers, documents, register rows. Inner header of
// app/.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/case_record.h"
#include "base/date.h"
#include "store/act.h"
#include "workflow/definition.h"

namespace wenshu::app {

struct EffectSurroundings {
  store::Act& act;
  const directory::Directory& office;
  std::string person;          // id of who acts
  Date date;                   // China date of the act
  std::filesystem::path home;  // whose fonts print notices
};

// Runs the effects in their order; numbers go into record.data, so that what is rendered after them shows
// them. Returns what was done, in words. Throws FaultyInput when a number or a document cannot be made of the
// data: the act goes away with all it did.
std::vector<std::string> run_effects(const std::vector<workflow::Effect>& effects, CaseRecord& record,
                                     const EffectSurroundings& surroundings);

}  // namespace wenshu::app
