// G1 to G3: conditions that never or always hold, branches with gaps and overlaps, fields that may be empty.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
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
  explicit Guards(const Subject& subject) : subject_(subject), type_(form::type_of(*subject.form)) {}

  void check() {
    for (size_t at = 0; at < subject_.flow.steps.size(); ++at) {
      const Step& step = subject_.flow.steps[at];
      for (const Action& action : step.actions) {
        if (action.when)
          check_alone(at, *action.when, fmt::format("“{}”的{}", step.title, action.title), true);
        if (action.when) check_empty(at, *action.when, fmt::format("“{}”的{}", step.title, action.title));
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
    constexpr size_t kAtLeisure = 60, kSteps = 20'000, kFewSteps = 300;
    if (++asked_ > kMostQuestions) return {};
    Answer answer = expression::find_case(wishes, type_, asked_ > kAtLeisure ? kFewSteps : kSteps);
    if (answer.cut) ++cut_;
    return answer;
  }
  bool never(const std::vector<expression::Wish>& wishes) {
    return ask(wishes).verdict == Answer::Verdict::no;
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
    if (may_be_always && never({{&guard, Outcome::fails}}) && never({{&guard, Outcome::faults}})) {
      subject_.findings.warning(
          "guard-always-true", guard.place(),
          fmt::format("{}：条件 {} 总是成立，写了等于没写{}", where, guard.text(),
                      story_to(subject_, at, fmt::format("怎么填，{} 都成立", guard.text()))),
          "请核对数字和比较的方向，或删去条件");
    }
    return true;
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
      if (!is_empty || asked_for(at, path)) continue;
      empty = path;
      break;
    }
    if (empty.empty()) return;
    subject_.findings.warning(
        "guard-may-lack-value", guard.place(),
        fmt::format(
            "{}：条件 {} 要看 {}，它可能还没有填{}", where, guard.text(), subject_.form->title_of(empty),
            story_to(subject_, at,
                     fmt::format("{} 是空的，条件无法判断，办不下去", subject_.form->title_of(empty)))),
        "在表单中写 required: true，或在这之前的环节写 require，或写 has(…)");
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
    bool otherwise = false;
    for (const Branch& branch : step.branches) {
      if (!branch.when) {
        otherwise = true;
        continue;
      }
      const std::string where =
          fmt::format("“{}”去“{}”的一支", step.title, subject_.flow.find_step(branch.to.name)->title);
      const bool only = step.branches.size() == 1;
      if (check_alone(at, *branch.when, where, !only)) guards.push_back(&*branch.when);
      check_empty(at, *branch.when, where);
    }
    if (!otherwise && !guards.empty()) check_gap(at, guards);
    if (step.route == Route::one) check_overlaps(at, guards);
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
  void check_overlaps(size_t at, const std::vector<const Guard*>& guards) {
    const Step& step = subject_.flow.steps[at];
    constexpr size_t kMostPairs = 200;
    size_t pairs = 0;
    for (size_t a = 0; a < guards.size(); ++a) {
      for (size_t b = a + 1; b < guards.size() && pairs < kMostPairs; ++b, ++pairs) {
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
  std::vector<std::vector<char>> visited_;
  size_t asked_ = 0, cut_ = 0;  // questions; those of them that were left half answered
};

}  // namespace

void check_guards(const Subject& subject) {
  if (subject.form) Guards(subject).check();
}

}  // namespace wenshu::workflow::check
