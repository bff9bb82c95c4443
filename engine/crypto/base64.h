// Bytes as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wenshu::crypto {

// RFC 4648, without line feeds.
std::string to_base64(std::string_view bytes);

// RFC 4648, 5, without padding: what may stand in an address or a token.
std::string to_base64url(std::string_view bytes);
// Nothing when the text is not what to_base64url gives for some bytes.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace wenshu::crypto
