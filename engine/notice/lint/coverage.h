// Which rules answer for each row of GB/T 9704, of the 条例 and of the habits of writing, and why a program cannot
// judge the rest.
#pragma once

#include <string>
#include <vector>

namespace wenshu::notice {

struct CoverageRow {
  const char* group;               // 版面, 版头 …
  const char* matter;              // what the row says
  std::vector<const char*> rules;  // codes of the table of rules; empty where nothing can be judged
  const char* beyond = "";         // what of the row a program cannot judge, and why
};

const std::vector<CoverageRow>& coverage();

std::string coverage_table();  // Markdown, for RULES.md

}  // namespace wenshu::notice
