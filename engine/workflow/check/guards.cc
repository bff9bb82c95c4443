// G1 to G3: conditions that never or always hold, branches with gaps and overlaps, fields that may be empty.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "expression/paths.h"
#include "expression/region.h"
#include "form/calculate.h"
#include "workflow/check/parts.h"

namespace wenshu::workflow::check {
namespace {

using expression::Answer;
using expression::Guard;
using expression::Outcome;

// plan.hours 是 24，plan.kind 是 “公务”
std::string sample_of(const Subject& subject, const Answer& answer) {
  std::vector<std::string> parts;
  for (const Answer::Sample& sample : answer.samples)
    parts.push_back(fmt::format("{} 是 {}", subject.form->title_of(sample.path), sample.value));
  return join(parts, "，");
}

constexpr size_t kMostQuestions = 1200;

class Guards {
 public:
  explicit Guards(const Subject& subject)
      : subject_(subject), type_(form::type_of(*subject.form)), filled_(filled(*subject.form)) {
    for (const form::Rule& rule : subject.form->rules) rules_.push_back(rule.guard);
    add_rules("", subject.form->fields);
    for (const Guard& rule : rules_) read_by_rules_.push_back(expression::paths_read(rule));
  }

  void check() {
    for (size_t at = 0; at < subject_.flow.steps.size(); ++at) {
      const Step& step = subject_.flow.steps[at];
      for (const Action& action : step.actions) {
        if (action.when)
          check_alone(at, *action.when, fmt::format("“{}”的{}", step.title, action.title), true);
        if (action.when) check_value(at, *action.when, fmt::format("“{}”的{}", step.title, action.title));
      }
      if (step.kind == StepKind::split && step.route != Route::all) check_split(at);
      if (step.kind == StepKind::human) check_doors(at);
      for (const SeatRule& rule : step.seats)
        if (rule.kind == SeatRule::Kind::field) check_filled(at, rule);
    }
    if (cut_ > 0 && asked_ <= kMostQuestions)
      subject_.findings.warning("not-decided", subject_.flow.steps.front().place,
                                fmt::format("条件太长，{} 个问题没有看完各种情形", cut_), "请把条件写短些");
    if (asked_ > kMostQuestions)
      subject_.findings.warning("not-decided", subject_.flow.steps.front().place,
                                fmt::format("条件太多，看了 {} 处还没有看完", kMostQuestions),
                                "请把流程分成几个");
  }

 private:
  // The whole file has so many questions, the first of them at leisure: a check must end.
  Answer ask(const std::vector<expression::Wish>& wishes) {
    const Answer answer = ask(wishes, type_);
    if (answer.verdict != Answer::Verdict::yes) return answer;
    std::vector<expression::Wish> with_rules = wishes;
    add_rules_of(with_rules);
    if (with_rules.size() == wishes.size()) return answer;
    const Answer judged = ask(with_rules, type_);
    if (judged.verdict != Answer::Verdict::undecided) return judged;
    // Rules that go further than the search: the case stands unless it breaks one of them.
    const bool breaks = std::any_of(rules_.begin(), rules_.end(), [&](const Guard& rule) {
      return expression::holds(rule, answer.witness, type_) == false;
    });
    return breaks ? judged : answer;
  }

  Answer ask(const std::vector<expression::Wish>& wishes, const expression::Type& type) {
    constexpr size_t kAtLeisure = 60, kSteps = 20'000, kFewSteps = 300;
    if (++asked_ > kMostQuestions) return {};
    Answer answer = expression::find_case(wishes, type, asked_ > kAtLeisure ? kFewSteps : kSteps);
    if (answer.cut) ++cut_;
    return answer;
  }
  bool never(const std::vector<expression::Wish>& wishes) {
    return ask(wishes).verdict == Answer::Verdict::no;
  }

  // What the form promises of groups that stand in the record, and how many rows its tables have at least.
  void add_rules(const std::string& above, const std::vector<form::Field>& fields) {
    for (const form::Field& field : fields) {
      const std::string path = above.empty() ? field.key : above + "." + field.key;
      const size_t least = std::max<size_t>(field.least, field.required ? 1 : 0);
      if (field.type == form::FieldType::table && least > 0) add_least(path, least);
      if (field.type != form::FieldType::group) continue;
      const form::Form group{"", "", field.fields, {}, {}};
      for (const form::Rule& rule : field.rules)
        rules_.push_back(expression::from_outside(rule.guard, path, form::type_of(group)));
      add_rules(path, field.fields);
    }
  }
  void add_least(const std::string& table, size_t least) {
    Diagnostics none;
    auto rule = expression::parse_guard(fmt::format("size({}) >= {}", table, least), {}, none);
    if (rule) rules_.push_back(std::move(*rule));
  }

