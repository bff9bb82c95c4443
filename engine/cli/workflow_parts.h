// Subcommands of `workflow` that touch cases. Inner header of cli/.
#pragma once

#include "cli/invocation.h"

namespace wenshu::cli {

void add_simulate(CLI::App& group, Invocation& invocation);
void add_rehearse(CLI::App& group, Invocation& invocation);
void add_migrate(CLI::App& group, Invocation& invocation);

}  // namespace wenshu::cli
