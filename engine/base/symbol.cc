#include "base/symbol.h"

#include <array>
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

// The same few words come again and again: each thread remembers where it found the last ones. By their length and their
// first and last bytes, which is cheaper than a hash and tells most of them apart.
const std::string* Symbol::find(std::string_view text, size_t most) {
  constexpr size_t kRemembered = 256;
  static thread_local std::array<const std::string*, kRemembered> remembered{};
  const auto byte = [&](size_t at) { return static_cast<size_t>(static_cast<unsigned char>(text[at])); };
  const size_t middle = text.size() / 2, last = text.size() - 1;
  const size_t place = (text.size() * 131 + byte(0) * 31 + byte(middle) * 17 + byte(last)) % kRemembered;
  if (remembered[place] && *remembered[place] == text) return remembered[place];
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  auto found = all.texts.find(text);
  if (found == all.texts.end()) {
    if (all.texts.size() >= most) return nullptr;
    found = all.texts.emplace(text).first;
  }
  return remembered[place] = &*found;
}

std::optional<Symbol> Symbol::find_or_keep_few(std::string_view text) {
  constexpr size_t kLongest = 256, kMost = 1u << 16;
  if (text.empty()) return Symbol();
  if (text.size() > kLongest) return std::nullopt;
  const std::string* found = find(text, kMost);
  if (!found) return std::nullopt;
  Symbol symbol;
  symbol.text_ = found;
  return symbol;
}

}  // namespace wenshu
