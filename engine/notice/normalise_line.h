// One line of pasted text and the edits that make it clean; for normalise.cc.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu::notice {

struct Edit {
  size_t begin, end;  // of the line
  std::u32string after;
  const char* rule;
};

// What a document says of two characters side by side.
struct Evidence {
  std::function<bool(char32_t, char32_t)> is_written;  // it writes them together
  std::function<bool(char32_t, char32_t)> is_start;    // it begins clauses or lines with them
};

// The edits ascend and do not overlap.
std::vector<Edit> find_edits(std::u32string_view line, const Evidence& evidence);

bool is_web_furniture(std::u32string_view line);  // a line that only a web page has: path, time, tags
bool is_space(char32_t c);                        // of any width, no-break ones too
bool is_invisible(char32_t c);                    // zero width, soft hyphen, direction marks
bool is_chinese(char32_t c);                      // an ideograph or a circled number

}  // namespace wenshu::notice
