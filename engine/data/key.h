// The name of an entry of a map, in the size of a pointer: a table of 100,000 rows says the same eight names 800,000 times.
// Names that come again are kept once for the process (base/symbol.h); when a file has more of them than offices have words
// for columns, the rest belong to their entries and go with them.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/symbol.h"

namespace wenshu::data {

class Key {
 public:
  Key(std::string_view text);                                                  // NOLINT: it is its text
  Key(const std::string& text) : Key(std::string_view(text)) {}                // NOLINT
  Key(const char* text) : Key(std::string_view(text)) {}                       // NOLINT
  Key(Symbol kept) : bits_(reinterpret_cast<std::uintptr_t>(&kept.text())) {}  // NOLINT
  Key(const Key& other) : bits_(other.is_own() ? copy_of(other.text()) : other.bits_) {}
  Key(Key&& other) noexcept : bits_(std::exchange(other.bits_, none())) {}
  Key& operator=(Key other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Key() {
    if (is_own()) delete &text();
  }

  const std::string& text() const { return *reinterpret_cast<const std::string*>(bits_ & ~kOwn); }
  operator const std::string&() const { return text(); }  // NOLINT
  operator std::string_view() const { return text(); }    // NOLINT
  bool empty() const { return text().empty(); }

  friend bool operator==(const Key& a, const Key& b) { return a.bits_ == b.bits_ || a.text() == b.text(); }
  friend bool operator==(const Key& a, std::string_view b) { return a.text() == b; }
  friend bool operator==(const Key& a, const std::string& b) { return a.text() == b; }
  friend bool operator==(const Key& a, const char* b) { return a.text() == b; }

 private:
  static constexpr std::uintptr_t kOwn = 1;  // the address of a string is even
  bool is_own() const { return (bits_ & kOwn) != 0; }
  static std::uintptr_t copy_of(std::string_view text);
  static std::uintptr_t none() { return reinterpret_cast<std::uintptr_t>(&Symbol().text()); }

  std::uintptr_t bits_;
};

}  // namespace wenshu::data

template <>
struct fmt::formatter<wenshu::data::Key> : fmt::formatter<fmt::string_view> {
  template <class Context>
  auto format(const wenshu::data::Key& key, Context& context) const {
    return fmt::formatter<fmt::string_view>::format(key.text(), context);
  }
};
