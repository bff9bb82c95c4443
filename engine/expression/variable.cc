#include "expression/variable.h"

#include <algorithm>
#include <memory>

#include "expression/moment.h"

namespace wenshu::expression {
namespace {

constexpr size_t kMostChoices = 64;
constexpr size_t kMostLinked = 32;   // fields that are compared with each other and told apart in every order
constexpr int64_t kMostSize = 1000;  // of a list or text made up for a witness
constexpr int64_t kSecondsADay = 86'400;
constexpr int64_t kSomeDay = 18'262;  // 2020-01-01, where no day is spoken of

struct Path {
  std::string path;
  const Type* type = nullptr;
};

// a.b.c down the records of the type; nothing where a list, a macro or a calculation stands between.
std::optional<Path> path_of(const Node& node, const Type& data) {
  std::optional<Path> before;
  if (node.kind == Node::Kind::name) {
    before = Path{"", &data};
  } else if (node.kind == Node::Kind::field) {
    before = path_of(node.child(0), data);
  }
  if (!before) return std::nullopt;
  const Type* type = before->type->find(node.text);
  if (!type) return std::nullopt;
  return Path{before->path.empty() ? node.text : before->path + "." + node.text, type};
}

std::optional<Number> day_of(const Node& node) {
  const Node& literal =
      node.kind == Node::Kind::call && node.function == Function::to_date ? node.child(0) : node;
  std::optional<Moment> day = literal.kind == Node::Kind::text ? parse_day(literal.text) : std::nullopt;
  if (!day) return std::nullopt;
  return Number(day->seconds / kSecondsADay);
}

bool is_boolean_structure(Node::Kind kind) {
  return kind == Node::Kind::all || kind == Node::Kind::any || kind == Node::Kind::negation ||
         kind == Node::Kind::conditional;
}

// `count` numbers strictly between two numbers, with as few digits as can be.
std::vector<Number> between(const Number& low, const Number& high, size_t count, bool whole) {
  std::vector<Number> found;
  for (int scale : {0, 2, 9}) {
    if (whole && scale > 0) break;
    std::optional<Number> step = Number::make(Number::Kind::decimal, 1, scale);
    found.clear();
    Number at = low;
    while (found.size() < count) {
      std::optional<Number> next = Number::add(at, *step);
      if (!next || *next >= high) break;
      found.push_back(at = *next);
    }
    if (found.size() == count) break;
  }
  return found;
}

Number neighbour(const Number& of, int64_t distance) {
  std::optional<Number> near = Number::add(of, Number(distance));
  return near ? *near : of;
}

// What a row holds at least, so that a guard may look into it.
data::Value filled(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::integer:
    case Type::Kind::natural:
    case Type::Kind::number:
      return "1";
    case Type::Kind::boolean:
      return "true";
    case Type::Kind::date:
      return "2020-01-01";
    case Type::Kind::text:
      return type.choices().empty() ? "样" : type.choices().front();
    case Type::Kind::record: {
      data::Value record = data::Value::map();
      for (const auto& [name, field] : type.fields())
        if (!field.may_be_empty()) record.set(name, filled(field));
      return record;
    }
    default:
      return type.kind() == Type::Kind::list ? data::Value::list() : data::Value::map();
  }
}

data::Value list_of(size_t size, const Type& item) {
  data::Value list = data::Value::list();
  const data::Value row = filled(item);
  for (size_t i = 0; i < size; ++i) list.add(row);
  return list;
}

std::string text_of(size_t size) {
  std::string text;
  for (size_t i = 0; i < size; ++i) text += "样";
  return text;
}

// Every number, date or size at, below, between and above the thresholds; `room` of them in each gap.
std::vector<Number> spread(const std::set<Number>& thresholds, size_t room, bool whole,
                           int64_t otherwise = 1) {
  std::set<Number> points;
  for (const Number& threshold : thresholds) {
    std::optional<Number> cut = threshold.convert(Number::Kind::integer);
    if (!whole || threshold.is_whole()) {
      points.insert(threshold);
    } else if (cut) {
      for (int64_t near : {-1, 0, 1}) points.insert(neighbour(*cut, near));
    }
  }
  if (points.empty()) points.insert(Number(otherwise));
  std::vector<Number> all;
  Number low = neighbour(*points.begin(), -static_cast<int64_t>(room) - 1);
  std::vector<Number> before = between(low, *points.begin(), room, whole);
  all.insert(all.end(), before.begin(), before.end());
  for (auto point = points.begin(); point != points.end(); ++point) {
    all.push_back(*point);
    auto next = std::next(point);
    Number high = next == points.end() ? neighbour(*point, static_cast<int64_t>(room) + 1) : *next;
    std::vector<Number> inner = between(*point, high, room, whole);
    all.insert(all.end(), inner.begin(), inner.end());
  }
  return all;
}

}  // namespace

