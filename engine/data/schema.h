// Which fields a file may hold: allowed, required, of which type. One check reports every fault of a tree.
//
//   static const Shape kPerson = map({
//       {"name", text(), Need::required},
//       {"posts", list(text())},
//   });
//   check_shape(value, kPerson, findings);      // unknown-field, missing-field, wrong-type …
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::data {

enum class Need { optional, required };

class Shape;
struct Field;

// A shape is cheap to copy; build them once as static constants. A field that stands there empty is an error
// (empty-field), also an optional one; only any() takes null. Numbers may be JSON numbers or text, text may
// be a JSON number.
class Shape {
 public:
  struct Node;
  explicit Shape(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  const Node& node() const { return *node_; }

 private:
  std::shared_ptr<const Node> node_;
};

struct Field {
  std::string key;
  Shape shape;
  Need need = Need::optional;
};

Shape any();
Shape text();        // one line or more, not empty
Shape identifier();  // a-z 0-9 - and _, or Chinese characters; begins with a letter or character; at most 64
Shape integer(long long least = 0, long long most = 1'000'000'000);
Shape decimal();
Shape boolean();  // true, false
Shape date();     // 2020-07-27, a real day
Shape choice(std::vector<std::string> names);
Shape list(Shape item, size_t least = 0);
Shape map(std::vector<Field> fields);         // a fixed set of keys
Shape map_of(Shape value, size_t least = 0);  // keys are identifiers that the writer chooses
Shape either(std::vector<Shape> shapes, std::string description);  // the first whose kind fits is used
Shape recursive(std::function<Shape()> shape);                     // for shapes that hold themselves

// Adds every fault below `value`. True when there was none.
bool check_shape(const Value& value, const Shape& shape, Diagnostics& findings);

// Every key that a shape knows, as "steps.*.decide.rule" (* is a key of the writer's or an item of a list), in
// the order written, each once; and the words that a choice allows, as "steps.*.decide.rule=votes".
std::vector<std::string> keys_of(const Shape& shape);

// A scalar as a typed thing, nothing when it is not one. No findings: check the shape first.
std::optional<long long> to_integer(const Value& value);
std::optional<Decimal> to_decimal(const Value& value);
std::optional<bool> to_boolean(const Value& value);
std::optional<Date> to_date(const Value& value);

// `unknown-NAME` at the value's place with a near-name hint: for references that the schema cannot check.
// `code` is "post" or "unknown-post", `what` the thing in Chinese (岗位).
void report_unknown(const Value& value, std::string_view code, std::string_view what,
                    const std::vector<std::string>& known, Diagnostics& findings);

}  // namespace wenshu::data
