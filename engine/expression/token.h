// Guard text to tokens. Used inside expression/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::expression {

struct Token {
  enum class Kind { end, number, text, name, quoted_name, symbol };
  Kind kind = Kind::end;
  std::string text;   // of a text literal or a quoted name: without quotes, escapes undone
  size_t offset = 0;  // in characters, from 0
};

// The tokens and one `end`, or nothing and one finding: bad-character, unclosed-text, bad-escape,
// no-bytes.
std::optional<std::vector<Token>> split_tokens(std::string_view text, const Place& place,
                                               Diagnostics& findings);

// Where the character at `offset` of `text` stands when the text begins at `place`. Without a line (0) the
// place says it in words.
Place place_at(const Place& place, std::string_view text, size_t offset);

}  // namespace wenshu::expression
