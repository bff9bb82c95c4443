// A store in a folder of its own, for one test.
#pragma once

#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "store/act.h"
#include "store/store.h"

namespace wenshu::store {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wenshu-store-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline const Time kNoon = std::chrono::sys_days{std::chrono::year{2020} / 7 / 27} + std::chrono::hours{4};

inline std::string format_number(int64_t serial) { return "清教〔2020〕" + std::to_string(serial) + "号"; }

// Writes to the file behind our back, as someone with the sqlite3 shell would.
inline void tamper(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  sqlite3_exec(db, "PRAGMA foreign_keys = OFF", nullptr, nullptr, nullptr);
  char* said = nullptr;
  const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &said);
  const std::string message = said ? said : "";
  sqlite3_free(said);
  sqlite3_close(db);
  if (code != SQLITE_OK) throw std::runtime_error(message + " in " + sql);
}

inline data::Value case_state(const std::string& id, const std::string& open = "true") {
  data::Value state = data::Value::map();
  for (const auto& [key, text] : {std::pair<const char*, std::string>{"id", id},
                                  {"workflow", "plan"},
                                  {"version", "1"},
                                  {"serial", id.substr(id.rfind('-') + 1)},
                                  {"title", "年度计划"},
                                  {"initiator", "li-na"},
                                  {"open", open}})
    state.set(key, text);
  state.set("marking", data::Value::map());
  state.set("data", data::Value::map()).set("title", "年度计划");
  return state;
}

inline data::Value seats_for(const std::string& person) {
  data::Value seat = data::Value::map();
  seat.set("step", "review");
  seat.set("title", "科室负责人");
  seat.set("person", person);
  data::Value seats = data::Value::list();
  seats.add(std::move(seat));
  return seats;
}

// One case that takes a number, leaves a document and a row: an event of every section but certificates.
inline void carry_case(Store& store, const std::string& id) {
  Act act(store, {.actor = "li-na", .at = kNoon});
  act.set_case(case_state(id), seats_for("zhou-min"));
  act.take_number("县教", "year=2020", format_number);
  act.add_file("notice.docx", "the bytes of " + id);
  data::Value cells = data::Value::map();
  cells.set("title", "第1期 " + id);
  act.add_row("training-classes", std::move(cells));
  data::Value definition = data::Value::map();
  for (const auto& [key, text] : {std::pair<const char*, std::string>{"kind", "form"},
                                  {"name", id},
                                  {"version", "1"},
                                  {"title", "表"},
                                  {"fingerprint", "f"}})
    definition.set(key, text);
  definition.set("files", data::Value::list());
  act.add_definition(std::move(definition));
  act.finish("case-started", id);
}

}  // namespace wenshu::store
