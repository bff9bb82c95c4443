// The records at one place of a form: the whole, a group, each row of a table, with the records around each. Used
// inside form/ only.
#pragma once

#include <string>
#include <vector>

#include "data/value.h"
#include "expression/guard.h"

namespace wenshu::form {

// Calls visit(record, its type, the records around it from the outside in) for each. Data is `Value` or `const
// Value`; the visitor may change the record, not those around it.
template <class Data, class Visit>
void for_each_record(Data& record, const expression::Type& type, const std::vector<std::string>& keys,
                     size_t depth, std::vector<expression::Around>& outer, const Visit& visit) {
  if (!record.is_map()) return;
  if (depth == keys.size()) return visit(record, type, outer);
  Data* below = const_cast<Data*>(record.find(keys[depth]));
  const expression::Type* type_below = type.find(keys[depth]);
  if (!below || !type_below) return;
  outer.push_back({&record, &type});
  if (below->is_map()) for_each_record(*below, *type_below, keys, depth + 1, outer, visit);
  for (Data& row : below->items()) for_each_record(row, type_below->item(), keys, depth + 1, outer, visit);
  outer.pop_back();
}

}  // namespace wenshu::form
