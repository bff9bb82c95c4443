// Failures (disk, database, library) as exceptions, refusals as values, and the exit code of each.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu {

// The exit codes of DESIGN 3: what happened to the whole command.
enum class Exit { ok = 0, faulty_input = 1, usage = 2, refused = 3, not_found = 4, failed = 5 };

// An act failed for a reason that is nobody's mistake. Message: "failed to do thing (cause)", in Chinese.
// Callers add context on the way up with `throw_with_context`.
class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& message) : std::runtime_error(message) {}
};

// A person's input is wrong: thrown only by acts of app/, after all findings are collected.
class FaultyInput : public std::runtime_error {
 public:
  explicit FaultyInput(Diagnostics findings);
  const Diagnostics& findings() const { return findings_; }

 private:
  Diagnostics findings_;
};

// The rules say no. `text` is the sentence for the person, `parameters` the values inside it.
struct Blocker {
  std::string code;
  std::string text;
  std::map<std::string, std::string> parameters;
};

// Thrown only by acts of app/ when the blockers of an act were not asked for beforehand.
class Refused : public std::runtime_error {
 public:
  explicit Refused(std::vector<Blocker> blockers);
  const std::vector<Blocker>& blockers() const { return blockers_; }

 private:
  std::vector<Blocker> blockers_;
};

// Something named by the person is not there (exit 4).
class NotFound : public std::runtime_error {
 public:
  explicit NotFound(const std::string& message) : std::runtime_error(message) {}
};

}  // namespace wenshu
