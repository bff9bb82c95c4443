#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "app/outbox.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

extern char** environ;  // NOLINT: the name is the system's

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

class Folder : public Channel {
 public:
  explicit Folder(fs::path folder) : folder_(std::move(folder)) { remove_stale_parts(folder_); }
  // Flushed before the store is told: a message that only the cache knows is lost with the power.
  void take(const std::string& key, const std::string& json) override {
    write_file(folder_ / (key + ".json"), json);
  }
  int64_t at_once() const override { return 100; }

 private:
  fs::path folder_;
};

// A file descriptor that closes itself.
class Handle {
 public:
  explicit Handle(int descriptor, const char* what) : descriptor_(descriptor) {
    if (descriptor < 0) throw Failure(fmt::format("无法{}（{}）", what, std::strerror(errno)));
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }
  int get() const { return descriptor_; }
  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }

 private:
  int descriptor_;
};

// The bytes as a file without a name: a program that reads none of them does not stop us.
int file_of(const std::string& bytes) {
  const int file = ::memfd_create("message", MFD_CLOEXEC);
  if (file < 0) return file;
  for (size_t at = 0; at < bytes.size();) {
    const ssize_t written = ::write(file, bytes.data() + at, bytes.size() - at);
    if (written <= 0) {
      ::close(file);
      return -1;
    }
    at += static_cast<size_t>(written);
  }
  ::lseek(file, 0, SEEK_SET);
  return file;
}

// The first line that it says, whatever its encoding.
std::string first_line(std::string said) {
  said = said.substr(0, said.find('\n'));
  if (find_malformed_utf8(said) || find_forbidden_character(said)) return "说明不是 UTF-8 文字";
  return std::string(trim(said));
}

class Program : public Channel {
 public:
  Program(fs::path program, std::chrono::seconds patience)
      : program_(std::move(program)), patience_(patience) {}

  void take(const std::string& key, const std::string& json) override {
    Handle input(file_of(json), "准备消息");
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
      throw Failure(fmt::format("无法准备消息（{}）", std::strerror(errno)));
    Handle said(ends[0], "准备消息"), saying(ends[1], "准备消息");
    const pid_t process = start(key, input.get(), saying.get());
    saying.close();
    std::string words;
    const int status = wait_for(process, said.get(), words);
    if (late_) throw Failure(fmt::format("{} 超过 {} 秒没有办完，已停止", name(), patience_.count()));
    if (WIFSIGNALED(status)) throw Failure(fmt::format("{} 被信号 {} 中止", name(), WTERMSIG(status)));
    if (WEXITSTATUS(status) != 0) {
      const std::string line = first_line(words);
      throw Failure(
          fmt::format("{} 退出码 {}{}", name(), WEXITSTATUS(status), line.empty() ? "" : "：" + line));
    }
  }
  int64_t at_once() const override { return 1; }

 private:
  std::string name() const { return program_.filename().string(); }

  // In a group of its own, so that what it has begun ends with it.
  pid_t start(const std::string& key, int input, int errors) const {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&how);
    ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
    ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
    ::posix_spawnattr_setpgroup(&how, 0);
    std::string path = program_.string(), argument = key;
    std::array<char*, 3> words = {path.data(), argument.data(), nullptr};
    pid_t process = 0;
    const int fault = ::posix_spawn(&process, path.c_str(), &files, &how, words.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&how);
    if (fault != 0) throw Failure(fmt::format("无法运行 {}（{}）", path, std::strerror(fault)));
    return process;
  }

  // Its exit status, once it has ended or patience has run out. A child that it leaves behind may hold the pipe open for
  // ever, so that the pipe's end is not waited for.
  int wait_for(pid_t process, int said, std::string& words) {
    using std::chrono::steady_clock;
    const auto until = steady_clock::now() + patience_;
    late_ = false;
    int status = 0;
    for (bool open = true; ::waitpid(process, &status, WNOHANG) == 0;) {
      if (steady_clock::now() >= until) {
        late_ = true;
        ::kill(-process, SIGKILL);
        while (::waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
        return status;
      }
      constexpr int kTick = 5;  // ms
      pollfd watched{open ? said : -1, POLLIN, 0};
      if (::poll(&watched, 1, kTick) > 0) open = read_some(said, words);
    }
    pollfd watched{said, POLLIN, 0};
    while (::poll(&watched, 1, 0) > 0 && read_some(said, words)) continue;
    return status;
  }

  // Keeps the beginning of what it says and reads on, so that it is not stopped by a full pipe. False at the end.
  static bool read_some(int said, std::string& words) {
    constexpr size_t kMost = 2000;
    std::array<char, 4096> bytes;
    const ssize_t count = ::read(said, bytes.data(), bytes.size());
    if (count > 0 && words.size() < kMost) words.append(bytes.data(), static_cast<size_t>(count));
    return count > 0;
  }

  fs::path program_;
  std::chrono::seconds patience_;
  bool late_ = false;
};

}  // namespace

std::unique_ptr<Channel> open_folder(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    throw NotFound(fmt::format("没有文件夹 {}：请先建立，再投递", folder.string()));
  return std::make_unique<Folder>(folder);
}

std::unique_ptr<Channel> open_program(const fs::path& program, std::chrono::seconds patience) {
  std::error_code ignored;
  if (!fs::is_regular_file(program, ignored))
    throw NotFound(fmt::format("没有程序 {}：请写它的路径，例如 ./send.sh", program.string()));
  return std::make_unique<Program>(fs::absolute(program), patience);
}

}  // namespace wenshu::app