  // The form's rules that speak of a field that one of the wishes reads.
  void add_rules_of(std::vector<expression::Wish>& wishes) const {
    std::set<std::string> read;
    for (const expression::Wish& wish : wishes)
      for (const std::string& path : expression::paths_read(*wish.guard)) read.insert(path);
    const auto is_read = [&](const std::string& path) {
      return read.contains(path) || std::any_of(read.begin(), read.end(), [&](const std::string& one) {
               return one.starts_with(path + ".");
             });
    };
    for (size_t i = 0; i < rules_.size(); ++i)
      if (std::any_of(read_by_rules_[i].begin(), read_by_rules_[i].end(), is_read))
        wishes.push_back({&rules_[i], Outcome::allows});
  }

  static expression::Type filled(form::Form form) {
    fill(form.fields);
    return form::type_of(form);
  }
  static void fill(std::vector<form::Field>& fields) {
    for (form::Field& field : fields) {
      field.required = true;
      if (field.type == form::FieldType::group) fill(field.fields);
    }
  }

  // G1. True when the guard is worth comparing with others.
  bool check_alone(size_t at, const Guard& guard, const std::string& where, bool may_be_always) {
    if (never({{&guard, Outcome::holds}})) {
      subject_.findings.error(
          "guard-never-true", guard.place(),
          fmt::format("{}：条件 {} 永远不成立{}", where, guard.text(),
                      story_to(subject_, at, fmt::format("怎么填，{} 都不成立", guard.text()))),
          "请核对数字和比较的方向");
      return false;
    }
    // A condition that says again what the form asks is no mistake: the form's rules are left aside.
    const auto cannot = [&](Outcome outcome) {
      return ask({{&guard, outcome}}, type_).verdict == Answer::Verdict::no;
    };
    if (may_be_always && cannot(Outcome::fails) && cannot(Outcome::faults)) {
      subject_.findings.warning(
          "guard-always-true", guard.place(),
          fmt::format("{}：条件 {} 总是成立，写了等于没写{}", where, guard.text(),
                      story_to(subject_, at, fmt::format("怎么填，{} 都成立", guard.text()))),
          "请核对数字和比较的方向，或删去条件");
    }
    return true;
  }

  // G3 with every field filled in: a divisor that may be 0, a row that may not be there.
  void check_faults(size_t at, const Guard& guard, const std::string& where) {
    for (const std::string& path : expression::paths_read(guard))
      if (can_change(subject_.flow.steps[at], path)) return;
    std::vector<expression::Wish> wishes = {{&guard, Outcome::faults}};
    add_rules_of(wishes);
    const Answer answer = ask(wishes, filled_);
    if (answer.verdict != Answer::Verdict::yes) return;
    Diagnostics why;
    if (expression::evaluate(guard, answer.witness, why, filled_) || why.list().empty()) return;
    const Diagnostic& fault = why.list().front();
    const bool divides = fault.code == "division-by-zero" || fault.code == "inexact-division";
    if (!divides && fault.code != "missing-value") return;
    const std::string sample = sample_of(subject_, answer);
    subject_.findings.warning(
        "guard-may-fault", fault.where,
        fmt::format("{}：条件 {} 有时无法判断：{}{}{}", where, guard.text(), fault.message,
                    sample.empty() ? "" : "，例如 " + sample,
                    story_to(subject_, at, fmt::format("{}，条件无法判断，办不下去", sample))),
        fault.code == "division-by-zero" ? "先问除数，如 days > 0 && …，或在表单的 rules 中要求它大于 0"
        : fault.code == "inexact-division"
            ? fault.hint
            : "先问有没有，如 size(rows) > 0 && …，或在表单中写 required、least");
  }

  // G3: a field that the form does not demand and no step before has asked for.
  void check_empty(size_t at, const Guard& guard, const std::string& where) {
    const Answer answer = ask({{&guard, Outcome::faults}});
    if (answer.verdict != Answer::Verdict::yes) return;
    std::string empty;
    for (const std::string& path : expression::paths_read(guard)) {
      const bool is_empty = std::any_of(
          answer.samples.begin(), answer.samples.end(),
          [&](const Answer::Sample& one) { return path.starts_with(one.path) && one.value == "空"; });
      if (!is_empty || asked_for(at, path) || is_calculated_always(path)) continue;
      empty = path;
      break;
    }
    if (empty.empty() || !told_empty_.insert(empty).second)
      return;  // one each field: it is mended in one place
    subject_.findings.warning(
        "guard-may-lack-value", guard.place(),
        fmt::format(
            "{}：条件 {} 要看 {}，它可能还没有填{}", where, guard.text(), subject_.form->title_of(empty),
            story_to(subject_, at,
                     fmt::format("{} 是空的，条件无法判断，办不下去", subject_.form->title_of(empty)))),
        "在表单中写 required: true，或在这之前的环节写 require，或写 has(…)");
  }

