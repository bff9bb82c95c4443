// What a batch leaves for people: who got which number, and who got none and why. As workbooks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::app {

struct IssuedRow {
  std::string number, name, person;
  bool now = false;  // numbered by this run
  std::string row;   // of the roster
};

// 发证清单 and 问题清单. Throw Failure.
void write_issue_list(const std::filesystem::path& target, const std::vector<IssuedRow>& rows);
void write_error_list(const std::filesystem::path& target, const Diagnostics& findings);

}  // namespace wenshu::app
