#include "expression/region.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

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
      } else if (!meets(truth, wish.outcome)) {
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

  static bool meets(Truth truth, Outcome outcome) {
    switch (outcome) {
      case Outcome::holds:
        return truth == Truth::holds;
      case Outcome::fails:
        return truth == Truth::fails;
      case Outcome::faults:
        return truth == Truth::faults;
      case Outcome::allows:
        return truth != Truth::fails;
    }
    return false;
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

std::shared_ptr<const Node> below(const std::shared_ptr<const Node>& node,
                                  const std::vector<std::string>& keys, const Type& record) {
  auto copy = std::make_shared<Node>(*node);
  for (auto& child : copy->children) child = below(child, keys, record);
  if (node->kind != Node::Kind::name || !record.find(node->text)) return copy;
  auto whole = std::make_shared<Node>();
  whole->kind = Node::Kind::name;
  whole->text = keys.front();
  for (size_t i = 1; i <= keys.size(); ++i) {
    auto field = std::make_shared<Node>();
    field->kind = Node::Kind::field;
    field->text = i < keys.size() ? keys[i] : node->text;
    field->children = {std::move(whole)};
    whole = std::move(field);
  }
  return whole;
}

}  // namespace

Guard from_outside(const Guard& guard, std::string_view group, const Type& record) {
  std::vector<std::string> keys;
  for (size_t at = 0; at <= group.size();) {
    const size_t dot = std::min(group.find('.', at), group.size());
    keys.emplace_back(group.substr(at, dot - at));
    at = dot + 1;
  }
  auto root = std::make_shared<Node>(guard.root());
  return Guard(guard.text(), guard.place(), below(root, keys, record));
}

Answer find_case(const std::vector<Wish>& wishes, const Type& type, size_t most_steps) {
  return Search(wishes, type, most_steps).find();
}

}  // namespace wenshu::expression
