// Text as XML holds it.
#pragma once

#include <string>
#include <string_view>

namespace wenshu::docx {

// For element content and attributes in double quotes alike; line ends and tabs as character references.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

// The inside of a w:t: tabs and line ends become w:tab and w:br between two w:t of one run.
void append_run_text(std::string& out, std::string_view text);

}  // namespace wenshu::docx
