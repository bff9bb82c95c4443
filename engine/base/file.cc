#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/pages.h"
#include "base/unwritable.h"

namespace wenshu {
namespace {

namespace fs = std::filesystem;

std::string cause(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return "没有权限";
    case ENOSPC:
      return "磁盘已满";
    case EDQUOT:
      return "超出磁盘配额";
    case EFBIG:
      return "文件过大";
    case ENOTDIR:
      return "路径中有一级不是文件夹";
    case EISDIR:
      return "是文件夹，不是文件";
    case ENOENT:
      return "没有这个文件或文件夹";
    case EEXIST:
      return "已经存在";
    case EROFS:
      return "磁盘只读";
    case ENAMETOOLONG:
      return "文件名过长";
    case EIO:
      return "磁盘读写出错";
    case ELOOP:
      return "符号链接过多";
    case EMFILE:
    case ENFILE:
      return "打开的文件过多";
    case ENOTEMPTY:
      return "文件夹不是空的";
    case EXDEV:
      return "跨越了磁盘";
    case ETXTBSY:
    case EBUSY:
      return "文件正被占用";
    default:
      return fmt::format("{}，错误号 {}", std::strerror(error), error);
  }
}

[[noreturn]] void throw_unreadable(const fs::path& path, int error) {
  throw Failure(fmt::format("无法读取 {}（{}）", path.string(), cause(error)));
}

// A file that grows over the shell's `ulimit -f` shall be a failure (EFBIG) with a message, not a signal that
// kills.
void ignore_file_size_signal() {
  static const bool done = std::signal(SIGXFSZ, SIG_IGN) != SIG_ERR;
  (void)done;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  // 0 or errno. Network disks report a failed write only here.
  int close() {
    int fd = std::exchange(fd_, -1);
    return ::close(fd) == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int fd_;
};

int flush(int fd) {
  while (::fsync(fd) != 0) {
    if (errno == EINTR) continue;
    // Some file systems cannot flush this kind of file; nothing is to be gained by failing.
    return errno == EINVAL || errno == ENOTSUP ? 0 : errno;
  }
  return 0;
}

int flush_folder(const fs::path& folder) {
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.ok() ? flush(opened.get()) : errno;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// Where a file that is asked for is written: behind symbolic links, which stay. Throws Failure where something stands
// there that is no file: to rename onto a device would take it away.
fs::path target_of(const fs::path& path) {
  std::error_code none;
  fs::path target = path;
  if (fs::is_symlink(path, none)) {
    target = fs::weakly_canonical(path, none);
    std::error_code unseen;
    if (none || fs::is_symlink(target, unseen)) throw_unwritable(path, ELOOP);
  }
  const fs::file_status status = fs::status(target, none);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
    throw Failure(fmt::format("无法写入 {}（已有同名的设备或管道，不是文件）", path.string()));
  return target;
}

std::string part_name(const fs::path& path) {
  return fmt::format(".{}.part-{}", path.filename().string(), ::getpid());
}

int open_part(const fs::path& part) {
  int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  int fd = ::open(part.c_str(), flags, 0666);
  if (fd >= 0 || errno != EEXIST) return fd;
  ::unlink(part.c_str());  // left by an earlier process of our number
  return ::open(part.c_str(), flags, 0666);
}

// 0 or errno; the caller removes `part`.
int write_part(const fs::path& part, std::string_view bytes, Durability durability) {
  Descriptor file(open_part(part));
  if (!file.ok()) return errno;
  int error = write_all(file.get(), bytes);
  if (error == 0 && durability == Durability::sync) error = flush(file.get());
  int closing = file.close();
  return error != 0 ? error : closing;
}

// ".NAME.part-PID": the process, or nothing for any other name.
std::optional<pid_t> writer_of(std::string_view name) {
  size_t at = name.rfind(".part-");
  if (!name.starts_with('.') || at == std::string_view::npos || at < 2) return std::nullopt;
  std::string_view digits = name.substr(at + 6);
  pid_t pid = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pid);
  if (error != std::errc() || end != digits.data() + digits.size() || pid <= 0) return std::nullopt;
  return pid;
}

bool is_hidden(const fs::path& path) {
  std::string name = path.filename().string();
  return name.starts_with('.') && name != "." && name != "..";
}

void list_below(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code error;
  auto options = fs::directory_options::none;  // links to folders are not followed: they may lead in a circle
  fs::recursive_directory_iterator walk(folder, options, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    std::error_code ignored;  // what cannot be looked at is no regular file
    if (is_hidden(walk->path())) {
      if (walk->is_directory(ignored)) walk.disable_recursion_pending();
    } else if (walk->is_regular_file(ignored)) {
      files.push_back(walk->path());
    }
  }
  if (error) throw_unreadable(folder, error.value());
}

}  // namespace

void throw_unwritable(const fs::path& path, int error) {
  throw Failure(fmt::format("无法写入 {}（{}）", path.string(), cause(error)));
}

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

// Room for readers that look past the end, or close the text with a mark of their own.
constexpr size_t kBehind = 64;

std::string read_file(const fs::path& path, size_t limit) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a pipe must not hang us
  if (!file.ok()) {
    if (errno == ENOENT) throw NotFound(fmt::format("没有这个文件: {}", path.string()));
    throw_unreadable(path, errno);
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_unreadable(path, errno);
  if (S_ISDIR(status.st_mode)) throw_unreadable(path, EISDIR);
  std::string bytes;
  if (S_ISREG(status.st_mode))
    reserve_pages(bytes, std::min(static_cast<size_t>(status.st_size), limit) + kBehind);
  char buffer[1 << 16];
  for (;;) {
    ssize_t count = ::read(file.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_unreadable(path, errno);
    if (count == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(count));
    if (bytes.size() > limit) {
      throw Failure(fmt::format("无法读取 {}（文件超过 {} 字节的上限）", path.string(), limit));
    }
  }
}

void write_file(const fs::path& asked, std::string_view bytes, Durability durability) {
  ignore_file_size_signal();
  const fs::path path = target_of(asked);
  fs::path folder = folder_of(path);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw_unwritable(path, error.value());
  fs::path part = folder / part_name(path);
  int fault = write_part(part, bytes, durability);
  if (fault == 0 && ::rename(part.c_str(), path.c_str()) != 0) fault = errno;
  if (fault != 0) {
    ::unlink(part.c_str());
    throw_unwritable(path, fault);
  }
  if (durability == Durability::sync) fault = flush_folder(folder);
  if (fault != 0) throw_unwritable(path, fault);
}

void StagedFiles::add(const fs::path& asked, std::string_view bytes) {
  ignore_file_size_signal();
  const fs::path path = target_of(asked);
  const fs::path folder = folder_of(path);
  std::vector<fs::path> missing;
  std::error_code error;
  for (fs::path each = folder; !each.empty() && !fs::exists(each, error) && !error; each = each.parent_path())
    missing.push_back(each);
  fs::create_directories(folder, error);
  made_.insert(made_.end(), missing.rbegin(), missing.rend());
  if (error) throw_unwritable(path, error.value());
  files_.push_back({folder / part_name(path), path});
  const int fault = write_part(files_.back().part, bytes, Durability::later);
  if (fault != 0) throw_unwritable(path, fault);
}

// A few are flushed one by one, for other programs' writes need not be waited for; many cost less together.
void StagedFiles::commit() {
  constexpr size_t kMany = 64;
  std::set<fs::path> flushed;
  for (const Staged& file : files_) {
    if (files_.size() > kMany) {
      if (flushed.insert(folder_of(file.path)).second) sync_folder(folder_of(file.path));
      continue;
    }
    const Descriptor part(::open(file.part.c_str(), O_RDONLY | O_CLOEXEC));
    const int fault = part.ok() ? flush(part.get()) : errno;
    if (fault != 0) throw_unwritable(file.path, fault);
  }
  std::set<fs::path> folders;
  for (Staged& file : files_) {
    if (::rename(file.part.c_str(), file.path.c_str()) != 0) throw_unwritable(file.path, errno);
    file.part.clear();
    folders.insert(folder_of(file.path));
  }
  made_.clear();
  for (const fs::path& folder : folders)
    if (const int fault = flush_folder(folder); fault != 0) throw_unwritable(folder, fault);
}

StagedFiles::~StagedFiles() {
  for (const Staged& file : files_)
    if (!file.part.empty()) ::unlink(file.part.c_str());  // empty: it was renamed
  std::reverse(made_.begin(), made_.end());
  for (const fs::path& folder : made_) ::rmdir(folder.c_str());  // stays when something stands in it
}

void remove_stale_parts(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> stale;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    auto pid = writer_of(entry->path().filename().string());
    bool gone = pid && ::kill(*pid, 0) != 0 && errno == ESRCH;
    if (gone) stale.push_back(entry->path());
  }
  for (const fs::path& path : stale) fs::remove(path, error);
}

void sync_folder(const fs::path& folder) {
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.ok()) throw_unwritable(folder, errno);
  if (::syncfs(opened.get()) != 0) throw_unwritable(folder, errno);
}

std::vector<fs::path> list_files(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      list_below(path, files);
    } else if (fs::exists(path, error)) {
      files.push_back(path);
    } else {
      throw NotFound(fmt::format("没有这个文件或文件夹: {}", path.string()));
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

}  // namespace wenshu
