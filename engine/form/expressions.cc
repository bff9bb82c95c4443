#include "form/expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "expression/paths.h"
#include "form/calculate.h"

namespace wenshu::form {
namespace {

using expression::Guard;
using expression::Type;

// More than any form of paper has boxes to be added up; keeps the order of calculation cheap to find.
constexpr size_t kMostCalculated = 500;

std::string head_of(std::string_view path) { return std::string(path.substr(0, path.find('.'))); }

bool is_at_or_below(std::string_view path, std::string_view root) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '.');
}

// The records around a field, from the outside in.
struct Level {
  const std::vector<Field>* fields;
  std::string path;   // "" for the whole
  bool rows = false;  // of a table
  std::map<std::string, const Field*, std::less<>> by_key = {};
};

class Checker {
 public:
  Checker(Form& form, Diagnostics& findings) : form_(form), findings_(findings) {}

  void check() {
    levels_.push_back(level_of(form_.fields, "", false));
    check_rules(form_.rules);
    check_fields(form_.fields);
    sort();
  }

 private:
  struct Calculation {
    std::string path;
    Place place;
    std::vector<std::string> reads;
  };

  static Level level_of(const std::vector<Field>& fields, std::string path, bool rows) {
    Level level{&fields, std::move(path), rows, {}};
    for (const Field& field : fields) level.by_key.emplace(field.key, &field);
    return level;
  }

  void check_fields(const std::vector<Field>& fields) {
    for (const Field& field : fields) {
      const std::string& around = levels_.back().path;
      const std::string path = around.empty() ? field.key : around + "." + field.key;
      if (field.derived) check_value(field, path, *field.derived, false);
      if (field.otherwise) check_value(field, path, *field.otherwise, true);
      if (field.fields.empty()) continue;
      levels_.push_back(level_of(field.fields, path, field.type == FieldType::table));
      check_rules(field.rules);
      check_fields(field.fields);
      levels_.pop_back();
    }
  }

  void check_rules(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      expression::check_condition(rule.guard, type_around(rule.guard, false), findings_);
      check_own_table(rule.guard);
    }
  }

  void check_value(const Field& field, const std::string& path, const Guard& guard, bool at_beginning) {
    Diagnostics own;
    const Type type = expression::check_types(guard, type_around(guard, at_beginning), own);
    findings_.append(own);
    if (own.has_errors()) return;
    if (!fits(field, type))
      findings_.error(
          "type-mismatch", guard.place(),
          fmt::format("字段 “{}” 是 {}，这里得到的是{}", field.title, to_text(field.type), type.name()),
          hint_for(field));
    check_own_table(guard);
    calculations_.push_back({path, guard.place(), within_form(expression::columns_read(guard))});
    if (calculations_.size() == kMostCalculated + 1)
      findings_.error("too-many", guard.place(), fmt::format("计算的字段超过 {} 个", kMostCalculated));
  }

  static std::string hint_for(const Field& field) {
    if (field.type == FieldType::date) return "写作 date('2020-07-27')，或另一个日期字段";
    return field.type == FieldType::integer ? "除法写 int(…)" : "";
  }

  static bool fits(const Field& field, const Type& type) {
    using Kind = Type::Kind;
    if (type.kind() == Kind::any || type.kind() == Kind::null) return true;
    switch (field.type) {
      case FieldType::integer:
        return type.kind() == Kind::integer;
      case FieldType::decimal:
      case FieldType::money:
        return type.is_numeric();
      case FieldType::boolean:
        return type.kind() == Kind::boolean;
      case FieldType::date:
        return type.kind() == Kind::date;
      case FieldType::choices:
        return type.kind() == Kind::list;
      default:
        return type.kind() == Kind::text;
    }
  }

  // Only the names that the guard mentions: a form of thousands of fields would be copied for each of them.
  // A name that nothing here knows is told with all that could have been meant.
  Type type_around(const Guard& guard, bool at_beginning) const {
    Type::Fields types;
    const Type beginning = beginning_type();
    bool all_known = true;
    for (const std::string& path : expression::paths_read(guard)) {
      const std::string name = head_of(path);
      if (std::any_of(types.begin(), types.end(), [&](const auto& one) { return one.first == name; }))
        continue;
      const Type* given = at_beginning ? beginning.find(name) : nullptr;
      if (const auto* field = find(name))
        types.emplace_back(name, typed(*field));
      else if (given)
        types.emplace_back(name, *given);
      else
        all_known = false;
    }
    if (all_known) return Type::record(std::move(types));
    types.clear();
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
      for (const auto& [key, field] : level->by_key) {
        if (find(key) == field) types.emplace_back(key, typed(*field));
      }
    }
    return Type::record(std::move(types));
  }

  static Type typed(const Field& field) {
    const Type type = type_of_field(field);
    return field.required ? type : type.or_empty();
  }

  const Field* find(std::string_view name, const Level** where = nullptr) const {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
      auto found = level->by_key.find(name);
      if (found == level->by_key.end()) continue;
      if (where) *where = &*level;
      return found->second;
    }
    return nullptr;
  }

  // From the whole record on.
  std::vector<std::string> within_form(const std::vector<std::string>& read) const {
    std::vector<std::string> paths;
    for (const std::string& path : read) {
      const Level* level = nullptr;
      if (find(head_of(path), &level)) paths.push_back(level->path.empty() ? path : level->path + "." + path);
    }
    return paths;
  }

  // A row that looked at all rows of its own table would be looked at by them in turn.
  void check_own_table(const Guard& guard) {
    for (const std::string& path : within_form(expression::paths_read(guard))) {
      for (const Level& around : levels_) {
        if (!around.rows || !is_at_or_below(around.path, path)) continue;
        findings_.error("row-reads-table", guard.place(),
                        fmt::format("表格 “{}” 的一行里不能看整个表格", form_.title_of(around.path)),
                        "请写在表格之外，例如合计字段，行里再用那个字段");
      }
    }
  }

  void sort() {
    std::map<std::string, size_t, std::less<>> by_path;
    for (size_t i = 0; i < calculations_.size(); ++i) by_path.emplace(calculations_[i].path, i);
    states_.assign(calculations_.size(), State::untouched);
    for (size_t i = 0; i < calculations_.size(); ++i) visit(i, by_path);
  }

  enum class State { untouched, open, done };

  void visit(size_t at, const std::map<std::string, size_t, std::less<>>& by_path) {
    if (states_[at] == State::done) return;
    if (states_[at] == State::open) {
      findings_.error("derived-circle", calculations_[at].place,
                      fmt::format("“{}” 要靠自己才算得出来", form_.title_of(calculations_[at].path)),
                      "请断开这个圈");
      return;
    }
    states_[at] = State::open;
    for (const std::string& read : calculations_[at].reads) {
      for (const auto& [path, index] : by_path) {
        if (is_at_or_below(path, read) || is_at_or_below(read, path)) visit(index, by_path);
      }
    }
    states_[at] = State::done;
    form_.calculated.push_back(calculations_[at].path);
  }

  Form& form_;
  Diagnostics& findings_;
  std::vector<Level> levels_;
  std::vector<Calculation> calculations_;
  std::vector<State> states_;
};

}  // namespace

void check_expressions(Form& form, Diagnostics& findings) { Checker(form, findings).check(); }

}  // namespace wenshu::form
