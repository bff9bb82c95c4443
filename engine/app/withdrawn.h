// What became of certificates after they were given, as others may know it: the signed list of what was withdrawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/password.h"
#include "certificate/revocations.h"
#include "store/db.h"

namespace wenshu::app {

struct Withdrawal {
  certificate::Revocation entry;
  std::string reason;
};

// The act that ended a number; nothing while it is in force.
std::optional<Withdrawal> find_withdrawal(store::Tx& tx, const std::string& number);

// All that were voided or replaced until now, by number.
certificate::RevocationList list_withdrawn(const Context& context);
// The same, signed by the key named (or the only active one).
std::string export_withdrawn(const Context& context, const std::string& key, const PasswordSource& password);

}  // namespace wenshu::app
