// What can be said of guards before there is any data: is there a case for which they hold, fail, or lack a value?
// For the checker's reports on guards (workflow checker G1 to G3):
//
//   never true        find_case({{&guard, Outcome::holds}}, type)                  says no
//   always true       find_case({{&guard, Outcome::fails}}, type)                  says no
//   overlap           find_case({{&a, Outcome::holds}, {&b, Outcome::holds}}, type)  says yes, with a case
//   gap               find_case({{&a, Outcome::fails}, {&b, Outcome::fails}}, type)  says yes, with a case
//   may stand empty   find_case({{&guard, Outcome::faults}}, type)                 says yes, with a case
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expression/guard.h"

namespace wenshu::expression {

// `allows` is what a rule of a form asks: that it holds, or lacks a value and says nothing.
enum class Outcome { holds, fails, faults, allows };

struct Wish {
  const Guard* guard = nullptr;
  Outcome outcome = Outcome::holds;
};

struct Answer {
  // `yes` was proved by evaluating the guards on `witness`; `no` by going through every way in which numbers, dates,
  // choices, truth values, sizes and texts can stand to what the guards compare them with. `undecided` is said
  // where the guards go further (macros, matches, products of fields, registers) or the search was cut short.
  enum class Verdict { yes, no, undecided };
  struct Sample {
    std::string path;   // plan.hours
    std::string value;  // as people read it: 5000.01, “公务”, 空, 3 项
  };
  Verdict verdict = Verdict::undecided;
  bool cut = false;             // undecided, because the search was cut short
  data::Value witness;          // with yes: a record of the fields that the guards read
  std::vector<Sample> samples;  // the same, in the order in which the guards mention the fields
};

// Fields that `type` marks as optional may be empty in the case; others are filled. At most `most_steps` partial
// cases are looked at (each takes microseconds).
Answer find_case(const std::vector<Wish>& wishes, const Type& type, size_t most_steps = 20'000);

// The same guard read from outside of a group: names that the group's record knows stand below `group` (plan.limits).
Guard from_outside(const Guard& guard, std::string_view group, const Type& record);

}  // namespace wenshu::expression