  void check_value(size_t at, const Guard& guard, const std::string& where) {
    check_empty(at, guard, where);
    check_faults(at, guard, where);
  }

  bool asked_for(size_t at, const std::string& path) {
    if (visited_.empty() && subject_.flow.steps.size() <= 600)
      visited_ = visited_before(subject_.flow, subject_.edges);
    for (size_t i = 0; i < visited_.size(); ++i) {
      if (!visited_[at][i]) continue;
      for (const Reference& required : subject_.flow.steps[i].require) {
        if (path == required.name || path.starts_with(required.name + ".")) return true;
      }
    }
    return false;
  }

  // A derived field whose every source is filled in for certain.
  bool is_calculated_always(const std::string& path) const {
    const form::Field* field = subject_.form->find(path);
    if (!field || !field->derived) return false;
    const auto sources = expression::columns_read(*field->derived);
    return std::all_of(sources.begin(), sources.end(), [&](const std::string& source) {
      for (size_t dot = path.rfind('.');; dot = path.rfind('.', dot - 1)) {
        const std::string at = dot == std::string::npos ? source : path.substr(0, dot + 1) + source;
        if (subject_.form->find(at)) return is_filled(at) || is_calculated_always(at);
        if (dot == std::string::npos || dot == 0) return false;
      }
    });
  }
  // Columns of a table are filled in each row, however few there are.
  bool is_filled(const std::string& path) const {
    for (size_t dot = path.find('.');; dot = path.find('.', dot + 1)) {
      const form::Field* field = subject_.form->find(path.substr(0, dot));
      const bool last = dot == std::string::npos;
      if (!field || (!field->required && (last || field->type != form::FieldType::table))) return false;
      if (last) return true;
    }
  }

  // Whether some condition of the workflow looks at the field, or at the table that it is a column of.
  bool is_judged(const std::string& path) const {
    const auto reads = [&](const std::optional<Guard>& guard) {
      if (!guard) return false;
      const auto paths = expression::paths_read(*guard);
      return std::any_of(paths.begin(), paths.end(),
                         [&](const std::string& one) { return path == one || path.starts_with(one + "."); });
    };
    return std::any_of(subject_.flow.steps.begin(), subject_.flow.steps.end(), [&](const Step& step) {
      return std::any_of(step.actions.begin(), step.actions.end(),
                         [&](const Action& one) { return reads(one.when); }) ||
             std::any_of(step.branches.begin(), step.branches.end(),
                         [&](const Branch& one) { return reads(one.when); });
    });
  }

  // G3 of a seat that a field of the form decides.
  void check_filled(size_t at, const SeatRule& rule) {
    const std::string& path = rule.field.name;
    bool filled = true;
    for (size_t dot = path.find('.'); filled; dot = path.find('.', dot + 1)) {
      const form::Field* field = subject_.form->find(path.substr(0, dot));
      if (!field) return;
      filled = field->required || field->least > 0 || field->derived || field->otherwise;
      if (dot == std::string::npos) break;
    }
    if (filled || asked_for(at, path) || is_judged(path)) return;
    const Step& step = subject_.flow.steps[at];
    const std::string title = subject_.form->title_of(path);
    subject_.findings.warning(
        "seat-may-lack-person", rule.place,
        fmt::format("“{}”由 {} 里的人办，它可能还没有填{}", step.title, title,
                    story_to(subject_, at, fmt::format("{} 是空的，没有人可办", title))),
        "在表单中写 required: true，或在这之前的环节写 require");
  }

  // G2, and G1 and G3 of each branch.
  void check_split(size_t at) {
    const Step& step = subject_.flow.steps[at];
    std::vector<const Guard*> guards;
    std::vector<std::string> targets;
    bool otherwise = false;
    for (const Branch& branch : step.branches) {
      if (!branch.when) {
        otherwise = true;
        continue;
      }
      const std::string where =
          fmt::format("“{}”去“{}”的一支", step.title, subject_.flow.find_step(branch.to.name)->title);
      const bool only = step.branches.size() == 1;
      if (check_alone(at, *branch.when, where, !only)) {
        guards.push_back(&*branch.when);
        targets.push_back(branch.to.name);
      }
      check_value(at, *branch.when, where);
    }
    if (!otherwise && !guards.empty()) check_gap(at, guards);
    if (step.route == Route::one) check_overlaps(at, guards, targets);
  }

