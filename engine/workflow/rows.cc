#include "workflow/rows.h"

#include <algorithm>

#include "base/text.h"

namespace wenshu::workflow {
namespace {

using data::Value;

// One record of the data and the fields it follows.
struct Level {
  const std::vector<form::Field>* fields;
  const Value* record;
};

bool is_cell(const form::Field& field) {
  return field.type != form::FieldType::group && field.type != form::FieldType::table;
}

const form::Field* find_field(const std::vector<form::Field>& fields, std::string_view key) {
  auto found = std::find_if(fields.begin(), fields.end(), [&](const form::Field& f) { return f.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

class Maker {
 public:
  Maker(const Rules& rules, const registers::Register& target,
        const std::map<std::string, std::string>& built_in)
      : rules_(rules), target_(target), built_in_(built_in) {}

  std::vector<Value> make(const std::string& path, const Value& data) {
    std::vector<Level> around = {{&rules_.form.fields, &data}};
    descend(split(path, "."), 0, around);
    return std::move(rows_);
  }

 private:
  void descend(const std::vector<std::string>& keys, size_t depth, std::vector<Level>& around) {
    if (depth == keys.size()) {
      rows_.push_back(make_row(around));
      return;
    }
    const form::Field* field = find_field(*around.back().fields, keys[depth]);
    const Value* value = around.back().record->find(keys[depth]);
    if (!field || !value) return;
    auto enter = [&](const Value& record) {
      around.push_back({&field->fields, &record});
      descend(keys, depth + 1, around);
      around.pop_back();
    };
    if (value->is_map()) enter(*value);
    for (const Value& row : value->items()) enter(row);
  }

  Value make_row(const std::vector<Level>& around) const {
    Value row = Value::map();
    for (const registers::Column& column : target_.columns) {
      row.set(column.key, column.by_hand ? Value() : find_cell(column.key, around));
    }
    return row;
  }

  Value find_cell(const std::string& key, const std::vector<Level>& around) const {
    for (auto level = around.rbegin(); level != around.rend(); ++level) {
      const form::Field* field = find_field(*level->fields, key);
      if (field && is_cell(*field)) return cell(*field, (*level->record)[key]);
    }
    auto found = built_in_.find(key);
    return found == built_in_.end() ? Value() : Value(found->second);
  }

  Value cell(const form::Field& field, const Value& value) const {
    if (value.is_list()) {
      std::vector<std::string> texts;
      for (const Value& item : value.items()) texts.push_back(item.text());
      return Value(join(texts, "、"));
    }
    if (value.is_null()) return Value();
    if (field.type == form::FieldType::person) return Value(rules_.directory.name_of(value.text()));
    const directory::Department* department =
        field.type == form::FieldType::department ? rules_.directory.department(value.text()) : nullptr;
    return Value(department ? department->title : value.text());
  }

  const Rules& rules_;
  const registers::Register& target_;
  const std::map<std::string, std::string>& built_in_;
  std::vector<Value> rows_;
};

}  // namespace

std::vector<Value> make_rows(const AppendEffect& effect, const Rules& rules,
                             const registers::Register& target, const Value& data,
                             const std::map<std::string, std::string>& built_in) {
  return Maker(rules, target, built_in).make(effect.rows.name, data);
}

std::vector<std::string> row_sources(const form::Form& form, std::string_view path) {
  std::vector<std::string> sources = kBuiltInSources;
  const std::vector<form::Field>* fields = &form.fields;
  std::vector<std::string> keys = split(path, ".");
  for (size_t depth = 0;; ++depth) {
    for (const form::Field& field : *fields) {
      if (is_cell(field)) sources.push_back(field.key);
    }
    const form::Field* next = depth < keys.size() ? find_field(*fields, keys[depth]) : nullptr;
    if (!next) return sources;
    fields = &next->fields;
  }
}

}  // namespace wenshu::workflow
