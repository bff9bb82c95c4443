// The tree of a guard. Used inside expression/ only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "expression/functions.h"
#include "expression/number.h"

namespace wenshu::expression {

class Pattern;

enum class Operator {
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  plus,
  minus,
  times,
  divide,
  modulo
};

struct Node {
  enum class Kind {
    null,
    boolean,        // truth
    number,         // number
    text,           // text
    list,           // children: items
    map,            // children: key, value, key, value …
    name,           // text: a field of the data
    local,          // text, slot: the variable of a macro
    field,          // text of child 0
    index,          // child 0 [ child 1 ]
    has,            // of child 0, a field
    negation,       // ! child 0
    opposite,       // - child 0
    relation,       // child 0 operators[0] child 1
    arithmetic,     // child 0, then operators[i] child i + 1: chains are flat, so that depth is bounded
    all,            // children joined by &&
    any,            // children joined by ||
    conditional,    // child 0 ? child 1 : child 2
    call,           // function of the children; of a method, child 0 stands before the dot
    comprehension,  // function (a macro) over child 0 with the variable `slot`: child 1, and child 2 of map
  };
  Kind kind = Kind::null;
  Function function = Function::size;
  bool truth = false;
  size_t slot = 0;    // how many variables of macros are outside of it
  size_t offset = 0;  // of its first character; of an operator node, of the operator
  Number number;
  std::string text;
  std::shared_ptr<const Pattern> pattern;  // of matches() with a literal
  std::vector<Operator> operators;
  std::vector<std::shared_ptr<const Node>> children;

  const Node& child(size_t i) const { return *children[i]; }
};

}  // namespace wenshu::expression
