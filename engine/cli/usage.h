// What is wrong with a command line, in a clerk's words: the library speaks English and of itself.
#pragma once

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace wenshu::cli {

// The command is wrong (exit 2), not a file: thrown where an option's text means nothing.
class WrongUsage : public std::runtime_error {
 public:
  WrongUsage(const std::string& message, std::string hint)
      : std::runtime_error(message), hint_(std::move(hint)) {}
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

// REQUIRES: `error` was thrown by app.parse() and is not a call for help.
WrongUsage explain_usage(const CLI::App& app, const CLI::ParseError& error);

// Headings of help texts in Chinese. REQUIRES: called before options and subcommands are added.
void speak_chinese(CLI::App& app);

}  // namespace wenshu::cli
