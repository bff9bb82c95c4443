// A notice source with Mustache tags and the data of a case become a source without tags.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "template/tag.h"

namespace wenshu::notice {

// Fills every text of the source; places stay those of the source. A list item that becomes empty is dropped,
// and so is an optional element. Nothing when a tag was faulty or named what the data does not hold.
std::optional<data::Value> fill_notice(const data::Value& source, const data::Value& data,
                                       Diagnostics& findings,
                                       templates::Fields fields = templates::Fields::may_be_absent);

}  // namespace wenshu::notice
