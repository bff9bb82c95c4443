// What every act needs to know of its surroundings.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/date.h"

namespace wenshu::app {

struct Context {
  std::string store = "wenshu.db";  // "sqlite:FILE" or FILE
  const Clock* clock = nullptr;
  std::filesystem::path home;  // where templates/ and fonts/ of the program stand
  std::string person;          // id, or a name that only one person has; "" when no one is named
};

}  // namespace wenshu::app
