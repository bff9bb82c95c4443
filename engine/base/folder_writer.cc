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
  bool takes_place = there_before_.contains(name);
  if (takes_place && has(name, bytes)) return;
  constexpr int kFlags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
  std::string way = name;
  int file = takes_place ? -1 : ::openat(descriptor_, way.c_str(), kFlags | O_EXCL, 0666);
  if (takes_place ||
      (file < 0 && errno == EEXIST)) {  // or came meanwhile, from another run on the same class
    takes_place = true;
    way = '.' + name + ending_;
    file = ::openat(descriptor_, way.c_str(), kFlags | O_TRUNC, 0666);
  }
  if (file < 0) throw_unwritable(folder_ / name, errno);
  int fault = write_all(file, bytes);
  if (::close(file) != 0 && fault == 0 && errno != EINTR) fault = errno;
  if (takes_place && fault == 0 && ::renameat(descriptor_, way.c_str(), descriptor_, name.c_str()) != 0)
    fault = errno;
  if (fault == 0) return;
  ::unlinkat(descriptor_, way.c_str(), 0);
  throw_unwritable(folder_ / name, fault);
}

bool FolderWriter::has(const std::string& name, std::string_view bytes) const {
  struct stat status {};
  const bool as_long = ::fstatat(descriptor_, name.c_str(), &status, 0) == 0 && S_ISREG(status.st_mode) &&
                       static_cast<size_t>(status.st_size) == bytes.size();
  return as_long && read_file(folder_ / name, bytes.size()) == bytes;
}

void FolderWriter::sync() const { sync_folder(folder_); }

}  // namespace wenshu
