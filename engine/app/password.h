// Where the password of a key comes from; it never stands on a command line, which other users can read.
#pragma once

#include <filesystem>
#include <string>

namespace wenshu::app {

struct PasswordSource {
  std::filesystem::path file = {};  // its first line
  bool is_new = false;              // typed twice, eight characters at least
};

// From the file, else $WENSHU_KEY_PASSWORD, else the terminal. Throws Refused `no-password` when there is none of them,
// FaultyInput `weak-password` for a new one that is too short, `passwords-differ`.
std::string read_password(const PasswordSource& source, const std::string& prompt);

}  // namespace wenshu::app
