// The fields that guards depend on and the values worth trying for each. Used inside expression/ only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "expression/guard.h"
#include "expression/node.h"
#include "expression/type.h"

namespace wenshu::expression {

struct Variable {
  std::string path;
  Type type;
  bool complete = true;  // every way in which the guards can tell values apart has a candidate
  std::set<Number>
      thresholds;  // numbers (of dates: days since 1970; of lists: sizes) that a guard compares with
  std::set<std::string> texts;  // texts that a guard compares with
  std::set<int64_t> sizes;      // sizes that a guard compares with
  bool measured = false;        // size() is taken of it
  std::set<size_t> linked;      // variables that it is compared with
  std::vector<data::Value> candidates;
};

// A part of a guard that && || ! and ?: join: looked at as a whole.
struct Atom {
  std::set<size_t> variables;
  bool decidable = true;  // false where it asks a register or a whole group: never evaluated
};

class Variables {
 public:
  explicit Variables(const Type& data) : data_(data) {}
  void collect(const Node& condition);
  void choose_candidates();  // after the last collect

  const std::vector<Variable>& all() const { return variables_; }
  const Atom& atom(const Node& node) const { return atoms_.at(&node); }

 private:
  struct Linear {  // sum of factors times variables, and a constant
    std::map<size_t, Number> factors;
    Number constant;
  };

  void collect_relation(const Node& node);
  void collect_membership(const Node& node);
  bool compare_texts(const Node& left, const Node& right, bool equality);
  bool compare_dates(const Node& left, const Node& right);
  bool compare_numbers(const Node& left, const Node& right);
  void add_threshold(size_t variable, const Number& factor, const Number& constant);
  void give_up(const Node& node);     // what stands below is compared in a way that candidates do not cover
  void add_faults(const Node& node);  // what makes a division or an index a fault is worth a try
  void add_variables(const Node& node, Atom& atom);

  std::optional<size_t> variable_of(const Node& node);
  std::optional<size_t> measured_of(const Node& node);  // size(x), x.size()
  std::optional<Linear> linear_of(const Node& node);
  void link(size_t a, size_t b);
  std::set<size_t> group_of(size_t variable) const;

  const Type& data_;
  std::vector<Variable> variables_;
  std::map<std::string, size_t> by_path_;
  std::map<const Node*, Atom> atoms_;
};

}  // namespace wenshu::expression
