// Guards: a typed subset of CEL (Common Expression Language), enough to say when an action may happen.
//
//   condition = or [ "?" or ":" condition ]
//   or        = and { "||" and }
//   and       = relation { "&&" relation }
//   relation  = sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" ) sum ]      no chains: a < b < c is a fault
//   sum       = product { ( "+" | "-" ) product }
//   product   = unary { "*" unary }
//   unary     = { "!" | "-" } member
//   member    = primary { "." name | "[" condition "]" }
//   primary   = number | "text" | 'text' | "true" | "false" | "null" | name
//             | "(" condition ")" | "[" condition { "," condition } "]" | "size(" condition ")" | "has(" a.b ")"
//
// Numbers are exact decimals; text escapes are \\ \" \' \n \t. Names are fields of the data: letters, digits,
// _ and Chinese characters. `&&` and `||` follow CEL: false && fault is false, and so is fault && false. Text
// of the data (YAML has nothing else) is read as a number or a truth value where its type or the other
// operand asks for one; texts that are both untyped compare as texts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "data/value.h"
#include "expression/type.h"

namespace wenshu::expression {

struct Node;

// A parsed expression; cheap to copy.
class Guard {
 public:
  Guard(std::string text, Place place, std::shared_ptr<const Node> root)
      : text_(std::move(text)), place_(std::move(place)), root_(std::move(root)) {}
  const std::string& text() const { return text_; }
  const Place& place() const { return place_; }  // of the first character
  const Node& root() const { return *root_; }

 private:
  std::string text_;
  Place place_;
  std::shared_ptr<const Node> root_;
};

// `place` is where the first character of `text` stands: a finding's column is exact inside the text (a text
// over several lines counts lines as well). Nesting deeper than 32 is the finding `too-deep`, whatever the
// length.
std::optional<Guard> parse_guard(std::string_view text, const Place& place, Diagnostics& findings);

// Every fault of types: unknown-field with a near name, type-mismatch, unknown-choice. Gives the type of the
// whole.
Type check_types(const Guard& guard, const Type& data, Diagnostics& findings);
// Also demands that the whole is a truth value. True when there was no fault.
bool check_condition(const Guard& guard, const Type& data, Diagnostics& findings);

// The result as a JSON value, or nothing and one finding (missing-value, type-mismatch, number-too-long)
// whose column is that of the part at fault. With `type` (of a form) the data's texts are read by it.
std::optional<data::Value> evaluate(const Guard& guard, const data::Value& data, Diagnostics& findings,
                                    const Type& type = Type());

}  // namespace wenshu::expression
