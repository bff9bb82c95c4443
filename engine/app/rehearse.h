// wenshu workflow rehearse: a new version of a workflow on the cases that the store holds, before it is published.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "data/value.h"
#include "workflow/rehearse.h"

namespace wenshu::app {

struct RehearsalLine {
  std::string id, title;
  long long version = 0;  // by which the case runs
  std::vector<workflow::Difference> differences;
};

// Every case of the workflow that `file` is a version of, by start; those without a difference have none. Nothing is
// written. Throws FaultyInput (the file, with what stands beside it), NotFound when the store has no such workflow.
std::vector<RehearsalLine> rehearse_cases(const Context& context, const std::filesystem::path& file);

data::Value to_value(const std::vector<RehearsalLine>& lines);

}  // namespace wenshu::app