std::optional<size_t> Variables::variable_of(const Node& node) {
  std::optional<Path> path = path_of(node, data_);
  if (!path || path->type->kind() == Type::Kind::record) return std::nullopt;
  auto [found, added] = by_path_.emplace(path->path, variables_.size());
  if (added) {
    Variable variable;
    variable.path = path->path;
    variable.type = *path->type;
    variable.complete = variable.type.kind() != Type::Kind::any;
    variables_.push_back(std::move(variable));
  }
  return found->second;
}

std::optional<size_t> Variables::measured_of(const Node& node) {
  if (node.kind != Node::Kind::call || node.function != Function::size) return std::nullopt;
  std::optional<size_t> variable = variable_of(node.child(0));
  if (!variable) return std::nullopt;
  const Type& type = variables_[*variable].type;
  bool open_text = type.kind() == Type::Kind::text && type.choices().empty();
  if (type.kind() != Type::Kind::list && !open_text) return std::nullopt;
  variables_[*variable].measured = true;
  return variable;
}

// Goes down to the atoms.
void Variables::collect(const Node& node) {
  if (is_boolean_structure(node.kind)) {
    for (const auto& child : node.children) collect(*child);
    return;
  }
  if (atoms_.contains(&node)) return;
  add_variables(node, atoms_[&node]);
  bool plain = node.kind == Node::Kind::boolean || node.kind == Node::Kind::has || variable_of(node);
  if (node.kind == Node::Kind::relation) {
    collect_relation(node);
  } else if (!plain) {
    give_up(node);
  }
}

void Variables::add_variables(const Node& node, Atom& atom) {
  if (node.kind == Node::Kind::call && node.function >= Function::register_count) atom.decidable = false;
  if (std::optional<size_t> variable = variable_of(node)) {
    atom.variables.insert(*variable);
    return;
  }
  bool group = node.kind == Node::Kind::field && path_of(node, data_);
  if (group || node.kind == Node::Kind::name)
    atom.decidable = false;  // a whole group, or a field nobody declared
  for (const auto& child : node.children) add_variables(*child, atom);
}

void Variables::collect_relation(const Node& node) {
  const Node &left = node.child(0), &right = node.child(1);
  Operator op = node.operators[0];
  bool equality = op == Operator::equal || op == Operator::unequal;
  if (op == Operator::in) return collect_membership(node);
  for (const auto& [a, b] : {std::pair(&left, &right), std::pair(&right, &left)}) {
    if (equality && a->kind == Node::Kind::null && variable_of(*b)) return;
    if (equality && a->kind == Node::Kind::boolean && variable_of(*b)) return;
  }
  bool covered =
      compare_dates(left, right) || compare_texts(left, right, equality) || compare_numbers(left, right);
  if (!covered) give_up(node);
}

void Variables::collect_membership(const Node& node) {
  const Node &left = node.child(0), &right = node.child(1);
  bool covered = right.kind == Node::Kind::list && variable_of(left);
  for (const auto& item : right.children) {
    covered = covered && (compare_dates(left, *item) || compare_texts(left, *item, true) ||
                          compare_numbers(left, *item));
  }
  if (!covered) give_up(node);
}

