// What a store holds of definitions, loaded again from the bytes it kept. Inner header of app/.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/context.h"
#include "app/definitions.h"
#include "calendar/working_time.h"
#include "directory/directory.h"
#include "form/form.h"
#include "picture/pixels.h"
#include "register/register.h"
#include "store/store.h"
#include "workflow/definition.h"

namespace wenshu::app {

// One version of a workflow with the form and the documents that were published with it.
struct PublishedWorkflow {
  workflow::Definition definition;
  form::Form form;
  std::map<std::string, std::string> documents;  // path as written in the workflow -> hash of the bytes
  std::map<std::string, std::string> papers;     // id of a document -> hash of the bytes
};

struct Version {
  int64_t number = 0;
  std::string title;
  std::string fingerprint;
};

// 0 and empty when nothing of that name was published.
Version find_latest(store::Tx& tx, const std::string& kind, const std::string& name);

// Throws Failure when the store lost or damaged what was published. REQUIRES: that version was published.
PublishedWorkflow load_workflow_version(store::Tx& tx, const std::string& name, int64_t version);
std::string load_document(store::Tx& tx, const PublishedWorkflow& published, const std::string& path);

// The office of the store. Throws Refused `no-office` when none was loaded.
directory::Directory load_office(store::Tx& tx);

// Pictures of signatures that came with the office, by person.
std::map<std::string, std::shared_ptr<const picture::Pixels>> load_signature_pictures(
    store::Tx& tx, const directory::Directory& office);

// The registers, each in its latest version: a ledger and its series belong to the office, not to one
// workflow.
std::map<std::string, registers::Register> load_registers(store::Tx& tx);

// By the published calendar `office`; nothing when there is none.
std::optional<calendar::WorkingTime> load_working_time(store::Tx& tx);

// The latest of everything, for references out of files that are about to be published.
Definitions load_known(store::Tx& tx);

// The id of context.person. Throws NotFound for an unknown person, FaultyInput for a name that several bear,
// Refused `no-person` when nobody is named.
std::string resolve_person(const Context& context, const directory::Directory& office);

store::Store open_store(const Context& context);

}  // namespace wenshu::app
