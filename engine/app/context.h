// What every act needs to know of its surroundings.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/date.h"

namespace wenshu::store {
class Store;
}
namespace wenshu::workflow {
struct Act;
struct Marking;
struct Done;
struct Rules;
}  // namespace wenshu::workflow
namespace wenshu::data {
class Value;
}

namespace wenshu::app {

// Told of each act on a case before it is committed: where the case stood, the data that conditions were judged by.
using Watch = std::function<void(const workflow::Rules&, const workflow::Marking& before, const data::Value&,
                                 const workflow::Act&, const workflow::Done&)>;

struct Context {
  std::string store = "wenshu.db";  // "sqlite:FILE" or FILE
  const Clock* clock = nullptr;
  std::filesystem::path home;  // where templates/ and fonts/ of the program stand
  std::string person;          // id, or a name that only one person has; "" when no one is named
  std::shared_ptr<store::Store> open_store = {};  // in place of `store`: one that is open already, in memory
  Watch watch = {};
};

}  // namespace wenshu::app
