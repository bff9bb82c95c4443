// Fuzzy head-counts of plans: 32人, 40人左右, XXXX人, 30人加全体, 40人＋30人, 见附件. They add up where they
// can, sort, and print exactly as written.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu::chinese {

class Count {
 public:
  const std::string& text() const { return text_; }  // "" when nothing was written

  int64_t known() const { return known_; }  // the heads that are named by number
  bool approximate() const {
    return approximate_;
  }                                    // 40人左右, 约40人, 30—40人 (then the greater number is known)
  bool open() const { return open_; }  // somebody is not numbered: XXXX人, 30人加全体, 见附件, nothing
  bool person_times() const { return person_times_; }  // 40人次

  // By known heads, then exact before approximate, closed before open, then text: a total order.
  friend std::strong_ordering operator<=>(const Count& a, const Count& b);
  friend bool operator==(const Count& a, const Count& b) { return (a <=> b) == 0; }

 private:
  friend std::optional<Count> parse_count(std::string_view text);
  std::string text_;
  int64_t known_ = 0;
  bool approximate_ = false;
  bool open_ = false;
  bool person_times_ = false;
};

// The empty text is an open count. Nothing when the wording has no number of people and is no known word for
// an open one (待定, 若干人, 见附件2, 全体教师, XXXX人).
std::optional<Count> parse_count(std::string_view text);

// What counts add up to. Prints 501人, 约501人, 约501人（另有3项人数未定）, 人数未定.
class CountSum {
 public:
  void add(const Count& count);

  int64_t known() const { return known_; }
  bool approximate() const { return approximate_; }
  int open_items() const { return open_items_; }  // items of which at least a part is not numbered
  std::string to_text() const;

 private:
  int64_t known_ = 0;
  int items_ = 0;
  int open_items_ = 0;
  int numbered_items_ = 0;
  bool approximate_ = false;
  bool person_times_ = false;
};

}  // namespace wenshu::chinese
