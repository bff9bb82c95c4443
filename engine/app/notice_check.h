// What is judged of a notice source, by `wenshu notice` and `wenshu lint` alike. Inner header of app/.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "layout/place.h"
#include "notice/lint/rule.h"
#include "store/db.h"

namespace wenshu::app {

// Adds what the loader says, but for what a rule says of the same line with its clause and its fix.
void add_unsaid(const Diagnostics& loading, const std::vector<notice::Finding>& said, Diagnostics& findings);

// 版记 that has the last page for itself: a hint.
void tell_foot_alone(const layout::Layout& layout, const std::filesystem::path& source,
                     Diagnostics& findings);

// A number belongs to one document (7.2.5): the store knows who has it. `number-issued`.
void check_number_is_free(store::Db& db, const std::string& number, const Place& place,
                          Diagnostics& findings);

}  // namespace wenshu::app
