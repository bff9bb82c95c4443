// What a batch leaves for people: who got which number, and who got none and why. As workbooks.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "base/diagnostic.h"

namespace wenshu::app {

struct IssuedRow {
  std::string number, name, person;
  bool now = false;      // numbered by this run
  std::string on;        // the day of numbering, China's
  std::string replaces;  // the number in whose place it stands; "" for a first one
  std::string row;       // of the roster
};

// 发证清单 and 问题清单. `row` is asked more than once for each. Throw Failure.
void write_issue_list(const std::filesystem::path& target, size_t count,
                      const std::function<IssuedRow(size_t index)>& row);
void write_error_list(const std::filesystem::path& target, const Diagnostics& findings);

}  // namespace wenshu::app
