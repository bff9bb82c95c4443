// wenshu publish: check definitions and keep them in the store, with the bytes of all they need.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/definitions.h"

namespace wenshu::app {

struct Published {
  enum class What { added, changed, unchanged };
  What what = What::added;
  std::string kind;  // workflow, form, register, certificate
  std::string name;
  std::string title;
  long long version = 0;    // of workflows as written; of others counted from 1
  std::string remark = {};  // what will not work yet, though all is right: "" for most
};

// Publishes the workflows, forms, registers and certificate sheets below `paths`, in one event. Same content
// again publishes nothing. A workflow keeps its form, its registers and its documents with it: running cases
// go on with their copy. FaultyInput: whatever check would find. Refused: `version-not-higher` when a
// workflow or what it needs changed under the same version, `register-columns-lost`, `no-directory`.
std::vector<Published> publish(const Context& context, const std::vector<std::filesystem::path>& paths);

// What was loaded and checked already, into a store in memory: for scenarios.
std::vector<Published> publish_loaded(const Context& context, const Definitions& loaded);

}  // namespace wenshu::app
