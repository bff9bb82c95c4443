// Does the store still say what happened? Recomputes everything that can be recomputed.
#pragma once

#include "base/diagnostic.h"
#include "store/event.h"
#include "store/store.h"

namespace wenshu::store {

struct AuditReport {
  Head head;  // compare with one written down earlier: a cut-off tail shows only there
  int64_t events = 0;
  Diagnostics findings;  // empty when all is well
};

// Codes: database-damaged, schema-altered, event-missing, event-altered, chain-broken, replay-failed,
// derived-differs, content-missing, content-altered, content-unused, number-gap, head-differs. Reads in one
// transaction, changes nothing. `earlier`: a head noted before, whose event must still be there.
AuditReport verify(Store& store, const std::optional<Head>& earlier = {});

}  // namespace wenshu::store
