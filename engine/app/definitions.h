// Everything that people wrote in a set of files: loaded by kind (the first key), then checked against one
// another.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "calendar/calendar.h"
#include "certificate/sheet.h"
#include "data/value.h"
#include "directory/directory.h"
#include "form/form.h"
#include "register/register.h"
#include "workflow/definition.h"
#include "workflow/scenario.h"

namespace wenshu::app {

// One file as it was read. `bytes` is what a store keeps when the definition is published.
struct Source {
  std::filesystem::path path;
  std::string name;  // as findings show it
  std::string bytes;
  data::Value value;  // null for a .docx
};

template <class Object>
struct Loaded {
  Source source;
  Object object;
};

struct Definitions {
  std::map<std::string, Loaded<form::Form>> forms;  // by the name after the kind
  std::map<std::string, Loaded<workflow::Definition>> workflows;
  std::map<std::string, Loaded<registers::Register>> registers;
  std::map<std::string, Loaded<directory::Directory>> directories;
  std::map<std::string, Loaded<certificate::Sheet>> sheets;
  std::map<std::string, Loaded<calendar::Calendar>> calendars;
  std::map<std::string, Loaded<workflow::Scenarios>> scenarios;  // by the workflow's name
  std::map<std::string, Source> notices;                         // by name
  std::map<std::string, Source> data;                            // by name
  std::map<std::string, Source> templates;                       // .docx, by display name
  // What a workflow's `documents` name: by the workflow, then by the path written there ("notices/annual-plan.yaml").
  std::map<std::string, std::map<std::string, Source>> documents;
};

// Loads all files below `paths` (.yaml, .yml, .docx; others are left alone) and collects every fault. A
// workflow's documents are looked for beside the workflow, then in a sibling ../templates, then in
// home/templates. `known` (may be null) holds what a store already has: references may lead there too.
Definitions load_definitions(const std::vector<std::filesystem::path>& paths,
                             const std::filesystem::path& home, Diagnostics& findings,
                             const Definitions* known = nullptr);

}  // namespace wenshu::app
