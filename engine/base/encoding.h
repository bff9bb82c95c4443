// Text files of Chinese offices: UTF-8, UTF-8 with BOM, GB18030.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wenshu {

// The bytes as UTF-8 without BOM. Bytes that are not UTF-8 are read as GB18030 (iconv); nothing when they are
// neither. `was_gb18030`, if given, tells which it was.
std::optional<std::string> decode_text(std::string_view bytes, bool* was_gb18030 = nullptr);

}  // namespace wenshu
