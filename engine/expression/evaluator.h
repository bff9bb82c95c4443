// Walks a guard over some data. Used inside expression/ only.
#pragma once

#include <forward_list>
#include <string>
#include <vector>

#include "expression/guard.h"
#include "expression/node.h"
#include "expression/operand.h"

namespace wenshu::expression {

struct Fault {
  size_t offset = 0;
  std::string code, message, hint;
};

// A fault is a value (Operand::Kind::fault, the Fault kept aside): && and || may absorb it, and guards run often.
class Evaluator {
 public:
  Evaluator(const data::Value& data, const Type& type, const Ledgers* ledgers,
            const std::vector<Around>* outer = nullptr)
      : data_(data), type_(type), ledgers_(ledgers), outer_(outer) {}

  Operand evaluate(const Node& node);
  const Fault& fault() const { return fault_; }  // REQUIRES: the last result was a fault
  size_t steps() const { return steps_; }

 private:
  Operand fail(size_t offset, std::string_view code, std::string message, std::string hint = {});
  Operand lacks(size_t offset, const Operand& operand,
                std::string_view wanted);       // missing-value or type-mismatch
  Operand charge(size_t steps, size_t offset);  // a fault when the budget is spent, else null

  Operand whole(std::string_view name) const;  // the record in which a name is sought
  Operand list(const Node& node);
  Operand map(const Node& node);
  Operand field(const Operand& record, const Node& node);
  Operand member(const Operand& record, std::string_view name, size_t offset);
  Operand index(const Node& node);
  Operand has(const Node& node);
  Operand truth(const Node& node);  // a boolean or a fault
  Operand decided(const Node& node, bool deciding);
  Operand relation(const Node& node);
  Operand contains(const Node& node, const Operand& item, const Operand& whole);
  Operand ordered(const Node& node, const Operand& a, const Operand& b);
  Operand arithmetic(const Node& node);
  Operand calculate(const Node& node, size_t i, const Operand& a, const Operand& b);
  Operand calculate_numbers(const Node& node, Operator op, const Number& a, const Number& b);
  Operand calculate_moments(const Node& node, Operator op, const Operand& a, const Operand& b);
  Operand join(const Node& node, const Operand& a, const Operand& b);
  Operand opposite(const Node& node);
  Operand comprehension(const Node& node);
  Operand quantified(const Node& node, const Operand& range, size_t count);
  Operand exists_one(const Node& node, const Operand& range, size_t count);
  Operand collected(const Node& node, const Operand& range, size_t count);
  Operand bound(const Node& node, const Operand& range, size_t index, size_t part);

  // call.cc
  Operand call(const Node& node);
  Operand size(const Node& node, const Operand& whole);
  Operand convert(const Node& node, const Operand& from);
  Operand convert_number(const Node& node, const Operand& from, Number::Kind kind);
  Operand convert_text(const Node& node, const Operand& from);
  Operand convert_moment(const Node& node, const Operand& from);
  Operand text_test(const Node& node, const Operand& whole, const Operand& part);
  Operand matches(const Node& node, const Operand& whole, const Operand& pattern);
  Operand part_of_moment(const Node& node, const Operand& from);
  Operand round(const Node& node);
  Operand sum(const Node& node, const Operand& list);
  Operand ask_ledgers(const Node& node);

  std::string_view keep(std::string text) { return texts_.emplace_front(std::move(text)); }
  Operand keep_list(Operand::Items items);

  const data::Value& data_;
  const Type& type_;
  const Ledgers* ledgers_;
  const std::vector<Around>* outer_;
  Fault fault_;
  size_t steps_ = 0;
  std::vector<Operand> locals_;
  std::forward_list<std::string> texts_;
  std::forward_list<Operand::Items> lists_;
  std::forward_list<Operand::Pairs> maps_;
};

}  // namespace wenshu::expression
