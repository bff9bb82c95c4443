#include "form/sample.h"

#include <algorithm>

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

Value sample_value(const Field& field) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::decimal:
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

data::Value sample_record(const Form& form) { return sample_fields(form.fields); }

}  // namespace wenshu::form
