#include "workflow/check_start.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "data/schema.h"

namespace wenshu::workflow {
namespace {

using expression::Type;

void report_unknown(const Reference& reference, std::string_view code, std::string_view what,
                    const std::vector<std::string>& known, Diagnostics& findings) {
  data::Value value(reference.name);
  value.set_place(reference.place);
  data::report_unknown(value, code, what, known, findings);
}

bool is_calculated(const form::Field& field) { return field.derived || field.otherwise; }

class Checker {
 public:
  Checker(const Definition& definition, const Known& known, Diagnostics& findings)
      : definition_(definition), known_(known), findings_(findings) {}

  void check(const SubWorkflow& start, const form::Form* own, const expression::Ledgers& ledgers) {
    const Definition* other = find(start.workflow.name);
    if (!other) {
      std::vector<std::string> names;
      for (const auto& [name, definition] : known_.workflows) names.push_back(name);
      report_unknown(start.workflow, "unknown-workflow", "流程", names, findings_);
      return;
    }
    check_circle(start);
    auto form = known_.forms.find(other->form.name);
    if (form == known_.forms.end() || !own) return;  // told where the other workflow is checked
    check_mappings(start.data, *form->second, form::type_of(*own), ledgers);
    check_required(start, *form->second);
    // Fields of the other form, and `child` beside them.
    Type::Fields fields = form::type_of(*form->second).fields();
    if (std::none_of(fields.begin(), fields.end(), [](const auto& one) { return one.first == "child"; }))
      fields.emplace_back("child", child_type());
    check_mappings(start.results, *own, Type::record(std::move(fields)), ledgers);
  }

 private:
  const Definition* find(const std::string& name) const {
    if (name == definition_.name) return &definition_;
    auto found = known_.workflows.find(name);
    return found == known_.workflows.end() ? nullptr : found->second;
  }

  void check_circle(const SubWorkflow& start) {
    std::set<std::string> seen;
    std::vector<std::pair<std::string, int>> open = {{start.workflow.name, 1}};
    while (!open.empty()) {
      auto [name, depth] = open.back();
      open.pop_back();
      if (name == definition_.name) {
        findings_.error("sub-workflow-circle", start.workflow.place,
                        fmt::format("子流程 “{}” 又会发起 “{}”，永远没有完", start.workflow.name, name),
                        "请断开这个圈");
        return;
      }
      if (depth > kDeepestChild) {
        findings_.error("sub-workflow-too-deep", start.workflow.place,
                        fmt::format("子流程套子流程超过 {} 层", kDeepestChild), "请减少层数");
        return;
      }
      if (!seen.insert(name + " " + std::to_string(depth)).second) continue;
      const Definition* flow = find(name);
      if (!flow) continue;
      for (const Step& step : flow->steps) {
        if (step.start) open.emplace_back(step.start->workflow.name, depth + 1);
      }
    }
  }

  void check_mappings(const std::vector<Mapping>& mappings, const form::Form& target, const Type& source,
                      const expression::Ledgers& ledgers) {
    std::set<std::string> seen;
    for (const Mapping& mapping : mappings) {
      Diagnostics own;
      const Type type = expression::check_types(mapping.from, source, own, &ledgers);
      findings_.append(own);
      if (!seen.insert(mapping.into.name).second)
        findings_.error("duplicate-item", mapping.into.place,
                        fmt::format("“{}” 写了两次", mapping.into.name));
      const form::Field* field = target.find(mapping.into.name);
      if (!field) {
        report_unknown(mapping.into, "unknown-field", fmt::format("字段（表单 {}）", target.name),
                       target.paths(), findings_);
      } else if (field->derived) {
        findings_.error("derived-field", mapping.into.place,
                        fmt::format("“{}” 由程序计算，不能填入", mapping.into.name), "请删去这一项");
      } else if (is_inside_table(target, mapping.into.name)) {
        findings_.error("inside-table", mapping.into.place,
                        fmt::format("字段 “{}” 在表格里，不知填入哪一行", mapping.into.name),
                        "请填入整个表格");
      } else if (!own.has_errors() && !fits(*field, type)) {
        findings_.error("type-mismatch", mapping.from.place(),
                        fmt::format("“{}” 的类型是 {}，这里得到的是{}", mapping.into.name,
                                    form::to_text(field->type), type.name()));
      }
    }
  }

  static bool is_inside_table(const form::Form& form, const std::string& path) {
    for (size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
      if (form.find(std::string_view(path).substr(0, dot))->type == form::FieldType::table) return true;
    }
    return false;
  }

  // Rough: what the values themselves are is checked when the case begins.
  static bool fits(const form::Field& field, const Type& type) {
    using Kind = Type::Kind;
    if (type.kind() == Kind::any || type.kind() == Kind::null) return true;
    switch (field.type) {
      case form::FieldType::group:
      case form::FieldType::file:
        return type.kind() == Kind::record || type.kind() == Kind::map;
      case form::FieldType::table:
      case form::FieldType::choices:
        return type.kind() == Kind::list;
      case form::FieldType::integer:
      case form::FieldType::decimal:
      case form::FieldType::money:
        return type.is_numeric();
      case form::FieldType::boolean:
        return type.kind() == Kind::boolean;
      case form::FieldType::date:
        return type.kind() == Kind::date;
      default:
        return type.kind() == Kind::text || type.kind() == Kind::date || type.is_numeric();
    }
  }

  // A case that cannot begin would hold up the act that begins it.
  void check_required(const SubWorkflow& start, const form::Form& form) {
    std::vector<std::string> missing;
    collect_missing(start, form.fields, "", missing);
    if (missing.empty()) return;
    findings_.error(
        "missing-field", start.place,
        fmt::format("子流程 “{}” 的表单必须填 {}，data 没有给出", start.workflow.name, join(missing, "、")),
        "data: [{into: 字段, from: 表达式}]");
  }

  static void collect_missing(const SubWorkflow& start, const std::vector<form::Field>& fields,
                              const std::string& before, std::vector<std::string>& missing) {
    for (const form::Field& field : fields) {
      const std::string path = before + field.key;
      const bool given = std::any_of(start.data.begin(), start.data.end(),
                                     [&](const Mapping& one) { return one.into.name == path; });
      const bool below = std::any_of(start.data.begin(), start.data.end(), [&](const Mapping& one) {
        return one.into.name.starts_with(path + ".");
      });
      if (given || is_calculated(field) || (!field.required && !below)) continue;
      if (field.type == form::FieldType::group)
        collect_missing(start, field.fields, path + ".", missing);
      else if (field.required)
        missing.push_back(path);
    }
  }

  const Definition& definition_;
  const Known& known_;
  Diagnostics& findings_;
};

}  // namespace

void check_start(const Definition& definition, const Step& step, const Known& known, const form::Form* form,
                 const expression::Ledgers& ledgers, Diagnostics& findings) {
  Checker(definition, known, findings).check(*step.start, form, ledgers);
}

}  // namespace wenshu::workflow
