#include "store/sqlite/driver.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cstring>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "store/sqlite/fault.h"
#include "store/sqlite/schema.h"

namespace wenshu::store::sqlite {

namespace {

constexpr int kPatienceMs = 10'000;  // a writer holds the lock for milliseconds; 10 s is a disk in trouble

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

void execute(sqlite3* db, const std::string& sql, const std::string& doing) {
  if (int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
    fail(db, code, doing);
}

int64_t query_integer(sqlite3* db, const char* sql, const std::string& doing) {
  sqlite3_stmt* raw = nullptr;
  if (int code = sqlite3_prepare_v2(db, sql, -1, &raw, nullptr); code != SQLITE_OK) fail(db, code, doing);
  Statement statement(raw);
  if (int code = sqlite3_step(raw); code != SQLITE_ROW) fail(db, code, doing);
  return sqlite3_column_int64(raw, 0);
}

// Prepared statements by their text, each lent to one cursor at a time.
class StatementCache {
 public:
  explicit StatementCache(sqlite3* db) : db_(db) {}

  Statement take(const std::string& sql) {
    if (auto found = idle_.find(sql); found != idle_.end()) {
      Statement statement = std::move(found->second);
      idle_.erase(found);
      return statement;
    }
    sqlite3_stmt* raw = nullptr;
    if (int code = sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
        code != SQLITE_OK)
      fail(db_, code, "读写库");
    return Statement(raw);
  }
  void give_back(const std::string& sql, Statement statement) {
    sqlite3_reset(statement.get());
    sqlite3_clear_bindings(statement.get());
    idle_.emplace(sql, std::move(statement));  // a second copy of the same text is let go
  }

 private:
  sqlite3* db_;
  std::map<std::string, Statement> idle_;
};

void check_text(const std::string& text) {
  if (text.find('\0') != std::string::npos) throw Failure("无法写入库（文字中含有空字符 U+0000）");
  if (find_malformed_utf8(text)) throw Failure("无法写入库（文字不是 UTF-8 编码）");
}

void bind(sqlite3* db, sqlite3_stmt* statement, int index, const Cell& cell) {
  int code = SQLITE_OK;
  if (const auto* integer = std::get_if<int64_t>(&cell)) {
    code = sqlite3_bind_int64(statement, index, *integer);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    check_text(*text);
    code = sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } else if (const auto* blob = std::get_if<Blob>(&cell)) {
    code = sqlite3_bind_blob64(statement, index, blob->bytes.data(), blob->bytes.size(), SQLITE_TRANSIENT);
  } else {
    code = sqlite3_bind_null(statement, index);
  }
  if (code != SQLITE_OK) fail(db, code, "读写库");
}

class SqliteCursor : public Cursor {
 public:
  SqliteCursor(sqlite3* db, StatementCache& cache, std::string sql)
      : db_(db), cache_(&cache), sql_(std::move(sql)), statement_(cache.take(sql_)) {}
  ~SqliteCursor() override { cache_->give_back(sql_, std::move(statement_)); }

  void bind_all(const std::vector<Cell>& arguments) {
    if (static_cast<size_t>(sqlite3_bind_parameter_count(statement_.get())) != arguments.size())
      throw std::logic_error("arguments do not fit the statement: " + sql_);
    for (size_t i = 0; i < arguments.size(); ++i)
      bind(db_, statement_.get(), static_cast<int>(i) + 1, arguments[i]);
  }
  bool next() override {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(db_, code, sqlite3_stmt_readonly(statement_.get()) ? "读取库" : "写入库");
  }
  int columns() const override { return sqlite3_column_count(statement_.get()); }
  std::string name(int column) const override { return sqlite3_column_name(statement_.get(), column); }
  Cell cell(int column) const override {
    sqlite3_stmt* s = statement_.get();
    switch (sqlite3_column_type(s, column)) {
      case SQLITE_NULL:
        return {};
      case SQLITE_INTEGER:
        return static_cast<int64_t>(sqlite3_column_int64(s, column));
      case SQLITE_BLOB: {
        const void* bytes = sqlite3_column_blob(s, column);
        return Blob{std::string(static_cast<const char*>(bytes ? bytes : ""), size_of(column))};
      }
      default: {
        const unsigned char* text = sqlite3_column_text(s, column);
        if (!text) fail(db_, SQLITE_NOMEM, "读取库");
        return std::string(reinterpret_cast<const char*>(text), size_of(column));
      }
    }
  }

 private:
  size_t size_of(int column) const {
    return static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column));
  }

  sqlite3* db_;
  StatementCache* cache_;
  std::string sql_;
  Statement statement_;
};

class SqliteDriver : public Driver {
 public:
  explicit SqliteDriver(Connection db) : db_(std::move(db)), cache_(db_.get()) {}

