#include "app/evaluate.h"

#include "app/fill.h"
#include "base/error.h"
#include "expression/guard.h"

namespace wenshu::app {

data::Value evaluate_expression(const std::string& expression,
                                const std::optional<std::filesystem::path>& data) {
  Diagnostics findings;
  const auto record = data ? load_template_data(*data, findings) : data::Value::map();
  if (!record || findings.has_errors()) throw FaultyInput(findings);
  const auto guard = expression::parse_guard(expression, {"表达式", 1, 1}, findings);
  if (!guard || findings.has_errors()) throw FaultyInput(findings);
  auto result = expression::evaluate(*guard, *record, findings);
  if (!result || findings.has_errors()) throw FaultyInput(findings);
  return *result;
}

}  // namespace wenshu::app
