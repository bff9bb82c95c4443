// Guards: a typed subset of CEL (Common Expression Language), enough to say when an action may happen and what
// a derived field holds. README.md is the reference for people who write them, with what differs from CEL.
//
//   condition = or [ "?" or ":" condition ]
//   or        = and { "||" and }
//   and       = relation { "&&" relation }
//   relation  = sum { ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" ) sum }      a < b < c is a fault
//   sum       = product { ( "+" | "-" ) product }
//   product   = unary { ( "*" | "/" | "%" ) unary }
//   unary     = { "!" | "-" } member
//   member    = primary { "." name | "." `any key` | "." method "(" … ")" | "[" condition "]" }
//   primary   = number | text | "true" | "false" | "null" | [ "." ] name | function "(" … ")" | "has(" a.b ")"
//             | "(" condition ")" | "[" condition { "," condition } "]" | "{" key ":" value { "," … } "}"
//
// Names are fields of the data: letters, digits, _ and Chinese characters. `&&` and `||` follow CEL: false &&
// fault is false, and so is fault && false. Text of the data (YAML has nothing else) is read as a number, a truth
// value or a date where its type or the other operand asks for one; texts that are both untyped compare as texts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
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

// What guards may ask of registers: count('training-classes', {'year': 2020}), sum(…, 'hours', {…}), exists(…).
// Pure: the caller promises that one question has one answer while a guard is evaluated.
class Ledgers {
 public:
  struct Match {
    std::string column;
    data::Value value;
  };
  virtual ~Ledgers() = default;
  virtual std::vector<std::string> names() const = 0;
  // The record of columns of one register, or nullptr when there is no such register.
  virtual const Type* row(std::string_view name) const = 0;
  // Rows that hold each of `matches`. REQUIRES: row(name) and all columns are there.
  virtual int64_t count(std::string_view name, const std::vector<Match>& matches) const = 0;
  virtual Decimal sum(std::string_view name, std::string_view column,
                      const std::vector<Match>& matches) const = 0;
};

// `place` is where the first character of `text` stands: a finding's column is exact inside the text (a text
// over several lines counts lines as well). Nesting deeper than 40 is the finding `too-deep`, whatever the
// length.
std::optional<Guard> parse_guard(std::string_view text, const Place& place, Diagnostics& findings);

// Every fault of types: unknown-field with a near name, type-mismatch, unknown-choice, unknown-register. Gives
// the type of the whole. Without `ledgers` the names of registers pass.
Type check_types(const Guard& guard, const Type& data, Diagnostics& findings,
                 const Ledgers* ledgers = nullptr);
// Also demands that the whole is a truth value. True when there was no fault.
bool check_condition(const Guard& guard, const Type& data, Diagnostics& findings,
                     const Ledgers* ledgers = nullptr);

// The fields that a guard reads, as dotted paths in the order of first mention: "plan.classes", "plan.year". What
// a macro reads of each row is "plan.classes.hours".
std::vector<std::string> paths_read(const Guard& guard);

// The result as a JSON value, or nothing and one finding (missing-value, type-mismatch, number-too-long,
// inexact-division, no-registers, too-costly …) whose column is that of the part at fault. With `type` (of a
// form) the data's texts are read by it. Ends after a fixed number of steps, whatever the data.
std::optional<data::Value> evaluate(const Guard& guard, const data::Value& data, Diagnostics& findings,
                                    const Type& type = Type(), const Ledgers* ledgers = nullptr);

// The same of a record that stands inside others: a name that the record's type does not know is sought in the
// last of `outer`, then in the one before it. Adds the steps that it took.
struct Around {
  const data::Value* data;
  const Type* type;
};
std::optional<data::Value> evaluate_within(const Guard& guard, const Around& record,
                                           const std::vector<Around>& outer, Diagnostics& findings,
                                           size_t& steps);

// The same of a condition without sentences, for those who only want to know: nothing on a fault.
std::optional<bool> holds(const Guard& guard, const data::Value& data, const Type& type = Type(),
                          const Ledgers* ledgers = nullptr);

}  // namespace wenshu::expression
