#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "data/schema.h"
#include "form/expressions.h"
#include "form/form.h"

namespace wenshu::form {
namespace {

using data::Need;
using data::Value;

constexpr std::array kTypes = {
    FieldType::text,       FieldType::long_text, FieldType::integer, FieldType::decimal,
    FieldType::money,      FieldType::boolean,   FieldType::date,    FieldType::period,
    FieldType::count,      FieldType::choice,    FieldType::choices, FieldType::person,
    FieldType::department, FieldType::file,      FieldType::group,   FieldType::table};

std::optional<FieldType> parse_type(std::string_view name) {
  auto found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](FieldType type) { return to_text(type) == name; });
  return found == kTypes.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  for (FieldType type : kTypes) names.emplace_back(to_text(type));
  return names;
}

constexpr long long kMaxLeast = 1000;  // rows that a clerk could be made to fill in

const data::Shape& rules_shape() {
  static const data::Shape kRules = data::list(
      data::map({{"rule", data::text(), Need::required}, {"message", data::text(), Need::required}}), 1);
  return kRules;
}

const data::Shape& fields_shape() {
  static const data::Shape kField = data::map({
      {"title", data::text()},
      {"type", data::choice(type_names()), Need::required},
      {"required", data::boolean()},
      {"least", data::integer(1, kMaxLeast)},
      {"of", data::list(data::text(), 1)},
      {"default", data::text()},
      {"derived", data::text()},
      {"rules", rules_shape()},
      {"fields", data::recursive([] { return fields_shape(); })},
  });
  static const data::Shape kFields = data::map_of(kField, 1);
  return kFields;
}

bool holds_fields(FieldType type) { return type == FieldType::group || type == FieldType::table; }
// Nobody can write down a person or a file that a calculation could give.
bool may_be_derived(FieldType type) { return !holds_fields(type) && type != FieldType::file; }
bool holds_choices(FieldType type) { return type == FieldType::choice || type == FieldType::choices; }

class Reader {
 public:
  explicit Reader(Diagnostics& findings) : findings_(findings) {}

  std::vector<Field> read_fields(const Value& fields) {
    std::vector<Field> result;
    for (const Value::Entry& entry : fields.entries()) result.push_back(read_field(entry));
    return result;
  }

  std::vector<Rule> read_rules(const Value& source) {
    std::vector<Rule> rules;
    for (const Value& one : source.items()) {
      if (auto guard = read_guard(&one["rule"])) rules.push_back({std::move(*guard), one["message"].text()});
    }
    return rules;
  }

 private:
  Field read_field(const Value::Entry& entry) {
    const Value& source = entry.value;
    Field field;
    field.key = entry.key;
    field.title = source.find("title") ? source["title"].text() : entry.key.text();
    field.type = *parse_type(source["type"].text());
    field.required = data::to_boolean(source["required"]).value_or(false);
    field.least = static_cast<size_t>(data::to_integer(source["least"]).value_or(0));
    field.place = entry.key_place;
    check_key(entry);
    check_belongs(source, "fields", holds_fields(field.type), true, "group 和 table");
    check_belongs(source, "of", holds_choices(field.type), true, "choice 和 choices");
    check_belongs(source, "least", field.type == FieldType::table || field.type == FieldType::choices, false,
                  "table 和 choices");
    field.choices = read_choices(source["of"]);
    if (field.type == FieldType::choices && field.least > field.choices.size()) {
      findings_.error("too-large", source["least"].place(), "least 比选项还多");
    }
    if (holds_fields(field.type)) field.fields = read_fields(source["fields"]);
    check_belongs(source, "rules", holds_fields(field.type), false, "group 和 table");
    field.rules = read_rules(source["rules"]);
    check_belongs(source, "derived", may_be_derived(field.type), false, "group、table、file 以外");
    check_belongs(source, "default", may_be_derived(field.type), false, "group、table、file 以外");
    field.derived = read_guard(source.find("derived"));
    field.otherwise = read_guard(source.find("default"));
    if (source.find("derived") && source.find("default"))
      findings_.error("unexpected-field", source["default"].place(),
                      "derived 的字段总由程序计算，不写 default");
    return field;
  }

  std::optional<expression::Guard> read_guard(const Value* source) {
    if (!source) return std::nullopt;
    return expression::parse_guard(source->text(), source->place(), findings_);
  }

  // Guards write paths with dots and operators, so that a minus sign in a key could not be told from one.
  void check_key(const Value::Entry& entry) {
    if (entry.key.text().find('-') == std::string::npos) return;
    findings_.error("bad-identifier", entry.key_place, fmt::format("字段名 “{}” 中不能有 “-”", entry.key),
                    "请改用 _");
  }

  void check_belongs(const Value& source, std::string_view key, bool belongs, bool needed,
                     std::string_view types) {
    const Value* found = source.find(key);
    if (found && !belongs) {
      findings_.error("unexpected-field", found->place(),
                      fmt::format("只有类型 {} 的字段有 “{}”", types, key));
    } else if (!found && belongs && needed) {
      findings_.error("missing-field", source.place(),
                      fmt::format("类型 {} 的字段要有 “{}”", source["type"].text(), key));
    }
  }

  std::vector<std::string> read_choices(const Value& of) {
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (const Value& name : of.items()) {
      if (!seen.insert(name.text()).second) {
        findings_.error("duplicate-item", name.place(), fmt::format("选项 “{}” 写了两次", name.text()));
      }
      names.push_back(name.text());
    }
    return names;
  }

  Diagnostics& findings_;
};

}  // namespace

const data::Shape& form_shape() {
  static const data::Shape kShape = data::map({
      {"form", data::identifier(), Need::required},
      {"title", data::text(), Need::required},
      {"rules", rules_shape()},
      {"fields", fields_shape(), Need::required},
  });
  return kShape;
}

std::optional<Form> load_form(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  Form form;
  if (data::check_shape(source, form_shape(), own)) {
    form.name = source["form"].text();
    form.title = source["title"].text();
    Reader reader(own);
    form.fields = reader.read_fields(source["fields"]);
    form.rules = reader.read_rules(source["rules"]);
    if (!own.has_errors()) check_expressions(form, own);
  }
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return form;
}

}  // namespace wenshu::form
