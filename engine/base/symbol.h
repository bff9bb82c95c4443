// A text that is kept once for all: copying and comparing cost what a pointer costs. For the few words that come again
// and again (ids of people and steps, titles of seats), never for what people write: nothing is ever let go.
#pragma once

#include <fmt/core.h>

#include <optional>
#include <string>
#include <string_view>

namespace wenshu {

class Symbol {
 public:
  Symbol() : text_(&none()) {}
  // From several threads, too.
  Symbol(std::string_view text) : text_(text.empty() ? &none() : find(text)) {}  // NOLINT: it is its text
  Symbol(const std::string& text) : Symbol(std::string_view(text)) {}            // NOLINT
  Symbol(const char* text) : Symbol(std::string_view(text)) {}                   // NOLINT

  // For words of files, which may be anything: nothing when the text is long, or so many are kept that these are no words.
  static std::optional<Symbol> find_or_keep_few(std::string_view text);

  const std::string& text() const { return *text_; }
  operator const std::string&() const { return *text_; }  // NOLINT
  operator std::string_view() const { return *text_; }    // NOLINT
  bool empty() const { return text_->empty(); }
  void clear() { text_ = &none(); }

  friend bool operator==(Symbol a, Symbol b) { return a.text_ == b.text_; }
  friend bool operator==(Symbol a, std::string_view b) { return *a.text_ == b; }
  friend bool operator==(Symbol a, const std::string& b) { return *a.text_ == b; }
  friend bool operator==(Symbol a, const char* b) { return *a.text_ == b; }
  friend bool operator<(Symbol a, Symbol b) { return *a.text_ < *b.text_; }

 private:
  static const std::string& none() { return kNone; }
  static const std::string* find(std::string_view text, size_t most = std::string_view::npos);
  static const std::string kNone;
  const std::string* text_;
};

}  // namespace wenshu

template <>
struct fmt::formatter<wenshu::Symbol> : fmt::formatter<fmt::string_view> {
  template <class Context>
  auto format(wenshu::Symbol symbol, Context& context) const {
    return fmt::formatter<fmt::string_view>::format(symbol.text(), context);
  }
};
