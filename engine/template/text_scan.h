// A text template cut into literals and tags by the core of the Mustache specification: delimiters changed on the
// way, triple braces, remarks over several lines, partials, and lines that hold nothing but one tag which is not a
// value (they leave no line behind).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "template/tag.h"

namespace wenshu::templates {

struct TextTag {
  Tag tag;  // of a partial and of a change of delimiters: a remark
  Place place;
  bool raw = false;       // {{{name}}}, {{&name}}: never escaped
  std::string partial{};  // {{> name}}: "name", otherwise ""
  std::string indent{};   // of a partial that stands alone in its line: what stands before it
  size_t end = 0;         // of an opening tag: the index of its end tag
  bool faulty = false;    // reported already
};

// literals[i] stands before tags[i]; there is one literal more than tags. Views into the text.
struct ScannedText {
  std::vector<std::string_view> literals;
  std::vector<TextTag> tags;
};

// Nothing when there was a fault; see check_text in text.h for their codes.
std::optional<ScannedText> scan_text(std::string_view text, const Place& place, const Delimiters& delimiters,
                                     Diagnostics& findings);

}  // namespace wenshu::templates
