// What became of certificates after they were given, as others may know it: the signed list of what was withdrawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/password.h"
#include "base/date.h"
#include "certificate/revocations.h"
#include "store/db.h"

namespace wenshu::app {

// When a certificate that says 有效期至 this day is valid no more: the day after, nothing while it is.
std::optional<std::string> find_expiry(const std::string& last_day, const Date& today);

struct Withdrawal {
  certificate::Revocation entry;
  std::string reason;
};

// The act that ended a number; nothing while it is in force.
std::optional<Withdrawal> find_withdrawal(store::Tx& tx, const std::string& number);

// The day in China of a UTC time as the store writes it.
std::string day_of(const std::string& at);

// All that were voided, replaced or have expired until now, and all that were reissued; by number.
certificate::RevocationList list_withdrawn(const Context& context);
// The same, signed by the key named (or the only active one).
std::string export_withdrawn(const Context& context, const std::string& key, const PasswordSource& password);

}  // namespace wenshu::app
