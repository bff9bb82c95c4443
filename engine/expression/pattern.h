// Regular expressions of matches(): RE2, whose time is linear in the text whatever the pattern.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace wenshu::expression {

class Pattern {
 public:
  // Nothing (nullptr) when the pattern is faulty or too large; `fault` then says why, in RE2's words.
  static std::shared_ptr<const Pattern> compile(std::string_view text, std::string& fault);
  virtual ~Pattern() = default;
  virtual bool finds_in(std::string_view text) const = 0;  // anywhere, as CEL's matches() does
};

}  // namespace wenshu::expression
