#include "base/symbol.h"

#include <mutex>
#include <unordered_set>

namespace wenshu {
namespace {

struct Hash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct Table {
  std::mutex mutex;
  std::unordered_set<std::string, Hash, std::equal_to<>> texts;  // nodes: addresses stay
};

Table& table() {
  static Table* const all = new Table;  // outlives every static that holds symbols
  return *all;
}

}  // namespace

// Symbols that are statics of other files may only be made where this one is alive: its address is all they need.
constinit const std::string Symbol::kNone;

const std::string* Symbol::find(std::string_view text) {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  auto found = all.texts.find(text);
  if (found == all.texts.end()) found = all.texts.emplace(text).first;
  return &*found;
}

}  // namespace wenshu
