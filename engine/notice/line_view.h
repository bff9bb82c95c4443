// A line and what can be seen from each place in it; for the cleaning of a line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "notice/line_signs.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {

class LineView {
 public:
  explicit LineView(std::u32string_view line)
      : line_(line), seen_before_(line.size() + 1, U'\0'), seen_after_(line.size() + 1, U'\0') {
    for (size_t i = 0; i < line_.size(); ++i) seen_before_[i + 1] = is_gap(i) ? seen_before_[i] : line_[i];
    for (size_t i = line_.size(); i-- > 0;) seen_after_[i] = is_gap(i) ? seen_after_[i + 1] : line_[i];
  }

  std::u32string_view line() const { return line_; }
  char32_t at(size_t i) const { return i < line_.size() ? line_[i] : U'\0'; }
  bool is_gap(size_t i) const { return is_space(line_[i]) || is_invisible(line_[i]); }
  // The nearest character that can be seen, before `i` and from `i` on; 0 at the ends of the line.
  char32_t before(size_t i) const { return seen_before_[i]; }
  char32_t after(size_t i) const { return i < line_.size() ? seen_after_[i] : U'\0'; }
  // `i`, the gaps before or from it left out.
  size_t skip_back(size_t i) const {
    while (i > 0 && is_gap(i - 1)) --i;
    return i;
  }
  size_t skip(size_t i) const {
    while (i < line_.size() && is_gap(i)) ++i;
    return i;
  }

 private:
  std::u32string_view line_;
  std::u32string seen_before_, seen_after_;  // before and from each place
};

// Do the dashes from `begin` to `end` stand between the two ends of a range: 1月——3月, 30-40人, 8:00-11:30?
bool is_range(const LineView& view, size_t begin, size_t end);

// Where the hour begins of a time of day, 8:00 or 8：00, that ends or begins at `i`; npos for none.
size_t time_before(const LineView& view, size_t i);
size_t time_from(const LineView& view, size_t i);

}  // namespace wenshu::notice
