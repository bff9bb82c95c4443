#include "expression/pattern.h"

#include <re2/re2.h>

namespace wenshu::expression {
namespace {

constexpr int64_t kMaxMemory = 1 << 20;  // of one compiled pattern: a clerk's pattern needs a few KiB

class Re2Pattern : public Pattern {
 public:
  Re2Pattern(std::string_view text, const re2::RE2::Options& options)
      : pattern_(re2::StringPiece(text.data(), text.size()), options) {}
  const re2::RE2& pattern() const { return pattern_; }
  bool finds_in(std::string_view text) const override {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern_);
  }

 private:
  re2::RE2 pattern_;
};

}  // namespace

std::shared_ptr<const Pattern> Pattern::compile(std::string_view text, std::string& fault) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxMemory);
  auto compiled = std::make_shared<Re2Pattern>(text, options);
  if (compiled->pattern().ok()) return compiled;
  fault = compiled->pattern().error();
  return nullptr;
}

}  // namespace wenshu::expression
