#include <fmt/format.h>

#include <algorithm>

#include "data/schema.h"
#include "workflow/check_start.h"
#include "workflow/definition.h"
#include "workflow/register_types.h"
#include "workflow/rows.h"

namespace wenshu::workflow {
namespace {

void report_unknown(const Reference& reference, std::string_view code, std::string_view what,
                    const std::vector<std::string>& known, Diagnostics& findings) {
  data::Value value(reference.name);
  value.set_place(reference.place);
  data::report_unknown(value, code, what, known, findings);
}

template <class Map>
std::vector<std::string> names_of(const Map& map) {
  std::vector<std::string> names;
  for (const auto& [name, object] : map) names.push_back(name);
  return names;
}

class Checker {
 public:
  Checker(const Definition& definition, const Known& known, Diagnostics& findings)
      : definition_(definition), known_(known), findings_(findings), ledgers_(known.registers) {}

  void check() {
    auto found = known_.forms.find(definition_.form.name);
    if (found == known_.forms.end()) {
      report_unknown(definition_.form, "unknown-form", "表单", names_of(known_.forms), findings_);
    } else {
      form_ = found->second;
      type_ = form::type_of(*form_);
    }
    for (const Step& step : definition_.steps) {
      for (const auto* paths : {&step.edit, &step.require, &step.hide, &step.covers}) {
        for (const Reference& path : *paths) find_field(path);
      }
      for (const auto* paths : {&step.edit, &step.require}) check_written(*paths);
      for (const auto* seats : {&step.seats, &step.copy_to, &step.circulate_to, &step.overdue_to}) {
        for (const SeatRule& seat : *seats) check_seat(step.title, seat);
      }
      for (const Action& action : step.actions) {
        check_guard(action.when);
        check_effects(action.effects);
      }
      for (const Branch& branch : step.branches) check_guard(branch.when);
      check_effects(step.effects);
      if (step.start) check_start(definition_, step, known_, form_, ledgers_, findings_);
    }
    for (const SeatRule& seat : definition_.managers) check_seat("管理", seat);
  }

 private:
  const form::Field* find_field(const Reference& path) {
    if (!form_) return nullptr;
    const form::Field* field = form_->find(path.name);
    if (!field) report_unknown(path, "unknown-field", "字段", form_->paths(), findings_);
    return field;
  }

  void check_guard(const std::optional<expression::Guard>& guard) {
    if (guard && form_) expression::check_condition(*guard, type_, findings_, &ledgers_);
  }

  void check_written(const std::vector<Reference>& paths) {
    for (const Reference& path : paths) {
      const form::Field* field = form_ ? form_->find(path.name) : nullptr;
      if (field && field->derived)
        findings_.error("derived-field", path.place, fmt::format("“{}” 由程序计算，不能由人填", path.name),
                        "请删去这一项");
    }
  }

  void check_effects(const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      if (auto* number = std::get_if<NumberEffect>(&effect)) check_number(*number);
      if (auto* append = std::get_if<AppendEffect>(&effect)) check_append(*append);
    }
  }

  void check_number(const NumberEffect& effect) {
    check_target(effect.into, form::FieldType::text);
    if (effect.date) check_target(*effect.date, form::FieldType::date);
    std::vector<std::string> names;
    const registers::Series* series = nullptr;
    size_t holders = 0;
    for (const auto& [name, target] : known_.registers) {
      for (const registers::Series& one : target->series) names.push_back(one.name);
      const registers::Series* found = target->find_series(effect.series.name);
      if (!found) continue;
      series = found;
      ++holders;
    }
    if (!series) return report_unknown(effect.series, "unknown-series", "编号序列", names, findings_);
    if (holders > 1) {
      findings_.error("ambiguous-series", effect.series.place,
                      fmt::format("有 {} 个台账都有编号序列 “{}”", holders, effect.series.name));
    }
    for (const std::string& parameter : registers::parameter_names(*series)) {
      if (parameter == "year") continue;  // of the day on which the number is taken
      findings_.error("missing-parameter", effect.series.place,
                      fmt::format("编号序列 “{}” 需要 {}，办件给不出", effect.series.name, parameter));
    }
  }

