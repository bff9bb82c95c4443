// The driver for SQLite 3: the only files that include sqlite3.h stand in this folder.
#pragma once

#include <filesystem>
#include <memory>

#include "store/db.h"

namespace wenshu::store::sqlite {

enum class Open {
  existing,   // a store of ours: anything else is refused before a byte is written
  fresh,      // REQUIRES: no file of that name
  in_memory,  // the path is not read
};

// WAL, synchronous=FULL, foreign keys, 10 s of patience with other writers, untrusted schema. The schema is
// that of this program afterwards: fresh ones are made, older ones migrated. Throws Failure.
std::unique_ptr<Driver> open_driver(const std::filesystem::path& file, Open open);

}  // namespace wenshu::store::sqlite
