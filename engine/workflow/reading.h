// What a person may read of a case.
#pragma once

#include <string>
#include <vector>

#include "workflow/moves.h"

namespace wenshu::workflow {

// Paths that some step hides and that the person has no business with: he neither began the case nor manages it, and
// sits at no step (nor has acted at one, `acted_at`) whose people see them. That holds for readers of copies, for
// strangers and for nobody in particular (person ""), too. What is derived from such a path goes with it.
std::vector<std::string> hidden_from(const Rules& rules, const Marking& marking, Symbol person,
                                     const std::vector<std::string>& acted_at);

}  // namespace wenshu::workflow