bool Variables::compare_dates(const Node& left, const Node& right) {
  std::optional<size_t> a = variable_of(left), b = variable_of(right);
  bool dates = (a && variables_[*a].type.kind() == Type::Kind::date) ||
               (b && variables_[*b].type.kind() == Type::Kind::date);
  if (!dates) return false;
  if (a && b) {
    link(*a, *b);
    return true;
  }
  std::optional<Number> day = day_of(a ? right : left);
  if (day) variables_[a ? *a : *b].thresholds.insert(*day);
  return day.has_value();
}

bool Variables::compare_texts(const Node& left, const Node& right, bool equality) {
  std::optional<size_t> a = variable_of(left), b = variable_of(right);
  auto textual = [&](std::optional<size_t> v) {
    return !v || variables_[*v].type.kind() == Type::Kind::text;
  };
  if ((!a && !b) || !textual(a) || !textual(b)) return false;
  if (a && b) {
    link(*a, *b);
  } else if ((a ? right : left).kind == Node::Kind::text) {
    variables_[a ? *a : *b].texts.insert((a ? right : left).text);
  } else {
    return false;
  }
  if (!equality) {  // texts in order have no neighbours to try
    for (std::optional<size_t> v : {a, b}) {
      if (v) variables_[*v].complete = false;
    }
  }
  return true;
}

std::optional<Variables::Linear> Variables::linear_of(const Node& node) {
  std::optional<size_t> variable = measured_of(node);
  if (!variable && (variable = variable_of(node)) && !variables_[*variable].type.is_numeric())
    return std::nullopt;
  if (variable) return Linear{{{*variable, Number(1)}}, Number(0)};
  if (node.kind == Node::Kind::number) return Linear{{}, node.number};
  auto scaled = [](Linear linear, const Number& by) -> std::optional<Linear> {
    std::vector<Number*> parts{&linear.constant};
    for (auto& [index, factor] : linear.factors) parts.push_back(&factor);
    for (Number* part : parts) {
      std::optional<Number> product = Number::can_mix(*part, by) ? Number::multiply(*part, by) : std::nullopt;
      if (!product) return std::nullopt;
      *part = *product;
    }
    return linear;
  };
  if (node.kind == Node::Kind::opposite) {
    std::optional<Linear> inner = linear_of(node.child(0));
    return inner ? scaled(*inner, Number(-1)) : std::nullopt;
  }
  if (node.kind != Node::Kind::arithmetic) return std::nullopt;
  std::optional<Linear> result = linear_of(node.child(0));
  for (size_t i = 0; result && i < node.operators.size(); ++i) {
    std::optional<Linear> next = linear_of(node.child(i + 1));
    if (!next) return std::nullopt;
    Operator op = node.operators[i];
    if (op == Operator::times) {
      if (!result->factors.empty() && !next->factors.empty()) return std::nullopt;
      result = result->factors.empty() ? scaled(*next, result->constant) : scaled(*result, next->constant);
      continue;
    }
    if (op != Operator::plus && op != Operator::minus) return std::nullopt;
    if (op == Operator::minus) next = scaled(*next, Number(-1));
    if (!next) return std::nullopt;
    auto add = [](Number& to, const Number& what) {
      std::optional<Number> sum = Number::can_mix(to, what) ? Number::add(to, what) : std::nullopt;
      if (sum) to = *sum;
      return sum.has_value();
    };
    bool good = add(result->constant, next->constant);
    for (const auto& [index, factor] : next->factors) {
      good = good && add(result->factors.emplace(index, Number(0)).first->second, factor);
    }
    if (!good) return std::nullopt;
  }
  return result;
}