  std::unique_ptr<Cursor> run(const std::string& sql, const std::vector<Cell>& arguments) override {
    auto cursor = std::make_unique<SqliteCursor>(db_.get(), cache_, sql);
    cursor->bind_all(arguments);
    return cursor;
  }
  void begin(bool writing) override {
    execute(db_.get(), writing ? "BEGIN IMMEDIATE" : "BEGIN", writing ? "写入库" : "读取库");
  }
  void commit() override { execute(db_.get(), "COMMIT", "写入库"); }
  void roll_back() noexcept override {
    // Some faults (disk full) have rolled back already; a second ROLLBACK only says so.
    if (!sqlite3_get_autocommit(db_.get())) sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  std::vector<std::string> find_damage() override {
    std::vector<std::string> damage;
    for (auto rows = run("PRAGMA integrity_check", {}); rows->next();)
      if (const std::string said = to_text(rows->cell(0)); said != "ok") damage.push_back(said);
    for (auto rows = run("PRAGMA foreign_key_check", {}); rows->next();)
      damage.push_back("foreign key of " + to_text(rows->cell(0)) + " row " + to_text(rows->cell(1)));
    return damage;
  }
  std::map<std::string, std::string> schema() override {
    std::map<std::string, std::string> texts;
    // Names of SQLite's own (statistics of ANALYZE) belong to nobody's schema.
    const std::string kAll =
        "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE "
        "'sqlite\\_stat%' "
        "ESCAPE '\\'";
    for (auto rows = run(kAll, {}); rows->next();) texts[to_text(rows->cell(0))] = to_text(rows->cell(1));
    return texts;
  }

 private:
  Connection db_;
  StatementCache cache_;
};

// Before SQLite makes anything of the file: an empty or foreign one would be taken for a new database. Read through the
// file that SQLite has open: a descriptor of our own, closed again, would take all locks of this process on the file with it
// (fcntl(2); sqlite.org/howtocorrupt.html, 2.2), and another process would throw away a WAL that is still written.
void check_header(sqlite3* db, const std::filesystem::path& file) {
  sqlite3_file* open = nullptr;
  sqlite3_int64 size = 0;
  std::array<char, 100> head{};
  const bool readable = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &open) == SQLITE_OK &&
                        open && open->pMethods && open->pMethods->xFileSize(open, &size) == SQLITE_OK;
  const int read =
      readable ? open->pMethods->xRead(open, head.data(), static_cast<int>(head.size()), 0) : SQLITE_IOERR;
  if (read != SQLITE_OK && read != SQLITE_IOERR_SHORT_READ) fail(db, SQLITE_IOERR, "打开库 " + file.string());
  const std::string magic("SQLite format 3", 16);
  if (std::memcmp(head.data(), magic.data(), magic.size()) != 0)
    throw Failure(fmt::format("无法打开库 {}（这个文件不是文枢的库）", file.string()));
  if (size < static_cast<sqlite3_int64>(head.size()))
    throw Failure(fmt::format("无法打开库 {}（文件不完整，请用备份恢复）", file.string()));
}

void check_ours(sqlite3* db, const std::filesystem::path& file) {
  const std::string doing = "打开库 " + file.string();
  if (query_integer(db, "PRAGMA application_id", doing) != kApplicationId)
    throw Failure(fmt::format("无法{}（这个文件是别的程序的 SQLite 数据库，不是文枢的库）", doing));
  const auto version = query_integer(db, "PRAGMA user_version", doing);
  const auto known = static_cast<int64_t>(migrations().size());
  if (version > known)
    throw Failure(
        fmt::format("无法{}（库的版本是 {}，本程序只认识到 {}：请升级程序）", doing, version, known));
  query_integer(db, "SELECT count(*) FROM sqlite_schema", doing);
}

void configure(sqlite3* db, const std::string& doing) {
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, kPatienceMs);
  for (int option : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY})
    sqlite3_db_config(db, option, 1, nullptr);
  for (int option : {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL})
    sqlite3_db_config(db, option, 0, nullptr);
  execute(db, "PRAGMA cell_size_check = ON", doing);
}

void migrate(sqlite3* db, const std::string& doing) {
  const auto known = static_cast<int64_t>(migrations().size());
  if (query_integer(db, "PRAGMA user_version", doing) == known) return;
  execute(db, "BEGIN IMMEDIATE", doing);
  try {
    // Asked again under the lock: another process may have been faster.
    for (auto version = query_integer(db, "PRAGMA user_version", doing); version < known; ++version) {
      execute(db, std::string(migrations()[static_cast<size_t>(version)]), doing);
      execute(db, fmt::format("PRAGMA user_version = {}", version + 1), doing);
    }
    execute(db, fmt::format("PRAGMA application_id = {}", kApplicationId), doing);
    execute(db, "COMMIT", doing);
  } catch (...) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

}  // namespace

std::unique_ptr<Driver> open_driver(const std::filesystem::path& file, Open open) {
  const std::string doing = (open == Open::existing ? "打开库 " : "建立库 ") + file.string();
  sqlite3* raw = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (open == Open::existing ? 0 : SQLITE_OPEN_CREATE);
  const std::string name = open == Open::in_memory ? ":memory:" : file.string();
  const int code = sqlite3_open_v2(name.c_str(), &raw, flags, nullptr);
  Connection db(raw);
  if (code != SQLITE_OK) fail(raw, code, doing);
  if (open == Open::existing) check_header(raw, file);
  configure(raw, doing);
  if (open == Open::existing) check_ours(raw, file);
  if (open != Open::in_memory) execute(raw, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", doing);
  migrate(raw, doing);
  return std::make_unique<SqliteDriver>(std::move(db));
}

}  // namespace wenshu::store::sqlite
