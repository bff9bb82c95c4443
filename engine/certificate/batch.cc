#include "certificate/batch.h"

#include <fmt/format.h>

#include "certificate/text_rules.h"
#include "data/schema.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

using data::Need;
using data::Value;

data::Shape values_shape(const Sheet& sheet) {
  std::vector<data::Field> fields;
  for (const Field& field : sheet.fields)
    fields.push_back({field.id, shape_of(field.type), field.required ? Need::required : Need::optional});
  return data::map(std::move(fields));
}

}  // namespace

std::optional<Value> load_batch_data(const Sheet& sheet, const Value& file, Diagnostics& findings) {
  static const data::Shape shape = data::map({{"data", data::identifier(), Need::required},
                                              {"certificate", data::identifier(), Need::required},
                                              {"roster", data::text()},  // which people: checked with them
                                              {"values", data::map_of(data::any()), Need::required}});
  if (!data::check_shape(file, shape, findings)) return std::nullopt;
  if (file["certificate"].text() != sheet.name) {
    data::report_unknown(file["certificate"], "unknown-certificate", "证书", {sheet.name}, findings);
    return std::nullopt;
  }
  if (!check_values(sheet, file["values"], findings)) return std::nullopt;
  return file["values"];
}

bool check_values(const Sheet& sheet, const Value& values, Diagnostics& findings) {
  if (!data::check_shape(values, values_shape(sheet), findings)) return false;
  bool good = true;
  for (const Field& field : sheet.fields) {
    const Value& value = values[field.id];
    if (value.is_null()) continue;
    good = check_characters(field.title, value.place(), value.text(), findings) && good;
    if (field.type != FieldType::code || is_code(value.text())) continue;
    findings.error("bad-code", value.place(),
                   fmt::format("{}只能用数字和大写字母，现在是 \"{}\"", field.title, value.text()),
                   "例如 ZX01");
    good = false;
  }
  return good;
}

std::map<std::string, std::string> number_parameters(const Sheet& sheet, const Value& values) {
  std::map<std::string, std::string> parameters;
  for (const Parameter& parameter : sheet.number) {
    const Field* field = sheet.find_field(parameter.field);
    const Value& value = values[parameter.field];
    const auto date = field && field->type == FieldType::date ? data::to_date(value) : std::nullopt;
    parameters[parameter.name] = date ? fmt::format("{}", static_cast<int>(date->year())) : value.text();
  }
  return parameters;
}

std::optional<Date> date_of(const Sheet& sheet, const Value& values) {
  for (const Field& field : sheet.fields)
    if (field.type == FieldType::date)
      if (const auto date = data::to_date(values[field.id])) return date;
  return std::nullopt;
}

std::string seal_path(const Sheet& sheet, const Value& values) {
  const Seal* seal = sheet.find_seal();
  return seal ? values[seal->field].text() : "";
}

CertifiedFields certified_fields(const Sheet& sheet, const Value& merged) {
  // The kind of certificate is no column or field, and half of what it certifies.
  CertifiedFields fields{{"证书名称", sheet.title}};
  for (const std::string& name : sheet.find_qr()->certifies) {
    const Column* column = sheet.find_column(name);
    const Field* field = sheet.find_field(name);
    fields.push_back({column ? column->title : field ? field->title : kNumberLabel, merged[name].text()});
  }
  return fields;
}

CertifiedFields shown_fields(const Sheet& sheet, const Value& merged) {
  CertifiedFields fields{{"证书名称", sheet.title}};
  const auto add = [&](const auto& part) {
    const auto& text = merged[part.id].text();
    if (part.type != FieldType::picture && !text.empty()) fields.push_back({part.title, text});
  };
  std::for_each(sheet.columns.begin(), sheet.columns.end(), add);
  std::for_each(sheet.fields.begin(), sheet.fields.end(), add);
  return fields;
}

Value merge(const Sheet& sheet, const Value& values, const Person& person, const std::string& number,
            const std::string& mark) {
  Value merged = Value::map();
  for (const Field& field : sheet.fields) merged.set(field.id, values[field.id]);
  for (const Column& column : sheet.columns) merged.set(column.id, person.row[column.id]);
  merged.set("number", number);
  merged.set("mark", mark);
  return merged;
}

std::vector<std::pair<std::string, std::string>> register_row(const Sheet& sheet, const Value& merged) {
  std::vector<std::pair<std::string, std::string>> row;
  for (const RowCell& cell : sheet.row) {
    Diagnostics findings;  // the batch was checked: a text that cannot be filled stays empty
    row.emplace_back(cell.column,
                     templates::fill_text(cell.text.text, merged, cell.text.place, findings).value_or(""));
  }
  return row;
}

}  // namespace wenshu::certificate