bool Variables::compare_numbers(const Node& left, const Node& right) {
  std::optional<Linear> a = linear_of(left), b = linear_of(right);
  if (!a || !b) return false;
  std::optional<Number> constant =
      Number::can_mix(a->constant, b->constant) ? Number::subtract(a->constant, b->constant) : std::nullopt;
  for (const auto& [index, factor] : b->factors) {
    Number& sum = a->factors.emplace(index, Number(0)).first->second;
    std::optional<Number> difference = Number::subtract(sum, factor);
    if (!difference) return false;
    sum = *difference;
  }
  std::erase_if(a->factors, [](const auto& entry) { return entry.second == Number(0); });
  if (!constant) return false;
  if (a->factors.empty()) return true;
  if (a->factors.size() == 1) {
    add_threshold(a->factors.begin()->first, a->factors.begin()->second, *constant);
    return true;
  }
  bool difference = a->factors.size() == 2 && *constant == Number(0) &&
                    a->factors.begin()->second == *a->factors.rbegin()->second.opposite();
  if (difference) link(a->factors.begin()->first, a->factors.rbegin()->first);
  return difference;
}

// factor * variable + constant = 0
void Variables::add_threshold(size_t index, const Number& factor, const Number& constant) {
  Variable& variable = variables_[index];
  std::optional<Number> above = constant.opposite();
  std::optional<Number> at = above ? Number::divide_rounded(*above, factor, 9) : std::nullopt;
  if (!at) {
    variable.complete = false;
    return;
  }
  variable.thresholds.insert(*at);
  std::optional<Number> back = Number::multiply(*at, factor);
  if (back && *back == *above) return;
  std::optional<Number> grain =
      Number::make(Number::Kind::decimal, 1, 9);  // the root lies between two decimals
  for (std::optional<Number> near : {Number::add(*at, *grain), Number::subtract(*at, *grain)}) {
    if (near) variable.thresholds.insert(*near);
  }
}

void Variables::add_faults(const Node& node) {
  for (size_t i = 0; node.kind == Node::Kind::arithmetic && i < node.operators.size(); ++i) {
    if (node.operators[i] != Operator::divide && node.operators[i] != Operator::modulo) continue;
    const std::optional<Linear> by = linear_of(node.child(i + 1));
    if (by && by->factors.size() == 1)
      add_threshold(by->factors.begin()->first, by->factors.begin()->second, by->constant);
  }
  if (node.kind == Node::Kind::index && node.child(1).kind == Node::Kind::number) {
    const std::optional<size_t> list = variable_of(node.child(0));
    if (list && variables_[*list].type.kind() == Type::Kind::list)
      variables_[*list].thresholds.insert(node.child(1).number);
  }
  for (const auto& child : node.children) add_faults(*child);
}

void Variables::give_up(const Node& node) {
  if (std::optional<size_t> index = variable_of(node)) {
    Variable& variable = variables_[*index];
    bool enumerated = variable.type.kind() == Type::Kind::boolean || !variable.type.choices().empty();
    if (!enumerated) variable.complete = false;
    return;
  }
  add_faults(node);
  Atom atom;
  add_variables(node, atom);
  std::vector<const Node*> open{&node};
  while (!open.empty()) {  // literals beside them are worth a try
    const Node* one = open.back();
    open.pop_back();
    for (size_t index : atom.variables) {
      if (one->kind == Node::Kind::number) variables_[index].thresholds.insert(one->number);
      if (one->kind == Node::Kind::text) variables_[index].texts.insert(one->text);
    }
    for (const auto& child : one->children) open.push_back(child.get());
  }
  for (size_t index : atom.variables) {
    Variable& variable = variables_[index];
    bool enumerated = variable.type.kind() == Type::Kind::boolean ||
                      (variable.type.kind() == Type::Kind::text && !variable.type.choices().empty());
    if (!enumerated) variable.complete = false;
  }
}

void Variables::link(size_t a, size_t b) {
  if (a == b) return;
  variables_[a].linked.insert(b);
  variables_[b].linked.insert(a);
}

std::set<size_t> Variables::group_of(size_t variable) const {
  std::set<size_t> group{variable};
  std::vector<size_t> open{variable};
  while (!open.empty()) {
    size_t one = open.back();
    open.pop_back();
    for (size_t other : variables_[one].linked) {
      if (group.insert(other).second) open.push_back(other);
    }
  }
  return group;
}

