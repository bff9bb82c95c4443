// Fuzzy times of plans: 7月下旬, 9月—12月, 10月中下旬, 全年. They sort, and print exactly as written.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace wenshu::chinese {

struct Days {
  Date first, last;  // both included
};

class Period {
 public:
  const std::string& text() const { return text_; }

  // The days it covers at most, in a plan of `year` (used only where the text names no year itself). An end
  // before its beginning lies in the next year (11月—3月). Nothing for times still open (待定, 另行通知,
  // 见附件).
  std::optional<Days> days(int year) const;

 private:
  friend std::optional<Period> parse_period(std::string_view text);
  struct Point {
    int year = 0;       // 0: the year of the plan
    bool next = false;  // 次年: one year more
    int month = 1;
    int day = 1;  // 31 stands for the last of any month
  };
  struct Span {
    Point first, last;
  };
  class Reader;
  std::string text_;
  std::optional<Span> span_;  // nothing while the time is open
};

// Nothing when the wording is no time that is known here.
std::optional<Period> parse_period(std::string_view text);

// By first day, then last day, then text: a total order. Open times come last.
std::strong_ordering compare(const Period& a, const Period& b, int year);

}  // namespace wenshu::chinese
