// wenshu audit verify.
#pragma once

#include <optional>

#include "app/context.h"
#include "store/audit.h"

namespace wenshu::app {

// Throws NotFound or Failure when there is no store to look at; what is wrong inside is in the report.
store::AuditReport verify_store(const Context& context, const std::optional<store::Head>& earlier = {});

}  // namespace wenshu::app
