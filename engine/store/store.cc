#include "store/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "crypto/hash.h"
#include "store/sqlite/driver.h"

namespace wenshu::store {

namespace fs = std::filesystem;

fs::path file_of(const std::string& address) {
  const std::string kScheme = "sqlite:";
  if (address.starts_with(kScheme)) return address.substr(kScheme.size());
  if (address.find("://") != std::string::npos)
    throw Failure(fmt::format("无法打开库 {}（目前只支持 sqlite:文件名）", address));
  return address;
}

Store Store::open(const std::string& address) {
  const fs::path file = file_of(address);
  std::error_code ignored;
  if (!fs::exists(file, ignored))
    throw NotFound(fmt::format("没有库文件 {}：请先运行 wenshu init", file.string()));
  if (!fs::is_regular_file(file, ignored))
    throw Failure(fmt::format("无法打开库 {}（不是文件）", file.string()));
  return Store(Db(sqlite::open_driver(file, sqlite::Open::existing)), file);
}

Store Store::in_memory() { return Store(Db(sqlite::open_driver({}, sqlite::Open::in_memory)), ":memory:"); }

namespace {

void remove_database(const fs::path& file) noexcept {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file.string() + suffix, ignored);
}

fs::path part_of(const fs::path& file, pid_t process) {
  return file.parent_path() / fmt::format(".{}.part-{}", file.filename().string(), process);
}

// What processes that were killed while they made this store have left beside it.
void remove_leavings(const fs::path& file) {
  const std::string start = part_of(file, 0).filename().string();
  const std::string prefix = start.substr(0, start.size() - 1);
  const fs::path parent = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const pid_t process = static_cast<pid_t>(std::atoi(name.c_str() + prefix.size()));
    const bool gone = process == ::getpid() || (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH);
    if (gone) remove_database(part_of(file, process));
  }
}

void sync_parent(const fs::path& file) {
  const fs::path parent = file.has_parent_path() ? file.parent_path() : ".";
  const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

std::string exists_already(const fs::path& file) {
  return fmt::format("无法建立库 {}（已有同名文件，不会覆盖）", file.string());
}

}  // namespace

void create_store(const std::string& address, const std::function<void(Store&)>& fill) {
  const fs::path file = file_of(address);
  if (!file.has_filename()) throw Failure(fmt::format("无法建立库 {}（没有写文件名）", address));
  std::error_code ignored;
  if (file.has_parent_path() && !fs::is_directory(file.parent_path(), ignored))
    throw Failure(fmt::format("无法建立库 {}（没有文件夹 {}）", file.string(), file.parent_path().string()));
  if (fs::exists(fs::symlink_status(file, ignored))) throw Failure(exists_already(file));
  const fs::path part = part_of(file, ::getpid());
  remove_leavings(file);
  try {
    {
      Store store(Db(sqlite::open_driver(part, sqlite::Open::fresh)), part);
      fill(store);
    }  // closing writes the WAL back and removes it
    // link() fails where rename() would overwrite.
    if (::link(part.c_str(), file.c_str()) != 0)
      throw Failure(errno == EEXIST
                        ? exists_already(file)
                        : fmt::format("无法建立库 {}（{}）", file.string(), std::strerror(errno)));
    remove_database(part);
    sync_parent(file);
  } catch (...) {
    remove_database(part);
    throw;
  }
}

std::string keep_content(Tx& tx, const std::string& bytes) {
  const std::string hash = crypto::sha256_hex(bytes);
  tx.run("INSERT INTO contents (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", hash, Blob{bytes});
  return hash;
}

std::optional<std::string> find_content(Tx& tx, const std::string& hash) {
  Stmt contents = tx.query("SELECT bytes FROM contents WHERE hash = ?", hash);
  if (!contents.next()) return {};
  return contents.row().blob(0);
}

}  // namespace wenshu::store
