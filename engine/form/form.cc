#include "form/form.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "form/expressions.h"

namespace wenshu::form {
namespace {

void collect_paths(const std::vector<Field>& fields, const std::string& before,
                   std::vector<std::string>& paths) {
  for (const Field& field : fields) {
    paths.push_back(before + field.key);
    collect_paths(field.fields, before + field.key + ".", paths);
  }
}

// The fields along a path; nothing when it leaves the form.
std::optional<std::vector<const Field*>> walk(const std::vector<Field>& root, std::string_view dotted) {
  std::vector<const Field*> along;
  const std::vector<Field>* fields = &root;
  for (const std::string& key : split(dotted, ".")) {
    auto found = std::find_if(fields->begin(), fields->end(), [&](const Field& f) { return f.key == key; });
    if (found == fields->end()) return std::nullopt;
    along.push_back(&*found);
    fields = &found->fields;
  }
  return along;
}

}  // namespace

using expression::Type;

Type type_of_field(const Field& field) {
  switch (field.type) {
    case FieldType::integer:
      return Type::integer();
    case FieldType::decimal:
    case FieldType::money:
      return Type::number();
    case FieldType::boolean:
      return Type::boolean();
    case FieldType::date:
      return Type::date();
    case FieldType::choice:
      return Type::text(field.choices);
    case FieldType::choices:
      return Type::list(Type::text(field.choices));
    case FieldType::file:
      return Type::record({{"name", Type::text()}, {"size", Type::integer()}, {"hash", Type::text()}});
    case FieldType::group:
      return record_of(field.fields);
    case FieldType::table:
      return Type::list(record_of(field.fields));
    default:
      return Type::text();
  }
}

Type record_of(const std::vector<Field>& fields) {
  Type::Fields types;
  for (const Field& field : fields) {
    Type type = type_of_field(field);
    types.emplace_back(field.key, field.required ? type : type.or_empty());
  }
  return Type::record(std::move(types));
}

std::string_view to_text(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::long_text:
      return "long-text";
    case FieldType::integer:
      return "integer";
    case FieldType::decimal:
      return "decimal";
    case FieldType::money:
      return "money";
    case FieldType::boolean:
      return "boolean";
    case FieldType::date:
      return "date";
    case FieldType::period:
      return "period";
    case FieldType::count:
      return "count";
    case FieldType::choice:
      return "choice";
    case FieldType::choices:
      return "choices";
    case FieldType::person:
      return "person";
    case FieldType::department:
      return "department";
    case FieldType::file:
      return "file";
    case FieldType::group:
      return "group";
    case FieldType::table:
      return "table";
  }
  return "text";
}

const Field* Form::find(std::string_view dotted) const {
  auto along = walk(fields, dotted);
  return along ? along->back() : nullptr;
}

std::vector<std::string> Form::paths() const {
  std::vector<std::string> result;
  collect_paths(fields, "", result);
  return result;
}

std::string Form::title_of(std::string_view dotted) const {
  auto along = walk(fields, dotted);
  if (!along) return std::string(dotted);
  std::vector<std::string> titles;
  for (const Field* field : *along) titles.push_back(field->title);
  return join(titles, " / ");
}

expression::Type type_of(const Form& form) { return record_of(form.fields); }

}  // namespace wenshu::form
