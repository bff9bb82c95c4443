#include "base/folder_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

#include "base/file.h"
#include "base/unwritable.h"

namespace wenshu {

namespace fs = std::filesystem;

FolderWriter::FolderWriter(fs::path folder)
    : folder_(std::move(folder)), ending_(".part-" + std::to_string(::getpid())) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file over `ulimit -f` shall be a failure with a message
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) throw_unwritable(folder_, error.value());
  descriptor_ = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) throw_unwritable(folder_, errno);
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error))
    there_before_.insert(entry->path().filename().string());
}

FolderWriter::~FolderWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FolderWriter::write(const std::string& name, std::string_view bytes) const {
  if (there_before_.contains(name)) {
    struct stat status {};
    const bool as_long = ::fstatat(descriptor_, name.c_str(), &status, 0) == 0 && S_ISREG(status.st_mode) &&
                         static_cast<size_t>(status.st_size) == bytes.size();
    if (as_long && read_file(folder_ / name, bytes.size()) == bytes) return;
  }
  const std::string part = '.' + name + ending_;
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  const int file = ::openat(descriptor_, part.c_str(), kFlags, 0666);
  if (file < 0) throw_unwritable(folder_ / name, errno);
  int fault = 0;
  for (std::string_view rest = bytes; !rest.empty() && fault == 0;) {
    const ssize_t written = ::write(file, rest.data(), rest.size());
    if (written > 0)
      rest.remove_prefix(static_cast<size_t>(written));
    else if (written == 0 || errno != EINTR)
      fault = written == 0 ? EIO : errno;
  }
  if (::close(file) != 0 && fault == 0 && errno != EINTR) fault = errno;
  if (fault == 0 && ::renameat(descriptor_, part.c_str(), descriptor_, name.c_str()) != 0) fault = errno;
  if (fault == 0) return;
  ::unlinkat(descriptor_, part.c_str(), 0);
  throw_unwritable(folder_ / name, fault);
}

void FolderWriter::sync() const { sync_folder(folder_); }

}  // namespace wenshu
