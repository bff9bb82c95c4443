// Subcommands of `wenshu case` that tell of cases or run their clocks: due clock sheet draw. Used inside cli/ only.
#pragma once

#include "cli/invocation.h"

namespace wenshu::cli {

void add_case_reports(CLI::App& group, Invocation& invocation);

}  // namespace wenshu::cli
