// A store: one SQLite file that an office owns.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/db.h"

namespace wenshu::store {

// REQUIRES: used by one thread at a time; opened after a fork, never carried over one.
class Store {
 public:
  // `address` is "sqlite:FILE" or FILE. Throws NotFound when there is no such file, Failure when it is not a
  // store of ours, damaged, cut off, or written by a newer program. Never changes a file that it refuses. An
  // older store is brought up to date in one transaction.
  static Store open(const std::string& address);
  // A store in memory, empty: for audits and tests.
  static Store in_memory();

  Db& db() { return db_; }
  const std::filesystem::path& file() const { return file_; }

 private:
  friend void create_store(const std::string&, const std::function<void(Store&)>&);
  Store(Db db, std::filesystem::path file) : db_(std::move(db)), file_(std::move(file)) {}
  Db db_;
  std::filesystem::path file_;
};

// The file an address means. Throws Failure for a kind of database that this program does not know.
std::filesystem::path file_of(const std::string& address);

// Makes a new store and lets `fill` write its first events; only then does the file get its name, so a crash
// leaves no half store. Throws Failure (and leaves it alone) when a file of that name is there already.
void create_store(const std::string& address, const std::function<void(Store&)>& fill);

// Contents by hash: bytes that events speak of (definitions, documents). Kept once, never changed.
std::string keep_content(Tx& tx, const std::string& bytes);  // SHA-256
std::optional<std::string> find_content(Tx& tx, const std::string& hash);

}  // namespace wenshu::store
