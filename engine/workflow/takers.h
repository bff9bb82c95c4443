// Who may take an open seat as things stand.
#pragma once

#include <vector>

#include "workflow/marking.h"

namespace wenshu::workflow {

// Who has claimed it, else its candidates; of a seat whose decision counts only those who have not decided at the step
// already, where there are such. Empty for a seat that is not open.
std::vector<Symbol> takers_of(const Token& token, const Seat& seat);

}  // namespace wenshu::workflow
