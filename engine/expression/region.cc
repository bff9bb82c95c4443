#include "expression/region.h"

#include <fmt/format.h>

#include "expression/evaluator.h"
#include "expression/variable.h"

namespace wenshu::expression {
namespace {

enum class Truth { holds, fails, faults, unknown };

std::string shown(const data::Value& value, const Type& type) {
  if (value.is_null()) return "空";
  if (value.is_list()) return fmt::format("{} 项", value.size());
  if (type.kind() == Type::Kind::boolean) return value.text() == "true" ? "是" : "否";
  bool bare = type.is_numeric() || type.kind() == Type::Kind::date;
  return bare ? value.text() : "“" + value.text() + "”";
}

// Fills one variable after the other and turns back as soon as a wish can no longer come true.
class Search {
 public:
  Search(const std::vector<Wish>& wishes, const Type& type, size_t most_steps)
      : wishes_(wishes), type_(type), variables_(type), most_steps_(most_steps) {
    for (const Wish& wish : wishes) variables_.collect(wish.guard->root());
    variables_.choose_candidates();
    assigned_.resize(variables_.all().size(), false);
  }

  Answer find() {
    Answer answer;
    if (go(0)) {
      answer.verdict = Answer::Verdict::yes;
      answer.witness = record_;
      for (size_t i = 0; i < assigned_.size(); ++i) {
        const Variable& variable = variables_.all()[i];
        const data::Value* value = assigned_[i] ? record_.find_path(variable.path) : nullptr;
        if (value) answer.samples.push_back({variable.path, shown(*value, variable.type)});
      }
      return answer;
    }
    bool complete = !cut_ && !unknown_;
    for (const Variable& variable : variables_.all()) complete = complete && variable.complete;
    answer.cut = cut_;
    answer.verdict = complete ? Answer::Verdict::no : Answer::Verdict::undecided;
    return answer;
  }

 private:
  // Guards that people write have fewer parts: the search is bounded by what it costs, not by how often it turns.
  static constexpr size_t kPartsAStep = 64;
  static constexpr size_t kStepsAPart =
      4;  // of the evaluator: a comparison takes three, a list as many as it is long

  bool go(size_t next) {
    if (++steps_ > most_steps_ || judged_ > most_steps_ * kPartsAStep) {
      cut_ = true;
      return false;
    }
    bool all = true;
    for (const Wish& wish : wishes_) {
      Truth truth = judge(wish.guard->root());
      if (truth == Truth::unknown) {
        all = false;
      } else if (truth != wanted(wish.outcome)) {
        return false;
      }
    }
    if (all) return true;
    if (next == variables_.all().size()) {
      unknown_ = true;  // an atom that nobody can evaluate here
      return false;
    }
    const Variable& variable = variables_.all()[next];
    assigned_[next] = true;
    for (const data::Value& candidate : variable.candidates) {
      record_.set_path(variable.path, candidate);
      if (go(next + 1)) return true;
      if (cut_) break;
    }
    assigned_[next] = false;
    record_.set_path(variable.path, data::Value());
    return false;
  }

  static Truth wanted(Outcome outcome) {
    return outcome == Outcome::holds   ? Truth::holds
           : outcome == Outcome::fails ? Truth::fails
                                       : Truth::faults;
  }

  // As the evaluator, with a fourth value for what depends on fields that have none yet.
  Truth judge(const Node& node) {
    switch (node.kind) {
      case Node::Kind::all:
        return joined(node, Truth::fails, Truth::holds);
      case Node::Kind::any:
        return joined(node, Truth::holds, Truth::fails);
      case Node::Kind::negation: {
        Truth inner = judge(node.child(0));
        return inner == Truth::holds ? Truth::fails : inner == Truth::fails ? Truth::holds : inner;
      }
      case Node::Kind::conditional: {
        Truth test = judge(node.child(0));
        if (test == Truth::holds) return judge(node.child(1));
        return test == Truth::fails ? judge(node.child(2)) : test;
      }
      default:
        return atom(node);
    }
  }

  Truth joined(const Node& node, Truth deciding, Truth otherwise) {
    Truth result = otherwise;
    for (const auto& child : node.children) {
      Truth truth = judge(*child);
      if (truth == deciding) return deciding;
      if (truth == Truth::unknown || (truth == Truth::faults && result == otherwise)) result = truth;
    }
    return result;
  }

  Truth atom(const Node& node) {
    ++judged_;
    const Atom& atom = variables_.atom(node);
    if (!atom.decidable) return Truth::unknown;
    for (size_t variable : atom.variables) {
      if (!assigned_[variable]) return Truth::unknown;
    }
    Evaluator evaluator(record_, type_, nullptr);
    Operand result = evaluator.evaluate(node);
    judged_ += evaluator.steps() / kStepsAPart;
    std::optional<bool> truth = as_boolean(result);
    return !truth ? Truth::faults : *truth ? Truth::holds : Truth::fails;
  }

  const std::vector<Wish>& wishes_;
  const Type& type_;
  Variables variables_;
  std::vector<bool> assigned_;
  data::Value record_ = data::Value::map();
  size_t steps_ = 0, judged_ = 0;
  size_t most_steps_;
  bool cut_ = false;
  bool unknown_ = false;
};

}  // namespace

Answer find_case(const std::vector<Wish>& wishes, const Type& type, size_t most_steps) {
  return Search(wishes, type, most_steps).find();
}

}  // namespace wenshu::expression