  bool can_change(const Step& step, const std::string& path) const {
    const auto covers = [&](const Reference& root) {
      return path == root.name || path.starts_with(root.name + ".") || root.name.starts_with(path + ".");
    };
    if (form::is_derived(*subject_.form, path)) return !step.edit.empty() || !step.require.empty();
    return std::any_of(step.edit.begin(), step.edit.end(), covers) ||
           std::any_of(step.require.begin(), step.require.end(), covers);
  }

  // G2 of a step of people: a case for which every action's condition fails stays there for good, unless its people can
  // change what the conditions read.
  void check_doors(size_t at) {
    if (at == 0) return;  // who has begun it so takes it back and begins anew
    const Step& step = subject_.flow.steps[at];
    std::vector<const Guard*> guards;
    for (const Action& action : step.actions) {
      if (action.kind == ActionKind::abstain) continue;
      if (!action.when) return;
      guards.push_back(&*action.when);
    }
    if (guards.empty()) return;
    for (const Guard* guard : guards)
      for (const std::string& path : expression::paths_read(*guard))
        if (can_change(step, path)) return;
    std::vector<expression::Wish> wishes;
    for (const Guard* guard : guards) wishes.push_back({guard, Outcome::fails});
    const Answer answer = ask(wishes);
    if (answer.verdict != Answer::Verdict::yes) return;
    subject_.findings.error(
        "guard-gap", step.place,
        fmt::format("“{}”有一种情形哪个动作都办不了：{}{}", step.title, sample_of(subject_, answer),
                    story_to(subject_, at, fmt::format("{}，办不下去", sample_of(subject_, answer)))),
        "请让退回或不同意不写 when，或让这一环节能改这些字段（edit）");
  }

  void check_gap(size_t at, const std::vector<const Guard*>& guards) {
    std::vector<expression::Wish> wishes;
    for (const Guard* guard : guards) wishes.push_back({guard, Outcome::fails});
    const Answer answer = ask(wishes);
    if (answer.verdict != Answer::Verdict::yes) return;
    const Step& step = subject_.flow.steps[at];
    subject_.findings.error(
        "guard-gap", step.place,
        fmt::format("“{}”没有一支管得到的情形：{}{}", step.title, sample_of(subject_, answer),
                    story_to(subject_, at, fmt::format("{}，无路可走", sample_of(subject_, answer)))),
        "请加一支不写 when 的，作为其余情形");
  }

  // The first branch that holds is taken; two that can hold at once are told, unless the later one only narrows.
  // Where both lead to the same step it is all one.
  void check_overlaps(size_t at, const std::vector<const Guard*>& guards,
                      const std::vector<std::string>& targets) {
    const Step& step = subject_.flow.steps[at];
    constexpr size_t kMostPairs = 200;
    size_t pairs = 0;
    for (size_t a = 0; a < guards.size(); ++a) {
      for (size_t b = a + 1; b < guards.size() && pairs < kMostPairs; ++b, ++pairs) {
        if (targets[a] == targets[b]) continue;
        const Answer answer = ask({{guards[a], Outcome::holds}, {guards[b], Outcome::holds}});
        if (answer.verdict != Answer::Verdict::yes) continue;
        subject_.findings.warning(
            "guard-overlap", guards[b]->place(),
            fmt::format("“{}”有两支的条件同时成立：{} 和 {}，例如 {}，只走写在前面的一支{}", step.title,
                        guards[a]->text(), guards[b]->text(), sample_of(subject_, answer),
                        story_to(subject_, at, fmt::format("{}，两支都成立", sample_of(subject_, answer)))),
            "请改条件，使它们不同时成立");
      }
    }
  }

  const Subject& subject_;
  expression::Type type_;
  const expression::Type filled_;  // the same with every field filled in
  std::vector<Guard> rules_;       // of the form
  std::vector<std::vector<std::string>> read_by_rules_;
  std::vector<std::vector<char>> visited_;
  std::set<std::string> told_empty_;  // fields
  size_t asked_ = 0, cut_ = 0;        // questions; those of them that were left half answered
};

}  // namespace

void check_guards(const Subject& subject) {
  if (subject.form) Guards(subject).check();
}

}  // namespace wenshu::workflow::check
