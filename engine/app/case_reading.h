// What is left out of a case for a person who must not read it (字段权限). Inner header of app/.
#pragma once

#include <vector>

#include "app/case_record.h"
#include "app/context.h"

namespace wenshu::app {

// Takes fields that are hidden from the context's person (from everybody without --as who has no business with the case)
// out of the case's data, and their changes out of the history.
void leave_out_hidden(const Context& context, const directory::Directory& office, CaseRecord& record,
                      std::vector<HistoryLine>& history);

}  // namespace wenshu::app
