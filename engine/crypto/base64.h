// Bytes as text.
#pragma once

#include <string>
#include <string_view>

namespace wenshu::crypto {

// RFC 4648, without line feeds.
std::string to_base64(std::string_view bytes);

}  // namespace wenshu::crypto