void Variables::choose_candidates() {
  std::vector<std::shared_ptr<const std::set<size_t>>> groups(variables_.size());
  for (size_t i = 0; i < variables_.size(); ++i) {
    if (groups[i]) continue;
    const auto found = std::make_shared<const std::set<size_t>>(group_of(i));
    for (size_t member : *found) groups[member] = found;
  }
  for (size_t i = 0; i < variables_.size(); ++i) {
    Variable& variable = variables_[i];
    std::set<size_t> group = *groups[i];
    if (group.size() > kMostLinked) {
      variable.complete = false;
      group = {i};
    }
    std::set<Number> thresholds;
    std::set<std::string> texts;
    for (size_t member : group) {
      thresholds.insert(variables_[member].thresholds.begin(), variables_[member].thresholds.end());
      texts.insert(variables_[member].texts.begin(), variables_[member].texts.end());
      texts.insert(variables_[member].type.choices().begin(), variables_[member].type.choices().end());
    }
    bool whole = std::any_of(group.begin(), group.end(),
                             [&](size_t m) { return variables_[m].type.kind() == Type::Kind::integer; });
    if (whole) {  // a decimal beside an integer must be able to meet it
      for (const Number& n : spread(thresholds, group.size(), true)) thresholds.insert(n);
    }
    auto& candidates = variable.candidates;
    switch (variable.type.kind()) {
      case Type::Kind::boolean:
        candidates = {"true", "false"};
        break;
      case Type::Kind::integer:
      case Type::Kind::natural:
      case Type::Kind::number:
        for (const Number& n : spread(thresholds, group.size(), variable.type.kind() != Type::Kind::number)) {
          candidates.emplace_back(n.to_text());
        }
        break;
      case Type::Kind::date:
        for (const Number& day : spread(thresholds, group.size(), true, kSomeDay)) {
          std::optional<int64_t> days = day.to_integer();
          Moment moment{days.value_or(0) * kSecondsADay, 0};
          if (days && is_timestamp_range(moment)) candidates.emplace_back(day_text(moment));
        }
        break;
      case Type::Kind::list:
        if (thresholds.empty() || !variable.complete) thresholds.insert(Number(1));
        for (const Number& size : spread(thresholds, group.size(), true)) {
          if (size > Number(kMostSize)) variable.complete = false;
          if (size < Number(0) || size > Number(kMostSize)) continue;
          candidates.push_back(list_of(static_cast<size_t>(*size.to_integer()), variable.type.item()));
        }
        if (candidates.empty()) candidates.push_back(data::Value::list());
        for (const std::string& text : texts) {
          if (variable.type.item().kind() == Type::Kind::record) break;  // rows are no texts
          candidates.push_back(data::Value::list());
          candidates.back().add(text);
        }
        break;
      default:
        if (!variable.type.choices().empty() && variable.type.choices().size() <= kMostChoices) {
          for (const std::string& choice : variable.type.choices()) candidates.emplace_back(choice);
          break;
        }
        for (size_t n = 0; n < group.size(); ++n) {
          std::string other = n == 0 ? "其他" : "其他" + std::to_string(n + 1);
          if (!texts.contains(other)) candidates.emplace_back(other);
        }
        for (const std::string& text : texts) candidates.emplace_back(text);
        if (variable.measured && !texts.empty()) variable.complete = false;  // which text has which size?
        for (const Number& size :
             thresholds.empty() ? std::vector<Number>() : spread(thresholds, group.size(), true)) {
          if (size > Number(kMostSize)) variable.complete = false;
          if (size < Number(0) || size > Number(kMostSize)) continue;
          candidates.emplace_back(text_of(static_cast<size_t>(*size.to_integer())));
        }
    }
    if (variable.type.may_be_empty()) candidates.emplace_back();
  }
}

}  // namespace wenshu::expression
