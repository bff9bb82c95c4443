// wenshu init: a new store, and the office that owns it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "app/context.h"
#include "store/store.h"

namespace wenshu::app {

struct OfficeReport {
  std::filesystem::path file;
  std::string directory;  // "" when no office was loaded
  std::string title;
  size_t people = 0;
  size_t departments = 0;
};

// Loads the directory of `office` (event office-loaded, by the program itself). Refuses when the file is
// there already (`store-exists`); throws FaultyInput when the folder has faults or not exactly one directory.
// Leaves no file behind when it fails.
OfficeReport init_store(const Context& context, const std::optional<std::filesystem::path>& office);

// A store in memory with that office: for scenarios. `office` is a folder or a directory's file.
store::Store store_in_memory(const std::filesystem::path& office, const std::filesystem::path& home,
                             Time now);

}  // namespace wenshu::app
