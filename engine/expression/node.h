// The tree of a guard. Used inside expression/ only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/decimal.h"

namespace wenshu::expression {

enum class Operator { equal, unequal, less, less_equal, greater, greater_equal, in, plus, minus, times };

struct Node {
  enum class Kind {
    null,
    boolean,      // truth
    number,       // number
    text,         // text
    list,         // children: items
    name,         // text: a field of the data
    field,        // text of child 0
    index,        // child 0 [ child 1 ]
    size,         // of child 0
    has,          // of child 0, a field
    negation,     // ! child 0
    opposite,     // - child 0
    relation,     // child 0 operators[0] child 1
    arithmetic,   // child 0, then operators[i] child i + 1: chains are flat, so that depth is bounded
    all,          // children joined by &&
    any,          // children joined by ||
    conditional,  // child 0 ? child 1 : child 2
  };
  Kind kind = Kind::null;
  size_t offset = 0;  // of its first character; of an operator node, of the operator
  bool truth = false;
  Decimal number;
  std::string text;
  std::vector<Operator> operators;
  std::vector<std::shared_ptr<const Node>> children;

  const Node& child(size_t i) const { return *children[i]; }
};

}  // namespace wenshu::expression
