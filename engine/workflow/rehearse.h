// A new version on cases that were: what was done is done again by the new rules, and every difference is told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workflow/moves.h"

namespace wenshu::workflow {

// One act as the store knows it. What an act needed besides (people, steps) is read from the markings around it.
struct StoredAct {
  int64_t seq = 0;  // of its event
  Act act;
  data::Value data;  // of the case, after the changes that came with the act
  Marking before, after;
};

struct StoredCase {
  std::string initiator;
  data::Value data;  // at the start
  Marking started;
  std::vector<StoredAct> acts;
};

struct Difference {
  std::string code;  // path people deadline refused
  int64_t seq = 0;   // the act at which it shows
  std::string text;
};

// Where the new version asks a step more, its seats are taken to agree; where it asks one less, that act is passed over;
// where the ways part, the rest is not compared.
std::vector<Difference> rehearse(const Rules& old, const Rules& now, const StoredCase& stored);

}  // namespace wenshu::workflow
