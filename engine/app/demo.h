// wenshu demo: an office's year, played through the public acts on a fresh store.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/definitions.h"
#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::app {

// One line of a demo file: who did what when. Exactly one of start, act, certificates, documents, register is
// given.
struct DemoAct {
  Time at;
  std::string person;
  std::string start;         // a workflow
  std::string act;           // an action on `of`
  std::string certificates;  // a sheet
  std::string documents;     // a case whose documents are handed out
  std::string register_name;
  std::string of, opinion, data, roster, to;
  Place place;
};

// samples/NAME/demo.yaml:  demo: NAME, title, office (a folder), publish (folders), acts. Paths are relative
// to the file.
struct Demo {
  std::string title;
  std::filesystem::path folder;  // of the file
  std::filesystem::path office;
  std::vector<std::filesystem::path> publish;
  std::vector<DemoAct> acts;
};

std::optional<Demo> load_demo(const data::Value& source, const std::filesystem::path& file,
                              Diagnostics& findings);

// Every workflow, action, person, register, sheet and file that the demo names is there.
void check_demo(const Demo& demo, const Definitions& definitions, Diagnostics& findings);

// Plays the demo into `out`; `tell` gets a summary line for each act. All appears in `out` at the end or nothing does. A
// store in `out` on which someone worked after an earlier demo is kept under another name; one that no demo made is
// Refused (`store-exists`).
void play_demo(const Context& context, const std::filesystem::path& demo_file,
               const std::filesystem::path& out, const std::function<void(const std::string&)>& tell);

}  // namespace wenshu::app
