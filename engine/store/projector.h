// The one writer of every derived table. The same function runs when an act commits and when an audit
// rebuilds.
#pragma once

#include <string>
#include <vector>

#include "store/db.h"
#include "store/event.h"

namespace wenshu::store {

// Writes what the sections of the event's body say. Reads nothing but derived tables, so that replaying all
// events on an empty store gives the same rows. Throws Failure when a section does not have its shape or a
// key is taken.
void project(Tx& tx, const Event& event);

struct DerivedTable {
  std::string name;
  std::string title;  // for people: 办件, 编号 …
  std::string key;    // columns that order and name a row
};
const std::vector<DerivedTable>& derived_tables();

}  // namespace wenshu::store
