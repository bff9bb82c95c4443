#include "form/sample.h"

#include <algorithm>

#include "form/calculate.h"

namespace wenshu::form {
namespace {

using data::Value;

Value sample_fields(const std::vector<Field>& fields);

Value sample_list(const Value& item, size_t least) {
  auto list = Value::list();
  for (size_t i = 0; i < std::max<size_t>(1, least); ++i) list.add(item);
  return list;
}

Value sample_choices(const Field& field) {
  auto list = Value::list();
  for (size_t i = 0; i < std::max<size_t>(1, field.least) && i < field.choices.size(); ++i)
    list.add(field.choices[i]);
  return list;
}

Value sample_file() {
  auto file = Value::map();
  file.set("name", "样.pdf");
  file.set("size", "1");
  file.set("hash", std::string(64, '0'));
  return file;
}

Value sample_value(const Field& field) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::money:
      return "1";
    case FieldType::boolean:
      return "true";
    case FieldType::date:
      return "2020-01-01";
    case FieldType::period:
      return "9月";
    case FieldType::count:
      return "1人";
    case FieldType::choice:
      return field.choices.empty() ? "" : field.choices.front();
    case FieldType::choices:
      return sample_choices(field);
    case FieldType::file:
      return sample_file();
    case FieldType::group:
      return sample_fields(field.fields);
    case FieldType::table:
      return sample_list(sample_fields(field.fields), field.least);
    default:
      return "样";
  }
}

Value sample_fields(const std::vector<Field>& fields) {
  auto record = Value::map();
  for (const auto& field : fields) record.set(field.key, sample_value(field));
  return record;
}

}  // namespace

data::Value sample_record(const Form& form) {
  Value sample = sample_fields(form.fields);
  clear_derived(form, sample);
  Diagnostics faults;  // what cannot be calculated of sample values stands there as a sample of its type
  Value calculated = sample;
  if (!calculate(form, calculated, faults)) return sample_fields(form.fields);
  return calculated;
}

}  // namespace wenshu::form
