// Numbers that were given, and who has them.
#pragma once

#include <optional>
#include <string>

#include "store/db.h"

namespace wenshu::store {

// Who has the number, in words for a clerk: 办件 X, 台账 Y (an imported row). Nothing when it is free.
std::optional<std::string> find_number_holder(Tx& tx, const std::string& number);

// Does the number stand in a row of any ledger?
bool stands_in_ledger(Tx& tx, const std::string& number);

}  // namespace wenshu::store
