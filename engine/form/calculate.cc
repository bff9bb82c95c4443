#include "form/calculate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"
#include "form/records.h"
#include "form/rules.h"

namespace wenshu::form {
namespace {

using data::Value;
using expression::Around;
using expression::Type;

bool is_absent(const Value& value) {
  return value.is_null() || (value.is_scalar() && trim(value.text()).empty());
}

bool is_number(FieldType type) {
  return type == FieldType::integer || type == FieldType::decimal || type == FieldType::money;
}

// 36 and 36.00 are one amount; all other values are told apart by their text.
bool are_equal(const Field& field, const Value& a, const Value& b) {
  if (is_number(field.type) && a.is_scalar() && b.is_scalar()) {
    const auto left = data::to_decimal(a), right = data::to_decimal(b);
    if (left && right) return *left == *right;
  }
  if (a.is_scalar() && b.is_scalar()) return a.text() == b.text();
  return a == b;
}

// Two places, as amounts are written. Nothing when a fraction of a 分 would be lost.
std::optional<std::string> money_text(const std::string& number) {
  const auto amount = Decimal::parse(number);
  if (!amount || !(*amount * Decimal(100)).is_integer()) return std::nullopt;
  std::string text = amount->to_text();
  const auto dot = text.find('.');
  if (dot == std::string::npos) return text + ".00";
  return text.size() - dot == 2 ? text + "0" : text;
}

Value beginning_value(const Beginning& beginning) {
  Value initiator = Value::map();
  initiator.set("id", beginning.person);
  initiator.set("name", beginning.name);
  initiator.set("department", beginning.department);
  Value value = Value::map();
  value.set("initiator", std::move(initiator));
  if (!beginning.today.empty()) value.set("today", beginning.today);
  return value;
}

class Calculator {
 public:
  Calculator(const Form& form, Value& values, Diagnostics& findings, const Beginning* beginning)
      : form_(form),
        values_(values),
        findings_(findings),
        type_(type_of(form)),
        beginning_type_(form::beginning_type()),
        beginning_(beginning ? beginning_value(*beginning) : Value()) {}

  void calculate(const std::string& path) {
    const Field& field = *form_.find(path);
    if (!field.derived && beginning_.is_null()) return;
    std::vector<std::string> keys = split(path, ".");
    keys.pop_back();
    std::vector<Around> outer;
    if (!field.derived) outer.push_back({&beginning_, &beginning_type_});
    for_each_record(values_, type_, keys, 0, outer,
                    [&](Value& record, const Type& type, const std::vector<Around>& around) {
                      write(field, record, type, around);
                    });
  }

 private:
  void write(const Field& field, Value& record, const Type& type, const std::vector<Around>& outer) {
    const Value* given = record.find(field.key);
    const bool absent = !given || is_absent(*given);
    if (!field.derived && !absent) return;
    auto result = evaluate(field, {&record, &type}, outer);
    if (!field.derived || absent) {
      if (result) {
        result->set_place(record.place());
        record.set(field.key, std::move(*result));
      }
      return;
    }
    if (result && are_equal(field, *given, *result)) return;
    findings_.error("derived-differs", given->place().line() > 0 ? given->place() : record.place(),
                    fmt::format("“{}” 由程序计算{}，不能另写 “{}”", field.title,
                                result && result->is_scalar() ? "为 " + result->text() : "",
                                given->is_scalar() ? given->text() : "…"),
                    "请删去这一项");
  }

  std::optional<Value> evaluate(const Field& field, const Around& record, const std::vector<Around>& outer) {
    if (steps_ > kMostSteps) return std::nullopt;
    const auto& guard = field.derived ? *field.derived : *field.otherwise;
    Diagnostics faults;
    auto result = expression::evaluate_within(guard, record, outer, faults, steps_);
    if (steps_ > kMostSteps) {
      findings_.error("too-costly", record.data->place(), "表格各行合起来算得太久", "请减少行数");
      return std::nullopt;
    }
    if (!result) {
      if (faults.begin()->code != "missing-value")
        fail(field, record, faults.begin()->message, faults.begin()->hint);
      return std::nullopt;
    }
    return to_field(field, record, *result);
  }

  std::optional<Value> to_field(const Field& field, const Around& record, const Value& result) {
    if (result.is_null()) return std::nullopt;
    if (field.type == FieldType::money) {
      auto text = money_text(result.text());
      if (text) return Value(*text);
      fail(field, record, fmt::format("得到 {}，金额最多两位小数", result.text()), "写作 round(…, 2)");
      return std::nullopt;
    }
    if (result.is_scalar()) return Value(result.text());
    Value list = Value::list();
    for (const Value& item : result.items()) list.add(Value(item.text()));
    return list;
  }

  void fail(const Field& field, const Around& record, const std::string& message, const std::string& hint) {
    findings_.error("calculation-failed", record.data->place(),
                    fmt::format("“{}” 算不出来：{}", field.title, message), hint);
  }

  const Form& form_;
  Value& values_;
  Diagnostics& findings_;
  const Type type_, beginning_type_;
  const Value beginning_;
  size_t steps_ = 0;
};

}  // namespace

Type beginning_type() {
  return Type::record(
      {{"initiator",
        Type::record({{"id", Type::text()}, {"name", Type::text()}, {"department", Type::text()}})},
       {"today", Type::date()}});
}

bool calculate(const Form& form, Value& values, Diagnostics& findings, const Beginning* beginning) {
  Diagnostics own;
  Calculator calculator(form, values, own, beginning);
  for (const std::string& path : form.calculated) calculator.calculate(path);
  findings.append(own);
  return !own.has_errors();
}

void clear_derived(const Form& form, Value& values) {
  const Type type = type_of(form);
  for (const std::string& path : form.calculated) {
    const Field& field = *form.find(path);
    if (!field.derived) continue;
    std::vector<std::string> keys = split(path, ".");
    keys.pop_back();
    std::vector<Around> outer;
    for_each_record(
        values, type, keys, 0, outer, [&](Value& record, const Type&, const std::vector<Around>&) {
          std::erase_if(record.entries(), [&](const Value::Entry& entry) { return entry.key == field.key; });
        });
  }
}

bool is_derived(const Form& form, std::string_view dotted) {
  const Field* field = form.find(dotted);
  return field && field->derived;
}

}  // namespace wenshu::form
