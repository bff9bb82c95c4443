// Registers of the store as guards ask them: count, sum, exists. Inner header of app/.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "expression/guard.h"
#include "register/register.h"
#include "store/store.h"

namespace wenshu::app {

// Reads a register when it is first asked for, once: within one transaction its answers do not change.
class StoreLedgers : public expression::Ledgers {
 public:
  explicit StoreLedgers(store::Tx& tx) : tx_(tx) {}
  std::vector<std::string> names() const override;
  const expression::Type* row(std::string_view name) const override;
  int64_t count(std::string_view name, const std::vector<Match>& matches) const override;
  Decimal sum(std::string_view name, std::string_view column,
              const std::vector<Match>& matches) const override;

 private:
  struct Ledger {
    expression::Type row;
    std::optional<std::vector<data::Value>> rows;
  };
  std::map<std::string, Ledger, std::less<>>& all() const;
  const std::vector<data::Value>& rows_of(std::string_view name) const;

  store::Tx& tx_;
  mutable std::optional<std::map<std::string, Ledger, std::less<>>> all_;
};

}  // namespace wenshu::app
