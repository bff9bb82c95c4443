// Check characters of ISO/IEC 7064 (GB/T 17710): any single wrong character is found; so
// is any swap of neighbours by the pure system, and nearly any by the hybrid one.
#pragma once

#include <optional>
#include <string_view>

namespace wenshu::registers {

enum class CheckSystem {
  mod_11_2,   // pure system over 0-9, the check is 0-9 or X
  mod_37_36,  // hybrid system over 0-9A-Z, the check is one of them
};

// "mod-11-2", "mod-37-36"
std::optional<CheckSystem> parse_check_system(std::string_view name);
std::string_view to_text(CheckSystem system);

// The character to append; nothing when the text is empty or holds a character outside the system's alphabet.
std::optional<char> check_character(CheckSystem system, std::string_view text);

// Whether the last character is the check of those before it.
bool has_valid_check(CheckSystem system, std::string_view text_with_check);

}  // namespace wenshu::registers
