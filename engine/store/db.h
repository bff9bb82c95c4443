// Db -> Tx -> Stmt -> Row: all that the acts know of a database. One driver a database stands behind it
// (sqlite/ now); the SQL text is the same for all of them: `?` for arguments, no dialect.
// Every fault throws Failure with a Chinese sentence: 磁盘已满, 只读, 库正忙 ….
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wenshu::store {

struct Blob {
  std::string bytes;
  friend auto operator<=>(const Blob&, const Blob&) = default;
};
// What one cell of a table holds. Text is well-formed UTF-8 without NUL: drivers refuse anything else at
// bind.
using Cell = std::variant<std::monostate, int64_t, std::string, Blob>;

std::string to_text(const Cell& cell);  // for people: NULL, 12, text, <12 字节>

// One answer of a driver, read forwards.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool next() = 0;
  virtual int columns() const = 0;
  virtual std::string name(int column) const = 0;
  virtual Cell cell(int column) const = 0;
};

class Driver {
 public:
  virtual ~Driver() = default;
  virtual std::unique_ptr<Cursor> run(const std::string& sql, const std::vector<Cell>& arguments) = 0;
  virtual void begin(bool writing) = 0;  // writing: takes the write lock at once, waiting up to 10 s
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;
  // For audits: what the database itself finds wrong with its pages, indexes and references, in its own words …
  virtual std::vector<std::string> find_damage() = 0;
  // … and its tables, indexes and triggers: "table events" and the text that made it.
  virtual std::map<std::string, std::string> schema() = 0;
};

// The present row of a Stmt. Columns count from 0. A cell of another kind than asked for throws Failure.
class Row {
 public:
  explicit Row(const Cursor& cursor) : cursor_(&cursor) {}
  int columns() const { return cursor_->columns(); }
  Cell cell(int column) const { return cursor_->cell(column); }
  bool is_null(int column) const;
  int64_t integer(int column) const;
  std::string text(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::string blob(int column) const;

 private:
  const Cursor* cursor_;
};

class Stmt {
 public:
  explicit Stmt(std::unique_ptr<Cursor> cursor) : cursor_(std::move(cursor)) {}
  bool next() { return cursor_->next(); }
  Row row() const { return Row(*cursor_); }
  std::string name(int column) const { return cursor_->name(column); }

 private:
  std::unique_ptr<Cursor> cursor_;
};

// A copy speaks through the same connection.
class Db {
 public:
  explicit Db(std::shared_ptr<Driver> driver) : driver_(std::move(driver)) {}
  Driver& driver() { return *driver_; }

 private:
  std::shared_ptr<Driver> driver_;
};

enum class Access { read, write };

// One transaction: rolled back unless committed. Reading sees one state throughout.
class Tx {
 public:
  Tx(Db& db, Access access);
  ~Tx();
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  // tx.query("SELECT title FROM cases WHERE id = ?", id)
  template <class... Arguments>
  Stmt query(const std::string& sql, const Arguments&... arguments) {
    return Stmt(driver_->run(sql, {to_cell(arguments)...}));
  }
  template <class... Arguments>
  void run(const std::string& sql, const Arguments&... arguments) {
    auto cursor = driver_->run(sql, {to_cell(arguments)...});
    while (cursor->next()) continue;
  }
  void commit();

 private:
  static Cell to_cell(int64_t integer) { return integer; }
  static Cell to_cell(const std::string& text) { return text; }
  static Cell to_cell(const char* text) { return std::string(text); }
  static Cell to_cell(const Blob& blob) { return blob; }
  static Cell to_cell(const Cell& cell) { return cell; }
  static Cell to_cell(const std::optional<std::string>& text) { return text ? Cell(*text) : Cell(); }

  Driver* driver_;
  bool open_ = true;
};

}  // namespace wenshu::store
