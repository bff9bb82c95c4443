// What the text of a file must be before any reader sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "data/lines.h"
#include "data/value.h"

namespace wenshu::data {

// "\xEF\xBB\xBF" off the front.
std::string_view without_byte_order_mark(std::string_view text);

Place place_at(std::string_view file, Position position);

// Findings file-too-large, not-utf8 (with the way out) and forbidden-character. True when there was none.
bool check_utf8_source(std::string_view text, size_t limit, std::string_view file, Diagnostics& findings);

// A forbidden character at `offset`, wherever it stands.
void report_forbidden(std::string_view text, size_t offset, Place place, Diagnostics& findings);

// parse_json() of a text that is given away: its reader looks past the end, and copying a large file into a longer room
// takes as long as looking through it.
std::optional<Value> parse_own_json(std::string bytes, std::string_view name, Diagnostics& findings);

std::string size_text(size_t bytes);  // 64 MiB

}  // namespace wenshu::data
