#include "app/password.h"

#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace wenshu::app {
namespace {

// The terminal without echo, whatever happens.
class Silence {
 public:
  Silence() {
    good_ = tcgetattr(STDIN_FILENO, &before_) == 0;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (good_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Silence() {
    if (good_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool good_ = false;
};

std::string ask(const std::string& prompt) {
  std::cerr << prompt << std::flush;
  const Silence silence;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

}  // namespace

std::string read_password(const PasswordSource& source, const std::string& prompt) {
  const auto refuse = [&](const char* code, const std::string& message) -> FaultyInput {
    Diagnostics findings;
    findings.error(code, {source.file.string()}, message);
    return FaultyInput(findings);
  };
  std::string password;
  const char* given = std::getenv("WENSHU_KEY_PASSWORD");
  if (!source.file.empty()) {
    password = first_line(read_file(source.file, 4096));
  } else if (given && *given) {
    password = given;
  } else if (isatty(STDIN_FILENO)) {
    password = ask(prompt + "：");
    if (source.is_new && ask("再输入一次：") != password)
      throw refuse("passwords-differ", "两次输入的密码不同");
  } else {
    throw Refused(std::vector<Blocker>{
        {"no-password",
         "没有给出密钥的密码：用 --password-file 文件，或环境变量 WENSHU_KEY_PASSWORD，或在终端输入",
         {}}});
  }
  if (find_malformed_utf8(password)) throw refuse("weak-password", "密码不是 UTF-8 文字");
  if (source.is_new && count_characters(password) < 8) throw refuse("weak-password", "密钥的密码至少8个字符");
  return password;
}

}  // namespace wenshu::app
