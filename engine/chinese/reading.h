// Reads numbers and words off the front of a text; for the parsers of this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wenshu::chinese {

// White space removed, full-width figures and ASCII punctuation made one form, dashes made one — and so on:
// what the parsers compare. Nothing for text that is not UTF-8 or longer than `kLongestValue` characters.
std::optional<std::u32string> normalise(std::string_view text);
constexpr size_t kLongestValue = 200;

class Reading {
 public:
  explicit Reading(std::u32string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::u32string_view rest() const { return rest_; }
  bool take(std::u32string_view word);
  // Arabic figures (at most `most_digits`) or Chinese numerals; takes nothing when there is none.
  std::optional<long long> take_number(int most_digits = 4);

 private:
  std::u32string_view rest_;
};

}  // namespace wenshu::chinese
