// The columns of registers as guards see them: enough to check a guard, nothing to evaluate it by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "expression/guard.h"
#include "workflow/definition.h"

namespace wenshu::workflow {

class RegisterTypes : public expression::Ledgers {
 public:
  explicit RegisterTypes(const std::map<std::string, const registers::Register*>& registers);
  std::vector<std::string> names() const override;
  const expression::Type* row(std::string_view name) const override;
  // Nobody asks these while a guard is only checked: no rows.
  int64_t count(std::string_view name, const std::vector<Match>& matches) const override;
  Decimal sum(std::string_view name, std::string_view column,
              const std::vector<Match>& matches) const override;

 private:
  std::map<std::string, expression::Type, std::less<>> rows_;
};

}  // namespace wenshu::workflow