  // What an effect writes must be one place: not inside the rows of a table.
  void check_target(const Reference& path, form::FieldType wanted) {
    const form::Field* field = find_field(path);
    if (!field) return;
    if (field->type != wanted) {
      findings_.error("wrong-type", path.place,
                      fmt::format("字段 “{}” 的类型应是 {}，现在是 {}", path.name, form::to_text(wanted),
                                  form::to_text(field->type)));
    }
    for (size_t dot = path.name.find('.'); dot != std::string::npos; dot = path.name.find('.', dot + 1)) {
      if (form_->find(std::string_view(path.name).substr(0, dot))->type == form::FieldType::table) {
        findings_.error("inside-table", path.place,
                        fmt::format("字段 “{}” 在表格里，不知填入哪一行", path.name));
        return;
      }
    }
  }

  void check_append(const AppendEffect& effect) {
    const form::Field* rows = find_field(effect.rows);
    bool usable = rows && (rows->type == form::FieldType::table || rows->type == form::FieldType::group);
    if (rows && !usable) {
      findings_.error(
          "wrong-type", effect.rows.place,
          fmt::format("rows 应是表格或一组字段，“{}” 是 {}", effect.rows.name, form::to_text(rows->type)));
    }
    auto target = known_.registers.find(effect.target.name);
    if (target == known_.registers.end()) {
      report_unknown(effect.target, "unknown-register", "台账", names_of(known_.registers), findings_);
    } else if (usable) {
      registers::check_columns(*target->second, row_sources(*form_, effect.rows.name), effect.target.place,
                               findings_);
    }
  }

  void check_seat(const std::string& step, const SeatRule& seat) {
    for (const SeatRule& from : seat.from) check_seat(step, from);
    if (seat.kind == SeatRule::Kind::field) {
      const form::Field* field = find_field(seat.field);
      if (field && field->type != form::FieldType::person)
        findings_.error(
            "wrong-type", seat.field.place,
            fmt::format("席位要由人来坐，字段 “{}” 是 {}", seat.field.name, form::to_text(field->type)));
    }
    if (!known_.directory) return;
    const directory::Directory& office = *known_.directory;
    if (seat.kind == SeatRule::Kind::person)
      directory::check_person(office, seat.person.name, seat.person.place, findings_);
    if (seat.kind == SeatRule::Kind::role && !office.role(seat.role.name)) {
      std::vector<std::string> roles;
      for (const directory::Role& role : office.roles) roles.push_back(role.id);
      report_unknown(seat.role, "unknown-role", "人员组", roles, findings_);
    }
    if (seat.kind == SeatRule::Kind::post) check_post(step, seat, office);
    if (seat.kind == SeatRule::Kind::head) {
      const bool known = check_department(seat, office);
      if (known && seat.of && office.department(seat.of->name)->head.empty())
        findings_.error("nobody-can-act", seat.place,
                        fmt::format("环节 “{}”：部门 “{}” 没有写明负责人（head）", step, seat.of->name),
                        "请在通讯录中写明由谁负责，或改席位");
    }
  }

  bool check_department(const SeatRule& seat, const directory::Directory& office) {
    if (!seat.of || office.department(seat.of->name)) return true;
    std::vector<std::string> known = {"initiator.department"};
    for (const auto& department : office.departments)
      known.insert(known.end(), {department.id, department.title});
    report_unknown(*seat.of, "unknown-department", "部门", known, findings_);
    return false;
  }

  void check_post(const std::string& step, const SeatRule& seat, const directory::Directory& office) {
    bool post_known =
        std::find(office.posts.begin(), office.posts.end(), seat.post.name) != office.posts.end();
    if (!post_known) report_unknown(seat.post, "unknown-post", "职务", office.posts, findings_);
    if (!check_department(seat, office) || !post_known) return;
    std::optional<std::string_view> of;
    if (seat.of) of = seat.of->name;
    if (directory::holders(office, seat.post.name, of).empty()) {
      findings_.error("nobody-can-act", seat.place,
                      fmt::format("环节 “{}”：{}没有人担任 {}", step,
                                  seat.of ? "“" + seat.of->name + "” " : "", seat.post.name),
                      "请在通讯录中写明由谁担任，或改席位");
    }
  }

  const Definition& definition_;
  const Known& known_;
  Diagnostics& findings_;
  const RegisterTypes ledgers_;
  const form::Form* form_ = nullptr;
  expression::Type type_;
};

}  // namespace

void check_references(const Definition& definition, const Known& known, Diagnostics& findings) {
  Checker(definition, known, findings).check();
}

}  // namespace wenshu::workflow
