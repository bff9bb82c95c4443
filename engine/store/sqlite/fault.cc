#include "store/sqlite/fault.h"

#include <fmt/format.h>

#include <cerrno>

#include "base/error.h"

namespace wenshu::store::sqlite {

namespace {

// SQLite does not always hand the system's errno on (a write into the WAL loses it), so a failed write is
// told by its code.
std::string io_cause(int code, int system) {
  switch (system) {
    case EFBIG:
      return "磁盘已满，或文件大小超过系统限制";  // RLIMIT_FSIZE, or the file system's largest file
    case ENOSPC:
      return "磁盘已满";
    case EDQUOT:
      return "磁盘配额已用完";
    case EROFS:
      return "磁盘是只读的";
    default:
      break;
  }
  if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_SHMSIZE)
    return "磁盘已满，或文件大小超过系统限制";
  return fmt::format("磁盘读写出错，代码 {}", code);
}

std::string cause_of(sqlite3* db, int code) {
  const int system = db ? sqlite3_system_errno(db) : 0;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "磁盘已满";
    case SQLITE_IOERR:
      return io_cause(code, system);
    case SQLITE_READONLY:
      return "库文件或所在文件夹是只读的";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "库正忙，等待 10 秒后仍有别的程序在写";
    case SQLITE_CANTOPEN:
      return "打不开库文件，请检查路径和权限";
    case SQLITE_CORRUPT:
      return "库文件已损坏或不完整，请用备份恢复";
    case SQLITE_NOTADB:
      return "这个文件不是文枢的库";
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "没有权限";
    case SQLITE_NOMEM:
      return "内存不足";
    case SQLITE_TOOBIG:
      return "数据过大";
    case SQLITE_CONSTRAINT:
      return fmt::format("违反库的约束：{}", db ? sqlite3_errmsg(db) : "");
    default:
      return fmt::format("{}，代码 {}", db ? sqlite3_errmsg(db) : sqlite3_errstr(code), code);
  }
}

}  // namespace

void fail(sqlite3* db, int code, const std::string& doing) {
  throw Failure(fmt::format("无法{}（{}）", doing, cause_of(db, code)));
}

}  // namespace wenshu::store::sqlite
