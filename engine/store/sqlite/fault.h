// SQLite's result codes as sentences for a clerk.
#pragma once

#include <sqlite3.h>

#include <string>

namespace wenshu::store::sqlite {

// Throws Failure: 无法DOING（CAUSE）, e.g. 无法写入库（磁盘已满）. `code` is an extended result code.
[[noreturn]] void fail(sqlite3* db, int code, const std::string& doing);

}  // namespace wenshu::store::sqlite
