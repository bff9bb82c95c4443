// Signed JSON that other programs can read: JSON Web Signature in compact form (RFC 7515), EdDSA (RFC 8037). For SM2 no name
// is registered; "SM2SM3" stands for the signature of key.h, for our own programs alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.h"

namespace wenshu::crypto {

std::string_view jws_name(Algorithm algorithm);  // EdDSA, SM2SM3

// `header` is a JSON object that names the algorithm.
std::string sign_jws(std::string_view header, std::string_view payload, const PrivateKey& key);

struct Jws {
  std::string header, payload;  // JSON texts, as signed; not yet verified
  std::string message, signature;
};
// Nothing when the text is not three parts in base64url.
std::optional<Jws> parse_jws(std::string_view text);

}  // namespace wenshu::crypto
