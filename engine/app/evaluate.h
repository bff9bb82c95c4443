// wenshu eval: what a guard says of some data.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "data/value.h"

namespace wenshu::app {

// Throws FaultyInput whose places carry the column of the fault inside the expression.
data::Value evaluate_expression(const std::string& expression,
                                const std::optional<std::filesystem::path>& data);

}  // namespace wenshu::app
