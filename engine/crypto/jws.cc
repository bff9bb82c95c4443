#include "crypto/jws.h"

#include "base/text.h"
#include "crypto/base64.h"

namespace wenshu::crypto {

std::string_view jws_name(Algorithm algorithm) {
  return algorithm == Algorithm::ed25519 ? "EdDSA" : "SM2SM3";
}

std::string sign_jws(std::string_view header, std::string_view payload, const PrivateKey& key) {
  const auto message = to_base64url(header) + "." + to_base64url(payload);
  return message + "." + to_base64url(key.sign(message));
}

std::optional<Jws> parse_jws(std::string_view text) {
  text = trim(text);
  const auto parts = split(text, ".");
  if (parts.size() != 3) return std::nullopt;
  const auto header = from_base64url(parts[0]), payload = from_base64url(parts[1]),
             signature = from_base64url(parts[2]);
  if (!header || !payload || !signature || header->empty()) return std::nullopt;
  return Jws{*header, *payload, parts[0] + "." + parts[1], *signature};
}

}  // namespace wenshu::crypto
